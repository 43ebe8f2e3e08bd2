"""What a run of `exhaustive.faults` can do besides commands: what the workbench writes; and what hinders it."""

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reporter.data.errors import ReporterError
from reporter.data.files.workspace import Workspace
from reporter.data.write.amendment import Conflict
from reporter.data.write.applying import Writer, apply, undo_together
from tests.write.changing import TOTAL, first_text, journal, wanted

# The third version of how Linux is told of capabilities.
CAPABILITIES = 0x20080522


def save() -> object:
    """Changes a value."""
    here = Workspace(Path.cwd())
    return apply(here, wanted(here, TOTAL, "25"), _writer())


def begin() -> object:
    """Writes the first text in another language."""
    here = Workspace(Path.cwd())
    return apply(here, first_text(here), _writer())


def take_back() -> object:
    """Takes back what was written last."""
    here = Workspace(Path.cwd())
    return undo_together(here, [each for each in journal(here).lines if each.is_written][-1:], _writer())


def _writer() -> Writer:
    return Writer("Ana", datetime.now(UTC))


def _carried_out(deed: Callable[[], object]) -> Callable[[], int]:
    def carry_out() -> int:
        try:
            done = deed()
        except ReporterError as problem:
            sys.stderr.write(f"{problem}\n  hint: {problem.hint}\n")
            return int(problem.exit_code)
        return 1 if isinstance(done, Conflict) else 0

    return carry_out


DEEDS: Mapping[str, Callable[[], int]] = {
    "save": _carried_out(save),
    "begin": _carried_out(begin),
    "take back": _carried_out(take_back),
}


def set_clock(hours: int) -> None:
    """Lets every module of the program read a clock that is so many hours off."""

    real = datetime

    class Clock(real):
        @classmethod
        def now(cls, zone=None):
            return real.now(zone) + timedelta(hours=hours)

    for name, module in list(sys.modules.items()) if hours else ():
        if name.partition(".")[0] in ("reporter", "tests", "exhaustive") and vars(module).get("datetime") is real:
            module.datetime = Clock


def give_up_rights() -> None:
    """Makes root one to whom the rights of files apply: without its capabilities it is a user like any other."""
    if os.geteuid() == 0:
        header, nothing = (ctypes.c_uint32 * 2)(CAPABILITIES, 0), (ctypes.c_uint32 * 6)()
        if ctypes.CDLL(None, use_errno=True).capset(header, nothing):
            raise OSError(ctypes.get_errno(), "capabilities stay")
