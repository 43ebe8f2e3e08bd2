"""Folders and files that may only be read: what was good stays, it is told, and later a rerun finishes."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from exhaustive.faults import BARRED, Ended, Program
from exhaustive.striking import RESEND, SENT, STEPS, WAYS, count, rerun, run, sending, torn, tree, well
from exhaustive.tally import BARRED as READ_ONLY
from reporter.data.files.workspace import Workspace
from reporter.exchange.backup import held_files
from tests import post
from tests.package.backups import contents
from tests.write.conftest import workspace as edited  # noqa: F401

MADE, STORE = "build/XX/2020", "data/XX/editions"
# Where each step may not write, one after the other.
PLACES = {
    "build": (MADE,),
    "publish": ("build", MADE, "data/XX"),
    "corrigendum": (MADE, STORE, f"{STORE}/2020"),
    "publish for both": ("build", "data/XX"),
    "corrigendum for both": (MADE, STORE, f"{STORE}/2020"),
    "package": (f"{MADE}/package",),
    "sign": (MADE, f"{MADE}/package"),
    "receipt": ("submission", "submission/outbox.sqlite3"),
}
SENDING = {"send by mail": (".", "submission"), "send to a folder": (".", "submission", "out")}
WRITING = {
    "save": (".reporter/edit.lock", ".reporter/journal/*.jsonl", "data/XX", "data/XX/2020.yaml"),
    "begin": (".reporter/edit.lock", ".reporter/journal/*.jsonl", "data/XX/text"),
    "take back": (".reporter/edit.lock", ".reporter/journal/*.jsonl", "data/XX/text/lt"),
}
# The first time, the folder of the program is not there yet.
RESTORING = (".", ".reporter")


@contextmanager
def barred(place: Path) -> Iterator[None]:
    """May only be read."""
    rights = place.stat().st_mode
    place.chmod(rights & ~0o222)
    try:
        yield
    finally:
        place.chmod(rights)


def refused(program: Program, folder: Path, words: tuple[str, ...], place: str) -> Ended:
    """A run that may not write there, and says so."""
    (found,) = folder.glob(place) if place != "." else [folder]
    with barred(found):
        ended = run(program, folder, words, BARRED)
    assert (1, True) == (ended.code, told(ended, place)), (place, ended)
    return ended


def told(ended: Ended, place: str) -> bool:
    """Whether it says what to do."""
    if place == "out":
        return "solve the problem, then: reporter outbox resend" in ended.out
    return bool(re.search("permissions|access rights", ended.err))


@pytest.mark.parametrize(("name", "stage"), [(each, each) for each in STEPS], indirect=["stage"])
def test_what_may_not_be_written_is_told_and_left(name, stage, program, tmp_path, survived):
    for number, place in enumerate(PLACES[name]):
        folder = shutil.copytree(stage.folder, tmp_path / f"barred-{number}")
        refused(program, folder, stage.words, place)
        assert [] == torn(stage, folder), place
        assert [] == [path.name for path in folder.rglob(".writing-*")], place
        well(program, folder, stage.words)
        assert tree(stage.after) == tree(folder), place
    survived(READ_ONLY, name, len(PLACES[name]))


@pytest.mark.parametrize("way", WAYS)
def test_a_package_goes_once_when_it_can_be_noted(program, folder, tmp_path, vouched, survived, way):
    with post.Running(vouched.context) as server:
        ready = sending(program, folder, server, vouched)
        (ready / "submission").mkdir()
        send = ("send", *WAYS[way], "--by", "R. P.")
        for number, place in enumerate(SENDING[way]):
            server.got.clear()
            struck = shutil.copytree(ready, tmp_path / f"barred-{number}")
            if place == ".":
                (struck / "submission").rmdir()
            ended = refused(program, struck, send, place)
            assert 0 == count(struck, server, way), ended
            if place == "out":
                # It is certain that nothing lies there, and a person says when the folder is mended.
                well(program, struck, RESEND)
            assert (SENT, 1) == (rerun(program, struck, send), count(struck, server, way))
    survived(READ_ONLY, way, len(SENDING[way]))


def test_a_back_up_that_may_not_be_written_is_not_there(program, folder, survived):
    refused(program, folder, ("backup", "make", "kept.zip"), ".")
    assert [] == list(folder.glob("*kept.zip"))
    well(program, folder, ("backup", "make", "kept.zip"))
    survived(READ_ONLY, "backup", 1)


def test_what_cannot_be_restored_whole_is_not_restored(program, folder, tmp_path, survived):
    well(program, folder, ("backup", "make", str(tmp_path / "kept.zip")))
    then = held_files(Workspace(folder))
    restore = ("backup", "restore", str(tmp_path / "kept.zip"))
    for number, place in enumerate(RESTORING):
        struck = Workspace(tmp_path / f"barred-{number}")
        (struck.root / place).mkdir(parents=True)
        refused(program, struck.root, restore, place)
        assert {} == held_files(struck)
        well(program, struck.root, restore)
        assert then == held_files(struck)
    survived(READ_ONLY, "restore", len(RESTORING))


@pytest.mark.parametrize("what", WRITING)
def test_what_the_workbench_may_not_write_it_leaves(program, edited, tmp_path_factory, survived, what):  # noqa: F811
    for deed in (("save",), ("take back",), ("begin",)):
        well(program, edited.root, deed)
    if what != "take back":
        well(program, edited.root, ("take back",))
    folder = tmp_path_factory.mktemp("barred")
    after = Workspace(shutil.copytree(edited.root, folder / "after"))
    well(program, after.root, (what,))
    for number, place in enumerate(WRITING[what]):
        struck = Workspace(shutil.copytree(edited.root, folder / str(number)))
        refused(program, struck.root, (what,), place)
        assert contents(edited) == contents(struck), place
        well(program, struck.root, (what,))
        assert contents(after) == contents(struck), place
    survived(READ_ONLY, what, len(WRITING[what]))
