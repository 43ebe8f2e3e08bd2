"""Errands carried out by Dask workers. Dask sends pickles, so anyone who reaches a scheduler can run anything on its
workers: docs/cluster.md says who may."""

import logging
import pickle
import signal
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Lock
from typing import Any

import dask
from distributed import CancelledError, Client, Future, KilledWorker, LocalCluster, Security, get_worker, wait

from reporter.data.errors import ReporterError
from reporter.editions.making.build_editions import MOST_DEATHS, begin, carry_out, lost
from reporter.editions.making.order import Answer, Errand, Outcome, Show
from reporter.editions.program import makers_mark, unlike

# Seconds between looks at the workers, to reach a scheduler, for its first or another worker, to fetch a document.
LOOK, CONNECT, FIRST, PATIENCE, FETCH = 1.0, 5.0, 10.0, 60.0, 120.0
# Seconds for an answer: Dask itself waits for ever for a machine that is frozen or cut off.
ANSWER = 60.0
SAME = (
    "install the same program and packages there: reporter admin doctor names the file of constraints (docs/cluster.md)"
)
FEWER = "this machine may have too little memory for so many: write a smaller number, or leave --cluster out"
START = "start one, see docs/cluster.md; or use the processors of this machine: --cluster local:2"
# What Dask raises when a scheduler or worker is missing or gone.
GONE = (OSError, CancelledError, RuntimeError)
# A worker of this machine that died is always restarted; a theme of some megabytes travels with each document.
SETTINGS: dict[str, object] = {
    "distributed.deploy.lost-worker-timeout": "365 days",
    "distributed.admin.large-graph-warning-threshold": "1 GiB",
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
# Only on loopback, and with a key that is made for them and never written to disk.
HERE: dict[str, Any] = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": logging.CRITICAL}
HERE |= {"threads_per_worker": 1, "preload": [__name__]}
NOT_STARTED: Any = None
# A worker makes one document at a time, however many threads it has.
BUSY = Lock()


class DaskExecutor:
    """Carries out errands on Dask workers that make the same bytes as this machine, one errand each; `tell` receives
    the reason why another worker is not used. If a worker dies, its errand is tried once more. Workers of this machine
    keep slow results in the folder `cache`. Raises ReporterError when no scheduler answers or no worker is usable."""

    def __init__(self, where: str, cache: Path, tell: Callable[[str], None]) -> None:
        # Relevant log messages of Dask are reported in our own words.
        for name in [*logging.root.manager.loggerDict]:
            if name.startswith(("distributed", "tornado", "asyncio")):
                logging.getLogger(name).setLevel(logging.CRITICAL)
        dask.config.set(SETTINGS)
        count = int(where[6:]) if where.startswith("local:") else 0
        self._where, self._tell, self._cache, self._usable = where, tell, str(cache) if count else "", dict[str, bool]()
        with ExitStack() as failing:
            failing.callback(self.close)
            self._client = self._cluster = NOT_STARTED
            try:
                self._cluster = count and LocalCluster(n_workers=count, security=Security.temporary(), **HERE)
                self._client = Client(self._cluster or where, timeout=CONNECT)
            except (*GONE, TypeError, ValueError) as problem:
                why = "nothing answers there" if type(problem) is OSError and not count else _line(problem)
                raise ReporterError(f"no scheduler at {where}: {why}", hint=FEWER if count else START) from None
            self._workers(FIRST)
            failing.pop_all()

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        again: list[tuple[Errand, int]] = []
        running: dict[Future[bytes], tuple[Errand, int, str]] = {}
        try:
            while True:
                workers = self._workers(PATIENCE)
                for worker in sorted(workers - {worker for *_, worker in running.values()}):
                    errand, deaths = again.pop() if again else (next(errands, ()), 0)
                    if errand:
                        begin(errand, show)
                        task = carry_out_there, pickle.dumps(errand), self._cache
                        running[self._client.submit(*task, workers=[worker], pure=False)] = errand, deaths, worker
                if not running:
                    return
                # Also ends on a timeout, and when the client has lost the scheduler.
                with suppress(*GONE), self._client.as_current():
                    wait([*running], LOOK, "FIRST_COMPLETED")
                for future in [item for item in running if item.done() or running[item][-1] not in workers]:
                    errand, deaths, worker = running.pop(future)
                    outcomes = _outcomes(errand, future) if worker in workers else []
                    if outcomes or deaths + 1 == MOST_DEATHS:
                        yield errand, outcomes or lost(errand, "the worker that made it died, twice")
                    else:
                        again.append((errand, deaths + 1))
        except ReporterError as problem:
            left = [*(errand for errand, _ in again), *(errand for errand, *_ in running.values())]
            yield from ((item, lost(item, str(problem), problem.exit_code)) for item in (*left, *errands))

    def close(self) -> None:
        for connection in filter(None, (self._client, self._cluster)):
            with suppress(*GONE):
                connection.close()

    def _workers(self, seconds: float) -> set[str]:
        """The usable workers, once there is one. Workers that join report what determines their bytes."""
        until = time.monotonic() + seconds
        while True:
            try:
                new = sorted(self._present() - self._usable.keys())
                asked = {"workers": new, "on_error": "return", "callback_timeout": ANSWER}
                marks = self._client.run(makers_mark, **asked) if new else {}
                present = self._present()
            except GONE as problem:
                what = f"the scheduler at {self._where} does not answer: {_line(problem)}"
                raise ReporterError(what, hint="check that it is running; finished documents are kept") from None
            for worker, mark in ((worker, mark) for worker, mark in marks.items() if worker in present):
                why = unlike(makers_mark(), mark) if isinstance(mark, dict) else f"it cannot be asked: {_line(mark)}"
                self._usable[worker] = not why
                if why:
                    self._tell(f"not used, because it makes other bytes: worker {worker}: {why}\n  hint: {SAME}")
            self._usable = {worker: usable for worker, usable in self._usable.items() if worker in present}
            if any(self._usable.values()):
                return {worker for worker, usable in self._usable.items() if usable}
            if time.monotonic() > until:
                if self._usable:
                    raise ReporterError("no worker makes the same bytes as this machine", hint=SAME)
                hint = FEWER if self._cluster else f"start one: dask worker {self._where} --nthreads 1"
                raise ReporterError(f"{self._where} has no worker", hint=hint)
            time.sleep(LOOK / 10)

    def _present(self) -> set[str]:
        # A client that could not reach its scheduler again has closed itself.
        if self._client.status == "closed":
            raise OSError("the connection was lost")
        return {*self._client.nthreads(callback_timeout=ANSWER)}


def _outcomes(errand: Errand, future: "Future[bytes]") -> list[Outcome]:
    try:
        return list(pickle.loads(future.result(FETCH)))
    except (*GONE, KilledWorker):
        return []
    except Exception as problem:
        return lost(errand, f"its worker failed: {_line(problem)}")


def _line(problem: BaseException) -> str:
    return f"{type(problem).__name__}: {problem}".partition("\n")[0].strip().removesuffix(":")[:200]


def carry_out_there(packed: bytes, cache: str) -> bytes:
    """The outcomes of an errand. Slow results are kept in `cache`, or in a folder removed with the worker."""
    with BUSY:
        return pickle.dumps(carry_out(pickle.loads(packed), Path(cache or f"{get_worker().local_directory}/reporter")))


def dask_setup(_worker: object) -> None:
    """Let a worker of this machine ignore Ctrl-C; the process that started it ends it. Dask calls this by its name."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
