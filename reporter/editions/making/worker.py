"""Make documents in a process that stays, here or elsewhere. It takes and returns values; nothing is put in its
place."""

import gc
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import cache
from pathlib import Path
from traceback import format_exc

from reporter.data.errors import DataError, ExitCode, ReporterError
from reporter.data.files.checksum import list_checksum
from reporter.data.files.processes import EndedError, Pool
from reporter.editions.job import Job
from reporter.editions.making.drawing import Drawing
from reporter.editions.making.formats import maker_of
from reporter.editions.making.order import BEGUN, PAPER, Answer, Errand, Order, Outcome, Show
from reporter.editions.making.run import Beside, produce
from reporter.editions.search_cache import FOLDER
from reporter.editions.state import EditionState

DISK = "free space on the disk and in the folder for temporary files; the earlier report is unchanged"


class Worker:
    """Makes documents in memory, one after another, until it is closed. What is slow is kept in the folder `cache`; its
    drawing process stays, and so does what it read of the last edition."""

    def __init__(self, cache: Path, helpers: Pool | None = None) -> None:
        self.cache, self.helpers = cache, helpers
        self.drawing = Drawing()
        self._last: tuple[tuple[Job, str], EditionState] | None = None

    def carry_out(self, errand: Errand, show: Show) -> list[Outcome]:
        """Make the files of some orders; errors are told in the outcomes."""
        made = [self.make(order, self._state_of(order), show) for order in errand]
        # What the layout left would add up over many editions.
        gc.collect()
        return made

    def make(self, order: Order, state: EditionState, show: Show) -> Outcome:
        def work() -> Outcome:
            # What helps starts while the files are read. Where a folder of charts or pages is there, most of them are
            # kept likely.
            if order.has_pages and not (self.cache / "charts").is_dir():
                self.drawing.begin()
            if self.helpers and PAPER in order.formats and not (self.cache / "pieces").is_dir():
                self.helpers.begin()
            beside = Beside(self.cache, self.drawing, self.helpers)
            makers = {form: maker_of(form) for form in order.formats}
            return produce(order, state, makers, beside, lambda stage: show(order.job, stage))

        return attempt(order.job, work)

    def close(self) -> None:
        self.drawing.end()
        if self.helpers:
            self.helpers.close()

    def _state_of(self, order: Order) -> EditionState:
        key = order.job.edition, list_checksum({path: each.sha256 for path, each in order.files.items()})
        if self._last is None or self._last[0] != key:
            self._last = key, EditionState(order.job.edition, order.files, folder=self.cache / FOLDER)
        return self._last[1]


_worker_in = cache(Worker)


def carry_out(errand: Errand, folder: Path) -> list[Outcome]:
    """Carry out an errand by the one worker of a process, which keeps what is slow in a folder."""
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
        return Outcome(job, error=f"a fault of the program\n{format_exc()}", exit_code=ExitCode.FAULT)


# A process that ended may have been killed by chance; one that ends at the same errand again was not.
MOST_DEATHS = 2


class InThisProcess:
    """Carries out errands itself, one after another. So many `helpers` share the pages of a document with it."""

    def __init__(self, cache: Path, helpers: int = 0) -> None:
        self._worker = Worker(cache, Pool(helpers, "reporter.formats.pdf"))

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        for errand in errands:
            begin(errand, show)
            yield errand, self._worker.carry_out(errand, show)

    def close(self) -> None:
        self._worker.close()


class InProcesses:
    """Has errands carried out by so many processes of this machine. They share the folder `cache`. An errand whose
    process dies is tried once more."""

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
                        yield errand, lost(errand, "the process that was making it ended twice")

    def close(self) -> None:
        self._pool.close()


def begin(errand: Errand, show: Show) -> None:
    for order in errand:
        show(order.job, BEGUN)


def lost(errand: Errand, why: str, code: ExitCode = ExitCode.FAULT) -> list[Outcome]:
    return [Outcome(order.job, error=why, exit_code=code) for order in errand]
