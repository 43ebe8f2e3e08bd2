"""Steps from build to receipt, struck at a moment: what must be whole then, and after a rerun."""

import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reporter.edition.release import intact_copies
from reporter.files.checksum import checksum
from reporter.load.release import read_releases
from tests import small
from tests.authority import PASSPHRASE, authority
from tests.faults import ANSWER, KILL, Ended, Program
from tests.snapshots import snapshot

EDITION, PACKAGE, PDF = ("XX", "2020"), "build/XX/2020/package/XX-2020-files.zip", "build/XX/2020/XX-2020-en.pdf"
SIGNED = PACKAGE.replace(".zip", "-signed.zip")
BARE = "<!DOCTYPE html><html lang=en><title>T</title><h1>{{ edition.title }} {{ edition.corrigendum }}</h1></html>"
FILES = small.FINAL | {"templates/profile.html": small.BLANK, "templates/web/page.html": BARE}
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
VOUCHING = (".sha256", "XX-2020-en.json", "XX-2020-data-and-methods-en.json")
QUEUED, SENT, UNKNOWN = "queued", "sent", "unknown"
RESEND = ("resend", "1", "--by", "R. P.", "--reason", "they have nothing, by telephone")
MAIL = (
    "recipients:\n",
    "mail: {host: localhost, port: PORT, from: r@ministry.internal, name: {en: Office}, authority: ca.pem}\n"
    "recipients:\n  unit: {channel: email, address: unit@commission.internal, language: en, name: {en: Unit},\n"
    "    gets: [csv, validation], audience: public}\n",
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


def visible(moments: tuple[str, ...]) -> list[int]:
    """The moments just before something happens that others see."""
    return [at for at, each in enumerate(moments, 1) if each.startswith(SEEN) and not any(map(each.count, ASIDE))]


def telling(moments: tuple[str, ...]) -> list[int]:
    """The moments to strike at: before and after each step that others see, and some of the rest."""
    seen, some = visible(moments), range(1, len(moments), 1 + len(moments) // 4)
    return sorted({*seen, *(at + 1 for at in seen if at < len(moments)), *some})


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
