"""Slow work in a process of its own, the newest task first. No request waits for it."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from threading import Condition
from time import monotonic
from typing import Any

from reporter.data.errors import ReporterError
from reporter.data.files.processes import EndedError, FaultError, Pool
from reporter.data.files.sources import Sources
from reporter.data.files.store import Memory
from reporter.editions.job import Job, digest_of, edition_files
from reporter.editions.making.document_files import Drawing
from reporter.editions.program import program_digest
from reporter.workbench.server.workspace_reader import FAULT, FAULTS, MAINTAINERS, Reading

# Seconds after which a failed task is tried again on request: the disk may have room now.
FORGIVEN = 20.0


@dataclass(frozen=True, slots=True)
class Task:
    """Something to make. `digest` is that of all its inputs. Of one `thing` only the newest is made, by `work`."""

    thing: Hashable
    digest: str
    work: Callable[..., Any]
    given: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """The result of a task, or why it failed."""

    result: Any = None
    problem: ReporterError | None = None
    at: float = field(default_factory=monotonic)


class Workshop:
    """Makes one task after another, and keeps the latest results. `tell` is called after each. The process loads a
    `module` when it starts, with the first task or at `begin`."""

    def __init__(self, most_kept: int, tell: Callable[[], object] = lambda: None, module: str = "") -> None:
        self.tell, self.is_closing = tell, False
        self._pool = Pool(1, module, newest_first=True)
        self.begin = self._pool.begin
        self._due: dict[Hashable, tuple[str, Future[Any]]] = {}
        self._finished = Memory(most_kept)
        self._changed = Condition()

    def close(self) -> None:
        """End it at once."""
        with self._changed:
            self.is_closing = True
            self._changed.notify_all()
        self._pool.close()

    def ask(self, task: Task) -> Finished | None:
        """The result of a task; None while it waits or runs."""
        with self._changed:
            finished = self._ended(task)
            if finished and not (finished.problem and monotonic() - finished.at > FORGIVEN):
                # What is asked for stays: a proposal made again would draw other values at random.
                self._finished.keep(task.digest, finished)
                return finished
            digest, before = self._due.get(task.thing, ("", None))
            # If it waits already, it comes first now.
            if before is None or before.cancel() or digest != task.digest:
                result = self._pool.submit(task.work, *task.given)
                self._due[task.thing] = task.digest, result
                result.add_done_callback(partial(self._keep, task))
            return None

    def wait(self, task: Task, seconds: float) -> Finished | None:
        if finished := self.ask(task):
            return finished
        with self._changed:
            self._changed.wait_for(lambda: self.is_closing or self._ended(task), seconds)
            return self._ended(task)

    def _ended(self, task: Task) -> Finished | None:
        return self._finished.find(task.digest)

    def is_due(self, digest: str) -> bool:
        with self._changed:
            return any(digest == due_digest for due_digest, _ in self._due.values())

    def _keep(self, task: Task, result: "Future[Any]") -> None:
        if result.cancelled() or self.is_closing:
            return
        with self._changed:
            if self._due.get(task.thing, ("", None))[1] is result:
                del self._due[task.thing]
            self._finished.keep(task.digest, _finished(result))
            self._changed.notify_all()
        self.tell()


def _finished(result: "Future[Any]") -> Finished:
    try:
        return Finished(result.result())
    except (FaultError, EndedError) as problem:
        FAULTS.error("%s", problem.message)
    except ReporterError as problem:
        return Finished(problem=problem)
    return Finished(problem=ReporterError(FAULT, hint=MAINTAINERS))


# Kept by workers from one task to the next.
drawing, memory = cache(Drawing), cache(Memory)


@lru_cache(maxsize=32)
def files_of(reading: Reading, job: Job) -> tuple[Sources, str]:
    files = edition_files(reading.sources, job)
    return files, digest_of(files, job, program_digest())
