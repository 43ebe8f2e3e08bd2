"""kill -9 and a full disk at every step from build to receipt: nothing lost, nothing twice, and a rerun finishes."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reporter.edition.release import intact_copies
from reporter.files.checksum import checksum
from reporter.load.release import read_releases
from tests import post, small
from tests.authority import PASSPHRASE, authority
from tests.faults import ANSWER, FULL, GROWS, KILL, LIMIT, Ended, Line, Program
from tests.snapshots import snapshot

EDITION, PACKAGE, PDF = ("XX", "2020"), "build/XX/2020/package/XX-2020-files.zip", "build/XX/2020/XX-2020-en.pdf"
SIGNED = PACKAGE.replace(".zip", "-signed.zip")
BLANK = small.PAGE.replace("HEAD", "").replace("BODY", "{{ edition.title }} {{ edition.corrigendum }}")
BARE = "<!DOCTYPE html><html lang=en><title>T</title><h1>{{ edition.title }} {{ edition.corrigendum }}</h1></html>"
FILES = small.FINAL | {"templates/profile.html": BLANK, "templates/web/page.html": BARE}
CHANGED = {small.YEAR: FILES[small.YEAR].replace("total: 80", "total: 79").replace("women: 60", "women: 59")}
BUILD = ("build", *EDITION, "--format", "pdf,html")
PUBLISH = ("publish", *EDITION, "--by", "R. P.")
CORRECT = (*PUBLISH, "--corrigendum", "en=One victim was counted twice.")
PACK = ("package", *EDITION, "--to", "files")
SIGN = ("sign", PDF, PACKAGE, "--key", "seal.p12")
SEND = ("send", SIGNED, "--to", "files", "--by", "R. P.")
FILE = ("receipt", "answer.eml", "--for", "1", "--by", "R. P.")
CHANGE = ("change",)
# Of each step: what was done before it, and its words.
STEPS = {
    "build": ((BUILD, CHANGE), BUILD),
    "publish": ((BUILD, CHANGE), PUBLISH),
    "corrigendum": ((PUBLISH, CHANGE), CORRECT),
    "package": ((PACK, CHANGE), PACK),
    "sign": ((BUILD, PACK), SIGN),
    "receipt": ((BUILD, PACK, SIGN, SEND), FILE),
}
# What others see of a step happens here.
SEEN, ASIDE = ("os.rename", "os.link", "COMMIT"), ("/.publish-", "/.cache/")
# A checksum or a record may be absent for a moment: that it is never that of another file matters more.
VOUCHING = (".sha256", "XX-2020-en.json")
QUEUED, SENT, UNKNOWN = "queued", "sent", "unknown"
RESEND = ("resend", "1", "--by", "R. P.", "--reason", "they have nothing, by telephone")
MAIL = (
    "recipients:\n",
    "mail: {host: localhost, port: PORT, from: r@ministry.internal, name: {en: Office}, authority: ca.pem}\n"
    "recipients:\n  unit: {channel: email, address: unit@commission.internal, language: en, name: {en: Unit},\n"
    "    gets: [csv, source, validation]}\n",
)
MAILED = PACKAGE.replace("files", "unit")
# What of a conversation reaches the server, in bytes, and the state it leaves: the greeting, STARTTLS, the handshake,
# the envelope, half the message; and the whole message, without the answer.
CUTS = [(0, QUEUED), (10, QUEUED), (40, QUEUED), (300, QUEUED), (700, QUEUED), (9_000, UNKNOWN), (ANSWER, UNKNOWN)]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step about to be done: the folder and its words; and the folder after it, when nothing happened."""

    folder: Path
    words: tuple[str, ...]
    moments: tuple[str, ...]
    after: Path


@pytest.fixture(scope="module")
def program() -> Iterator[Program]:
    with Program() as loaded:
        yield loaded


@pytest.fixture(scope="module")
def key(tmp_path_factory) -> Iterator[bytes]:
    with authority(tmp_path_factory.mktemp("authority")) as made:
        yield Path(made.key()).read_bytes()


