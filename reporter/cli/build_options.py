"""Make documents, and print how each ended, for people or for machines."""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.finding_lines import WEIGHTS, finding_lines
from reporter.cli.progress import DocumentCount, line_that_changes, lines_now_and_then
from reporter.edition.job import FORMATS, Job, check_language
from reporter.errors import ExitCode, UsageError
from reporter.extras import extra
from reporter.files.as_json import as_json, pick
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.load.yaml_tree import read_languages
from reporter.produce.due import BuildChoices, make_due
from reporter.produce.order import PAPER, Executor, Order, Outcome, Show

OPEN_ADDRESS = re.compile(r"tcp://(?!(?:127\.0\.0\.1|localhost|\[::1\]):)")
OPEN = "what goes to {address} can be read on the way, figures that are withheld too; tls:// hides it (docs/cluster.md)"


def make_all(
    workspace: Workspace,
    sources: Sources,
    wanted: Sequence[Job],
    choices: BuildChoices,
    *,
    cluster: str = "",
    machine: bool = False,
    quiet: bool = False,
    together: bool = False,
) -> int:
    """Make what is due and print how each job ended; many `together` in few lines. Gives the exit code."""

    def tell_removed(path: Path, why: str) -> None:
        if not quiet:
            click.echo(f"{options.display_path(path)} (removed, {why})", err=True)

    outcomes = make_due(
        workspace,
        sources,
        wanted,
        choices,
        partial(_progress, shown=not quiet and not machine),
        removed=tell_removed,
        elsewhere=partial(_cluster, cluster, workspace, quiet=quiet) if cluster else None,
    )
    return print_outcomes(workspace, outcomes, choices.formats, machine=machine, quiet=quiet, together=together)


def _cluster(address: str, workspace: Workspace, *, quiet: bool) -> Executor:
    if OPEN_ADDRESS.match(address) and not quiet:
        click.echo(f"reporter: {OPEN.format(address=address)}", err=True)
    with extra():
        from reporter.cluster.dask_executor import DaskExecutor
    return DaskExecutor(address, workspace.cache, lambda told: click.echo(f"reporter: {told}", err=True))


def parse_languages(sources: Sources, lang: str) -> tuple[str, ...]:
    """Parse a list of languages, all of the workspace when empty. Raises UsageError for one that reporter.yaml does not
    list."""
    named = tuple(dict.fromkeys(each.strip() for each in lang.split(",") if each.strip()))
    known = read_languages(sources)
    for each in named:
        check_language(each)
        if each not in known:
            raise UsageError(
                f"reporter.yaml does not list the language {each!r}", hint=f"languages: {', '.join(known)}"
            )
    return named or known


def _progress(orders: Sequence[Order], *, shown: bool) -> AbstractContextManager[Show]:
    """Show progress on a terminal; elsewhere a line now and then. Of a single edition, that is no line."""
    if not shown or not (sys.stderr.isatty() or len({order.job.edition for order in orders}) > 1):
        return nullcontext(lambda *_: None)
    count = DocumentCount(len(orders))
    return line_that_changes(count) if sys.stderr.isatty() else nullcontext(lines_now_and_then(count))


# Of editions that failed alike.
MOST_NAMED = 5


def print_outcomes(
    workspace: Workspace,
    outcomes: list[Outcome],
    formats: tuple[str, ...],
    *,
    machine: bool,
    quiet: bool,
    together: bool = False,
) -> int:
    """Print how each job ended, and give the exit code. Of many `together`, what is unchanged is counted, and those
    that failed are listed in the end."""
    if machine:
        rows = [_plain(workspace, each, formats) for each in outcomes]
        click.echo(as_json(rows))
    said: set[str] = set()
    for each in outcomes:
        if each.findings or each.error:
            # What stops an edition often stops it in every language, and all of its documents.
            alike = [other.job for other in outcomes if other.error == each.error]
            job = each.job.main if each.job.main in alike else each.job
            languages = ", ".join(one.language for one in alike if replace(one, language=job.language) == job)
            name = f"{str(job).removesuffix(f'({job.language})')}({languages})"
            closing = [] if together else [f"reporter: {name}: {each.error}"]
            lines = [*finding_lines(each.findings), *closing]
            if new := [line for line in lines if line not in said]:
                click.echo("\n".join(new), err=True)
            said.update(lines)
        elif not machine and not quiet:
            lines = [*_lines(workspace, each, formats, together=together)]
            click.echo("".join(f"{line}\n" for line in lines), nl=False)
        if each.faults and not each.job.volume:
            what = "1 finding" if each.faults == 1 else f"{each.faults} findings"
            more = f"reporter check {each.job.country} {each.job.year}"
            click.echo(f"reporter: {each.job}: the draft marks {what} to be mended; see {more}", err=True)
    # Why there is no paper is the same for all of them.
    for unmade in dict.fromkeys(each.unmade for each in outcomes if each.unmade):
        click.echo(f"reporter: {unmade}", err=True)
    if together:
        _print_sums(outcomes, formats, quiet=quiet or machine)
    codes = [each.exit_code for each in outcomes]
    return max(codes, default=ExitCode.OK)


