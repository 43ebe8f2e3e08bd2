"""kill -9 and a full disk at every step from build to receipt: nothing lost, nothing twice, and a rerun finishes."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reporter.load.release import read_releases
from tests import post, small
from tests.faults import ANSWER, FULL, GROWS, KILL, LIMIT, Line, Program
from tests.snapshots import snapshot
from tests.striking import (
    BUILD,
    CUTS,
    EDITION,
    FILES,
    MAIL,
    MAILED,
    PACK,
    PACKAGE,
    PDF,
    RESEND,
    SENT,
    SIGN,
    SIGNED,
    STEPS,
    UNKNOWN,
    run,
    strike,
    telling,
    torn,
    tree,
    well,
)

# kill -9


@pytest.mark.parametrize("stage", STEPS, indirect=True)
def test_killed_at_any_moment_nothing_is_half_there_and_a_rerun_finishes(stage, program, tmp_path):
    for at in telling(stage.moments):
        strike(stage, program, tmp_path / f"struck-{at}", at)


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


@pytest.mark.parametrize("channel", ["mail", "folder"])
def test_killed_at_any_moment_a_package_goes_at_most_once(program, folder, tmp_path, vouched, channel):
    """By mail the first one arrives or not; in a folder the file can be looked for, and a person looks."""
    with post.Running(vouched.context) as server:
        ready = sending(program, folder, server, vouched)
        way = (MAILED, "--to", "unit") if channel == "mail" else (PACKAGE, "--to", "files")
        send = ("send", *way, "--by", "R. P.")
        moments = well(program, shutil.copytree(ready, tmp_path / "clean"), send).moments
        ends = set()
        for at in telling(moments):
            server.got.clear()
            struck = shutil.copytree(ready, tmp_path / f"struck-{at}")
            assert -signal.SIGKILL == run(program, struck, send, KILL, at).code
            well(program, struck, ("status", "XX"))
            state, arrived = rerun(program, struck, send), count(struck, server, channel)
            assert (state, arrived) in ((SENT, 1), (UNKNOWN, 0), (UNKNOWN, 1)), moments[at - 1]
            ends.add((state, arrived))
            if state == UNKNOWN:
                assert (UNKNOWN, arrived) == (rerun(program, struck, send), count(struck, server, channel))
                well(program, struck, RESEND)
            assert [] == [path.name for path in struck.rglob("*.writing-*")]
    assert {(SENT, 1), (UNKNOWN, 0), (UNKNOWN, 1)} == ends


def rerun(program: Program, folder: Path, words: tuple[str, ...]) -> str:
    """The state after the same command again; the outbox is whole, and nothing has left it twice."""
    ended = run(program, folder, words)
    (item,) = json.loads(well(program, folder, ("outbox", "--format", "json")).out)
    assert (0 if item["state"] == SENT else 1) == ended.code
    return str(item["state"])


def count(folder: Path, server: post.Server, channel: str) -> int:
    """How often it has arrived."""
    return len(server.got) if channel == "mail" else len(list((folder / "out").glob("XX-*")))


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


# a full disk

# A corrigendum is written as the first edition is.
ONCE = [each for each in STEPS if each != "corrigendum"]


@pytest.mark.parametrize("stage", ONCE, indirect=True)
def test_a_disk_that_is_full_from_any_moment_on_leaves_what_was_good_and_a_rerun_finishes(stage, program, tmp_path):
    for at in growing(stage.moments):
        folder = shutil.copytree(stage.folder, tmp_path / f"full-{at}")
        ended = run(program, folder, stage.words, FULL, at)
        moment = f"{stage.moments[at - 1]}: {ended.err}"
        assert (1, []) == (ended.code, torn(stage, folder)), moment
        assert re.search("(written|used): .*(No space left|disk is full)", ended.err), moment
        assert "\n  hint: free space on the disk" in ended.err, moment
        assert bool(read_releases(snapshot(folder), "XX", 2020)) == ("is published" in ended.out), moment
        assert [] == [path.name for path in folder.rglob(".writing-*")], moment
        well(program, folder, stage.words)
        assert tree(stage.after) == tree(folder), moment


def growing(moments: tuple[str, ...]) -> list[int]:
    """Some of the moments at which something needs space."""
    needing = [at for at, each in enumerate(moments, 1) if each.split(" ")[0] in GROWS and "/.cache/" not in each]
    return sorted({*needing[:: 1 + len(needing) // 6], needing[-1]})


@pytest.mark.parametrize("stage", ONCE, indirect=True)
def test_files_that_may_not_grow_are_told(stage, program):
    """Here the system itself refuses, in the middle of a write."""
    ended = run(program, stage.folder, stage.words, LIMIT, 1500)
    assert (1, []) == (ended.code, torn(stage, stage.folder)), ended.err
    assert re.search("(written|used|failed): .*(File too large|disk I/O error)", ended.err), ended.err
    assert "hint: free space" in ended.err
    assert [] == [path.name for path in stage.folder.rglob(".writing-*")]
    well(program, stage.folder, stage.words)
    assert tree(stage.after) == tree(stage.folder)


# a lost network


@pytest.fixture(scope="module")
def vouched(tmp_path_factory) -> post.Authority:
    """An authority and a server called localhost."""
    return post.authority(tmp_path_factory.mktemp("certificates"))


def sending(program: Program, folder: Path, server: post.Server, vouched: post.Authority) -> Path:
    """The workspace with a package for one who gets mail from this server, and one for a folder."""
    (folder / "ca.pem").write_bytes(vouched.file.read_bytes())
    small.write(
        folder, FILES | {"reporter.yaml": FILES["reporter.yaml"].replace(*MAIL).replace("PORT", str(server.port))}
    )
    for code in ("unit", "files"):
        well(program, folder, ("package", *EDITION, "--to", code))
    return folder


# From the first byte to the last but one: the greeting, STARTTLS, the handshake, the envelope, the message.
@pytest.mark.parametrize(("cut", "expected"), CUTS)
def test_a_connection_lost_at_any_byte_ends_in_the_right_state(program, folder, vouched, cut, expected):
    with post.Running(vouched.context) as server, Line(server.port, cut) as line:
        server.port = line.port
        ready = sending(program, folder, server, vouched)
        send = ("send", MAILED, "--to", "unit", "--by", "R. P.")
        assert expected == rerun(program, ready, send)
        assert (1 if cut == ANSWER else 0) == len(server.got)
        line.mend()
        assert expected == rerun(program, ready, send)
        well(program, ready, RESEND)
        assert SENT == rerun(program, ready, send)
        assert (2 if cut == ANSWER else 1) == len(server.got)
