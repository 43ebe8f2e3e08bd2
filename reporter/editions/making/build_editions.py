"""Make several editions and put each in place when it is ready. An executor makes them; only this module checks and
writes them. All are finished before a failure is reported."""

import gc
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from traceback import format_exc

from filelock import FileLock, Timeout

from reporter import __version__
from reporter.data.errors import DataError, ExitCode, ReporterError
from reporter.data.files.processes import EndedError, Pool
from reporter.data.files.sources import list_checksum
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import remove_drafts, write_together
from reporter.data.read.release import read_releases
from reporter.editions.build_record import Entry, earlier_files, latest_entries, read_shelf, refuse_other_files
from reporter.editions.job import FORMATS, Job
from reporter.editions.making.document_files import Beside, Drawing, maker_of, produce
from reporter.editions.making.order import (
    BEGUN,
    DONE,
    FAILED,
    PAPER,
    Answer,
    Errand,
    Executor,
    Order,
    Outcome,
    Prove,
    Show,
    failures_of,
)
from reporter.editions.program import engine_digest
from reporter.editions.search_cache import FOLDER
from reporter.editions.signed_files import make_room
from reporter.editions.state import EditionState

DISK = "free space on the disk and in the temporary folder; the earlier report is unchanged"


class Worker:
    """Makes documents in memory, one after another, until closed. Slow results are kept in the folder `cache`; its
    drawing process and the contents of the last edition stay in memory."""

    def __init__(self, cache: Path, helpers: Pool | None = None) -> None:
        self.cache, self.helpers = cache, helpers
        self.drawing = Drawing()
        self._last: tuple[tuple[Job, str], EditionState] | None = None

    def carry_out(self, errand: Errand, show: Show) -> list[Outcome]:
        """Make the files of some orders; errors are outcomes."""
        outcomes = [self.make(order, self._state_of(order), show) for order in errand]
        # The garbage of the layout would add up over many editions.
        gc.collect()
        return outcomes

    def make(self, order: Order, state: EditionState, show: Show) -> Outcome:
        def work() -> Outcome:
            # Helpers start while the files are read, unless a folder of charts or pages suggests that most are cached.
            if order.has_pages and not (self.cache / "charts").is_dir():
                self.drawing.begin()
            if self.helpers and PAPER in order.formats and not (self.cache / "pieces").is_dir():
                self.helpers.begin()
            resources = Beside(self.cache, self.drawing, self.helpers)
            makers = {form: maker_of(form) for form in order.formats}
            return produce(order, state, makers, resources, lambda stage: show(order.job, stage))

        return attempt(order.job, work)

    def close(self) -> None:
        self.drawing.end()
        if self.helpers:
            self.helpers.close()

    def _state_of(self, order: Order) -> EditionState:
        key = order.job.edition, list_checksum({path: file.sha256 for path, file in order.files.items()})
        if self._last is None or self._last[0] != key:
            self._last = key, EditionState(order.job.edition, order.files, folder=self.cache / FOLDER)
        return self._last[1]


_worker_in = cache(Worker)


def carry_out(errand: Errand, folder: Path) -> list[Outcome]:
    """Carry out an errand with the one worker of a process, which keeps slow results in a folder."""
    return _worker_in(folder).carry_out(errand, lambda *_: None)


def attempt(job: Job, work: Callable[[], Outcome]) -> Outcome:
    """Do some work for a job; an error is its outcome."""
    try:
        return work()
    except ReporterError as problem:
        findings = problem.findings if isinstance(problem, DataError) else ()
        return Outcome(job, error=str(problem), findings=findings, exit_code=problem.exit_code)
    except OSError as problem:
        failed = ReporterError(f"a file cannot be read or written: {problem}", hint=DISK)
        return Outcome(job, error=str(failed), exit_code=failed.exit_code)
    except Exception:
        return Outcome(job, error=f"a fault in the program\n{format_exc()}", exit_code=ExitCode.FAULT)


# A process may have been killed by chance; one that ends at the same errand again was not.
MOST_DEATHS = 2