def _print_sums(outcomes: Sequence[Outcome], formats: tuple[str, ...], *, quiet: bool) -> None:
    left = [each for each in outcomes if not each.files and not each.error]
    if (files := sum(len(_told_formats(each, formats)) for each in left)) and not quiet:
        click.echo(f"{files} {'file is' if files == 1 else 'files are'} unchanged")
    failed = [each for each in outcomes if each.error]
    if failed:
        all_of_them = len({each.job.edition for each in outcomes})
        of_them = len({each.job.edition for each in failed})
        editions = "edition" if all_of_them == 1 else "editions"
        lines = (f"reporter: {of_them} of {all_of_them} {editions} failed:", *_failures(failed))
        click.echo("\n".join(lines), err=True)


def _failures(failed: Sequence[Outcome]) -> Iterator[str]:
    """The editions that failed, those that failed alike in one line. Each has its error, and the first of its
    findings."""
    alike: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for each in failed:
        first = next(
            (str(one).partition("\n")[0] for one in sorted(each.findings, key=lambda one: WEIGHTS.index(one.severity))),
            "",
        )
        edition = str(each.job.main).removesuffix(f" ({each.job.language})")
        alike.setdefault((each.error, first), {}).setdefault(edition, {})[each.job.language] = None
    told: set[str] = set()
    for (error, first), editions in alike.items():
        names = [f"{edition} ({', '.join(languages)})" for edition, languages in editions.items()]
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        message, *hints = error.split("\n")
        yield f"  {', '.join(names[:MOST_NAMED])}{more}: {message}"
        # What mends one of them often mends others.
        yield from (f"  {line}" for line in hints if line not in told)
        told.update(hints)
        if first:
            yield f"    the first: {first}"


def _lines(workspace: Workspace, each: Outcome, formats: tuple[str, ...], *, together: bool) -> Iterator[str]:
    for form in _told_formats(each, formats):
        what, file = "unchanged", each.files.get(form)
        if together and not file:
            continue
        if file:
            what = f"{file.size / 1_000_000:.1f} MB" if file.pages is None else f"{file.pages} pages"
        yield f"{_shown(workspace, each, form)} ({what})"
    wanted = ",".join(form for form in FORMATS if form in (*formats, *each.removed))
    for form in each.removed:
        yield f"{_shown(workspace, each, form)} (removed, it was older; --format {wanted} makes it, too)"
    if each.aside:
        yield f"{options.display_path(each.aside)} (was signed of an earlier report, and set aside)"


def _told_formats(each: Outcome, formats: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form for form in formats if form in each.job.formats and not (each.unmade and form == PAPER))


def _shown(workspace: Workspace, each: Outcome, form: str) -> str:
    return options.display_path(each.job.file(workspace, form))


def _plain(workspace: Workspace, each: Outcome, formats: tuple[str, ...]) -> dict[str, object]:
    state = "failed" if each.error else "built" if each.files else "unchanged"
    failed: dict[str, object] = {"error": each.error, "findings": list(map(str, each.findings))} if each.error else {}
    files = [] if each.error else [_file(workspace, each, form) for form in _told_formats(each, formats)]
    job = pick(each.job, "country", "year", "language") | ({"volume": each.job.volume} if each.job.volume else {})
    job |= {"audience": each.job.audience} if each.job.restricted else {}
    failed |= {"faults": each.faults} if each.faults else {}
    failed |= {"unmade": each.unmade} if each.unmade else {}
    return job | {"state": state, "files": files, "set_aside": each.aside} | failed


def _file(workspace: Workspace, each: Outcome, form: str) -> dict[str, object]:
    values: dict[str, object] = {"format": form, "path": each.job.file(workspace, form), "state": "unchanged"}
    if made := each.files.get(form):
        values |= {"state": "built", "bytes": made.size, "sha256": made.sha256, "pages": made.pages}
    return values
