"""Where documents are made: in this process, or in several of this machine. `reporter.cluster` makes them on other
machines, with the same interface."""

from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

from reporter.errors import ExitCode
from reporter.files.processes import EndedError, Pool
from reporter.produce.order import BEGUN, Answer, Errand, Outcome, Show
from reporter.produce.worker import Worker, carry_out

# A process that ended may have been killed by chance; one that ends at the same errand again was not.
MOST_DEATHS = 2


class InThisProcess:
    """Carries out errands itself, one after another. So many `helpers` share the pages of a document with it."""

    def __init__(self, cache: Path, helpers: int = 0) -> None:
        self._worker = Worker(cache, Pool(helpers, "reporter.pdf"))

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        for errand in errands:
            begin(errand, show)
            yield errand, self._worker.carry_out(errand, show)

    def close(self) -> None:
        self._worker.end()


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
                        yield errand, lost(errand, "the process that made it ended, twice")

    def close(self) -> None:
        self._pool.close()


def begin(errand: Errand, show: Show) -> None:
    for order in errand:
        show(order.job, BEGUN)


def lost(errand: Errand, why: str, code: ExitCode = ExitCode.FAULT) -> list[Outcome]:
    return [Outcome(order.job, error=why, exit_code=code) for order in errand]
