"""SHA-256 checksums, in hexadecimal digits."""

import hashlib
from collections.abc import Iterable, Mapping


def checksum(content: bytes | str) -> str:
    return checksum_of((content,))


def checksum_of(pieces: Iterable[bytes | str]) -> str:
    total = hashlib.sha256()
    for piece in pieces:
        total.update(piece.encode() if isinstance(piece, str) else piece)
    return total.hexdigest()


def sums_of(contents: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    return tuple((name, checksum(contents[name])) for name in sorted(contents))


def list_checksum(sums: Mapping[str, str]) -> str:
    """The SHA-256 of a list of files with their checksums. The list has a line `SHA-256 path` for each file, as
    sha256sum prints it, sorted by path."""
    return checksum_of(f"{sums[path]}  {path}\n" for path in sorted(sums))
