"""Processes that work for another one."""

import os
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from importlib import import_module
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from threading import Thread
from traceback import format_exc
from typing import TypeVar

from reporter.errors import ExitCode, ReporterError

Given = TypeVar("Given")


def end_with_parent() -> None:
    """End this worker when the process that started it ends. When that is killed, nobody else tells the worker."""
    parent = parent_process()
    if not parent:
        return

    def follow() -> None:
        parent.join()
        os._exit(ExitCode.FAULT)

    Thread(target=follow, daemon=True).start()


class Helpers:
    """So many processes that help this one. They are started when the first work is given to them, or before: then they
    load a `module` meanwhile. They are started anew, for a copy of a process in which Pango has read the fonts would
    wait for ever."""

    def __init__(self, count: int, module: str) -> None:
        self.count, self.module = count, module
        self._pool: ProcessPoolExecutor | None = None

    def begin(self) -> None:
        if self.count and not self._pool:
            spawn = get_context("spawn")
            self._pool = ProcessPoolExecutor(self.count, mp_context=spawn, initializer=end_with_parent)
            for _ in range(self.count):
                self._pool.submit(import_module, self.module)

    def give(self, work: Callable[..., Given], *args: object) -> Future[Given]:
        self.begin()
        if not self._pool:
            raise ValueError("nobody helps")
        return self._pool.submit(work, *args)

    def close(self) -> None:
        """End them; what has not begun does not begin."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def run_limited(work: Callable[..., Given], *args: object, seconds: int, megabytes: int) -> Given:
    """Let another process do some work, within limits of time and memory. Where the system has no limits of memory,
    there is only that of time. Raises ReporterError when the process is not done by then, when it ends without an
    answer, and with what the work itself raises."""
    context = get_context("spawn")
    answer, told = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(told, megabytes, work, args), daemon=True)
    process.start()
    told.close()
    try:
        if not answer.poll(seconds):
            raise ReporterError(f"it took longer than {seconds} seconds, and was ended")
        given, problem = answer.recv()
    except EOFError:
        raise ReporterError(f"it ended without an answer: it may need more than {megabytes} MB of memory") from None
    finally:
        process.kill()
        process.join()
    if problem:
        raise ReporterError(problem)
    done: Given = given
    return done


def _answer(
    told: "Connection[object, object]", megabytes: int, work: Callable[..., object], args: tuple[object]
) -> None:
    end_with_parent()
    # Windows has no such limits. Of memory that is only reserved, such as that of a Java machine, nothing is counted.
    with suppress(ModuleNotFoundError):
        import resource

        if sys.platform != "win32":
            resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
    try:
        told.send((work(*args), ""))
    except ReporterError as problem:
        told.send((None, str(problem)))
    except MemoryError:
        told.send((None, f"it needs more than {megabytes} MB of memory"))
    except Exception:
        told.send((None, f"a fault of the program\n{format_exc()}"))
