"""Errands carried out by the workers of Dask; the last functions run on a worker. Dask sends pickles, so everyone who
reaches a scheduler can run anything on its workers: docs/cluster.md says who may."""

import logging
import pickle
import signal
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import dask
from distributed import CancelledError, Client, Future, KilledWorker, LocalCluster, Security, get_worker, wait

from reporter.cluster.cluster_address import local_workers
from reporter.edition.program import engine_versions, font_sums, program_sum
from reporter.errors import ReporterError
from reporter.produce.order import Answer, Errand, Outcome, Show
from reporter.produce.worker import MOST_DEATHS, begin, carry_out, lost

# Seconds: between two looks at the workers, to reach a scheduler, for its first worker, for another when all have gone,
# and to fetch the files of a document.
LOOK, CONNECT, FIRST, PATIENCE, FETCH = 1.0, 5.0, 10.0, 60.0, 120.0
SAME = "install the same program and packages there: reporter doctor names the file of constraints (docs/cluster.md)"
FEWER = "this machine may have too little memory for so many: write a smaller number, or leave --cluster out"
DIED = "the worker that made it died, twice"
# What Dask raises when a scheduler or worker is not there, or not any more.
GONE = (OSError, CancelledError, RuntimeError)
# A worker of this machine that died is always started again. A theme with typefaces of some megabytes travels with each
# document, and nobody looks at pages of Dask.
SETTINGS: dict[str, object] = {
    "distributed.deploy.lost-worker-timeout": "365 days",
    "distributed.admin.large-graph-warning-threshold": "1 GiB",
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
# On loopback alone, and to nobody without the key that is made for them and written nowhere.
LOCAL: dict[str, Any] = {
    "threads_per_worker": 1,
    "host": "127.0.0.1",
    "dashboard_address": "127.0.0.1:0",
    "silence_logs": logging.CRITICAL,
    "preload": [__name__],
}


class DaskExecutor:
    """Has errands carried out by workers of Dask that make the same bytes as this machine, each one at a time. A worker
    that joins later is asked first, too. An errand whose worker dies is tried once more."""

    def __init__(self, where: str, cache: Path, tell: Callable[[str], None]) -> None:
        """Workers of this machine keep what is slow in the folder `cache`. Raises ReporterError when no scheduler
        answers, or no worker can be used; `tell` says why one is not."""
        # What Dask logs is said in our own words, where it matters.
        for name in [*logging.root.manager.loggerDict]:
            if name.startswith(("distributed", "tornado", "asyncio")):
                logging.getLogger(name).setLevel(logging.CRITICAL)
        dask.config.set(SETTINGS)
        self._where, self._tell, count = where, tell, local_workers(where)
        self._cache, self._usable = str(cache) if count else "", dict[str, bool]()
        try:
            self._cluster = LocalCluster(n_workers=count, security=Security.temporary(), **LOCAL) if count else None
            self._client = Client(self._cluster or where, timeout=CONNECT)
        except (*GONE, TypeError, ValueError) as problem:
            hint = "start one, see docs/cluster.md; or use the processors of this machine: --cluster local:2"
            why = "nothing answers there" if type(problem) is OSError and not count else _line(problem)
            raise ReporterError(f"no scheduler at {where}: {why}", hint=FEWER if count else hint) from None
        with ExitStack() as failing:
            failing.callback(self.close)
            self._workers(FIRST)
            failing.pop_all()

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        tries, again = ((errand, 0) for errand in errands), list[tuple[Errand, int]]()
        running: dict[Future[bytes], tuple[Errand, int, str]] = {}
        try:
            while True:
                workers = self._workers(PATIENCE)
                for worker in sorted(workers - {worker for *_, worker in running.values()}):
                    if following := again.pop() if again else next(tries, None):
                        errand, deaths = following
                        begin(errand, show)
                        task = carry_out_there, pickle.dumps(errand), self._cache, makers_mark()
                        future = self._client.submit(*task, workers=[worker], allow_other_workers=False, pure=False)
                        running[future] = errand, deaths, worker
                if not running:
                    return
                # It also ends when the time is over, and when the client has lost the scheduler.
                with suppress(*GONE), self._client.as_current():
                    wait([*running], LOOK, "FIRST_COMPLETED")
                for future in [each for each in running if each.done() or running[each][-1] not in workers]:
                    errand, deaths, worker = running.pop(future)
                    outcomes = _outcomes(errand, future) if worker in workers else []
                    if outcomes or deaths + 1 == MOST_DEATHS:
                        yield errand, outcomes or lost(errand, DIED)
                    else:
                        again.append((errand, deaths + 1))
        except ReporterError as problem:
            again += [(errand, deaths) for errand, deaths, _ in running.values()]
            for errand, _ in (*again, *tries):
                yield errand, lost(errand, str(problem), problem.exit_code)

    def close(self) -> None:
        with suppress(*GONE), ExitStack() as ending:
            if self._cluster:
                ending.callback(self._cluster.close)
            ending.callback(self._client.close)

    def _workers(self, seconds: float) -> set[str]:
        """The workers that can be used; waits for one. Raises ReporterError when none comes."""
        until = time.monotonic() + seconds
        while True:
            self._look()
            if workers := {worker for worker, usable in self._usable.items() if usable}:
                return workers
            if time.monotonic() > until:
                if self._usable:
                    raise ReporterError("no worker makes the same bytes as this machine", hint=SAME)
                start = f"start one: dask worker {self._where} --nthreads 1 (docs/cluster.md)"
                raise ReporterError(f"{self._where} has no worker", hint=FEWER if self._cluster else start)
            time.sleep(LOOK / 10)

    def _look(self) -> None:
        """Ask the workers that joined what decides their bytes. Raises ReporterError when the scheduler has gone."""
        try:
            new = sorted(self._client.nthreads().keys() - self._usable.keys())
            marks = self._client.run(makers_mark, workers=new, on_error="return") if new else {}
            # Some may have gone while they were asked.
            present = self._client.nthreads().keys()
        except GONE as problem:
            hint = "what was made is in its place; see that the scheduler runs, and build again"
            what = f"the scheduler at {self._where} does not answer: {_line(problem)}"
            raise ReporterError(what, hint=hint) from None
        self._usable = {worker: usable for worker, usable in self._usable.items() if worker in present}
        for worker, mark in ((worker, mark) for worker, mark in marks.items() if worker in present):
            failed = isinstance(mark, Exception)
            why = f"it cannot say what it is: {_line(mark)}" if failed else unlike(makers_mark(), mark)
            self._usable[worker] = not why
            if why:
                self._tell(f"not used, for it makes other bytes: worker {worker}: {why}\n  hint: {SAME}")


def _outcomes(errand: Errand, future: "Future[bytes]") -> list[Outcome]:
    """What came of an errand; nothing when its worker or the scheduler went before this was here."""
    if problem := future.exception() if future.status == "error" else None:
        return lost(errand, DIED if isinstance(problem, KilledWorker) else f"its worker failed: {_line(problem)}")
    with suppress(*GONE):
        outcomes: list[Outcome] = pickle.loads(future.result(FETCH))
        return outcomes
    return []


def _line(problem: BaseException) -> str:
    return f"{type(problem).__name__}: {problem}".partition("\n")[0].strip().removesuffix(":")[:200]


def unlike(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What differs, in words; the first four of it."""
    names = [name for name in sorted({*here, *there}) if here.get(name) != there.get(name)]
    more = [f"and {len(names) - 4} more"] if len(names) > 4 else []
    first = (f"{name} is {there.get(name, 'absent')} there and {here.get(name, 'absent')} here" for name in names[:4])
    return "; ".join((*first, *more))


@cache
def makers_mark() -> dict[str, str]:
    """What decides the bytes that are made on this machine, each with its version or the start of its checksum."""
    fonts = {f"typeface {name}": sha256[:12] for name, sha256 in font_sums()}
    return {"reporter": program_sum()[:12], **dict(engine_versions()), **fonts}


# A worker of Dask makes one document at a time, however many threads it has.
_BUSY = Lock()


def carry_out_there(packed: bytes, cache: str, mark: Mapping[str, str]) -> bytes:
    """Give the outcomes of an errand. What is slow is kept in `cache`, or in a folder that goes with the worker."""
    # Another program may have been started at the address of the worker that was asked.
    if why := unlike(mark, makers_mark()):
        raise ValueError(why)
    with _BUSY:
        folder = cache or f"{get_worker().local_directory}/reporter"
        return pickle.dumps(carry_out(pickle.loads(packed), Path(folder)))


def dask_setup(_worker: object) -> None:
    """Let a worker of this machine ignore Ctrl-C, which a terminal sends to all processes of a command; the one that
    started it ends it. Dask calls this by its name."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
