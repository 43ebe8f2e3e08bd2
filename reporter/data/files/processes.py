"""Worker processes for drawing, layout, batches, slow tasks and untrusted files; tuning of garbage collection."""

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
    """A task failed in a worker process by a fault of the program; the message ends with its traceback."""

    exit_code = ExitCode.FAULT


class EndedError(ReporterError):
    """A worker process ended during its task, for example for lack of memory."""

    exit_code = ExitCode.FAULT


class Work(NamedTuple):
    """A function in a module with its arguments, and where to put its result."""

    result: "Future[Any]"
    function: Callable[..., Any]
    arguments: tuple[object, ...]


class Pool:
    """At most `count` worker processes; the oldest task runs first unless `newest_first`. They start with the first
    task, or at `begin`, and then load a `module`. A process that dies is replaced; its task raises EndedError, or its
    own ReporterError, else FaultError. Each may use so many `megabytes` of memory, if the system supports limits."""

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
        """Have a worker process call a function; cancelled after `close`."""
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
        """End the processes at once, and cancel tasks that have not started."""
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
        """Give waiting tasks to one process after another, each until it dies."""
        connection: Connection | None = None
        # If no process can start, the first task that needs one reports it.
        with suppress(OSError):
            connection, process = self._started()
        while work := self._next():
            try:
                if connection is None or not process.is_alive():
                    connection, process = self._started()
                connection.send(work[1:])
                outcome, problem = connection.recv()
            except (OSError, EOFError):
                outcome, problem = None, EndedError("the process that did this work ended")
                if connection:
                    process.kill()
                    process.join()
            except Exception as unsendable:
                outcome, problem = None, unsendable
            with self._changed:
                self._busy -= 1
            if problem:
                work.result.set_exception(problem)
            else:
                work.result.set_result(outcome)

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
        # Not forked: a copy of a process in which Pango has read the fonts would hang.
        spawn = get_context("spawn")
        ours, theirs = spawn.Pipe()
        # Otherwise a file in the current folder could be imported as a library before the process knows our path.
        os.environ.setdefault("PYTHONSAFEPATH", "1")
        process = spawn.Process(target=_serve, args=(theirs, self.module, self.megabytes), daemon=True)
        with self._changed:
            if self._is_closed:
                raise OSError("closed")
            # A worker may start processes of its own, which still end with it: see `end_with_parent`.
            current_process()._config["daemon"] = False  # type: ignore[attr-defined]
            process.start()
            self._processes = {process, *(worker for worker in self._processes if worker.is_alive())}
        theirs.close()
        return ours, process


def run_limited(function: Callable[..., Given], *arguments: object, seconds: int, megabytes: int) -> Given:
    """Call a function in another process within limits of time and memory. Raises ReporterError if it is not done in
    time or the process dies, and whatever the function raises."""
    with closing(Pool(1, megabytes=megabytes)) as pool:
        try:
            return pool.submit(function, *arguments).result(seconds)
        except TimeoutError:
            raise ReporterError(f"this took longer than {seconds} seconds and was stopped") from None
        except EndedError:
            problem = f"the process ended without a result: it may need more than {megabytes} MB of memory"
            raise ReporterError(problem) from None


def end_with_parent() -> None:
    """End this process when its parent ends, even if the parent is killed."""
    parent = parent_process()
    if not parent:
        return

    def follow() -> None:
        parent.join()
        os._exit(ExitCode.FAULT)

    Thread(target=follow, daemon=True).start()


def _serve(connection: Connection, module: str, megabytes: int) -> None:
    end_with_parent()
    # Ctrl-C reaches every process of a terminal; the parent ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Windows has no such limits. Memory that is only reserved, as by a Java machine, does not count.
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
        return None, ReporterError(f"this needs more than {megabytes} MB of memory")
    except Exception:
        return None, FaultError(f"a fault in the program\n{format_exc()}")


OFTEN = (100_000, 50, 100)
# Previous settings of each active block, in any thread; and whether objects existing then are still collected.
_INSIDE: list[tuple[tuple[int, int, int], bool]] = []
_LOCK = Lock()


@contextmanager
def rarely_freeing() -> Iterator[None]:
    """Collect garbage rarely: layout makes millions of long-lived objects. Saves up to a third. Threads may nest."""
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
    """Exclude existing objects from garbage collection until all blocks end: the rest of the work needs them."""
    with _LOCK:
        if _INSIDE and _INSIDE[0][1]:
            gc.freeze()
