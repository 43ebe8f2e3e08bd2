"""Errands carried out by the workers of Dask; the last functions run on a worker. Dask sends pickles, so everyone who
reaches a scheduler can run anything on its workers: docs/cluster.md says who may."""

import logging
import pickle
import signal
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import nullcontext, suppress
from functools import cache
from pathlib import Path
from threading import Lock, Thread

import dask
from distributed import CancelledError, Client, KilledWorker, LocalCluster, Security, get_worker

from reporter.cluster.cluster_address import local_workers
from reporter.edition.program import engine_versions, font_sums, program_sum
from reporter.errors import ReporterError
from reporter.produce.executors import MOST_DEATHS, Answer, begin, lost
from reporter.produce.order import Show
from reporter.produce.worker import Errand, Worker

# Seconds: between two looks at the workers, to reach a scheduler, for its first worker, for another when all have gone.
LOOK, CONNECT, FIRST, PATIENCE = 1.0, 5.0, 10.0, 60.0
SAME = "install the same program and packages there: reporter doctor names the file of constraints (docs/cluster.md)"
FEWER = "this machine may have too little memory for so many: write a smaller number, or leave --cluster out"
DIED = "the worker that made it died, twice"
# What Dask raises when a scheduler or worker is not there, or not any more.
GONE = (OSError, TimeoutError, CancelledError, RuntimeError)
# A theme with typefaces of some megabytes travels with each document, and nobody looks at pages of Dask.
SETTINGS: dict[str, object] = {
    "distributed.admin.large-graph-warning-threshold": "1 GiB",
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


def open_cluster(where: str, cache: Path, tell: Callable[[str], None]) -> "DaskExecutor":
    """Start to work with a cluster that has a worker. Workers of this machine keep what is slow in `cache`. Raises
    ReporterError when no scheduler answers, or no worker can be used."""
    # What Dask logs is said in our own words, where it matters.
    for name in [*logging.root.manager.loggerDict]:
        if name.startswith(("distributed", "tornado", "asyncio")):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    dask.config.set(SETTINGS)
    count = local_workers(where)
    try:
        cluster = _local_cluster(count) if count else None
        client = Client(cluster or where, timeout=CONNECT, set_as_default=False)
    except (*GONE, ValueError) as problem:
        hint = "start one, see docs/cluster.md; or use the processors of this machine: --cluster local:2"
        raise ReporterError(f"no scheduler at {where}: {_line(problem)}", hint=FEWER if count else hint) from None
    executor = DaskExecutor(client, cluster, where, cache, tell)
    try:
        executor.wait_for_worker(FIRST)
    except BaseException:
        executor.close()
        raise
    return executor


def _local_cluster(count: int) -> LocalCluster:
    """A scheduler and workers that listen on loopback alone, with a key that is written nowhere."""
    return LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address="127.0.0.1:0",
        security=Security.temporary(),
        silence_logs=logging.CRITICAL,
        preload=[__name__],
    )


