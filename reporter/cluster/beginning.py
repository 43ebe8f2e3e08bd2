"""Begin to work with a cluster: it runs, or is begun here."""

import logging
import pickle
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import dask
import distributed
from distributed import Client, Future, KilledWorker, LocalCluster, Security

from reporter.cluster import remote
from reporter.cluster.cluster_address import ClusterAddress
from reporter.cluster.remote import carry_out, introduce, makers_mark, rest, unlike
from reporter.errors import ReporterError
from reporter.produce.executors import MOST_DEATHS, begin, lost
from reporter.produce.order import Answer, Errand, Outcome, Show

# Seconds: between two looks at the workers, for others to come than those that are refused, and for one to come back.
LOOK, OTHERS, PATIENCE = 1.0, 5.0, 60.0
# And for one that is there to end what it does for others, or what nobody waits for any more.
BUSY = 900.0
MOST_TOLD = 4
SAME = "install the same program and packages there: reporter doctor names the file of constraints (docs/cluster.md)"
START = "start one: dask worker {address} --nthreads 1 (docs/cluster.md)"
FEWER = "this machine may have too little memory for so many: write a smaller number, or leave --cluster out"
NOT_USED = f"not used, for it makes other bytes: {{why}}\n  hint: {SAME}"
DIED = "the worker that made it died, twice"
# What is raised when a scheduler or worker is not there, or not any more.
GONE = (OSError, TimeoutError, distributed.CancelledError, RuntimeError)


@dataclass(frozen=True, slots=True)
class _Given:
    """An errand, its worker, and how many died of it before."""

    errand: Errand
    worker: tuple[str, str]
    deaths: int


