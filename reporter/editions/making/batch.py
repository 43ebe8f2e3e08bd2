"""Make several editions, and put each in its place as it comes. Who makes them is another's matter; here alone they are
proven and written. All are finished before any failure is told."""

import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from reporter import __version__
from reporter.data.errors import ExitCode, ReporterError
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import remove_drafts, write_together
from reporter.data.read.release import read_releases
from reporter.editions.build_record import Entry, earlier_files, latest_entries, read_shelf, refuse_other_files
from reporter.editions.job import FORMATS, Job
from reporter.editions.making.order import (
    DONE,
    FAILED,
    PAPER,
    Errand,
    Executor,
    Order,
    Outcome,
    Prove,
    Show,
    failures_of,
)
from reporter.editions.making.worker import InProcesses, InThisProcess, Worker, attempt, begin
from reporter.editions.program import engine_digest
from reporter.editions.signed_files import make_room
from reporter.editions.state import EditionState


def place_files(workspace: Workspace, order: Order, outcome: Outcome) -> Outcome:
    """Put the files of an order in place, with their record. A format not asked for stays only if it is of the same
    state, or was published. To be called by the holder of the lock, since what lies there is looked at now. Raises
    ReporterError for a file in the place of a published one that is another."""
    job, made = order.job, outcome.files
    shelf = read_shelf(workspace, job)
    releases = () if job.is_apart else read_releases(order.files, job.country, job.year)
    sums = {form: each.sha256 for form, each in made.items()}
    refuse_other_files(releases, job, sums, proven=order.proven)
    published = latest_entries(shelf, releases)
    kept = {form: entry for form, entry in published.items() if entry} | shelf.current_entries(order.digest)
    known = kept | {form: _entry(form, order, outcome) for form in made}
    outdated = [form for form in FORMATS if form in shelf.files and form not in known and form not in published]
    contents = earlier_files(workspace, shelf, releases, (*made, *outdated))
    contents |= {job.file(workspace, form): each.read() for form, each in made.items()}
    if "pdf" in made:
        # As sha256sum prints it, so that `sha256sum -c` finds the report in the same folder.
        contents[job.sums(workspace)] = f"{sums['pdf']}  {job.pdf(workspace).name}\n".encode()
    # In one order, whatever was made first: the same files have the same record.
    record = {"files": {form: known[form] for form in FORMATS if form in known}}
    contents[job.record(workspace)] = json.dumps(record, indent=2).encode() + b"\n"
    changed = "pdf" in (*made, *outdated)
    aside = make_room(job.pdf(workspace), contents.get(job.pdf(workspace))) if changed else None
    # Whoever is stopped between two of the files leaves neither a checksum nor a record that is not theirs.
    first = [job.record(workspace), *([job.sums(workspace)] if changed else [])]
    write_together(contents, [*first, *(job.file(workspace, form) for form in outdated)])
    code = ExitCode.FINDINGS if outcome.faults or outcome.unmade else ExitCode.OK
    # Hundreds of editions need not be held in memory.
    placed = {form: replace(each, content=replace(each.content, source=b""), html="") for form, each in made.items()}
    return replace(outcome, files=placed, removed=tuple(outdated), aside=aside, exit_code=code)


def _entry(form: str, order: Order, outcome: Outcome) -> Entry:
    file, is_proven = outcome.files[form], order.proven and form == "pdf"
    entry: Entry = {
        "program": __version__,
        "engines": engine_digest(),
        "inputs": order.digest,
        "strict": order.strict,
        "validated": is_proven,
        "bytes": file.content.size,
        "sha256": file.sha256,
    }
    entry |= {} if file.pages is None else {"pages": file.pages}
    entry |= {"proof": file.proof} if is_proven else {}
    return entry | ({"faults": outcome.faults} if outcome.faults else {})


@contextmanager
def build_lock(workspace: Workspace, job: Job) -> Iterator[None]:
    """Lock a document, so that nobody else builds it meanwhile. The lock falls with the process that holds it. Raises
    ReporterError when another process has it."""
    folder, place = job.folder(workspace), workspace.lock(job.name)
    lock = FileLock(place, timeout=0)
    try:
        for each in (folder, place.parent):
            each.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ReporterError(f"another build of {job} is running", hint="wait until it has finished") from None
    except OSError as problem:
        hint = "free space on the disk, mend the rights of the folder, or move away the file that stands in its place"
        raise ReporterError(f"{folder} cannot be written: {problem.strerror}", hint=hint) from None
    try:
        remove_drafts(folder, f"{job.name}.*")
        yield
    finally:
        # An empty folder goes, and so does the one around it.
        with suppress(OSError):
            folder.rmdir()
            folder.parent.rmdir()
        lock.release()


