"""Make documents, and print how each ended. Shared by `build`, `compare` and `package`."""

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

import click

from reporter.cli import options
from reporter.cli.count import DocumentCount, LinesNowAndThen
from reporter.cli.late_rooms import BATCH, load_cluster, load_validate, load_word
from reporter.cli.outcome_lines import print_outcomes
from reporter.cluster.cluster_address import is_open
from reporter.edition.inputs import digest_of, edition_files
from reporter.edition.job import FORMATS, WORD, Job, check_language, volumes
from reporter.edition.leftovers import remove_unpublished, remove_volumes
from reporter.edition.program import program_digest
from reporter.edition.shelf import Shelf, read_shelf
from reporter.errors import DataError, ExitCode, UsageError
from reporter.files.published import published_years
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.load.yaml_tree import read_annexes, read_languages
from reporter.produce.order import Order, Outcome, Show

if TYPE_CHECKING:
    from reporter.produce.executors import Executor

MOST_AT_ONCE, AT_ONE_DOCUMENT = 4, 2
OPEN = "what goes to {address} can be read on the way, figures that are withheld too; tls:// hides it (docs/cluster.md)"


@dataclass(frozen=True, slots=True)
class BuildChoices:
    """What the user chose for making documents. It says in which formats, where and how many at once, what stops them,
    and how they are told: many `together` in few lines."""

    formats: tuple[str, ...]
    jobs: int | None = None
    force: bool = False
    strict: bool = False
    validate: bool = False
    machine: bool = False
    quiet: bool = False
    cluster: str = ""
    together: bool = False


def make_all(workspace: Workspace, sources: Sources, wanted: Sequence[Job], choices: BuildChoices) -> int:
    """Make what is due and print how each job ended. Gives the exit code."""
    outcomes = make_due(workspace, sources, wanted, choices)
    told = {"machine": choices.machine, "quiet": choices.quiet, "together": choices.together}
    return print_outcomes(workspace, outcomes, choices.formats, **told)


def make_due(
    workspace: Workspace, sources: Sources, wanted: Sequence[Job], choices: BuildChoices, hear: Show | None = None
) -> list[Outcome]:
    """Make what is due, and give the outcome of every job. Also of those that had nothing to make. Instead of a
    terminal, `hear` is told of every stage."""
    if choices.validate and "pdf" not in choices.formats:
        raise UsageError("--validate is for PDFs, and none is made", hint="write --format pdf,html")
    prove = load_validate().prove if choices.validate else None
    if WORD in choices.formats and any(WORD in job.formats for job in wanted):
        load_word()
    orders, outcomes = _planned(workspace, sources, wanted, choices)
    if orders:
        batch = import_module(BATCH)
        executor = _executor(batch, orders, workspace, choices)
        shown = not choices.quiet and not choices.machine
        with ExitStack() as ending:
            show = hear or ending.enter_context(_progress(orders, shown=shown))
            # Interrupted, it ends here, and not only when somebody collects what is left.
            made = ending.enter_context(closing(batch.build_all(workspace, orders, executor, prove=prove, show=show)))
            outcomes |= {each.job: each for each in made}
    return list(outcomes.values())


def _executor(batch: ModuleType, orders: Sequence[Order], workspace: Workspace, choices: BuildChoices) -> "Executor":
    """Who makes the documents: this machine, or a cluster."""
    made: Executor
    if choices.cluster:
        if is_open(choices.cluster) and not choices.quiet:
            click.echo(f"reporter: {OPEN.format(address=choices.cluster)}", err=True)
        made = load_cluster().DaskExecutor(
            choices.cluster, workspace.cache, lambda told: click.echo(f"reporter: {told}", err=True)
        )
        return made
    # No more than there are processors. The pages of one document are shared by two.
    apart = max(len({order.job.main for order in orders}), AT_ONE_DOCUMENT)
    workers = choices.jobs or min(apart, os.cpu_count() or 1, MOST_AT_ONCE)
    made = batch.usual_executor(orders, workers, workspace.cache)
    return made