class InThisProcess:
    """Carries out errands in this process, one after another; `helpers` processes share the layout of pages."""

    def __init__(self, cache: Path, helpers: int = 0) -> None:
        self._worker = Worker(cache, Pool(helpers, "reporter.formats.pdf"))

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        for errand in errands:
            begin(errand, show)
            yield errand, self._worker.carry_out(errand, show)

    def close(self) -> None:
        self._worker.close()


class InProcesses:
    """Carries out errands in processes of this machine, which share the folder `cache`; retries an errand once."""

    def __init__(self, count: int, cache: Path) -> None:
        self._cache, self._pool = cache, Pool(count)

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        again: list[tuple[Errand, int]] = []
        running: dict[Future[list[Outcome]], tuple[Errand, int]] = {}
        while True:
            while len(running) < self._pool.count:
                errand, deaths = again.pop() if again else (next(errands, None), 0)
                if errand is None:
                    break
                begin(errand, show)
                running[self._pool.submit(carry_out, errand, self._cache)] = errand, deaths
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                errand, deaths = running.pop(future)
                try:
                    yield errand, future.result()
                except EndedError:
                    if deaths + 1 < MOST_DEATHS:
                        again.append((errand, deaths + 1))
                    else:
                        yield errand, lost(errand, "the process that was making this document stopped twice")

    def close(self) -> None:
        self._pool.close()


def begin(errand: Errand, show: Show) -> None:
    for order in errand:
        show(order.job, BEGUN)


def lost(errand: Errand, why: str, code: ExitCode = ExitCode.FAULT) -> list[Outcome]:
    return [Outcome(order.job, error=why, exit_code=code) for order in errand]


def place_files(workspace: Workspace, order: Order, outcome: Outcome) -> Outcome:
    """Put the files of an order in place, with their record. Other formats stay only if they have the same inputs or
    were published. Call it with the lock held, because it looks at the files there. Raises ReporterError for a file
    that would replace a different published one."""
    job, files = order.job, outcome.files
    shelf = read_shelf(workspace, job)
    releases = () if job.is_apart else read_releases(order.files, job.country, job.year)
    sums = {form: file.sha256 for form, file in files.items()}
    refuse_other_files(releases, job, sums, proven=order.proven)
    published = latest_entries(shelf, releases)
    valid_entries = {form: entry for form, entry in published.items() if entry} | shelf.current_entries(order.digest)
    rows = valid_entries | {form: _entry(form, order, outcome) for form in files}
    outdated = [form for form in FORMATS if form in shelf.files and form not in rows and form not in published]
    contents = earlier_files(workspace, shelf, releases, (*files, *outdated))
    contents |= {job.file(workspace, form): file.read() for form, file in files.items()}
    if "pdf" in files:
        # In the format of sha256sum, so that `sha256sum -c` finds the report in the same folder.
        contents[job.sums(workspace)] = f"{sums['pdf']}  {job.pdf(workspace).name}\n".encode()
    # In one order, whatever was made first: the same files have the same record.
    record = {"files": {form: rows[form] for form in FORMATS if form in rows}}
    contents[job.record(workspace)] = json.dumps(record, indent=2).encode() + b"\n"
    changed = "pdf" in (*files, *outdated)
    aside = make_room(job.pdf(workspace), contents.get(job.pdf(workspace))) if changed else None
    # If interrupted between two files, no checksum or record of other files remains.
    first = [job.record(workspace), *([job.sums(workspace)] if changed else [])]
    write_together(contents, [*first, *(job.file(workspace, form) for form in outdated)])
    code = ExitCode.FINDINGS if outcome.faults or outcome.unmade else ExitCode.OK
    # Hundreds of editions need not stay in memory.
    placed = {form: replace(file, content=replace(file.content, source=b"")) for form, file in files.items()}
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
    """Lock a document against other builds until the process ends. Raises ReporterError when another process has it."""
    folder, place = job.folder(workspace), workspace.lock(job.name)
    lock = FileLock(place, timeout=0)
    try:
        for path in (folder, place.parent):
            path.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ReporterError(f"another build of {job} is running", hint="wait until it has finished") from None
    except OSError as problem:
        hint = "free space on the disk, correct the access rights of the folder, or move the file that is in its place"
        raise ReporterError(f"{folder} cannot be written: {problem.strerror}", hint=hint) from None
    try:
        remove_drafts(folder, f"{job.name}.*")
        yield
    finally:
        # Remove an empty folder and its empty parent.
        with suppress(OSError):
            folder.rmdir()
            folder.parent.rmdir()
        lock.release()


