"""Make documents, and print how each ended, for people or for machines."""

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.finding_lines import WEIGHTS, finding_lines
from reporter.data.errors import ExitCode
from reporter.data.extras import extra
from reporter.data.files.as_json import pick
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.editions.job import FORMATS, Job
from reporter.editions.making.due import BuildChoices, make_due
from reporter.editions.making.order import DONE, FAILED, PAPER, Executor, Order, Outcome, Show

# Without a terminal, the seconds before the first line of progress and between lines.
FIRST, BETWEEN = 30.0, 60.0


@contextmanager
def progress_of(total: int, clock: Callable[[], float] = time.monotonic) -> Iterator[Show]:
    """Show the progress of some documents: on a terminal as a bar, elsewhere, as in a log, in a line now and then."""
    done, due = 0, clock() + FIRST

    def hear(_: Job, stage: str) -> None:
        nonlocal done, due
        done += stage in (DONE, FAILED)
        if stage in (DONE, FAILED) and clock() >= due:
            due = clock() + BETWEEN
            click.echo(f"reporter: {done} of {total} documents done", err=True)

    if not sys.stderr.isatty():
        yield hear
        return
    with click.progressbar(
        length=total,
        label="documents",
        show_pos=True,
        item_show_func=lambda item: item or "",
        file=sys.stderr,
        update_min_steps=0,
    ) as bar:
        yield lambda job, stage: bar.update(stage in (DONE, FAILED), f"{job}: {stage}")


OPEN_ADDRESS = re.compile(r"tcp://(?!(?:127\.0\.0\.1|localhost|\[::1\]):)")
OPEN = "data sent to {address} are not encrypted, withheld figures included; use tls:// (docs/cluster.md)"


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
    """Make what is due and print how each job ended, in few lines if `together`; return the exit code."""

    def report_removed(path: Path, why: str) -> None:
        if not quiet:
            click.echo(f"{options.display_path(path)} (removed, {why})", err=True)

    def on_cluster() -> Executor:
        if OPEN_ADDRESS.match(cluster) and not quiet:
            click.echo(f"reporter: {OPEN.format(address=cluster)}", err=True)
        with extra():
            from reporter.editions.making.dask_executor import DaskExecutor
        return DaskExecutor(cluster, workspace.cache, lambda message: click.echo(f"reporter: {message}", err=True))

    def progress(orders: Sequence[Order]) -> AbstractContextManager[Show]:
        """Progress on a terminal, and elsewhere unless only one edition is made."""
        is_short = not sys.stderr.isatty() and len({order.job.edition for order in orders}) == 1
        return nullcontext(lambda *_: None) if quiet or machine or is_short else progress_of(len(orders))

    elsewhere = on_cluster if cluster else None
    outcomes = make_due(workspace, sources, wanted, choices, progress, removed=report_removed, elsewhere=elsewhere)
    return print_outcomes(workspace, outcomes, choices.formats, machine=machine, quiet=quiet, together=together)


# The most editions named that failed with the same error.
MOST_NAMED = 5


def print_outcomes(
    workspace: Workspace,
    outcomes: Sequence[Outcome],
    formats: tuple[str, ...] = (),
    *,
    machine: bool = False,
    quiet: bool = False,
    together: bool = False,
) -> int:
    """Print how each job ended, return the exit code; `together`, unchanged jobs are counted and failures come last."""
    if machine:
        options.answer("json", [_plain(workspace, outcome, formats) for outcome in outcomes], ())
    printed_lines: set[str] = set()
    for outcome in outcomes:
        if outcome.findings or outcome.error:
            # What stops an edition often stops all its languages and documents.
            alike = [other.job for other in outcomes if other.error == outcome.error]
            job = outcome.job.main if outcome.job.main in alike else outcome.job
            languages = ", ".join(one.language for one in alike if replace(one, language=job.language) == job)
            name = f"{str(job).removesuffix(f'({job.language})')}({languages})"
            closing = [] if together else [f"reporter: {name}: {outcome.error}"]
            lines = [*finding_lines(outcome.findings), *closing]
            options.print_lines((line for line in lines if line not in printed_lines), err=True)
            printed_lines.update(lines)
        elif not machine and not quiet:
            options.print_lines(_lines(workspace, outcome, formats, together=together))
        if outcome.faults and not outcome.job.volume:
            what = "1 finding" if outcome.faults == 1 else f"{outcome.faults} findings"
            more = f"reporter check {outcome.job.country} {outcome.job.year}"
            click.echo(f"reporter: {outcome.job}: the draft marks {what} to correct; see {more}", err=True)
    # The reason why there is no PDF is the same for all.
    for unmade in dict.fromkeys(outcome.unmade for outcome in outcomes if outcome.unmade):
        click.echo(f"reporter: {unmade}", err=True)
    if together:
        left = [outcome for outcome in outcomes if not outcome.files and not outcome.error]
        files = sum(len(_reported_formats(outcome, formats)) for outcome in left)
        if files and not (quiet or machine):
            click.echo(f"{files} {'file is' if files == 1 else 'files are'} unchanged")
        options.print_lines(_failures(outcomes), err=True)
    return max((outcome.exit_code for outcome in outcomes), default=ExitCode.OK)


