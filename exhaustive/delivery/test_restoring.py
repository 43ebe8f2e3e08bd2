"""Restoring is killed, or the disk is full, at whatever moment: the old state is there, or the new one with the old one
aside."""

import shutil
from pathlib import Path

import pytest

from exhaustive.faults import FULL, KILL
from exhaustive.striking import every, growing, well
from exhaustive.tally import FULL as FULL_DISK
from exhaustive.tally import KILLED
from reporter.delivery.restoring import finish_restoring, states_before
from reporter.files.workspace import Workspace, find_workspace
from tests.delivery.backups import JOURNAL, made, packed
from tests.submission.queued import opened, queued

THEN = {"reporter.yaml": "title: {en: A}\n", "data/XX/2020.yaml": "year: 2020\n", "data/XX/text/en/2020.md": "# a\n"}
NOW = {
    "reporter.yaml": "title: {en: B}\n",
    "data/XX/2021.yaml": "year: 2021\n",
    "themes/own/a.css": "a",
    "notes.txt": "mine",
    JOURNAL: "{}\n",
}
LOG = "submission/log.jsonl"
FAULTS = {KILL: (KILLED, every), FULL: (FULL_DISK, growing)}


def files(root: Path) -> dict[str, bytes]:
    """Every file of a folder, but for what the program needs to write."""
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return {path: each for path, each in found.items() if path == JOURNAL or not path.startswith(".reporter/")}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_the_moment_it_is_the_one_state_or_the_other(tmp_path, program, survived, fault) -> None:
    then = made(tmp_path / "then", THEN | {JOURNAL: "{}\n{}\n"})
    now = made(tmp_path / "now", NOW)
    for each, code in ((then, "eurostat"), (now, "commission")):
        with opened(each.outbox) as outbox:
            queued(outbox, code=code)
    restore = ("restore", str(packed(then, tmp_path / "a.zip")), "--aside")
    before = files(now.root)
    # The log of what was sent from here stays, and keeps the other outbox from sending.
    after = files(then.root) | {LOG: before[LOG]}
    moments = FAULTS[fault][1](well(program, shutil.copytree(tmp_path / "now", tmp_path / "clean"), restore).moments)
    seen = set()
    for at in moments:
        workspace = Workspace(shutil.copytree(tmp_path / "now", tmp_path / str(at)))
        ended = program.run(workspace.root, *restore, fault=fault, at=at)
        pending = workspace.pending.exists()
        assert fault == KILL or (ended.code, pending, "hint: free space" in ended.err) == (1, False, True), ended
        assert workspace == find_workspace(workspace.root)
        finish_restoring(workspace)
        shutil.rmtree(workspace.pending.parent, ignore_errors=True)
        states = [files(workspace.root), *map(files, states_before(workspace.root))]
        # From the plan on it is restored.
        assert states == [after, before] or (not pending and states == [before]), at
        well(program, workspace.root, restore)
        assert (after, states) == (files(workspace.root), [*map(files, states_before(workspace.root))][-len(states) :])
        seen.add((len(states), pending))
    assert seen == ({(1, False), (2, True)} if fault == KILL else {(1, False)})
    survived(FAULTS[fault][0], "restore", len(moments))
