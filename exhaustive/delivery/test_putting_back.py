"""A back-up that is put back and killed, or whose disk is full, at whatever moment, is put back whole or not at all."""

import subprocess
import sys

import pytest

from reporter.delivery.backup_contents import held_files
from reporter.delivery.putting_back import finish_putting_back
from reporter.edit.journal import read_journal
from reporter.files.workspace import Workspace
from tests.delivery.backups import contents, made, packed, place
from tests.fixtures import ROOT
from tests.submission.queued import opened, queued

MOST = 200
THEN = {"reporter.yaml": "title: {en: A}\n", "data/XX/2020.yaml": "year: 2020\n", "data/XX/text/en/2020.md": "# a\n"}
NOW = {"reporter.yaml": "title: {en: B}\n", "data/XX/2021.yaml": "year: 2021\n", "themes/own/a.css": "a"}
SCRIPT = """
import errno, os, signal, sys
from pathlib import Path
from reporter.files.workspace import Workspace
from tests.delivery.backups import restored

folder, archive, fault, at = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
moments = []


def come(place):
    if str(place).startswith(folder):
        moments.append(place)
        if len(moments) == at and fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if len(moments) >= at and fault == "full":
            raise OSError(errno.ENOSPC, "No space left on device")


def hear(event, arguments):
    writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event in ("os.mkdir", "os.rename", "os.remove", "os.chmod", "os.rmdir"):
        if fault == "kill" or event in ("open", "os.mkdir"):
            come(arguments[0])


def sync(number):
    come(folder)
    return synced(number)


synced, os.fsync = os.fsync, sync
sys.addaudithook(hear)
restored(Workspace(Path(folder)), Path(archive))
"""


@pytest.mark.parametrize("fault", ["kill", "full"])
def test_whatever_the_moment_it_is_the_one_state_or_the_other(tmp_path, fault) -> None:
    then = made(tmp_path / "then", THEN)
    with opened(then.outbox) as outbox:
        queued(outbox)
    archive, after = packed(then, tmp_path / "a.zip"), contents(then)
    seen = set()
    for at in range(1, MOST):
        workspace = Workspace(tmp_path / str(at))
        place(workspace.root, NOW)
        before = contents(workspace)
        words = [sys.executable, "-c", SCRIPT, str(workspace.root), str(archive), fault, str(at)]
        code = subprocess.run(words, cwd=ROOT, check=False, capture_output=True).returncode
        pending = workspace.pending.exists()
        finish_putting_back(workspace)
        now = contents(workspace)
        assert now in (before, after), at
        # From the plan on it is put back.
        assert now == after or not pending
        notes = read_journal(workspace, workspace.snapshot())
        assert () == notes.broken
        assert (1 if now == after else 0) == len(notes.restorations)
        assert [] == [path for path in held_files(workspace) if ".writing" in path]
        seen.add((now == after, pending))
        if code == 0:
            assert {(False, False), (True, True), (True, False)} == seen
            return
    raise AssertionError("it never came to its end")