@pytest.fixture
def folder(key, tmp_path) -> Path:
    """A workspace whose pages are laid out at once, with a key and an answer."""
    written = small.write(tmp_path / "before", FILES | {"seal.p12": key, "answer.eml": "Subject: It has arrived\n\n"})
    (written / "out").mkdir()
    return written


@pytest.fixture
def stage(request, program, folder, tmp_path) -> Stage:
    """The step that the test is about."""
    before, words = STEPS[request.param]
    for each in before:
        if each is CHANGE:
            small.write(folder, FILES | CHANGED)
        else:
            well(program, folder, each)
    after = shutil.copytree(folder, tmp_path / "after")
    return Stage(folder, words, well(program, after, words).moments, after)


def run(program: Program, folder: Path, words: tuple[str, ...], fault: str = "", at: int = 0) -> Ended:
    """A run in a folder; what is laid down for a while lies beside it."""
    return program.run(folder, *words, fault=fault, at=at, REPORTER_PASSPHRASE=PASSPHRASE, TMPDIR=str(folder.parent))


def well(program: Program, folder: Path, words: tuple[str, ...]) -> Ended:
    """A run that ends well."""
    ended = run(program, folder, words)
    assert 0 == ended.code, ended
    return ended


def tree(folder: Path) -> dict[str, bytes]:
    """Every file that a rerun must make the same; signatures and the log of the outbox by their names only."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    kept = {name: path for name, path in found.items() if path.suffix != ".lock" and "submission/outbox" not in name}
    return {name: b"" if "-signed" in name or name.endswith(".jsonl") else kept[name].read_bytes() for name in kept}


def shown(files: dict[str, bytes]) -> dict[str, bytes]:
    """Those that a person sees."""
    return {name: content for name, content in files.items() if not name.startswith(".") and "/." not in name}


def telling(moments: tuple[str, ...]) -> list[int]:
    """The moments to strike at: before and after each step that others see, and some of the rest."""
    seen = [at for at, each in enumerate(moments, 1) if each.startswith(SEEN) and not any(map(each.count, ASIDE))]
    some = range(1, len(moments), 1 + len(moments) // 4)
    return sorted({*seen, *(at + 1 for at in seen if at < len(moments)), *some})


def torn(stage: Stage, folder: Path) -> list[str]:
    """What is neither as it was nor as it shall be, what is gone, and checksums of another file."""
    before, after, now = shown(tree(stage.folder)), shown(tree(stage.after)), shown(tree(folder))
    for release in read_releases(snapshot(folder), "XX", 2020):
        intact_copies(snapshot(folder), release)
    half = [name for name in now if now[name] not in (before.get(name), after.get(name))]
    lost = [name for name in before.keys() & after.keys() if name not in now and not name.endswith(VOUCHING)]
    sums = {name: content.decode().split()[0] for name, content in now.items() if name.endswith(".sha256")}
    return half + lost + [name for name in sums if sums[name] != checksum(now[name.removesuffix(".sha256")])]


# kill -9


@pytest.mark.parametrize("stage", STEPS, indirect=True)
def test_killed_at_any_moment_nothing_is_half_there_and_a_rerun_finishes(stage, program, tmp_path):
    for at in telling(stage.moments):
        folder = shutil.copytree(stage.folder, tmp_path / f"struck-{at}")
        ended = run(program, folder, stage.words, KILL, at)
        assert (-signal.SIGKILL, []) == (ended.code, torn(stage, folder)), ended.moments[-1]
        well(program, folder, stage.words)
        assert tree(stage.after) == tree(folder), ended.moments[-1]


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


def test_what_counts_as_published_is_on_the_disk_with_all_its_copies(program, folder):
    """A machine may lose its power as well, and with that what no file system was told to keep."""
    moments = well(program, folder, PUBLISH).moments
    published = next(at for at, each in enumerate(moments) if each.startswith("os.rename data/XX/editions/.writing-"))
    copies = [each[5:] for each in moments if each.startswith("open data/XX/editions/2020/.writing-0/")]
    assert len(tree(folder / "data/XX/editions/2020/0")) == len(copies)
    assert set(copies) <= {each[6:] for each in moments[:published] if each.startswith("fsync ")}


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
