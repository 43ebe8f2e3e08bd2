"""Who carries out errands: this process, or several of this machine. On other machines it is `reporter.cluster`, with
the same interface."""

import signal
from collections.abc import Generator, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

from reporter.errors import ExitCode
from reporter.files.processes import Helpers, end_with_parent
from reporter.produce.order import BEGUN, Answer, Errand, Outcome, Show
from reporter.produce.worker import Worker

# A process that ended may have been ended by somebody else; one that ends at the same errand again was not.
MOST_DEATHS = 2


class InThisProcess:
    """Carries out errands itself, one after another. So many `helpers` share the pages of a document with it."""

    def __init__(self, cache: Path, helpers: int = 0) -> None:
        self._worker = Worker(cache, Helpers(helpers, "reporter.pdf"))

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        for errand in errands:
            begin(errand, show)
            yield errand, self._worker.carry_out(errand, show)

    def close(self) -> None:
        self._worker.end()


class InProcesses:
    """Has errands carried out by so many processes of this machine. They share the folder `cache`. One that dies is
    replaced, and its errand tried once more."""

    def __init__(self, count: int, cache: Path) -> None:
        self._count, self._cache = count, cache
        self._all: list[_Colleague] = []

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        again: list[tuple[Errand, int]] = []
        running: dict[_Colleague, tuple[Errand, int]] = {}
        while True:
            while len(running) < self._count:
                errand, deaths = again.pop() if again else (next(errands, None), 0)
                if errand is None:
                    break
                begin(errand, show)
                running[self._give(errand, running)] = errand, deaths
            if not running:
                return
            for connection in wait([each.connection for each in running]):
                colleague = next(each for each in running if each.connection is connection)
                errand, deaths = running.pop(colleague)
                made = colleague.answer()
                if made is None and deaths + 1 < MOST_DEATHS:
                    again.append((errand, deaths + 1))
                else:
                    yield errand, made or lost(errand, "the process that made it ended, twice")

    def close(self) -> None:
        for each in self._all:
            each.end()
        self._all.clear()

    def _give(self, errand: Errand, busy: "dict[_Colleague, tuple[Errand, int]]") -> "_Colleague":
        self._all = [each for each in self._all if each.is_alive]
        free = next((each for each in self._all if each not in busy), None)
        if free is None:
            free = _Colleague(self._cache)
            self._all.append(free)
        free.give(errand)
        return free


class _Colleague:
    """A process that carries out errands for this one."""

    def __init__(self, cache: Path) -> None:
        # Started anew: a copy of a process in which Pango has read the fonts would wait for ever.
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, cache), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def give(self, errand: Errand) -> None:
        # That it died meanwhile is heard when it is asked for its answer.
        with suppress(OSError):
            self.connection.send(errand)

    def answer(self) -> list[Outcome] | None:
        try:
            made: list[Outcome] = self.connection.recv()
        except (EOFError, OSError):
            self.end()
            return None
        return made

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.connection.close()


def _serve(connection: "Connection[list[Outcome], Errand]", cache: Path) -> None:
    # Ctrl-C reaches every process of a terminal; who ends this one is the process that started it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    worker = Worker(cache)
    with suppress(EOFError, OSError):
        while True:
            connection.send(worker.carry_out(connection.recv(), lambda *_: None))
    worker.end()


def begin(errand: Errand, show: Show) -> None:
    for order in errand:
        show(order.job, BEGUN)


def lost(errand: Errand, why: str, code: ExitCode = ExitCode.FAULT) -> list[Outcome]:
    return [Outcome(order.job, error=why, exit_code=code) for order in errand]
