"""SHA-256 checksums, in hexadecimal digits."""

import hashlib
from collections.abc import Iterable


def checksum(content: bytes | str) -> str:
    """Calculate the SHA-256 of some bytes, or of a text in UTF-8."""
    return checksum_of((content,))


def checksum_of(pieces: Iterable[bytes | str]) -> str:
    """Calculate the SHA-256 of pieces, one after the other."""
    total = hashlib.sha256()
    for piece in pieces:
        total.update(piece.encode() if isinstance(piece, str) else piece)
    return total.hexdigest()
