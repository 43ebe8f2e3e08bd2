"""A full rehearsal, as a person types it: from the check to the receipt, and what the recipient finds in the mail."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path, PurePath

import pytest

from reporter.data.files.sources import sums_of
from reporter.data.read.release import read_releases
from reporter.formats.bagit.verification import open_package
from tests import post, small
from tests.authority import PASSPHRASE, authority
from tests.snapshots import snapshot

PACKAGE = "build/XX/2020/package/XX-2020-commission.zip"
SIGNED = PACKAGE.replace(".zip", "-signed.zip")
SETTINGS = (
    small.FILES["reporter.yaml"]
    + """\
mail: {host: localhost, port: PORT, from: rapporteur@ministry.internal, name: {en: Office}, authority: ca/ca.pem}
recipients:
  commission:
    channel: email
    address: unit@commission.internal
    language: en
    gets: [pdf, html, csv, xlsx, json, letter, validation, metadata]
    audience: public
    name: {en: Coordinator}
deadlines:
  yearly: {title: {en: Statistics}, basis: {en: Article 19a}, first: 2020, due: 12-31, to: [commission]}
"""
)
# What a person types, one line after the other.
CHAIN = (
    ("check", "XX", "2020"),
    ("build", "XX", "2020", "--format", "pdf,html", "--validate"),
    ("publish", "XX", "2020", "--by", "R. Petraitė"),
    ("package", "XX", "2020", "--to", "commission"),
    ("sign", PACKAGE, "--key", "seal.p12"),
    ("send", SIGNED, "--to", "commission", "--by", "R. Petraitė"),
    ("outbox", "receipt", "answer.eml", "--by", "R. Petraitė"),
)


# The package is signed, the profile in it stays as it was published.
CHECKS = {
    "archive": "passed",
    "checksums": "passed",
    "signature": "passed",
    "signatures of PDFs": "absent",
    "made again": "passed",
    "PDF standards": "passed",
}


# What each of them says when it is typed again at the end.
AGAIN = {
    "check": "0 errors",
    "build": "unchanged",
    "publish": "is published already, and nothing changed since",
    "package": PACKAGE,
    "sign": "was signed before",
    "send": "it was sent before; nothing is sent now",
    "outbox": "was filed before",
}


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of it: the workspace, the mail server, and the root of the seal."""

    folder: Path
    server: post.Server
    root: Path


@pytest.fixture
def rehearsal(tmp_path_factory) -> Iterator[Rehearsal]:
    """Every command of the chain was typed."""
    folder = tmp_path_factory.mktemp("work")
    vouched = post.authority(folder / "ca")
    with authority(tmp_path_factory.mktemp("seals")) as seals, post.Running(vouched.context) as server:
        small.write(folder, small.FINAL | {"reporter.yaml": SETTINGS.replace("PORT", str(server.port))})
        (folder / "seal.p12").write_bytes(Path(seals.key()).read_bytes())
        for words in CHAIN:
            if words[:2] == ("outbox", "receipt"):
                (folder / "answer.eml").write_bytes(answer(server.got[0]))
            typed(folder, *words)
        yield Rehearsal(folder, server, seals.root)


def typed(folder: Path, *words: str) -> str:
    """What a command says that ends well, in a process of its own."""
    variables = os.environ | {"REPORTER_PASSPHRASE": PASSPHRASE}
    command = [sys.executable, "-m", "reporter", *words]
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    return done.stdout + done.stderr


def answer(mail: bytes) -> bytes:
    """What the Commission writes back."""
    reply = EmailMessage()
    reply["From"], reply["Subject"] = "unit@commission.internal", "Received"
    reply["In-Reply-To"] = message_from_bytes(mail)["Message-ID"]
    reply.set_content("Thank you.")
    return bytes(reply)


def attached(mail: bytes, folder: Path) -> Path:
    """The file in a mail, saved by its recipient."""
    (part,) = message_from_bytes(mail, policy=SMTP).iter_attachments()
    path = folder / part.get_filename()
    path.write_bytes(part.get_content())
    return path


KEPT = "findings"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file but locks, and what checks keep for themselves."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock" and KEPT not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_from_the_check_to_the_receipt_a_report_goes_once_and_arrives_as_it_was_published(rehearsal, tmp_path):
    assert (1, [True]) == (len(rehearsal.server.got), rehearsal.server.encrypted)
    received(rehearsal, attached(rehearsal.server.got[0], tmp_path))
    told(rehearsal.folder)
    before = tree(rehearsal.folder)
    for words in CHAIN:
        assert AGAIN[words[0]] in typed(rehearsal.folder, *words)
    assert before == tree(rehearsal.folder)
    assert 1 == len(rehearsal.server.got)


def received(rehearsal: Rehearsal, path: Path) -> None:
    """The recipient has no workspace: only the package, and the root of the seal."""
    answer = typed(path.parent, "verify", path.name, "--trust", str(rehearsal.root), "--format", "json")
    assert CHECKS == {each["check"]: each["verdict"] for each in json.loads(answer)["checks"]}
    assert (rehearsal.folder / SIGNED).read_bytes() == path.read_bytes()
    package = open_package(path)
    (release,) = read_releases(snapshot(rehearsal.folder), "XX", 2020)
    inside = {PurePath(name).name: name for name in package.payload}
    sent = {name: package.read(inside[name]) for name, _ in release.files}
    assert release.files == sums_of(sent)


def told(folder: Path) -> None:
    """The sender sees that it was sent once, with its receipt, and that nothing is missing."""
    (item,) = json.loads(typed(folder, "outbox", "list", "--format", "json", "-q"))
    assert ("sent", 1, 1, "commission") == (item["state"], item["tries"], len(item["receipts"]), item["recipient"])
    (country,) = json.loads(typed(folder, "status", "XX", "2020", "--format", "json"))
    (edition,) = country["editions"]
    (sent,) = edition["sent"]
    assert ([], "commission", "sent") == (edition["missing"], sent["recipient"], sent["state"])
    assert ["answer.eml"] == [each["name"] for each in sent["receipts"]]
    acts = re.findall(r"number 1 ([a-z ]*[a-z])", typed(folder, "outbox", "list", "--log", "-q"))
    assert ["queued", "claimed", "handed over", "sent", "receipt filed"] == acts