class OnCluster:
    """Has errands carried out by workers that make the same bytes. Each of these has one errand at a time. One that
    joins later is asked first, too; why it is refused is told by `tell`. Workers of this machine keep what is slow in
    the folder `cache`; `end` ends what else there is."""

    def __init__(
        self, client: Client, address: str, tell: Callable[[str], None], cache: Path | None, end: Callable[[], None]
    ) -> None:
        self._client, self._address, self._tell, self._end = client, address, tell, end
        self._cache = str(cache) if cache else ""
        self._hint = START.format(address=address) if "://" in address else FEWER
        self._mark = makers_mark()
        # A worker is known by its address and its folder: whoever begins anew at an address is another one.
        self._asked: dict[tuple[str, str], Future[dict[str, str]]] = {}
        self._refused: dict[tuple[str, str], str] = {}
        self._accepted: set[tuple[str, str]] = set()
        self._present: set[tuple[str, str]] = set()
        self._is_begun = False
        self._seen = time.monotonic()
        # With how many workers died of it so far.
        self._waiting: list[tuple[Errand, int]] = []
        self._running: dict[Future[bytes], _Given] = {}
        self._arrived: SimpleQueue[tuple[Future[bytes], bytes | BaseException]] = SimpleQueue()

    def wait_for_workers(self, seconds: float) -> None:
        """Wait until somebody can work. Raises ReporterError when nobody comes, or nobody makes the same bytes."""
        begun = time.monotonic()
        while not self._accepted:
            self._look()
            waited = time.monotonic() - begun
            if self._present and self._present <= self._refused.keys() and waited > OTHERS:
                message = "\n  ".join(("no worker makes the same bytes as this machine:", *self._refused.values()))
                raise ReporterError(message, hint=SAME)
            if waited > seconds:
                what = f"{self._address} has no worker"
                if self._asked:
                    busy = ", ".join(address for address, _ in self._asked)
                    what = f"no worker of {self._address} answers; they may be busy: {busy}"
                raise ReporterError(what, hint=self._hint)
            time.sleep(LOOK / 10)
        for why in self._refused.values():
            self._tell(NOT_USED.format(why=why))
        self._is_begun = True

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        """Have some errands carried out, each by one worker. When nobody is left to do so, the rest of them fails."""
        try:
            while True:
                self._look()
                yield from self._orphaned()
                self._hand_out(errands, show)
                if not self._running and not self._waiting:
                    return
                yield from self._ended()
        except ReporterError as problem:
            left = (*(each.errand for each in self._running.values()), *(errand for errand, _ in self._waiting))
            for errand in (*left, *errands):
                yield errand, lost(errand, str(problem), problem.exit_code)

    def close(self) -> None:
        with suppress(*GONE):
            self._client.cancel([*self._running, *self._asked.values()], force=True)
            if self._accepted:
                self._client.run(rest, workers=[address for address, _ in self._accepted], on_error="ignore")
        with suppress(*GONE):
            self._client.close(timeout=LOOK)
        self._end()

    def _look(self) -> None:
        """See who has come or gone, and ask who is new. Raises ReporterError when nobody has been there for long, or
        the scheduler has gone."""
        try:
            # What `scheduler_info` tells may be overwritten meanwhile by what the client asks for itself: no workers.
            scheduler: Any = self._client.scheduler
            found = self._client.sync(scheduler.identity, n_workers=-1)["workers"]
        except GONE as problem:
            raise self._lost(problem) from None
        present = self._present = {(address, str(about["local_directory"])) for address, about in found.items()}
        self._accepted &= present
        for gone in self._asked.keys() - present:
            del self._asked[gone]
        for new in sorted(present - self._accepted - self._asked.keys() - self._refused.keys()):
            self._asked[new] = self._client.submit(introduce, workers=[new[0]], allow_other_workers=False, pure=False)
        for worker, future in [*self._asked.items()]:
            if future.done():
                del self._asked[worker]
                self._judge(worker, future)
        now = time.monotonic()
        if self._accepted:
            self._seen = now
        elif now - self._seen > (BUSY if self._asked else PATIENCE):
            raise ReporterError("no worker is left that could make the rest", hint=self._hint)

    def _judge(self, worker: tuple[str, str], future: "Future[dict[str, str]]") -> None:
        if future.status == "finished":
            differing = [*unlike(self._mark, future.result())]
            if not differing:
                self._accepted.add(worker)
                return
            more = [f"and {len(differing) - MOST_TOLD} more"] if len(differing) > MOST_TOLD else []
            why = "; ".join((*differing[:MOST_TOLD], *more))
        elif future.status == "error":
            why = f"it cannot say what it is: {_told(future.exception())}"
        else:
            return
        self._refused[worker] = f"worker {worker[0]}: {why}"
        if self._is_begun:
            self._tell(NOT_USED.format(why=self._refused[worker]))

    def _hand_out(self, errands: Iterator[Errand], show: Show) -> None:
        """Give each free worker an errand; where nobody is, one waits."""
        free = sorted(self._accepted - {each.worker for each in self._running.values()})
        while free or not (self._running or self._waiting):
            if not self._waiting:
                if (errand := next(errands, None)) is None:
                    return
                begin(errand, show)
                self._waiting.append((errand, 0))
            if not free:
                return
            self._give(*self._waiting.pop(0), free.pop())

    def _give(self, errand: Errand, deaths: int, worker: tuple[str, str]) -> None:
        future = self._client.submit(
            carry_out, pickle.dumps(errand), self._cache, workers=[worker[0]], allow_other_workers=False, pure=False
        )
        self._running[future] = _Given(errand, worker, deaths)
        future.add_done_callback(lambda done: Thread(target=self._fetch, args=(done,), daemon=True).start())

    def _fetch(self, future: "Future[bytes]") -> None:
        """Fetch the answer to an errand, or why there is none. Its worker may die meanwhile, which somebody must
        see."""
        try:
            self._arrived.put((future, future.result()))
        except BaseException as problem:
            self._arrived.put((future, problem))

    def _orphaned(self) -> Iterator[Answer]:
        """Take back the errands whose workers have gone. Another worker gets each of them, unless one died of it
        before."""
        for future, given in [*self._running.items()]:
            if given.worker not in self._accepted:
                del self._running[future]
                with suppress(*GONE):
                    self._client.cancel([future], force=True)
                if given.deaths + 1 < MOST_DEATHS:
                    self._waiting.append((given.errand, given.deaths + 1))
                else:
                    yield given.errand, lost(given.errand, DIED)

    def _ended(self) -> Iterator[Answer]:
        """The errand that ended next, if one does soon. Raises ReporterError when the scheduler has gone."""
        try:
            future, came = self._arrived.get(timeout=LOOK if self._running else LOOK / 10)
        except Empty:
            return
        # What was given to somebody else meanwhile has its answer from there.
        if given := self._running.pop(future, None):
            try:
                yield given.errand, self._outcomes(given.errand, came)
            except ReporterError:
                self._running[future] = given
                raise

    def _outcomes(self, errand: Errand, came: bytes | BaseException) -> list[Outcome]:
        if isinstance(came, KilledWorker):
            return lost(errand, DIED)
        if isinstance(came, distributed.CancelledError):
            raise self._lost(came)
        if isinstance(came, BaseException):
            return lost(errand, f"its worker failed: {_told(came)}")
        made: list[Outcome] = pickle.loads(came)
        return made

    def _lost(self, problem: BaseException) -> ReporterError:
        hint = "what was made is in its place; see that the scheduler runs, and build again"
        return ReporterError(f"the scheduler at {self._address} does not answer: {_told(problem)}", hint=hint)