class DaskExecutor:
    """Has errands carried out by workers that make the same bytes, each one at a time. A worker that joins later is
    asked first, too. An errand whose worker dies is tried once more."""

    def __init__(
        self, client: Client, cluster: LocalCluster | None, where: str, cache: Path, tell: Callable[[str], None]
    ) -> None:
        self._client, self._cluster, self._where, self._tell = client, cluster, where, tell
        self._cache = str(cache) if cluster else ""
        self._accepted, self._refused = set[str](), set[str]()
        # Errands with their workers, and how many died of each before.
        self._running: dict[Future[bytes], tuple[Errand, str, int]] = {}
        self._waiting: list[tuple[Errand, int]] = []

    def wait_for_worker(self, seconds: float) -> None:
        """Wait until a worker can be used. Raises ReporterError when there is none."""
        until = time.monotonic() + seconds
        while not self._look():
            if time.monotonic() > until:
                if self._refused:
                    raise ReporterError("no worker makes the same bytes as this machine", hint=SAME)
                start = f"start one: dask worker {self._where} --nthreads 1 (docs/cluster.md)"
                raise ReporterError(f"{self._where} has no worker", hint=FEWER if self._cluster else start)
            time.sleep(LOOK / 10)

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        try:
            while self._running or self._waiting or self._take(errands, show):
                self.wait_for_worker(PATIENCE)
                yield from self._orphaned()
                for worker in sorted(self._accepted - {worker for _, worker, _ in self._running.values()}):
                    if self._waiting or self._take(errands, show):
                        self._give(worker, *self._waiting.pop())
                yield from self._ended()
        except ReporterError as problem:
            left = (*(errand for errand, *_ in self._running.values()), *(errand for errand, _ in self._waiting))
            for errand in (*left, *errands):
                yield errand, lost(errand, str(problem), problem.exit_code)

    def close(self) -> None:
        with suppress(*GONE), self._cluster or nullcontext(), self._client:
            self._client.run(rest, workers=[*self._accepted], on_error="ignore")

    def _look(self) -> bool:
        """Ask workers that joined what decides their bytes, and say why some are not used. Gives whether any is."""
        try:
            present = {*self._client.nthreads()}
            new = sorted(present - self._accepted - self._refused)
            marks = self._client.run(makers_mark, workers=new, on_error="return") if new else {}
        except GONE as problem:
            hint = "what was made is in its place; see that the scheduler runs, and build again"
            what = f"the scheduler at {self._where} does not answer: {_line(problem)}"
            raise ReporterError(what, hint=hint) from None
        self._accepted &= present
        self._refused &= present
        for worker, mark in marks.items():
            cannot = f"it cannot say what it is: {_line(mark)}" if isinstance(mark, Exception) else ""
            if why := cannot or unlike(makers_mark(), mark):
                self._refused.add(worker)
                self._tell(f"not used, for it makes other bytes: worker {worker}: {why}\n  hint: {SAME}")
            else:
                self._accepted.add(worker)
        return bool(self._accepted)

    def _take(self, errands: Iterator[Errand], show: Show) -> bool:
        """Let the next errand, if there is any, wait for a worker."""
        for errand in errands:
            begin(errand, show)
            self._waiting.append((errand, 0))
            return True
        return False

    def _give(self, worker: str, errand: Errand, deaths: int) -> None:
        executor = self._client.get_executor(workers=[worker], allow_other_workers=False, pure=False)
        future = executor.submit(carry_out, pickle.dumps(errand), self._cache, makers_mark())
        self._running[future] = errand, worker, deaths

    def _orphaned(self) -> Iterator[Answer]:
        """Take back the errands whose workers have gone."""
        for future, (errand, worker, deaths) in [*self._running.items()]:
            if worker not in self._accepted:
                del self._running[future]
                future.cancel()
                if deaths + 1 < MOST_DEATHS:
                    self._waiting.append((errand, deaths + 1))
                else:
                    yield errand, lost(errand, DIED)

    def _ended(self) -> Iterator[Answer]:
        """The errands that end next, if any does soon."""
        for future in wait(self._running, LOOK, FIRST_COMPLETED).done:
            errand, _, deaths = self._running.pop(future)
            if future.cancelled():
                # The client lost the scheduler, and perhaps found it again.
                self._waiting.append((errand, deaths))
            elif problem := future.exception():
                why = DIED if isinstance(problem, KilledWorker) else f"its worker failed: {_line(problem)}"
                yield errand, lost(errand, why)
            else:
                yield errand, pickle.loads(future.result())


def _line(problem: BaseException) -> str:
    return f"{type(problem).__name__}: {problem}".strip().partition("\n")[0].removesuffix(":")


def unlike(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What differs, in words; the first four of it."""
    names = [name for name in sorted({*here, *there}) if here.get(name) != there.get(name)]
    more = [f"and {len(names) - 4} more"] if len(names) > 4 else []
    told = (f"{name} is {there.get(name, 'absent')} there and {here.get(name, 'absent')} here" for name in names[:4])
    return "; ".join((*told, *more))


@cache
def makers_mark() -> dict[str, str]:
    """What decides the bytes that are made on this machine, each with its version or the start of its checksum."""
    fonts = {f"typeface {name}": sha256[:12] for name, sha256 in font_sums()}
    return {"reporter": program_sum()[:12], **dict(engine_versions()), **fonts}


# A worker of Dask has one maker of documents, which stays between errands, however many threads it has.
_BUSY, _MAKERS = Lock(), dict[str, Worker]()


def carry_out(packed: bytes, cache: str, mark: Mapping[str, str]) -> bytes:
    """Give the outcomes of an errand. What is slow is kept in `cache`, or in a folder that goes with the worker."""
    # Another program may have been started at the address of the worker that was asked.
    if why := unlike(mark, makers_mark()):
        raise ValueError(why)
    with _BUSY:
        folder = cache or f"{get_worker().local_directory}/reporter"
        worker = _MAKERS.setdefault(folder, Worker(Path(folder)))
        return pickle.dumps(worker.carry_out(pickle.loads(packed), lambda *_: None))


def rest() -> None:
    """End what stays between errands, after the one under way."""
    Thread(target=_end_makers, daemon=True).start()


def _end_makers() -> None:
    with _BUSY:
        while _MAKERS:
            _MAKERS.popitem()[1].end()


def dask_setup(_worker: object) -> None:
    """Let a worker of this machine ignore Ctrl-C, which a terminal sends to all processes of a command; the one that
    started it ends it. Dask calls this by its name."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
