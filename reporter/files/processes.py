"""Processes that work for another one."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import TypeVar

from reporter.errors import ExitCode

Given = TypeVar("Given")


def end_with_parent() -> None:
    """End this worker when the process that started it ends.

    When that is killed, nobody else tells the worker.
    """
    parent = parent_process()
    if parent:
        Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os._exit(ExitCode.FAULT)


class Helpers:
    """So many processes that help this one.

    They are started when the first work is given to them, or before: then they load a `module` meanwhile. They are
    started anew, for a copy of a process in which Pango has read the fonts would wait for ever.
    """

    def __init__(self, count: int, module: str) -> None:
        self.count, self.module = count, module
        self._pool: ProcessPoolExecutor | None = None

    def begin(self) -> None:
        """Start them, and let them load what they need."""
        if self.count and not self._pool:
            spawn = get_context("spawn")
            self._pool = ProcessPoolExecutor(self.count, mp_context=spawn, initializer=end_with_parent)
            for _ in range(self.count):
                self._pool.submit(import_module, self.module)

    def give(self, work: Callable[..., Given], *args: object) -> Future[Given]:
        """Give them some work."""
        self.begin()
        if not self._pool:
            raise ValueError("nobody helps")
        return self._pool.submit(work, *args)

    def close(self) -> None:
        """End them; what has not begun does not begin."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