def _told(problem: object) -> str:
    first: Any = str(problem).strip().partition("\n")[0]
    return f"{type(problem).__name__}: {first}" if first else type(problem).__name__


# Seconds to reach a scheduler, for its first worker to come, and for workers of this machine to end.
CONNECT, FIRST_WORKER, ENDING = 5.0, 15.0, 5.0
HOST = "127.0.0.1"
SETTINGS = {
    # A snapshot may have a theme with typefaces of some megabytes; it travels once for each document.
    "distributed.admin.large-graph-warning-threshold": "1 GiB",
    # Nobody looks at pages of it.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
QUIET = ("distributed", "tornado", "asyncio")


def open_cluster(address: ClusterAddress, cache: Path, tell: Callable[[str], None]) -> OnCluster:
    """Begin to work with a cluster that has a worker. `cache` is where workers of this machine keep what is slow.
    Raises ReporterError when nobody answers or can work."""
    # What it logs is told in our own words, where it matters.
    for name in [*logging.root.manager.loggerDict]:
        if name.startswith(QUIET):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    dask.config.set(SETTINGS)
    with ExitStack() as ending:
        cluster = _begun(address.local, ending) if address.local else None
        client = _connected(address, cluster)
        opened = OnCluster(client, str(address), tell, cache if cluster else None, ending.pop_all().close)
        try:
            opened.wait_for_workers(FIRST_WORKER)
        except BaseException:
            opened.close()
            raise
        return opened


def _begun(count: int, ending: ExitStack) -> LocalCluster:
    """A scheduler and so many workers of this machine. They listen on loopback alone, and to nobody without the key
    that is made for them and written nowhere."""
    cluster = LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        processes=True,
        host=HOST,
        dashboard_address=f"{HOST}:0",
        worker_dashboard_address=f"{HOST}:0",
        security=Security.temporary(),
        silence_logs=logging.CRITICAL,
        preload=[remote.__name__],
    )

    @ending.callback
    def end() -> None:
        with suppress(*GONE):
            cluster.close(timeout=ENDING)

    return cluster


def _connected(address: ClusterAddress, cluster: LocalCluster | None) -> Client:
    try:
        return Client(cluster or address.scheduler, timeout=CONNECT, set_as_default=False)
    except (*GONE, ValueError) as problem:
        told = str(problem).strip().partition("\n")[0]
        why = "nothing answers there" if isinstance(problem, OSError | TimeoutError) else told
        hint = "start one, see docs/cluster.md; or use the processors of this machine: --cluster local:2"
        raise ReporterError(f"no scheduler at {address}: {why}", hint=hint) from None
