"""What runs on a worker of a cluster. The client sends the names of these functions, and values as pickles, as Dask
itself does. Whoever reaches a scheduler can have anything run: docs/cluster.md says who may."""

import pickle
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

from distributed import get_worker

from reporter.edition.job import Job
from reporter.edition.program import engine_versions, font_sums, program_sum
from reporter.produce.order import Errand
from reporter.produce.worker import Worker

PROGRAM = "reporter"
# So much of a checksum is told: two of them must be seen to differ, no more.
TOLD = 12


def makers_mark() -> dict[str, str]:
    """What decides the bytes that are made here, each with its version."""
    fonts = {f"typeface {name}": sha256[:TOLD] for name, sha256 in font_sums()}
    return {PROGRAM: program_sum()[:TOLD], **dict(engine_versions()), **fonts}


def unlike(here: Mapping[str, str], there: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*here, *there}):
        ours, theirs = here.get(name, "absent"), there.get(name, "absent")
        if ours != theirs:
            yield f"{name} is {theirs} there and {ours} here"


# Below the worker's own folder, which goes with it.
CACHE = "reporter"


class _Desk:
    """The maker of documents of this process. One errand at a time, however many threads the worker has. Its drawing
    process is ended when nobody needs it."""

    def __init__(self) -> None:
        self.busy, self.worker = Lock(), dict[str, Worker]()
        self.is_resting = False

    def carry_out(self, errand: Errand, cache: Path) -> bytes:
        with self.busy:
            self.is_resting = False
            worker = self.worker.setdefault(str(cache), Worker(cache))
            made = pickle.dumps(worker.carry_out(errand, _silent))
        if self.is_resting:
            self.rest()
        return made

    def rest(self) -> None:
        self.is_resting = True
        if self.busy.acquire(blocking=False):
            try:
                while self.worker:
                    self.worker.popitem()[1].end()
            finally:
                self.busy.release()


_DESK = _Desk()


def dask_setup(_worker: object) -> None:
    """Let Ctrl-C be heard by who began this worker, who ends it. Dask calls it by this name in a worker of this
    machine. A terminal interrupts every process of a command."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def introduce() -> dict[str, str]:
    """Tell what decides the bytes that are made here."""
    try:
        return makers_mark()
    except Exception as problem:
        # Dask hands on only an exception that can be pickled with all that led to it.
        return {PROGRAM: repr(problem)}


def carry_out(packed: bytes, cache: str) -> bytes:
    """Carry out an errand and give its outcomes. What is slow is kept in the folder `cache`, if the client shares this
    machine, else below the worker's own."""
    errand: Errand = pickle.loads(packed)
    return _DESK.carry_out(errand, Path(cache) if cache else Path(get_worker().local_directory) / CACHE)


def rest() -> None:
    """End what stays between errands: nobody has any more."""
    _DESK.rest()


def _silent(_job: Job, _stage: str) -> None:
    """Show nothing: nobody watches this work."""