def _failures(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The failed editions with error and first finding, one line for those with the same error."""
    failed = [outcome for outcome in outcomes if outcome.error]
    all_of_them, of_them = (len({outcome.job.edition for outcome in some}) for some in (outcomes, failed))
    if failed:
        yield f"reporter: {of_them} of {all_of_them} {'edition' if all_of_them == 1 else 'editions'} failed:"
    alike: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for outcome in failed:
        heaviest = sorted(outcome.findings, key=lambda one: WEIGHTS.index(one.severity))[:1]
        first = "".join(str(one).partition("\n")[0] for one in heaviest)
        edition = str(outcome.job.main).removesuffix(f" ({outcome.job.language})")
        alike.setdefault((outcome.error, first), {}).setdefault(edition, {})[outcome.job.language] = None
    printed_hints: set[str] = set()
    for (error, first), editions in alike.items():
        names = [f"{edition} ({', '.join(languages)})" for edition, languages in editions.items()]
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        message, *hints = error.split("\n")
        yield f"  {', '.join(names[:MOST_NAMED])}{more}: {message}"
        # The same hint often applies to several.
        yield from (f"  {line}" for line in hints if line not in printed_hints)
        printed_hints.update(hints)
        if first:
            yield f"    the first: {first}"


def _lines(workspace: Workspace, outcome: Outcome, formats: tuple[str, ...], *, together: bool) -> Iterator[str]:
    for form in _reported_formats(outcome, formats):
        what, file = "unchanged", outcome.files.get(form)
        if together and not file:
            continue
        if file:
            what = f"{file.content.size / 1_000_000:.1f} MB" if file.pages is None else f"{file.pages} pages"
        yield f"{options.display_path(outcome.job.file(workspace, form))} ({what})"
    wanted = ",".join(form for form in FORMATS if form in (*formats, *outcome.removed))
    for form in outcome.removed:
        path = options.display_path(outcome.job.file(workspace, form))
        yield f"{path} (removed, it was older; --format {wanted} makes it, too)"
    if outcome.aside:
        yield f"{options.display_path(outcome.aside)} (signed version of an earlier report, moved aside)"


def _reported_formats(outcome: Outcome, formats: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form for form in formats if form in outcome.job.formats and not (outcome.unmade and form == PAPER))


def _plain(workspace: Workspace, item: Outcome, formats: tuple[str, ...]) -> dict[str, object]:
    job, files = item.job, list[dict[str, object]]()
    for form in () if item.error else _reported_formats(item, formats):
        file = item.files.get(form)
        built = pick(file, "bytes=content.size", "sha256", "pages") if file else {}
        state = "built" if file else "unchanged"
        files.append({"format": form, "path": job.file(workspace, form), "state": state, **built})
    state = "failed" if item.error else "built" if item.files else "unchanged"
    failed: dict[str, object] = {"error": item.error, "findings": list(map(str, item.findings))} if item.error else {}
    kind, more = {"volume": job.volume, "audience": job.restricted}, {"faults": item.faults, "unmade": item.unmade}
    plain = pick(job, "country", "year", "language") | {name: value for name, value in kind.items() if value}
    plain |= {"state": state, "files": files, "set_aside": item.aside, **failed}
    return plain | {name: value for name, value in more.items() if value}
