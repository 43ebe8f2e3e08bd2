"""A back-up that is put back and killed, or whose disk is full, at whatever moment, is put back whole or not at all."""

import shutil

import pytest

from exhaustive.faults import FULL, KILL
from exhaustive.striking import every, growing, well
from exhaustive.tally import FULL as FULL_DISK
from exhaustive.tally import KILLED
from reporter.delivery.backup_contents import held_files
from reporter.delivery.putting_back import finish_putting_back
from reporter.edit.journal import read_journal
from reporter.files.workspace import Workspace
from tests.delivery.backups import contents, made, packed, place
from tests.submission.queued import opened, queued

THEN = {"reporter.yaml": "title: {en: A}\n", "data/XX/2020.yaml": "year: 2020\n", "data/XX/text/en/2020.md": "# a\n"}
NOW = {"reporter.yaml": "title: {en: B}\n", "data/XX/2021.yaml": "year: 2021\n", "themes/own/a.css": "a"}
FAULTS = {KILL: (KILLED, every), FULL: (FULL_DISK, growing)}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_the_moment_it_is_the_one_state_or_the_other(tmp_path, program, survived, fault) -> None:
    then = made(tmp_path / "then", THEN)
    with opened(then.outbox) as outbox:
        queued(outbox)
    restore = ("restore", str(packed(then, tmp_path / "a.zip")), "--write", "--by", "Ana")
    after = contents(then)
    place(tmp_path / "now", NOW)
    before = contents(Workspace(tmp_path / "now"))
    moments = FAULTS[fault][1](well(program, shutil.copytree(tmp_path / "now", tmp_path / "clean"), restore).moments)
    seen = set()
    for at in moments:
        workspace = Workspace(shutil.copytree(tmp_path / "now", tmp_path / str(at)))
        assert 0 != program.run(workspace.root, *restore, fault=fault, at=at).code
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
        well(program, workspace.root, restore)
        assert after == contents(workspace)
        seen.add((now == after, pending))
    assert {(False, False), (True, True)} <= seen
    survived(FAULTS[fault][0], "restore", len(moments))
