"""Make documents, and print how each ended.

Shared by `build`, `compare` and `package`.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from importlib import import_module

import click

from reporter.cli import options
from reporter.cli.finding_lines import finding_lines
from reporter.cli.late_rooms import BATCH, load_validate, makers_of, require_paper
from reporter.edition.inputs import digest_of, edition_files
from reporter.edition.job import FORMATS, Job, check_language, volumes
from reporter.edition.leftovers import remove_unpublished, remove_volumes
from reporter.edition.program import program_digest
from reporter.edition.shelf import Shelf, read_shelf
from reporter.errors import ExitCode, UsageError
from reporter.files.as_json import as_json, pick
from reporter.files.published import published_years
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.load.yaml_tree import read_annexes, read_languages
from reporter.produce.order import PAPER, Order, Outcome, Prove

MOST_AT_ONCE, AT_ONE_DOCUMENT = 4, 2
# Hears of every stage of a job.
Hear = Callable[[Job, str], None]


@dataclass(frozen=True, slots=True)
class BuildChoices:
    """What the user chose for making documents.

    It says in which formats and how many at once, what stops them, and how they are told.
    """

    formats: tuple[str, ...]
    jobs: int | None = None
    force: bool = False
    strict: bool = False
    validate: bool = False
    machine: bool = False
    quiet: bool = False


def make_all(workspace: Workspace, sources: Sources, wanted: Sequence[Job], choices: BuildChoices) -> int:
    """Make what is due and print how each job ended.

    Gives the exit code.
    """
    outcomes = make_due(workspace, sources, wanted, choices)
    return print_outcomes(workspace, outcomes, choices.formats, machine=choices.machine, quiet=choices.quiet)


def make_due(
    workspace: Workspace, sources: Sources, wanted: Sequence[Job], choices: BuildChoices, hear: Hear | None = None
) -> list[Outcome]:
    """Make what is due, and give the outcome of every job.

    Also of those that had nothing to make. Instead of a terminal, `hear` is told of every stage.
    """
    if choices.validate and "pdf" not in choices.formats:
        raise UsageError("--validate is for PDFs, and none is made", hint="write --format pdf,html")
    prove = load_validate().prove if choices.validate else None
    wanted = [_beside_published(sources, job) for job in wanted]
    removed = [path for job in wanted for path in remove_unpublished(workspace, job)]
    together = {job: _volumes(sources, job) for job in wanted}
    left = [path for job, kept in together.items() for path in remove_volumes(workspace, job, kept)]
    if not choices.quiet:
        lines = [f"{options.display_path(path)} (removed, it is as it was published)\n" for path in removed]
        lines += [f"{options.display_path(path)} (removed, its chapters are in the profile)\n" for path in left]
        click.echo("".join(lines), err=True, nl=False)
    wanted = [each for kept in together.values() for each in kept if set(each.formats) & set(choices.formats)]
    found = [_order(workspace, sources, job, choices, prove) for job in wanted]
    orders = [order for order, _ in found if order.formats]
    outcomes = {order.job: _unchanged(order, shelf) for order, shelf in found if not order.formats}
    if orders:
        batch, makers = import_module(BATCH), makers_of(orders)
        shown = not choices.quiet and not choices.machine
        with nullcontext(hear) if hear else _progress(len(orders), shown=shown) as show:
            # No more than there are processors, and one when one Java judges them all.
            # The pages of one document are shared by two.
            apart = max(len({order.job.main for order in orders}), AT_ONE_DOCUMENT)
            usual = 1 if choices.validate else min(apart, os.cpu_count() or 1, MOST_AT_ONCE)
            workers = choices.jobs or usual
            made = batch.build_all(orders, makers=makers, workers=workers, show=show)
            outcomes |= {each.job: each for each in made}
    return [outcomes[job] for job in wanted]


def _beside_published(sources: Sources, job: Job) -> Job:
    """Place the job beside what was published, if that changed since.

    Where nothing was published, nothing is loaded to look for it.
    """
    if job.manner or not published_years(sources, job.country):
        return job
    placed: Job = import_module("reporter.edition.state").beside_published(sources, job)
    return placed


def _volumes(sources: Sources, job: Job) -> tuple[Job, ...]:
    """A document and its volumes.

    Where nothing was published, nothing is loaded to look for it.
    """
    annexes = read_annexes(sources)
    if not job.manner and not job.changed and published_years(sources, job.country):
        annexes = import_module("reporter.edition.state").edition_state(sources, job).annexes
    return volumes(job, annexes)


def _unchanged(order: Order, shelf: Shelf) -> Outcome:
    """The outcome of a job that had nothing to make."""
    faults = shelf.faults(order.digest) if order.job.draft else 0
    return Outcome(order.job, exit_code=ExitCode.FINDINGS if faults else ExitCode.OK, faults=faults)


def _order(
    workspace: Workspace, sources: Sources, job: Job, choices: BuildChoices, prove: Prove | None
) -> tuple[Order, Shelf]:
    """An order for the formats that are due, and what lies there.

    It has no formats when nothing changed.
    """
    files, shelf = edition_files(sources, job), read_shelf(workspace, job)
    digest = _digest(files, job, shelf, choices)

    def is_due(form: str) -> bool:
        proven = choices.validate and form == "pdf"
        return choices.force or shelf.is_due(digest, form, strict=choices.strict, proven=proven)

    due = tuple(form for form in choices.formats if form in job.formats and is_due(form))
    order = Order(
        workspace=workspace,
        job=job,
        files=files,
        digest=digest,
        formats=due,
        strict=choices.strict,
        prove=prove,
        paper=require_paper,
    )
    return order, shelf


def _digest(files: Sources, job: Job, shelf: Shelf, choices: BuildChoices) -> str:
    """The digest that files must have, to be left as they are.

    Where nothing was published, nothing is loaded to look for it.
    """
    program = program_digest()
    if choices.force or job.manner or not published_years(files, job.country):
        return digest_of(files, job, program)
    state = import_module("reporter.edition.state").EditionState(job.edition, files, {job.name: shelf})
    return str(state.expected_digest(job, program))


def parse_formats(
    ctx: click.Context, param: click.Parameter, value: str, known: tuple[str, ...] = FORMATS
) -> tuple[str, ...]:
    """Parse a list of formats, and give them in the known order.

    Raises UsageError for anything else.
    """
    named = [each.strip() for each in value.split(",")]
    if not all(named):
        raise UsageError(
            f"--format {value!r} names no format in one place",
            hint=f"formats: {', '.join(known)}; write several as {','.join(known[:2])}",
        )
    for each in named:
        if each in ("json", "text"):
            raise UsageError(f"{each!r} is no format of a profile", hint="for an answer that machines read: --json")
        if each not in known:
            raise UsageError(f"unknown format {each!r}", hint=f"formats: {', '.join(known)}")
        if named.count(each) > 1:
            raise UsageError(
                f"the format {each!r} is named twice", hint=f"write --format {','.join(dict.fromkeys(named))}"
            )
    return tuple(form for form in known if form in named)


def parse_languages(sources: Sources, lang: str) -> tuple[str, ...]:
    """Parse a list of languages, all of the workspace when empty.

    Raises UsageError for one that reporter.yaml does not list.
    """
    named = tuple(dict.fromkeys(each.strip() for each in lang.split(",") if each.strip()))
    known = read_languages(sources)
    for each in named:
        check_language(each)
        if each not in known:
            raise UsageError(
                f"reporter.yaml does not list the language {each!r}", hint=f"languages: {', '.join(known)}"
            )
    return named or known


def _progress(total: int, *, shown: bool) -> AbstractContextManager[Callable[[Job, str], None]]:
    """Show progress on a terminal, else nothing."""
    if not shown or not sys.stderr.isatty():
        return nullcontext(lambda *_: None)
    display: AbstractContextManager[Callable[[Job, str], None]] = import_module("reporter.cli.progress").display(total)
    return display


def print_outcomes(
    workspace: Workspace, outcomes: list[Outcome], formats: tuple[str, ...], *, machine: bool, quiet: bool
) -> int:
    """Print how each job ended, and give the exit code."""
    if machine:
        told = [_plain(workspace, each, formats) for each in outcomes]
        click.echo(as_json(told))
    said: set[str] = set()
    for each in outcomes:
        if each.findings or each.error:
            # What stops an edition often stops it in every language, and all of its documents.
            alike = [other.job for other in outcomes if other.error == each.error]
            job = each.job.main if each.job.main in alike else each.job
            languages = ", ".join(one.language for one in alike if replace(one, language=job.language) == job)
            name = f"{str(job).removesuffix(f'({job.language})')}({languages})"
            lines = [*finding_lines(each.findings), f"reporter: {name}: {each.error}"]
            if new := [line for line in lines if line not in said]:
                click.echo("\n".join(new), err=True)
            said.update(lines)
        elif not machine and not quiet:
            click.echo("\n".join(_lines(workspace, each, formats)))
        if each.faults and not each.job.volume:
            what = "1 finding" if each.faults == 1 else f"{each.faults} findings"
            more = f"reporter check {each.job.country} {each.job.year}"
            click.echo(f"reporter: {each.job}: the draft marks {what} to be mended; see {more}", err=True)
    # Why there is no paper is the same for all of them.
    for unmade in dict.fromkeys(each.built.unmade for each in outcomes if each.built and each.built.unmade):
        click.echo(f"reporter: {unmade}", err=True)
    codes = [each.exit_code for each in outcomes]
    return max(codes, default=ExitCode.OK)


def _lines(workspace: Workspace, each: Outcome, formats: tuple[str, ...]) -> Iterator[str]:
    made = {file.form: file for file in each.built.files} if each.built else {}
    for form in _told_formats(each, formats):
        what, file = "unchanged", made.get(form)
        if file:
            what = f"{file.size / 1_000_000:.1f} MB" if file.pages is None else f"{file.pages} pages"
        yield f"{_shown(workspace, each, form)} ({what})"
    removed = each.built.removed if each.built else ()
    together = ",".join(form for form in FORMATS if form in (*formats, *removed))
    for form in removed:
        yield f"{_shown(workspace, each, form)} (removed, it was older; --format {together} makes it, too)"
    if each.built and each.built.aside:
        yield f"{options.display_path(each.built.aside)} (was signed of an earlier report, and set aside)"


def _told_formats(each: Outcome, formats: tuple[str, ...]) -> tuple[str, ...]:
    """The formats of which it is told how they ended."""
    unmade = each.built and each.built.unmade
    return tuple(form for form in formats if form in each.job.formats and not (unmade and form == PAPER))


def _shown(workspace: Workspace, each: Outcome, form: str) -> str:
    return options.display_path(each.job.file(workspace, form))


def _plain(workspace: Workspace, each: Outcome, formats: tuple[str, ...]) -> dict[str, object]:
    state = "failed" if each.error else "built" if each.built else "unchanged"
    failed: dict[str, object] = {"error": each.error, "findings": list(map(str, each.findings))} if each.error else {}
    files = [] if each.error else [_file(workspace, each, form) for form in _told_formats(each, formats)]
    aside = each.built.aside if each.built else None
    job = pick(each.job, "country", "year", "language") | ({"volume": each.job.volume} if each.job.volume else {})
    job |= {"audience": each.job.audience} if each.job.restricted else {}
    failed |= {"faults": each.faults} if each.faults else {}
    failed |= {"unmade": each.built.unmade} if each.built and each.built.unmade else {}
    return job | {"state": state, "files": files, "set_aside": aside} | failed


def _file(workspace: Workspace, each: Outcome, form: str) -> dict[str, object]:
    told: dict[str, object] = {"format": form, "path": each.job.file(workspace, form), "state": "unchanged"}
    for made in each.built.files if each.built else ():
        if made.form == form:
            told |= {"state": "built", "bytes": made.size, "sha256": made.sha256, "pages": made.pages}
    return told