def _planned(
    workspace: Workspace, sources: Sources, wanted: Sequence[Job], choices: BuildChoices
) -> tuple[list[Order], dict[Job, Outcome]]:
    """The orders that are due, and how every job ends without them. The outcomes stand in the order of the jobs. What
    stops one edition stops no other."""
    orders: list[Order] = []
    outcomes: dict[Job, Outcome] = {}
    alone = len({job.edition for job in wanted}) == 1
    for job in wanted:
        try:
            found = _found(workspace, sources, job, choices)
        except DataError as problem:
            if alone:
                raise
            outcomes[job] = Outcome(job, error=str(problem), findings=problem.findings, exit_code=problem.exit_code)
            continue
        orders += [order for order, _ in found if order.formats]
        # How each ends where it has nothing to make.
        for order, shelf in found:
            faults = shelf.faults(order.digest) if order.job.draft else 0
            code = ExitCode.FINDINGS if faults else ExitCode.OK
            outcomes[order.job] = Outcome(order.job, exit_code=code, faults=faults)
    return orders, outcomes


def _found(workspace: Workspace, sources: Sources, job: Job, choices: BuildChoices) -> list[tuple[Order, Shelf]]:
    """The orders for a document and its volumes, and what lies there. What tells of another state of it is removed."""
    job = _beside_published(sources, job)
    removed = remove_unpublished(workspace, job)
    kept = _volumes(sources, job)
    left = remove_volumes(workspace, job, kept)
    if not choices.quiet:
        lines = [f"{options.display_path(path)} (removed, it is as it was published)\n" for path in removed]
        lines += [f"{options.display_path(path)} (removed, its chapters are in the profile)\n" for path in left]
        click.echo("".join(lines), err=True, nl=False)
    due = [each for each in kept if set(each.formats) & set(choices.formats)]
    return [_order(workspace, sources, each, choices) for each in due]


def _beside_published(sources: Sources, job: Job) -> Job:
    """Place the job beside what was published, if that changed since. Where nothing was published, nothing is loaded to
    look for it."""
    if job.manner or not published_years(sources, job.country):
        return job
    placed: Job = import_module("reporter.edition.state").beside_published(sources, job)
    return placed


def _volumes(sources: Sources, job: Job) -> tuple[Job, ...]:
    """A document and its volumes. Where nothing was published, nothing is loaded to look for it."""
    annexes = read_annexes(sources)
    if not job.manner and not job.changed and published_years(sources, job.country):
        annexes = import_module("reporter.edition.state").edition_state(sources, job).annexes
    return volumes(job, annexes)


def _order(workspace: Workspace, sources: Sources, job: Job, choices: BuildChoices) -> tuple[Order, Shelf]:
    """An order for the formats that are due, and what lies there. It has no formats when nothing changed."""
    files, shelf = edition_files(sources, job), read_shelf(workspace, job)
    digest = _digest(files, job, shelf, choices)

    def is_due(form: str) -> bool:
        proven = choices.validate and form == "pdf"
        return choices.force or shelf.is_due(digest, form, strict=choices.strict, proven=proven)

    due = tuple(form for form in choices.formats if form in job.formats and is_due(form))
    order = Order(
        job=job, files=files, digest=digest, formats=due, strict=choices.strict, proven=choices.validate, partial=True
    )
    return order, shelf


def _digest(files: Sources, job: Job, shelf: Shelf, choices: BuildChoices) -> str:
    """The digest that files must have, to be left as they are. Where nothing was published, nothing is loaded to look
    for it."""
    program = program_digest()
    if choices.force or job.manner or not published_years(files, job.country):
        return digest_of(files, job, program)
    state = import_module("reporter.edition.state").EditionState(job.edition, files, {job.name: shelf})
    return str(state.expected_digest(job, program))


def parse_formats(
    ctx: click.Context, param: click.Parameter, value: str | None, known: tuple[str, ...] = FORMATS
) -> tuple[str, ...]:
    """Parse a list of formats, and give them in the known order. None are given when nobody names any. Raises
    UsageError for anything else."""
    if value is None:
        return ()
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
    if not sys.stderr.isatty():
        return nullcontext(LinesNowAndThen(DocumentCount(len(orders))).hear)
    display: AbstractContextManager[Show] = import_module("reporter.cli.progress").display(len(orders))
    return display
