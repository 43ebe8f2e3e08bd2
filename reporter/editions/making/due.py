"""Make the documents of some editions that are due, and leave the others unchanged."""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reporter.data.errors import DataError, ExitCode, UsageError
from reporter.data.extras import extra
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import remove
from reporter.data.outline import PROFILE, Volume
from reporter.data.records import Annexes
from reporter.editions.build_record import Shelf, read_shelf
from reporter.editions.job import FORMATS, WORD, Job, digest_of, volumes
from reporter.editions.making.order import PAPER, Executor, Order, Outcome, Prove, Show
from reporter.editions.program import program_digest
from reporter.editions.state import EditionState, edition_state

MOST_AT_ONCE, AT_ONE_DOCUMENT = 4, 2
# Returns the function to call at every stage of some orders.
Display = Callable[[Sequence[Order]], AbstractContextManager[Show]]
# Receives each removed file, with the reason.
Removed = Callable[[Path, str], None]


@dataclass(frozen=True, slots=True)
class BuildChoices:
    """How documents are made: in which formats, how many at once, and what stops them."""

    formats: tuple[str, ...]
    jobs: int | None = None
    force: bool = False
    strict: bool = False
    validate: bool = False


def make_due(
    workspace: Workspace,
    sources: Sources,
    wanted: Sequence[Job],
    choices: BuildChoices,
    display: Display = lambda _: nullcontext(lambda *_: None),
    *,
    removed: Removed = lambda *_: None,
    elsewhere: Callable[[], Executor] | None = None,
) -> list[Outcome]:
    """Make what is due; return the outcome of every job. `elsewhere` returns an executor to use instead."""
    prove = _prover(wanted, choices)
    orders, outcomes = _planned(workspace, sources, wanted, choices, removed)
    if orders:
        from reporter.editions.making.build_editions import build_all, usual_executor

        executor = elsewhere() if elsewhere else usual_executor(orders, workers_for(orders, choices), workspace.cache)
        with ExitStack() as ending:
            show = ending.enter_context(display(orders))
            # If interrupted, it ends here and not only at garbage collection.
            new_outcomes = ending.enter_context(closing(build_all(workspace, orders, executor, prove=prove, show=show)))
            outcomes |= {outcome.job: outcome for outcome in new_outcomes}
    return list(outcomes.values())


def workers_for(orders: Sequence[Order], choices: BuildChoices) -> int:
    """The number of documents made at once, at most one per processor. A single document's pages are shared by two."""
    document_count = max(len({order.job.main for order in orders}), AT_ONE_DOCUMENT)
    return choices.jobs or min(document_count, os.cpu_count() or 1, MOST_AT_ONCE)


def _prover(wanted: Sequence[Job], choices: BuildChoices) -> Prove | None:
    """The checker of PDFs if they must be proven. Raises UsageError when a required extra is not installed."""
    if choices.validate and PAPER not in choices.formats:
        raise UsageError("--validate checks PDFs, but none is made", hint="write --format pdf,html")
    with extra():
        if WORD in choices.formats and any(WORD in job.formats for job in wanted):
            import reporter.formats.word.package  # noqa: F401
        if choices.validate:
            from reporter.formats.validate.vera import prove

            return prove
    return None


def _planned(
    workspace: Workspace, sources: Sources, wanted: Sequence[Job], choices: BuildChoices, removed: Removed
) -> tuple[list[Order], dict[Job, Outcome]]:
    """The orders that are due, and the outcome of every job without one. A problem does not stop other editions."""
    orders: list[Order] = []
    outcomes: dict[Job, Outcome] = {}
    alone = len({job.edition for job in wanted}) == 1
    for job in wanted:
        try:
            pairs = _orders_of(workspace, sources, job, choices, removed)
        except DataError as problem:
            if alone:
                raise
            outcomes[job] = Outcome(job, error=str(problem), findings=problem.findings, exit_code=problem.exit_code)
            continue
        orders += [order for order, _ in pairs if order.formats]
        # The outcome of each if there is nothing to make.
        for order, shelf in pairs:
            faults = shelf.faults(order.digest) if order.job.draft else 0
            code = ExitCode.FINDINGS if faults else ExitCode.OK
            outcomes[order.job] = Outcome(order.job, exit_code=code, faults=faults)
    return orders, outcomes


def _orders_of(
    workspace: Workspace, sources: Sources, job: Job, choices: BuildChoices, removed: Removed
) -> list[tuple[Order, Shelf]]:
    """The orders for a document and its volumes, and their current files. Files of another state are removed."""
    state = edition_state(sources, job)
    job = replace(job, changed=bool(state.changed))
    volume_jobs, changed_job = volumes(job, state.annexes), replace(job, changed=True)
    if not job.is_apart and changed_job.record(workspace).is_file():
        for volume in PROFILE[Annexes.SHORT]:
            _remove(workspace, replace(changed_job, volume=volume), "the edition is again as published", removed)
        with suppress(OSError):  # something else is there
            changed_job.folder(workspace).rmdir()
    for other in (replace(job, volume=volume) for volume in Volume):
        if other not in volume_jobs:
            _remove(workspace, other, "its chapters are in the profile", removed)
    due = [volume_job for volume_job in volume_jobs if set(volume_job.formats) & set(choices.formats)]
    state = replace(state, shelves={volume_job.name: read_shelf(workspace, volume_job) for volume_job in due})
    return [(_order(state, volume_job, choices), state.shelves[volume_job.name]) for volume_job in due]


def _order(state: EditionState, job: Job, choices: BuildChoices) -> Order:
    """An order for the formats that are due, without any if nothing changed."""
    program, shelf, strict = program_digest(), state.shelves[job.name], choices.strict
    digest = digest_of(state.sources, job, program) if choices.force else state.expected_digest(job, program)

    def is_due(form: str) -> bool:
        return choices.force or shelf.is_due(digest, form, strict=strict, proven=choices.validate and form == PAPER)

    due = tuple(form for form in choices.formats if form in job.formats and is_due(form))
    return Order(job, state.sources, digest, due, strict=strict, proven=choices.validate, partial=True)


def _remove(workspace: Workspace, job: Job, why: str, removed: Removed) -> None:
    """Remove the program's files of a document, if its record is there."""
    places = (job.record(workspace), job.sums(workspace), *(job.file(workspace, form) for form in FORMATS))
    for path in places if job.record(workspace).is_file() else ():
        if path.is_file():
            remove(path)
            removed(path, why)
