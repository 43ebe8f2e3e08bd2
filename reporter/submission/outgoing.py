"""A package as it is sent: its bytes, their checksum, and what it says of itself."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from reporter.errors import UsageError
from reporter.submission.bag import COUNTRY, INFO, YEAR
from reporter.submission.zip_format import LOCAL

BEGINNING = b"PK\3\4"
# What reporter package writes there; the lines between are of others.
STATED = re.compile(rf"^{COUNTRY}: ([A-Z]{{2}})$(?:.*?)^{YEAR}: ([12]\d{{3}})$", re.MULTILINE | re.DOTALL)
EDITION = re.compile(r"(?<![A-Za-z])([A-Z]{2})[-_]([12]\d{3})(?!\d)")


@dataclass(frozen=True, slots=True)
class PackageLabel:
    """What a whole package says of itself: the edition, its number (0: the first), for whom, its SHA-256 unsigned."""

    country: str
    year: int
    number: int
    recipient: str
    unsigned_sha256: str


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file to send; the outbox knows it by `sha256`, and a package by its waybill, None of any other file."""

    name: str
    content: bytes
    sha256: str
    label: PackageLabel | None = None

    @property
    def looks_like_package(self) -> bool:
        """Whether it passes itself off as a package, whole or not."""
        return bool(bag_info(self.content))

    @property
    def edition(self) -> tuple[str, int] | None:
        """Country and year as the package says them in bag-info.txt, else as the name tells them, or None."""
        found = STATED.search(bag_info(self.content)) or EDITION.search(self.name)
        return (found[1], int(found[2])) if found else None


def bag_info(content: bytes) -> str:
    """What stands in bag-info.txt of a package, which is its second file; nothing of another file."""
    place = 0
    for _ in range(2):
        if content[place : place + len(BEGINNING)] != BEGINNING or len(content) < place + LOCAL.size:
            return ""
        *_, size, _, named, further = LOCAL.unpack_from(content, place)
        name = content[place + LOCAL.size : place + LOCAL.size + named].decode(errors="replace")
        begin = place + LOCAL.size + named + further
        if name.endswith(f"/{INFO}"):
            return content[begin : begin + size].decode(errors="replace")
        place = begin + size
    return ""


def checksum(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_outgoing(path: Path) -> OutgoingFile:
    """The file to send; raises UsageError when there is none or nothing in it."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise UsageError(f"{path} cannot be read: {problem.strerror}", hint="name the package to send") from None
    if not path.name.isprintable():
        raise UsageError(f"{path.name!r} holds signs that no letter can name", hint="rename the file")
    if not content:
        raise UsageError(f"{path} is empty", hint="make the package again")
    return OutgoingFile(path.name, content, checksum(content))
