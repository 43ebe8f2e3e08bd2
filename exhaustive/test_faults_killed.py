"""kill -9 at every moment from build to receipt: nothing is lost, nothing goes twice, and a rerun finishes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from exhaustive.faults import KILL
from exhaustive.striking import (
    BUILD,
    PACK,
    PDF,
    RESEND,
    SENT,
    SIGN,
    SIGNED,
    STEPS,
    UNKNOWN,
    WAYS,
    count,
    every,
    rerun,
    run,
    sending,
    some,
    strike,
    well,
)
from exhaustive.tally import KILLED
from tests import post

# So many moments that one in eight of those that nobody sees is struck.
LONG = ("corrigendum", "publish for both", "corrigendum for both")


@pytest.mark.parametrize(("name", "stage"), [(each, each) for each in STEPS], indirect=["stage"])
def test_killed_at_any_moment_nothing_is_half_there_and_a_rerun_finishes(name, stage, program, tmp_path, survived):
    moments = some(stage.moments) if name in LONG else every(stage.moments)
    for at in moments:
        strike(stage, program, tmp_path / f"struck-{at}", at)
    survived(KILLED, name, len(moments))


def test_what_was_signed_after_a_kill_is_good(program, folder):
    for each in (BUILD, PACK):
        well(program, folder, each)
    moments = well(program, shutil.copytree(folder, folder.with_name("clean")), SIGN).moments
    between = next(at for at, each in enumerate(moments, 1) if each.startswith("os.remove"))
    run(program, folder, SIGN, KILL, between)
    first = (folder / PDF.replace(".pdf", "-signed.pdf")).read_bytes()
    again = well(program, folder, SIGN)
    assert ([SIGNED], True) == (again.out.splitlines(), "XX-2020-en-signed.pdf was signed before" in again.err)
    assert first == (folder / PDF.replace(".pdf", "-signed.pdf")).read_bytes()
    assert "passed       signature" in well(program, folder, ("verify", SIGNED)).out


@pytest.mark.parametrize("way", WAYS)
def test_killed_at_any_moment_a_package_goes_at_most_once(program, folder, tmp_path, vouched, survived, way):
    """By mail the first one arrives or not; in a folder the file can be looked for, and a person looks."""
    with post.Running(vouched.context) as server:
        ready = sending(program, folder, server, vouched)
        send = ("send", *WAYS[way], "--by", "R. P.")
        moments = well(program, shutil.copytree(ready, tmp_path / "clean"), send).moments
        ends = set()
        for at in every(moments):
            server.got.clear()
            struck = shutil.copytree(ready, tmp_path / f"struck-{at}")
            assert -signal.SIGKILL == run(program, struck, send, KILL, at).code
            if at % 8 == 0:
                well(program, struck, ("status", "XX"))
            state, arrived = rerun(program, struck, send), count(struck, server, way)
            assert (state, arrived) in ((SENT, 1), (UNKNOWN, 0), (UNKNOWN, 1)), moments[at - 1]
            ends.add((state, arrived))
            if state == UNKNOWN:
                assert (UNKNOWN, arrived) == (rerun(program, struck, send), count(struck, server, way))
                well(program, struck, RESEND)
            assert [] == [path.name for path in struck.rglob("*.writing-*")]
    assert {(SENT, 1), (UNKNOWN, 0), (UNKNOWN, 1)} == ends
    survived(KILLED, way, len(every(moments)))


def test_a_back_up_is_there_whole_or_not_at_all(program, folder, tmp_path, survived):
    after = shutil.copytree(folder, tmp_path / "after")
    moments = every(well(program, after, ("backup", "make", "kept.zip")).moments)
    expected = (after / "kept.zip").read_bytes()
    for at in moments:
        struck = shutil.copytree(folder, tmp_path / f"struck-{at}")
        assert -signal.SIGKILL == run(program, struck, ("backup", "make", "kept.zip"), KILL, at).code
        kept = struck / "kept.zip"
        assert not kept.exists() or expected == kept.read_bytes()
        kept.unlink(missing_ok=True)
        well(program, struck, ("backup", "make", "kept.zip"))
        assert expected == kept.read_bytes()
        assert [] == list(struck.glob(".writing-*"))
    survived(KILLED, "backup", len(moments))


def test_the_processes_of_a_killed_build_end_with_it(program, folder):
    """What they have begun they leave; nothing is built, nor waits, for somebody who is gone."""
    command = [sys.executable, "-m", "reporter", "build", "XX", "--all-years", "-j", "2"]
    build = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL, start_new_session=True)
    until(lambda: list(folder.glob("build/.cache/locks/*.lock")))
    build.kill()
    build.wait()
    until(lambda: not alive(build.pid))
    well(program, folder, ("build", "XX", "--all-years"))
    assert [] == [path.name for path in folder.rglob(".writing-*")]


def until(happens: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
