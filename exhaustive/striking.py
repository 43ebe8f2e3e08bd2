"""Steps from build to receipt, struck at a moment: what must be whole then, and after a rerun."""

import json
import re
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from exhaustive.faults import KILL, Ended, Program
from exhaustive.lines import ANSWER
from reporter.data.files.sources import checksum
from reporter.data.read.release import read_releases
from reporter.editions.changes import intact_copies
from tests import post, small
from tests.authority import PASSPHRASE, Made, authority
from tests.snapshots import snapshot

# The hint of what found no space.
SPACE = re.compile(r"\n  hint: free (?:up )?(?:disk space|space on the disk)\b")
CACHE = "build/.cache"
EDITION, PACKAGE, PDF = ("XX", "2020"), "build/XX/2020/package/XX-2020-files.zip", "build/XX/2020/XX-2020-en.pdf"
SIGNED = PACKAGE.replace(".zip", "-signed.zip")
BARE = "<!DOCTYPE html><html lang=en><title>T</title><h1>{{ edition.title }} {{ edition.corrigendum }}</h1></html>"
FILES = small.FINAL | {"templates/profile.html": small.BLANK, "templates/web/page.html": BARE}
# Published for everybody and, under the same number, for an office that may know more.
OFFICE = "  court: {channel: folder, folder: out, language: en, gets: [csv], audience: restricted, name: {en: Court}}\n"
FOR_BOTH = {"reporter.yaml": FILES["reporter.yaml"] + OFFICE}
CHANGE = {small.YEAR: FILES[small.YEAR].replace("total: 80", "total: 79").replace("women: 60", "women: 59")}
# One process: what helps it cannot be forked, and would be loaded anew each time.
BUILD = ("build", *EDITION, "--format", "pdf,html", "-j", "1")
PUBLISH = ("publish", *EDITION, "--by", "R. P.")
CORRECT = (*PUBLISH, "--corrigendum", "en=One victim was counted twice.")
PACK = ("package", *EDITION, "--to", "files")
SIGN = ("sign", PDF, PACKAGE, "--key", "seal.p12")
SEND = ("send", SIGNED, "--to", "files", "--by", "R. P.")
FILE = ("outbox", "receipt", "answer.eml", "--for", "1", "--by", "R. P.")
# Of each step: what was done before it, or written, and its words.
STEPS = {
    "build": ((BUILD, CHANGE), BUILD),
    "publish": ((BUILD, CHANGE), PUBLISH),
    "corrigendum": ((PUBLISH, CHANGE), CORRECT),
    "publish for both": ((FOR_BOTH,), PUBLISH),
    "corrigendum for both": ((FOR_BOTH, PUBLISH, CHANGE), CORRECT),
    "package": ((PACK, CHANGE), PACK),
    "sign": ((BUILD, PACK), SIGN),
    "receipt": ((BUILD, PACK, SIGN, SEND), FILE),
}
# What changes a file, and is no matter of Python or the disk; each time it is a moment.
STRUCK = ("os.rename", "os.link", "os.remove", "fsync", "INSERT", "UPDATE", "COMMIT", "COMMITTED", "socket.connect")
NEEDING = ("os.link", "fsync", "INSERT", "UPDATE", "COMMIT")
# What others see of a step happens here.
SEEN, ASIDE = ("os.rename", "os.link", "COMMIT"), ("/.publish-", "/.cache/")
# A checksum or a record may be absent for a moment: that it is never that of another file matters more.
VOUCHING = (".sha256", "-en.json")
QUEUED, SENT, UNKNOWN = "queued", "sent", "unknown"
RESEND = ("outbox", "resend", "1", "--by", "R. P.", "--reason", "they have nothing, by telephone")
MAIL = (
    "recipients:\n",
    "mail: {host: localhost, port: PORT, from: r@ministry.internal, name: {en: Office}, authority: ca.pem}\n"
    "recipients:\n  unit: {channel: email, address: unit@commission.internal, language: en, name: {en: Unit},\n"
    "    gets: [csv, validation], audience: public}\n",
)
MAILED = PACKAGE.replace("files", "unit")
# To whom a package goes, and how.
WAYS = {"send by mail": (MAILED, "--to", "unit"), "send to a folder": (PACKAGE, "--to", "files")}
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
def seals(tmp_path_factory) -> Iterator[Made]:
    """An authority of seals and of timestamps."""
    with authority(tmp_path_factory.mktemp("authority")) as made:
        yield made


@pytest.fixture(scope="module")
def key(seals) -> bytes:
    return Path(seals.key()).read_bytes()


@pytest.fixture(scope="module")
def vouched(tmp_path_factory) -> post.Authority:
    """An authority and a server called localhost."""
    return post.authority(tmp_path_factory.mktemp("certificates"))


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
        if isinstance(each, dict):
            for name, content in each.items():
                (folder / name).write_text(content)
        else:
            well(program, folder, each)
    warm = shutil.copytree(folder, tmp_path / "warm")
    well(program, warm, words)
    # What can be made again lies ready, for it is not what this is about.
    if (warm / CACHE).is_dir():
        shutil.copytree(warm / CACHE, folder / CACHE, dirs_exist_ok=True)
    after = shutil.copytree(folder, tmp_path / "after")
    return Stage(folder, words, well(program, after, words).moments, after)


