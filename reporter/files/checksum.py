"""SHA-256 checksums, in hexadecimal digits."""

import hashlib
from collections.abc import Iterable, Mapping


def checksum(content: bytes | str) -> str:
    """Calculate the SHA-256 of some bytes, or of a text in UTF-8."""
    return checksum_of((content,))


def checksum_of(pieces: Iterable[bytes | str]) -> str:
    """Calculate the SHA-256 of pieces, one after the other."""
    total = hashlib.sha256()
    for piece in pieces:
        total.update(piece.encode() if isinstance(piece, str) else piece)
    return total.hexdigest()


def sums_of(contents: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """The checksums of some files, sorted by name."""
    return tuple((name, checksum(contents[name])) for name in sorted(contents))


def list_checksum(sums: Mapping[str, str]) -> str:
    """The SHA-256 of a list of files with their checksums. The list has a line `SHA-256 path` for each file, as
    sha256sum prints it, sorted by path."""
    return checksum_of(f"{sums[path]}  {path}\n" for path in sorted(sums))