FAULTY = "the earlier report stays; mend the template named above, or tell the maintainers what the list says"


def build_all(
    workspace: Workspace, orders: Iterable[Order], executor: Executor, *, prove: Prove | None = None, show: Show
) -> Generator[Outcome, None, None]:
    """Have several orders carried out, and put their files in place. The executor is closed in the end. `prove` tells
    what is wrong with a PDF that is to be proven, `show` hears of every stage."""
    locks: dict[Job, ExitStack] = {}
    refused: list[Outcome] = []

    def errands() -> Iterator[Errand]:
        """The orders of each document, locked when they are taken. Nobody else builds them then, until they are in
        their place."""
        together: dict[Job, list[Order]] = {}
        for order in orders:
            together.setdefault(order.job.main, []).append(order)
        for each in together.values():
            if errand := tuple(order for order in each if _lock(workspace, order.job, locks, refused)):
                yield errand

    with ExitStack() as ending:
        ending.callback(executor.close)
        ending.callback(lambda: [*map(ExitStack.close, locks.values())])
        # Interrupted, it stops here, and not only when somebody collects what is left.
        answers = ending.enter_context(closing(executor.carry_out(errands(), show)))
        for errand, outcomes in answers:
            for order, outcome in zip(errand, outcomes, strict=True):
                with locks.pop(order.job):
                    done = _judged(order, outcome, prove, show)
                    if done.files:
                        show(order.job, "writing")
                        done = attempt(order.job, partial(place_files, workspace, order, done))
                yield _told(done, show)
            yield from (_told(refused.pop(0), show) for _ in [*refused])
        yield from (_told(each, show) for each in refused)


def produce_all(
    workspace: Workspace,
    orders: Sequence[Order],
    states: Iterable[EditionState],
    prove: Prove | None = None,
    show: Show = lambda *_: None,
) -> list[Outcome]:
    with closing(Worker(workspace.cache)) as worker:
        begin(tuple(orders), show)
        made = ((order, worker.make(order, state, show)) for order, state in zip(orders, states, strict=True))
        return [_told(_judged(order, outcome, prove, show), show) for order, outcome in made]


def usual_executor(orders: Iterable[Order], workers: int, cache: Path) -> Executor:
    """Who makes documents on this machine, with so many processes. Of one document, several share the pages."""
    if workers == 1 or len({order.job.main for order in orders}) == 1:
        return InThisProcess(cache, workers - 1)
    return InProcesses(workers, cache)


def _lock(workspace: Workspace, job: Job, locks: dict[Job, ExitStack], refused: list[Outcome]) -> bool:
    """Lock a document; refused when somebody else builds it."""
    lock = ExitStack()

    def work() -> Outcome:
        lock.enter_context(build_lock(workspace, job))
        return Outcome(job)

    if (outcome := attempt(job, work)).error:
        refused.append(outcome)
    else:
        locks[job] = lock
    return not outcome.error


def _told(outcome: Outcome, show: Show) -> Outcome:
    show(outcome.job, FAILED if outcome.error else DONE)
    return outcome


def _judged(order: Order, outcome: Outcome, prove: Prove | None, show: Show) -> Outcome:
    """The outcome with what the checkers say of a PDF that is to be proven; it fails when they find anything wrong."""
    if not (order.proven and PAPER in outcome.files):
        return outcome
    if prove is None:
        raise ValueError("nobody proves what is to be proven")
    show(order.job, "validating")

    def work() -> Outcome:
        paper = outcome.files[PAPER]
        judged = prove(paper.read(), paper.html)
        if failures := failures_of(judged):
            raise ReporterError("\n  ".join(("the PDF is not what it says:", *map(str, failures))), hint=FAULTY)
        proven = replace(paper, proof=[each.plain() for each in judged])
        return replace(outcome, files={**outcome.files, PAPER: proven})

    return attempt(order.job, work)