def run(
    program: Program, folder: Path, words: tuple[str, ...], fault: str = "", at: int = 0, *, hours: int = 0
) -> Ended:
    """A run in a folder; what is laid down for a while lies beside it."""
    known = {"REPORTER_PASSPHRASE": PASSPHRASE, "TMPDIR": str(folder.parent)}
    return program.run(folder, *words, fault=fault, at=at, hours=hours, **known)


def well(program: Program, folder: Path, words: tuple[str, ...]) -> Ended:
    """A run that ends well."""
    ended = run(program, folder, words)
    assert 0 == ended.code, ended
    return ended


def tree(folder: Path) -> dict[str, bytes]:
    """Every file that a rerun must make the same; signatures and the log of the outbox by their names only."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    kept = {name: path for name, path in found.items() if path.suffix != ".lock" and "submission/outbox" not in name}
    timed = (".jsonl", "submission/last-line.txt")
    return {name: b"" if "-signed" in name or name.endswith(timed) else kept[name].read_bytes() for name in kept}


def shown(files: dict[str, bytes]) -> dict[str, bytes]:
    """Those that a person sees."""
    return {name: content for name, content in files.items() if not name.startswith(".") and "/." not in name}


def visible(moments: tuple[str, ...]) -> list[int]:
    """The moments just before something happens that others see."""
    return [at for at, each in enumerate(moments, 1) if each.startswith(SEEN) and not any(map(each.count, ASIDE))]


def every(moments: tuple[str, ...]) -> list[int]:
    """The moments just before a file is changed, other than what can be made again."""
    return [at for at, each in enumerate(moments, 1) if each.startswith(STRUCK) and not any(map(each.count, ASIDE))]


def some(moments: tuple[str, ...]) -> list[int]:
    """Of those, what others see happen, and every eighth of the rest."""
    seen = visible(moments)
    return sorted({*seen, *[at for at in every(moments) if at not in seen][::8]})


def growing(moments: tuple[str, ...]) -> list[int]:
    """Some of the moments at which something needs space: at most seven, the last one among them."""
    needing = [at for at in every(moments) if moments[at - 1].split()[0] in NEEDING]
    return sorted({*needing[:: 1 + len(needing) // 6], needing[-1]})


def strike(stage: Stage, program: Program, folder: Path, at: int) -> None:
    """Kills the step at a moment: nothing is half there, and a rerun finishes."""
    shutil.copytree(stage.folder, folder)
    ended = run(program, folder, stage.words, KILL, at)
    assert (-signal.SIGKILL, []) == (ended.code, torn(stage, folder)), ended.moments[-1]
    well(program, folder, stage.words)
    assert tree(stage.after) == tree(folder), ended.moments[-1]


def torn(stage: Stage, folder: Path) -> list[str]:
    """What is neither as it was nor as it shall be, what is gone, and checksums of another file."""
    before, after, now = shown(tree(stage.folder)), shown(tree(stage.after)), shown(tree(folder))
    for release in read_releases(snapshot(folder), "XX", 2020):
        intact_copies(snapshot(folder), release)
    half = [name for name in now if now[name] not in (before.get(name), after.get(name))]
    lost = [name for name in before.keys() & after.keys() if name not in now and not name.endswith(VOUCHING)]
    sums = {name: content.decode().split()[0] for name, content in now.items() if name.endswith(".sha256")}
    return half + lost + [name for name in sums if sums[name] != checksum(now[name.removesuffix(".sha256")])]


def sending(program: Program, folder: Path, server: post.Server, vouched: post.Authority) -> Path:
    """The workspace with a package for one who gets mail from this server, and one for a folder."""
    (folder / "ca.pem").write_bytes(vouched.file.read_bytes())
    settings = FILES["reporter.yaml"].replace(*MAIL).replace("PORT", str(server.port))
    (folder / "reporter.yaml").write_text(settings)
    for code in ("unit", "files"):
        well(program, folder, ("package", *EDITION, "--to", code))
    return folder


def rerun(program: Program, folder: Path, words: tuple[str, ...], *, hours: int = 0) -> str:
    """The state after a command; the outbox is whole, and nothing has left it twice."""
    ended = run(program, folder, words, hours=hours)
    (item,) = json.loads(well(program, folder, ("outbox", "list", "--format", "json")).out)
    assert (0 if item["state"] == SENT else 1) == ended.code
    return str(item["state"])


def count(folder: Path, server: post.Server, way: str) -> int:
    """How often a package has arrived."""
    return len(server.got) if "mail" in way else len(list((folder / "out").glob("XX-*")))
