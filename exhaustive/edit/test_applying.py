"""A writer that is killed, or whose disk is full, at whatever moment, loses nothing."""

import subprocess
import sys

import pytest

from reporter.edit.amendment import Edit
from reporter.edit.applying import Writer, apply, undo
from reporter.files.workspace import Workspace
from tests.edit.changing import MADE, NEW, TOTAL, YEAR, content, first_text, journal, wanted
from tests.fixtures import ROOT

MOST = 60
SCRIPT = """
import errno, os, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from reporter.edit.applying import Writer, apply, undo
from reporter.files.workspace import Workspace
from tests.edit.changing import TOTAL, first_text, journal, wanted

folder, fault, at, what = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
workspace, moments = Workspace(Path(folder)), []
mine = wanted(workspace, TOTAL, "25") if what == "changed" else first_text(workspace)
lines = journal(workspace).lines


def come(place):
    if str(place).startswith(folder):
        moments.append(place)
        if len(moments) == at and fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if len(moments) >= at and fault == "full":
            raise OSError(errno.ENOSPC, "No space left on device")


def hear(event, arguments):
    writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.link"):
        if fault == "kill" or event in ("open", "os.mkdir", "os.link"):
            come(arguments[0])


def sync(number):
    come(folder)
    return synced(number)


synced, os.fsync = os.fsync, sync
sys.addaudithook(hear)
writer = Writer("Ana", datetime.now(timezone.utc))
undo(workspace, lines[-1], writer) if what == "gone" else apply(workspace, mine, writer)
"""


def run(workspace: Workspace, fault: str, at: int, what: str = "changed") -> int:
    words = [sys.executable, "-c", SCRIPT, str(workspace.root), fault, str(at), what]
    return subprocess.run(words, cwd=ROOT, check=False, capture_output=True).returncode


@pytest.mark.parametrize("fault", ["kill", "full"])
def test_whatever_the_moment_the_file_is_whole_and_the_journal_knows(
    workspace: Workspace, ana: Writer, fault: str
) -> None:
    before = content(workspace)
    after = before.replace("total: 24", "total: 25")
    known = 0
    for at in range(1, MOST):
        code = run(workspace, fault, at)
        now = content(workspace)
        assert now in (before, after)
        # Of the edits of this round there is a line at most, and it knows what became of its file.
        assert [now == after] * (len(journal(workspace).lines) - known) == [
            each.is_written for each in journal(workspace).lines[known:]
        ]
        if now == before:
            assert isinstance(apply(workspace, wanted(workspace, TOTAL, "25"), ana), Edit)
        assert after == content(workspace)
        assert [] == [path.name for path in (workspace.root / YEAR).parent.glob(".writing*")]
        assert isinstance(undo(workspace, journal(workspace).lines[-1], ana), Edit)
        assert before == content(workspace)
        known = len(journal(workspace).lines)
        if code == 0:
            assert at > 5
            return
    raise AssertionError("it never came to its end")


def new_file(workspace: Workspace) -> str:
    """The file of the first text; empty where there is none."""
    return content(workspace, NEW) if (workspace.root / NEW).exists() else ""


def beside(workspace: Workspace) -> list[str]:
    return [path.name for path in (workspace.root / NEW).parent.glob(".writing*")]


@pytest.mark.parametrize("what", ["made", "gone"])
@pytest.mark.parametrize("fault", ["kill", "full"])
def test_whatever_the_moment_a_made_file_is_whole_or_not_there(
    workspace: Workspace, ana: Writer, fault: str, what: str
) -> None:
    before, after = ("", MADE) if what == "made" else (MADE, "")
    if what == "gone":
        assert isinstance(apply(workspace, first_text(workspace), ana), Edit)
    for at in range(1, MOST):
        known = len(journal(workspace).lines)
        code = run(workspace, fault, at, what)
        now = new_file(workspace)
        assert now in (before, after)
        assert [now == after] * (len(journal(workspace).lines) - known) == [
            each.is_written for each in journal(workspace).lines[known:]
        ]
        # All that stood is there again, whoever goes on.
        if now == after:
            assert isinstance(undo(workspace, journal(workspace).lines[-1], ana), Edit)
        elif what == "made":
            assert isinstance(apply(workspace, first_text(workspace), ana), Edit)
            assert isinstance(undo(workspace, journal(workspace).lines[-1], ana), Edit)
        else:
            written = [each for each in journal(workspace).lines if each.is_written]
            assert isinstance(undo(workspace, written[-1], ana), Edit)
            assert isinstance(undo(workspace, journal(workspace).lines[-1], ana), Edit)
        assert before == new_file(workspace)
        assert [] == beside(workspace)
        if code == 0:
            assert at > 3
            return
    raise AssertionError("it never came to its end")
