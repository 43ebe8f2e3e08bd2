"""Look into a packed office file that came from a stranger."""

import io
import zipfile
import zlib
from collections.abc import Callable

from reporter.errors import ReporterError

START = b"PK\x03\x04"
# The old formats, and what is encrypted, are files of another kind.
OLE = b"\xd0\xcf\x11\xe0"
# What the standard library raises of an archive that was made by no office program.
DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


def look_inside(content: bytes, name: str, remedy: str, look: Callable[[zipfile.ZipFile, str], None]) -> None:
    """Look at the parts of an archive. Raises what `look` raises, and ReporterError with the remedy where it cannot be
    opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            look(book, name)
    except DAMAGED as problem:
        raise ReporterError(f"{name} cannot be read: {plain_words_of_stranger(problem)}", hint=remedy) from None


def plain_words_of_stranger(told: object) -> str:
    return "".join(each if each.isprintable() else " " for each in str(told))[:60]
