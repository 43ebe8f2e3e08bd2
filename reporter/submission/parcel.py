"""A package as it is sent: its bytes, their checksum, and the edition its name tells."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from reporter.errors import UsageError

EDITION = re.compile(r"(?<![A-Za-z])([A-Z]{2})[-_]([12]\d{3})(?!\d)")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file to send, whatever it holds; the outbox knows it by `sha256`."""

    name: str
    content: bytes
    sha256: str

    @property
    def edition(self) -> tuple[str, int] | None:
        """Country and year as the name tells them (`LT-2020-commission.zip`), or None."""
        found = EDITION.search(self.name)
        return (found[1], int(found[2])) if found else None


def checksum(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_parcel(path: Path) -> Parcel:
    """The file to send; raises UsageError when there is none or nothing in it."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise UsageError(f"{path} cannot be read: {problem.strerror}", hint="name the package to send") from None
    if not path.name.isprintable():
        raise UsageError(f"{path.name!r} holds signs that no letter can name", hint="rename the file")
    if not content:
        raise UsageError(f"{path} is empty", hint="make the package again")
    return Parcel(path.name, content, checksum(content))
