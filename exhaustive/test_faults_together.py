"""Two processes at once: one is overtaken at any moment, and both end as if one had come after the other."""

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from exhaustive.faults import WAIT, Ended, Program, gates
from exhaustive.striking import SENT, WAYS, count, every, rerun, run, sending, torn, tree, well
from exhaustive.tally import AT_ONCE
from reporter.data.files.workspace import Workspace
from reporter.exchange.backup import read_backup
from tests import post
from tests.package.backups import contents
from tests.write.changing import content, journal
from tests.write.conftest import workspace as edited  # noqa: F401

# So many moments of the first are tried, and so many seconds the second one has before the first goes on.
MOST, HEAD_START = 5, 0.5
SAME = ("build", "publish", "corrigendum", "package", "sign", "receipt")


@pytest.fixture(scope="module")
def other() -> Iterator[Program]:
    """Another process of the program."""
    with Program() as loaded:
        yield loaded


def spread(moments: tuple[str, ...]) -> list[int]:
    """Some of the moments at which a file is changed, from the first to the last."""
    found = every(moments)
    return sorted({found[number * (len(found) - 1) // (MOST - 1)] for number in range(MOST)})


def overtaken(
    one: tuple[Program, tuple[str, ...]], two: tuple[Program, tuple[str, ...]], folder: Path, at: int
) -> tuple[Ended, Ended]:
    """How two runs end, of which the second begins while the first stands still at a moment."""
    waits, goes_on = gates(folder)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(run, one[0], folder, one[1], WAIT, at)
        while not waits.exists() and not first.done():
            time.sleep(0.01)
        assert waits.exists(), first.result()
        second = pool.submit(run, two[0], folder, two[1])
        with suppress(TimeoutError):
            second.result(HEAD_START)
        goes_on.touch()
        return first.result(), second.result()


@pytest.mark.parametrize(("name", "stage"), [(each, each) for each in SAME], indirect=["stage"])
def test_the_same_typed_twice_is_done_once(name, stage, program, other, tmp_path, survived):
    moments = spread(stage.moments)
    for at in moments:
        folder = shutil.copytree(stage.folder, tmp_path / f"at-{at}")
        ends = overtaken((program, stage.words), (other, stage.words), folder, at)
        # One of them may be told to wait, and of two documents each may have one; or that it is done.
        assert all(each.code == 0 or (each.code == 1 and "hint: " in each.err) for each in ends), ends
        assert [] == torn(stage, folder), ends
        well(program, folder, stage.words)
        assert tree(stage.after) == tree(folder), stage.moments[at - 1]
        assert [] == [path.name for path in folder.rglob(".writing-*")]
    survived(AT_ONCE, name, len(moments))


@pytest.mark.parametrize("way", WAYS)
def test_a_package_that_two_send_goes_once(program, other, folder, tmp_path, vouched, survived, way):
    with post.Running(vouched.context) as server:
        ready = sending(program, folder, server, vouched)
        send = ("send", *WAYS[way], "--by", "R. P.")
        moments = spread(well(program, shutil.copytree(ready, tmp_path / "clean"), send).moments)
        for at in moments:
            server.got.clear()
            struck = shutil.copytree(ready, tmp_path / f"at-{at}")
            ends = overtaken((program, send), (other, send), struck, at)
            assert {0, 1} >= {each.code for each in ends}, ends
            assert (SENT, 1) == (rerun(program, struck, send), count(struck, server, way)), ends
    survived(AT_ONCE, way, len(moments))


def test_a_back_up_while_somebody_writes_is_of_one_state(program, other, edited, tmp_path_factory, survived):  # noqa: F811
    folder = tmp_path_factory.mktemp("together")
    before = contents(edited)
    clean = Workspace(shutil.copytree(edited.root, folder / "clean"))
    moments = spread(well(program, clean.root, ("save",)).moments)
    after = contents(clean)
    for at in moments:
        struck = Workspace(shutil.copytree(edited.root, folder / f"at-{at}"))
        place = folder / f"{at}.zip"
        ends = overtaken((program, ("save",)), (other, ("backup", "make", str(place))), struck.root, at)
        assert (0, 0) == (ends[0].code, ends[1].code), ends
        kept = {path: each for path, each in read_backup(place).items() if not path.startswith(".reporter")}
        assert kept in (before, after)
        assert after == contents(struck)
    survived(AT_ONCE, "backup", len(moments))


def test_while_a_back_up_is_restored_nobody_reads_or_writes_half_of_it(program, other, folder, tmp_path, survived):
    well(program, folder, ("backup", "make", str(tmp_path / "kept.zip")))
    then = contents(Workspace(folder))
    restore = ("backup", "restore", str(tmp_path / "kept.zip"))
    (tmp_path / "clean").mkdir()
    moments = spread(well(program, tmp_path / "clean", restore).moments)
    for at in moments:
        for number, words in enumerate((("check", "XX"), restore)):
            struck = Workspace(tmp_path / f"at-{at}-{number}")
            struck.root.mkdir()
            ends = overtaken((program, restore), (other, words), struck.root, at)
            assert 0 == ends[0].code, ends
            assert ends[1].code == 0 or "hint: " in ends[1].err, ends
            assert then == contents(struck)
            assert not struck.pending.exists()
    survived(AT_ONCE, "restore", 2 * len(moments))


def test_of_two_who_write_into_a_file_both_are_heard(program, other, edited, tmp_path_factory, survived):  # noqa: F811
    folder = tmp_path_factory.mktemp("together")
    clean = Workspace(shutil.copytree(edited.root, folder / "clean"))
    moments = spread(well(program, clean.root, ("save",)).moments)
    well(program, clean.root, ("begin",))
    for at in moments:
        struck = Workspace(shutil.copytree(edited.root, folder / f"at-{at}"))
        ends = overtaken((program, ("save",)), (other, ("begin",)), struck.root, at)
        assert (0, 0) == (ends[0].code, ends[1].code), ends
        assert contents(clean) == contents(struck)
        assert (True, True) == tuple(each.is_written for each in journal(struck).lines)
        assert content(clean) == content(struck)
    survived(AT_ONCE, "save", len(moments))
