"""Processes that work for this one: for drawing, layout, batches, the slow work of the workbench, untrusted files; and
how rarely this one looks for garbage."""

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from importlib import import_module
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess, current_process
from threading import Condition, Lock, Thread
from traceback import format_exc
from typing import Any, NamedTuple, TypeVar

from reporter.data.errors import ExitCode, ReporterError

# The two ends of a pipe between processes.
if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

Given = TypeVar("Given")


class FaultError(ReporterError):
    """The work of another process failed by a fault of the program; the message ends with its traceback."""

    exit_code = ExitCode.FAULT


class EndedError(ReporterError):
    """A process ended in the middle of its work, such as for want of memory."""

    exit_code = ExitCode.FAULT


class Work(NamedTuple):
    """A function of a module with its arguments, and where its result goes."""

    result: "Future[Any]"
    function: Callable[..., Any]
    arguments: tuple[object, ...]


class Pool:
    """At most `count` processes that work for this one, the oldest work first unless `newest_first`. They start when
    work is given, or at `begin`, and then load a `module`. One that dies is replaced; its work raises EndedError, or
    what it raised itself if that is a ReporterError, else FaultError. Each may use so many `megabytes` of memory, where
    the system has such limits."""

    def __init__(self, count: int, module: str = "", *, newest_first: bool = False, megabytes: int = 0) -> None:
        self.count, self.module, self.newest_first, self.megabytes = count, module, newest_first, megabytes
        self._waiting: deque[Work] = deque()
        self._threads: list[Thread] = []
        self._processes: set[BaseProcess] = set()
        self._busy, self._is_closed = 0, False
        self._changed = Condition()

    def begin(self) -> None:
        with self._changed:
            while len(self._threads) < self.count:
                self._start_thread()

    def submit(self, function: Callable[..., Given], *arguments: object) -> "Future[Given]":
        """Have a function called by a process. After `close` the result is cancelled."""
        result: Future[Given] = Future()
        with self._changed:
            if self._is_closed:
                result.cancel()
                return result
            self._waiting.append(Work(result, function, arguments))
            if len(self._threads) < min(self.count, self._busy + len(self._waiting)):
                self._start_thread()
            self._changed.notify()
        return result

    def close(self) -> None:
        """End the processes at once; what has not begun is cancelled."""
        with self._changed:
            self._is_closed = True
            while self._waiting:
                self._waiting.pop().result.cancel()
            running = [*self._processes]
            self._changed.notify_all()
        for process in running:
            process.kill()
        for thread in self._threads:
            thread.join()
        for process in running:
            process.join()

    def _start_thread(self) -> None:
        thread = Thread(target=self._work, name="pool", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        """Give the work that waits to one process after another, each until it dies."""
        connection: Connection | None = None
        # What stops a process from starting is the problem of the first work that needs it.
        with suppress(OSError):
            connection, process = self._started()
        while work := self._next():
            try:
                if connection is None or not process.is_alive():
                    connection, process = self._started()
                connection.send(work[1:])
                made, problem = connection.recv()
            except (OSError, EOFError):
                made, problem = None, EndedError("the process that did this work ended")
                if connection:
                    process.kill()
                    process.join()
            except Exception as unsendable:
                made, problem = None, unsendable
            with self._changed:
                self._busy -= 1
            if problem:
                work.result.set_exception(problem)
            else:
                work.result.set_result(made)

    def _next(self) -> Work | None:
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._is_closed or bool(self._waiting))
                if self._is_closed:
                    return None
                work = self._waiting.pop() if self.newest_first else self._waiting.popleft()
                if work.result.set_running_or_notify_cancel():
                    self._busy += 1
                    return work

    def _started(self) -> tuple[Connection, BaseProcess]:
        # Not forked: a copy of a process in which Pango has read the fonts would wait for ever.
        spawn = get_context("spawn")
        ours, theirs = spawn.Pipe()
        # A file of the current folder must not be taken for a library before the process knows where ours are.
        os.environ.setdefault("PYTHONSAFEPATH", "1")
        process = spawn.Process(target=_serve, args=(theirs, self.module, self.megabytes), daemon=True)
        with self._changed:
            if self._is_closed:
                raise OSError("closed")
            # One of these may start others, which end with it all the same: see `end_with_parent`.
            current_process()._config["daemon"] = False  # type: ignore[attr-defined]
            process.start()
            self._processes = {process, *(each for each in self._processes if each.is_alive())}
        theirs.close()
        return ours, process


def run_limited(function: Callable[..., Given], *arguments: object, seconds: int, megabytes: int) -> Given:
    """Have a function called by another process, within limits of time and memory. Raises ReporterError when it is not
    done by then, when the process ends without an answer, and what the function itself raises."""
    with closing(Pool(1, megabytes=megabytes)) as pool:
        try:
            return pool.submit(function, *arguments).result(seconds)
        except TimeoutError:
            raise ReporterError(f"it took longer than {seconds} seconds, and was ended") from None
        except EndedError:
            problem = f"it ended without an answer: it may need more than {megabytes} MB of memory"
            raise ReporterError(problem) from None


def end_with_parent() -> None:
    """End this process when the one that started it ends, also where that is killed."""
    parent = parent_process()
    if not parent:
        return

    def follow() -> None:
        parent.join()
        os._exit(ExitCode.FAULT)

    Thread(target=follow, daemon=True).start()


def _serve(connection: Connection, module: str, megabytes: int) -> None:
    end_with_parent()
    # Ctrl-C reaches every process of a terminal; the one that started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Windows has no such limits. Of memory that is only reserved, such as that of a Java machine, nothing is counted.
    with suppress(ModuleNotFoundError):
        import resource

        if megabytes and sys.platform != "win32":
            resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
    if module:
        import_module(module)
    with suppress(EOFError, OSError):
        while True:
            function, arguments = connection.recv()
            connection.send(_attempt(function, arguments, megabytes))


def _attempt(
    function: Callable[..., Any], arguments: tuple[object, ...], megabytes: int
) -> tuple[Any, ReporterError | None]:
    try:
        return function(*arguments), None
    except ReporterError as problem:
        return None, problem
    except MemoryError:
        return None, ReporterError(f"it needs more than {megabytes} MB of memory")
    except Exception:
        return None, FaultError(f"a fault of the program\n{format_exc()}")


OFTEN = (100_000, 50, 100)
# What was set before, for each that is within, in whatever thread; and whether what was there is looked at then.
_INSIDE: list[tuple[tuple[int, int, int], bool]] = []
_LOCK = Lock()


@contextmanager
def rarely_freeing() -> Iterator[None]:
    """Look for garbage rarely. Reading, composing and layout make millions of objects that live to their end; looking
    for garbage there takes up to a third of their time. Several threads may be within."""
    with _LOCK:
        _INSIDE.append((gc.get_threshold(), not gc.get_freeze_count()))
        gc.set_threshold(*OFTEN)
    settle()
    try:
        yield
    finally:
        with _LOCK:
            before, is_ours = _INSIDE.pop()
            if not _INSIDE:
                gc.set_threshold(*before)
                if is_ours:
                    gc.unfreeze()


def settle() -> None:
    """Look no more at what is there now, until all are out. It is what the rest of the work stands on."""
    with _LOCK:
        if _INSIDE and _INSIDE[0][1]:
            gc.freeze()
