"""A machine that lacks something, for a process of its own: Pango and all that stands on it, or what only Unix has."""

import asyncio
import multiprocessing.popen_spawn_posix
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder

import distributed

PAPER = ("weasyprint", "pydyf")
UNIX = ("fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")
# These use them here, and something else on Windows; they are loaded before.
LOADED = (asyncio, multiprocessing.popen_spawn_posix, distributed)


class Lacking(MetaPathFinder):
    """Finds no module of some names, nor of what lies below them."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def find_spec(self, name: str, *_: object) -> None:
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def lack(*names: str) -> None:
    """From here on no module of these names can be loaded."""
    sys.meta_path.insert(0, Lacking(names))
    for loaded in list(sys.modules):
        if loaded.partition(".")[0] in names:
            del sys.modules[loaded]
