"""A clock that goes back or ahead: nothing waits for a time that is gone, nothing is older than what it corrects."""

import shutil

import pytest

from exhaustive.faults import KILL
from exhaustive.striking import (
    BUILD,
    CHANGE,
    CORRECT,
    MAILED,
    PACK,
    PACKAGE,
    PDF,
    PUBLISH,
    QUEUED,
    SENT,
    SIGN,
    UNKNOWN,
    every,
    rerun,
    run,
    sending,
    tree,
    well,
)
from exhaustive.tally import CLOCK
from tests import post
from tests.write.changing import NEW, content, journal
from tests.write.conftest import workspace as edited  # noqa: F401

SEND = ("send", MAILED, "--to", "unit", "--by", "R. P.")
ALONE = ("send", "--by", "R. P.")
YEARS, MONTH, DAY = 20_000, 31 * 24, 24
# How far the clock is off when a message is put off and when it is due, in hours; and whether it goes then.
TIMES = (
    (0, 0, QUEUED),
    (0, 1, SENT),
    (0, -1, SENT),
    (0, -YEARS, SENT),
    (YEARS, 0, SENT),
    (-YEARS, 0, SENT),
    (YEARS, YEARS, QUEUED),
)
OFF = (-YEARS, -DAY, DAY, YEARS)


def test_what_was_put_off_waits_for_no_time_that_is_gone(program, folder, tmp_path, vouched, survived):
    with post.Running(vouched.context) as server:
        ready = sending(program, folder, server, vouched)
        for number, (before, now, expected) in enumerate(TIMES):
            struck = shutil.copytree(ready, tmp_path / f"time-{number}")
            server.got.clear()
            server.on["RCPT"] = "451 4.7.1 greylisted"
            assert QUEUED == rerun(program, struck, SEND, hours=before)
            server.on.clear()
            assert expected == rerun(program, struck, ALONE, hours=now), (before, now)
            assert (expected == SENT) == (len(server.got) == 1)
            assert SENT == rerun(program, struck, SEND, hours=now + 1)
            assert 1 == len(server.got)
        # One is killed, and whoever comes next has another clock.
        moments = every(well(program, shutil.copytree(ready, tmp_path / "clean"), SEND).moments)[::4]
        for at in moments:
            for hours in (-YEARS, YEARS):
                struck = shutil.copytree(ready, tmp_path / f"killed-{at}-{hours}")
                server.got.clear()
                run(program, struck, SEND, KILL, at, hours=hours)
                state = rerun(program, struck, SEND)
                assert (state, len(server.got)) in ((SENT, 1), (UNKNOWN, 0), (UNKNOWN, 1))
    survived(CLOCK, "send by mail", len(TIMES) + 2 * len(moments))


def test_what_is_made_does_not_depend_on_the_clock(program, folder, tmp_path, survived):
    after = shutil.copytree(folder, tmp_path / "after")
    for words in (BUILD, PACK):
        well(program, after, words)
    for hours in OFF:
        struck = shutil.copytree(folder, tmp_path / f"clock{hours}")
        for words in (BUILD, PACK):
            assert 0 == run(program, struck, words, hours=hours).code
        assert tree(after) == tree(struck)
    for name in ("build", "package"):
        survived(CLOCK, name, len(OFF))


@pytest.mark.parametrize(("first", "then"), [(0, -DAY), (0, -YEARS), (YEARS, 0)])
def test_a_corrigendum_is_not_older_than_what_it_corrects(program, folder, survived, first, then):
    assert 0 == run(program, folder, PUBLISH, hours=first).code
    for name, text in CHANGE.items():
        (folder / name).write_text(text)
    before = tree(folder)
    ended = run(program, folder, CORRECT, hours=then)
    assert (1, True, before) == (ended.code, "hint: correct the clock" in ended.err, tree(folder)), ended
    assert 0 == run(program, folder, CORRECT, hours=max(first, 0)).code
    survived(CLOCK, "corrigendum", 3)


def test_nothing_is_signed_at_a_time_that_the_certificate_does_not_know(program, folder, tmp_path, survived):
    for words in (BUILD, PACK):
        well(program, folder, words)
    for hours in (-YEARS, 10 * YEARS):
        struck = shutil.copytree(folder, tmp_path / f"clock{hours}")
        ended = run(program, struck, SIGN, hours=hours)
        assert (1, True, tree(folder)) == (ended.code, "hint: " in ended.err, tree(struck)), ended
        well(program, struck, SIGN)
        assert {PDF, PACKAGE, PDF.replace(".", "-signed."), PACKAGE.replace(".", "-signed.")} <= tree(struck).keys()
    survived(CLOCK, "sign", 2)


def test_no_back_up_is_written_over_because_the_day_comes_again(program, folder, survived):
    well(program, folder, ("backup", "make"))
    (folder / "reporter.yaml").write_text((folder / "reporter.yaml").read_text() + "# later\n")
    assert 0 == run(program, folder, ("backup", "make"), hours=2 * DAY).code
    before = {path.name: path.read_bytes() for path in folder.glob("*.zip")}
    ended = run(program, folder, ("backup", "make"))
    assert (2, 2, True) == (ended.code, len(before), "backups are never overwritten" in ended.err)
    assert before == {path.name: path.read_bytes() for path in folder.glob("*.zip")}
    survived(CLOCK, "backup", 1)


@pytest.mark.parametrize("hours", [-1, -MONTH, -YEARS])
def test_what_was_written_last_is_taken_back_first_whatever_the_clock_said(program, edited, survived, hours):  # noqa: F811
    before = content(edited)
    for deed, off, is_there in (("save", 0, False), ("begin", hours, True), ("take back", 2 * hours, False)):
        assert 0 == program.run(edited.root, deed, hours=off).code
        assert before.replace("total: 24", "total: 25") == content(edited)
        assert is_there == (edited.root / NEW).exists()
    assert (True,) * 3 == tuple(each.is_written for each in journal(edited).lines)
    survived(CLOCK, "save", 3)
