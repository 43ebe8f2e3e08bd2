"""A file to send: its bytes, its checksum, its label."""

import re
from dataclasses import dataclass
from pathlib import Path

from reporter.errors import UsageError
from reporter.files.checksum import checksum
from reporter.model import Audience
from reporter.submission.bag import COUNTRY, INFO, YEAR

# Bytes that hold the first two files of a package, and the second of them.
HEAD, BEGINNING = 1 << 16, b"PK\3\4"
INSIDE = re.compile(b"/%s(.*?)(?:%s|\\Z)" % (re.escape(INFO.encode()), BEGINNING), re.DOTALL)
# Country and year in bag-info.txt, as `reporter package` writes them, with other lines between.
STATED = re.compile(rf"^{COUNTRY}: ([A-Z]{{2}})$(?:.*?)^{YEAR}: ([12]\d{{3}})$", re.MULTILINE | re.DOTALL)
EDITION = re.compile(r"(?<![A-Za-z])([A-Z]{2})[-_]([12]\d{3})(?!\d)")


@dataclass(frozen=True, slots=True)
class PackageLabel:
    """What a whole package says of itself: edition and recipient. `number` is that of the edition, 0 for the first;
    `identity` is that of its contents, signed or not. `audience` is who may read it."""

    country: str
    year: int
    number: int
    recipient: str
    identity: str
    audience: Audience = Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file to send. The outbox knows it by `sha256`, and a package by its `label`, which is None for any other
    file."""

    name: str
    content: bytes
    sha256: str
    label: PackageLabel | None = None

    @property
    def looks_like_package(self) -> bool:
        return bool(bag_info(self.content))

    @property
    def edition(self) -> tuple[str, int] | None:
        """Country and year by bag-info.txt, or else by the name. None when neither tells them."""
        found = STATED.search(bag_info(self.content)) or EDITION.search(self.name)
        return (found[1], int(found[2])) if found else None


def bag_info(content: bytes) -> str:
    """The text of bag-info.txt, the second file that is stored in a package. Empty for any other file. Nothing is
    checked."""
    found = INSIDE.search(content[:HEAD]) if content.startswith(BEGINNING) else None
    return found[1].decode(errors="replace") if found else ""


def read_outgoing(path: Path) -> OutgoingFile:
    """Read a file to send. Raises UsageError for one that cannot be read, is empty or has an unprintable name."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise UsageError(f"{path} cannot be read: {problem.strerror}", hint="name the package to send") from None
    if not path.name.isprintable():
        raise UsageError(f"{path.name!r} holds signs that no letter can name", hint="rename the file")
    if not content:
        raise UsageError(f"{path} is empty", hint="make the package again")
    return OutgoingFile(path.name, content, checksum(content))
