"""A disk that is full from any moment on: what was good stays, it is told, and a rerun finishes."""

import re
import shutil

import pytest

from exhaustive.faults import FULL, LIMIT
from exhaustive.striking import (
    RESEND,
    SENT,
    SPACE,
    STEPS,
    UNKNOWN,
    WAYS,
    count,
    growing,
    rerun,
    run,
    sending,
    torn,
    tree,
    well,
)
from exhaustive.tally import FULL as FULL_DISK
from reporter.data.read.release import read_releases
from tests import post
from tests.snapshots import snapshot

TOLD = "(written|used|failed|read or written): .*(No space left|disk is full|File too large|disk I/O error)"


@pytest.mark.parametrize(("name", "stage"), [(each, each) for each in STEPS], indirect=["stage"])
def test_what_was_good_stays_and_a_rerun_finishes(name, stage, program, tmp_path, survived):
    moments = growing(stage.moments)
    for at in moments:
        folder = shutil.copytree(stage.folder, tmp_path / f"full-{at}")
        ended = run(program, folder, stage.words, FULL, at)
        moment = f"{stage.moments[at - 1]}: {ended.err}"
        assert (1, []) == (ended.code, torn(stage, folder)), moment
        assert re.search(TOLD, ended.err), moment
        assert SPACE.search(ended.err), moment
        known = len(read_releases(snapshot(stage.folder), "XX", 2020))
        assert (len(read_releases(snapshot(folder), "XX", 2020)) > known) == ("is published" in ended.out), moment
        assert [] == [path.name for path in folder.rglob(".writing-*")], moment
        well(program, folder, stage.words)
        assert tree(stage.after) == tree(folder), moment
    refused_by_the_system(stage, program)
    survived(FULL_DISK, name, len(moments) + 1)


def refused_by_the_system(stage, program):
    """Here no file may grow beyond some bytes, and a write is broken off in its middle."""
    ended = run(program, stage.folder, stage.words, LIMIT, 1500)
    assert (1, []) == (ended.code, torn(stage, stage.folder)), ended.err
    assert re.search(TOLD, ended.err), ended.err
    assert SPACE.search(ended.err), ended.err
    assert [] == [path.name for path in stage.folder.rglob(".writing-*")]
    well(program, stage.folder, stage.words)
    assert tree(stage.after) == tree(stage.folder)


@pytest.mark.parametrize("way", WAYS)
def test_a_package_goes_at_most_once_though_nothing_can_be_noted(program, folder, tmp_path, vouched, survived, way):
    with post.Running(vouched.context) as server:
        ready = sending(program, folder, server, vouched)
        send = ("send", *WAYS[way], "--by", "R. P.")
        moments = growing(well(program, shutil.copytree(ready, tmp_path / "clean"), send).moments)
        for at in moments:
            server.got.clear()
            struck = shutil.copytree(ready, tmp_path / f"full-{at}")
            ended = run(program, struck, send, FULL, at)
            assert (1, True) == (ended.code, bool(SPACE.search(ended.err))), ended
            state, arrived = rerun(program, struck, send), count(struck, server, way)
            assert (state, arrived) in ((SENT, 1), (UNKNOWN, 0), (UNKNOWN, 1)), ended
            if state == UNKNOWN:
                assert (UNKNOWN, arrived) == (rerun(program, struck, send), count(struck, server, way))
                well(program, struck, RESEND)
            assert [] == list(struck.rglob("*.writing-*"))
    survived(FULL_DISK, way, len(moments))


def test_of_a_back_up_that_has_no_room_nothing_is_there(program, folder, tmp_path, survived):
    after = shutil.copytree(folder, tmp_path / "after")
    moments = growing(well(program, after, ("backup", "make", "kept.zip")).moments)
    for at in moments:
        struck = shutil.copytree(folder, tmp_path / f"full-{at}")
        ended = run(program, struck, ("backup", "make", "kept.zip"), FULL, at)
        assert (1, True, tree(folder)) == (ended.code, bool(SPACE.search(ended.err)), tree(struck))
        well(program, struck, ("backup", "make", "kept.zip"))
        assert tree(after) == tree(struck)
    survived(FULL_DISK, "backup", len(moments))
