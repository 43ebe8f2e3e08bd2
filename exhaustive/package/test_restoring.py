"""Restoring is killed, or the disk is full, at whatever moment: it is no workspace, or the whole one of then."""

import shutil
from pathlib import Path

import pytest

from exhaustive.faults import FULL, KILL
from exhaustive.striking import SPACE, every, growing, well
from exhaustive.tally import FULL as FULL_DISK
from exhaustive.tally import KILLED
from tests.package.backups import JOURNAL, made, packed
from tests.send.queued import opened, queued

THEN = {"reporter.yaml": "title: {en: A}\n", "data/XX/2020.yaml": "year: 2020\n", "data/XX/text/en/2020.md": "# a\n"}
FAULTS = {KILL: (KILLED, every), FULL: (FULL_DISK, growing)}


def files(root: Path) -> dict[str, bytes]:
    """Every file of a folder, but for what the program needs to write."""
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return {path: each for path, each in found.items() if path == JOURNAL or not path.startswith(".reporter/")}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_the_moment_it_is_no_workspace_or_the_whole_one(tmp_path, program, survived, fault) -> None:
    then = made(tmp_path / "then", THEN | {JOURNAL: "{}\n{}\n"})
    with opened(then.outbox) as outbox:
        queued(outbox)
    restore, whole = ("backup", "restore", str(packed(then, tmp_path / "a.zip"))), files(then.root)
    (tmp_path / "clean").mkdir()
    moments = FAULTS[fault][1](well(program, tmp_path / "clean", restore).moments)
    for at in moments:
        folder = tmp_path / str(at)
        folder.mkdir()
        ended = program.run(folder, *restore, fault=fault, at=at)
        assert (files(folder) == whole) is (folder / "reporter.yaml").is_file(), at
        assert fault == KILL or (ended.code, files(folder), bool(SPACE.search(ended.err))) == (1, {}, True), ended
        if files(folder) != whole:
            well(program, folder, restore)
        assert whole == files(folder)
        shutil.rmtree(folder)
    survived(FAULTS[fault][0], "restore", len(moments))
