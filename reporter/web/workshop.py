"""A process for what takes long: the newest task first. No request does it, and what a page needs meanwhile is answered
at once."""

import signal
import sys
import traceback
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from threading import Condition, Thread
from time import monotonic
from typing import Any

from reporter.errors import ReporterError
from reporter.files.processes import end_with_parent
from reporter.web.desk import FAULT, FAULTS, MAINTAINERS
from reporter.web.news import Announcer

# What a pipe between processes ends in.
if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

# Seconds after which what could not be made is tried again, where somebody asks: the disk may have room now.
FORGIVEN = 20.0


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be made. `digest` is that of all it is made from. Of one `thing` only the newest is made. `work` is
    a function of a module."""

    thing: Hashable
    digest: str
    work: Callable[..., Any]
    given: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a task: what was made, or why nothing was."""

    made: Any = None
    problem: ReporterError | None = None
    at: float = field(default_factory=monotonic)


class Workshop(Announcer):
    """Makes one thing after another, and keeps what was made last. Its process is started at the first task, and once
    more when it has died."""

    def __init__(self, most_kept: int) -> None:
        super().__init__()
        self.most_kept, self.is_closing = most_kept, False
        self._waiting: OrderedDict[Hashable, Task] = OrderedDict()
        self._finished: OrderedDict[str, Finished] = OrderedDict()
        self._running = ""
        self._changed = Condition()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._thread = Thread(target=self._work, name="workshop", daemon=True)

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """End it at once; who listens is told."""
        with self._changed:
            self.is_closing = True
            self._changed.notify_all()
        if self._process:
            self._process.kill()
        self._tell()

    def ask(self, task: Task) -> Finished | None:
        """What became of a task; None while it waits or is done."""
        with self._changed:
            found = self._finished.pop(task.digest, None)
            if found and not (found.problem and monotonic() - found.at > FORGIVEN):
                self._finished[task.digest] = found
                return found
            if task.digest != self._running:
                self._waiting.pop(task.thing, None)
                self._waiting[task.thing] = task
                self._changed.notify_all()
            return None

    def wait(self, task: Task, seconds: float) -> Finished | None:
        found = self.ask(task)
        if found:
            return found
        with self._changed:
            self._changed.wait_for(lambda: self.is_closing or task.digest in self._finished, seconds)
            return self._finished.get(task.digest)

    def is_due(self, digest: str) -> bool:
        with self._changed:
            return digest == self._running or any(digest == each.digest for each in self._waiting.values())

    def _work(self) -> None:
        while not self.is_closing:
            with self._changed:
                self._changed.wait_for(lambda: self.is_closing or bool(self._waiting))
                if self.is_closing:
                    return
                task = self._waiting.popitem()[1]
                self._running = task.digest
            finished = self._finish(task)
            if self.is_closing:
                return
            with self._changed:
                self._running = ""
                self._finished[task.digest] = finished
                while len(self._finished) > self.most_kept:
                    self._finished.popitem(last=False)
                self._changed.notify_all()
            self._tell()

    def _finish(self, task: Task) -> Finished:
        try:
            connection = self._reach()
            connection.send((task.work, task.given))
            made, problem = connection.recv()
            return Finished(made, problem)
        except (OSError, EOFError):
            # It was ended from without, such as for want of memory.
            self._connection = None
            if not self.is_closing:
                FAULTS.error("the process that makes pages ended")
            return Finished(problem=ReporterError(FAULT, hint=MAINTAINERS))

    def _reach(self) -> Connection:
        if self._connection is None or self._process is None or not self._process.is_alive():
            # Started anew: a copy of a process in which Pango has read the fonts would wait for ever.
            spawn = get_context("spawn")
            self._connection, theirs = spawn.Pipe()
            self._process = spawn.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            if self.is_closing:
                self._process.kill()
        return self._connection


def _serve(connection: Connection) -> None:
    end_with_parent()
    # Who ends the workbench from its terminal ends this process by it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError):
        while True:
            work, given = connection.recv()
            connection.send(_attempt(work, given))


def _attempt(work: Callable[..., Any], given: tuple[Any, ...]) -> tuple[Any, ReporterError | None]:
    try:
        return work(*given), None
    except ReporterError as problem:
        return None, problem
    except Exception:
        # Whatever is wrong with one task, the next one is tried.
        traceback.print_exc()
        return None, ReporterError(FAULT, hint=MAINTAINERS)
