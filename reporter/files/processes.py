"""What processes that work for another one have in common."""

import os
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

from reporter.errors import ExitCode


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
