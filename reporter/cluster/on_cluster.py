"""Errands carried out by the workers of a cluster.

Whoever would make other bytes gets none of them.
"""

import pickle
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import distributed
from distributed import Client, Future, KilledWorker

from reporter.cluster.makers_mark import makers_mark, unlike
from reporter.cluster.remote import carry_out, introduce, rest
from reporter.errors import ReporterError
from reporter.files.checksum import checksum
from reporter.produce.executors import Answer, begin, lost
from reporter.produce.order import Outcome, Show
from reporter.produce.worker import Errand

# Seconds: between two looks at the workers, for a worker to come or to come back, and for an answer to arrive.
LOOK, PATIENCE, ARRIVAL = 1.0, 60.0, 120.0
MOST_TOLD = 4
SAME = "install the same program and packages there: reporter doctor names the file of constraints (docs/cluster.md)"
START = "start one: dask worker {address} --nthreads 1 (docs/cluster.md)"
# What is raised when a scheduler or worker is not there, or not any more.
GONE = (OSError, TimeoutError, distributed.CancelledError, RuntimeError)


class OnCluster:
    """Has errands carried out by workers that make the same bytes.

    So many errands are under way as there are such workers. One that joins later is asked first, too; why it is refused
    is told by `tell`. Workers of this machine keep what is slow in the folder `cache`; `end` ends what else there is.
    """

    def __init__(
        self, client: Client, address: str, tell: Callable[[str], None], cache: Path | None, end: Callable[[], None]
    ) -> None:
        self._client, self._address, self._tell, self._end = client, address, tell, end
        self._cache = str(cache) if cache else ""
        self._mark = makers_mark()
        self._label = f"reporter-{checksum(repr(sorted(self._mark.items())))}"
        self._asked: dict[str, Future[dict[str, str]]] = {}
        self._refused: dict[str, str] = {}
        self._accepted: set[str] = set()
        self._seen = time.monotonic()
        self._running: dict[Future[bytes], Errand] = {}
        self._ready: SimpleQueue[Future[bytes]] = SimpleQueue()

    def wait_for_workers(self, seconds: float) -> None:
        """Wait until somebody can work.

        Raises ReporterError when nobody comes, or nobody makes the same bytes.
        """
        until = time.monotonic() + seconds
        while not self._accepted:
            self._look()
            if self._refused and not self._asked:
                message = "\n  ".join(("no worker makes the same bytes as this machine:", *self._refused.values()))
                raise ReporterError(message, hint=SAME)
            if time.monotonic() > until:
                raise ReporterError(f"{self._address} has no worker", hint=START.format(address=self._address))
            time.sleep(LOOK / 10)

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        """Have some errands carried out, each by one worker.

        When nobody is left to do so, the rest of them fails.
        """
        alone: list[Errand] = []
        try:
            while True:
                self._look()
                while len(self._running) < len(self._accepted) and (errand := next(errands, None)):
                    begin(errand, show)
                    self._give(errand)
                if not self._running and alone and self._accepted:
                    self._give(alone.pop())
                if not self._running and not alone and self._accepted:
                    return
                for errand, made in self._ended():
                    if made is not None:
                        yield errand, made
                        continue
                    # It may only have waited behind one that kills: at last it is tried with nobody else there.
                    alone.append(errand)
        except ReporterError as problem:
            left = [*self._running.values(), *alone]
            yield from ((errand, lost(errand, str(problem), problem.exit_code)) for errand in (*left, *errands))

    def close(self) -> None:
        """Take back what is under way, and leave the cluster."""
        with suppress(*GONE):
            self._client.cancel([*self._running, *self._asked.values()], force=True)
            if self._accepted:
                self._client.run(rest, workers=[*self._accepted], on_error="ignore")
        with suppress(*GONE):
            self._client.close(timeout=LOOK)
        self._end()

    def _look(self) -> None:
        """See who has come or gone, and ask who is new.

        Raises ReporterError when nobody has been there for long, or the scheduler has gone.
        """
        try:
            present: set[str] = set(self._client.scheduler_info(n_workers=-1)["workers"])
        except GONE as problem:
            raise self._lost(problem) from None
        self._accepted &= present
        for gone in self._asked.keys() - present:
            del self._asked[gone]
        for new in sorted(present - self._accepted - self._asked.keys() - self._refused.keys()):
            self._asked[new] = self._client.submit(
                introduce, self._label, self._mark, workers=[new], allow_other_workers=False, pure=False
            )
        for address, future in [*self._asked.items()]:
            if future.done():
                del self._asked[address]
                self._judge(address, future)
        now = time.monotonic()
        if self._accepted:
            self._seen = now
        elif now - self._seen > PATIENCE:
            raise ReporterError("no worker is left that could make the rest", hint=START.format(address=self._address))

    def _judge(self, address: str, future: Future[Any]) -> None:
        """Take a worker, or refuse it and say why."""
        if future.status == "finished":
            differing = [*unlike(self._mark, future.result())]
            if not differing:
                self._accepted.add(address)
                return
            more = [f"and {len(differing) - MOST_TOLD} more"] if len(differing) > MOST_TOLD else []
            why = "; ".join((*differing[:MOST_TOLD], *more))
        elif future.status == "error":
            why = f"it cannot say what it is: {_told(future.exception())}"
        else:
            return
        self._refused[address] = f"worker {address}: {why}"
        if self._accepted:
            self._tell(f"not used: {self._refused[address]}\n  hint: {SAME}")

    def _give(self, errand: Errand) -> None:
        future = self._client.submit(
            carry_out, pickle.dumps(errand), self._cache, pure=False, resources={self._label: 1.0}
        )
        self._running[future] = errand
        future.add_done_callback(self._ready.put)

    def _ended(self) -> Iterator[tuple[Errand, list[Outcome] | None]]:
        """The errands that ended meanwhile, without outcomes where workers died.

        Raises ReporterError when the scheduler has gone.
        """
        try:
            future = self._ready.get(timeout=LOOK if self._running else LOOK / 10)
        except Empty:
            return
        made = self._answer(future)
        yield self._running.pop(future), made

    def _answer(self, future: Future[Any]) -> list[Outcome] | None:
        """What came of an errand; None when workers died of it."""
        errand = self._running[future]
        try:
            made: list[Outcome] = pickle.loads(future.result(timeout=ARRIVAL))
        except KilledWorker:
            return None
        except distributed.CancelledError as problem:
            raise self._lost(problem) from None
        except Exception as problem:
            return lost(errand, f"its worker failed: {_told(problem)}")
        return made

    def _lost(self, problem: BaseException) -> ReporterError:
        hint = "what was made is in its place; see that the scheduler runs, and build again"
        return ReporterError(f"the scheduler at {self._address} does not answer: {_told(problem)}", hint=hint)


def _told(problem: object) -> str:
    """An exception in a line."""
    first: Any = str(problem).strip().partition("\n")[0]
    return f"{type(problem).__name__}: {first}" if first else type(problem).__name__