FAULTY = "the earlier report is kept; fix the template named above, or send the list to the maintainers"


def build_all(
    workspace: Workspace, orders: Iterable[Order], executor: Executor, *, prove: Prove | None = None, show: Show
) -> Generator[Outcome, None, None]:
    """Carry out several orders and put their files in place; the executor is closed at the end. `prove` returns what is
    wrong with a PDF that must be proven; `show` is called at every stage."""
    locks: dict[Job, ExitStack] = {}
    refused: list[Outcome] = []

    def errands() -> Iterator[Errand]:
        """The orders of each document, locked when taken until its files are in place."""
        together: dict[Job, list[Order]] = {}
        for order in orders:
            together.setdefault(order.job.main, []).append(order)
        for document_orders in together.values():
            if errand := tuple(order for order in document_orders if _lock(workspace, order.job, locks, refused)):
                yield errand

    with ExitStack() as ending:
        ending.callback(executor.close)
        ending.callback(lambda: [*map(ExitStack.close, locks.values())])
        # If interrupted, it stops here and not only at garbage collection.
        for errand, outcomes in ending.enter_context(closing(executor.carry_out(errands(), show))):
            for order, outcome in zip(errand, outcomes, strict=True):
                with locks.pop(order.job):
                    done = _judged(order, outcome, prove, show)
                    if done.files:
                        show(order.job, "writing")
                        done = attempt(order.job, partial(place_files, workspace, order, done))
                yield _announce(done, show)
            yield from (_announce(refused.pop(0), show) for _ in [*refused])
        yield from (_announce(refusal, show) for refusal in refused)


def produce_all(
    workspace: Workspace,
    orders: Sequence[Order],
    states: Iterable[EditionState],
    prove: Prove | None = None,
    show: Show = lambda *_: None,
) -> list[Outcome]:
    with closing(Worker(workspace.cache)) as worker:
        begin(tuple(orders), show)
        pairs = ((order, worker.make(order, state, show)) for order, state in zip(orders, states, strict=True))
        return [_announce(_judged(order, outcome, prove, show), show) for order, outcome in pairs]


def usual_executor(orders: Iterable[Order], workers: int, cache: Path) -> Executor:
    """The executor for documents on this machine. Several processes share the pages of a single document."""
    if workers == 1 or len({order.job.main for order in orders}) == 1:
        return InThisProcess(cache, workers - 1)
    return InProcesses(workers, cache)


def _lock(workspace: Workspace, job: Job, locks: dict[Job, ExitStack], refused: list[Outcome]) -> bool:
    """Lock a document, or refuse it if another process builds it."""
    lock = ExitStack()

    def work() -> Outcome:
        lock.enter_context(build_lock(workspace, job))
        return Outcome(job)

    if (outcome := attempt(job, work)).error:
        refused.append(outcome)
    else:
        locks[job] = lock
    return not outcome.error


def _announce(outcome: Outcome, show: Show) -> Outcome:
    show(outcome.job, FAILED if outcome.error else DONE)
    return outcome


def _judged(order: Order, outcome: Outcome, prove: Prove | None, show: Show) -> Outcome:
    """The outcome with the checkers' results for a PDF that must be proven; it fails if they find errors."""
    if not (order.proven and PAPER in outcome.files):
        return outcome
    if prove is None:
        raise ValueError("no checker is given for a PDF that must be validated")
    show(order.job, "validating")

    def work() -> Outcome:
        paper = outcome.files[PAPER]
        judged = prove(paper.read())
        if failures := failures_of(judged):
            raise ReporterError(
                "\n  ".join(("the PDF does not meet the standards that it claims:", *map(str, failures))), hint=FAULTY
            )
        return replace(outcome, files={**outcome.files, PAPER: replace(paper, proof=[item.plain() for item in judged])})

    return attempt(order.job, work)
