"""Detect the type of a file by its bytes, not its name."""

import io
import zipfile
import zlib
from pathlib import Path

from reporter.data.errors import UsageError

EMPTY, PDF, PACKAGE, TEXT = "an empty file", "a PDF", "a package of reporter", "a plain text file"
ARCHIVE, JSON = "a ZIP archive", "a JSON file"
PDF_SIGN = b"%PDF-"
# The part of an archive that states its type is short; a longer one could exhaust memory when unpacked.
LONGEST_KIND = 200
# The first bytes of file types.
BEGINNINGS = (
    (PDF_SIGN, PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an older version of Word or Excel"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xfe", "a UTF-16 text file"),
    (b"\xfe\xff", "a UTF-16 text file"),
)
# How text formats start, in lower case.
TEXTS = ((b"<!doctype html", "a web page"), (b"<html", "a web page"), (b"<?xml", "an XML file"), (b"{", JSON))
# Members that identify an archive's type.
INSIDE = (
    ("word/", "a Word document"),
    ("xl/", "an Excel workbook"),
    ("ppt/", "a presentation"),
    ("bagit.txt", PACKAGE),
)
OPEN_DOCUMENTS = {b"text": "a text document", b"spreadsheet": "a spreadsheet", b"presentation": "a presentation"}
BOM, SPACE = b"\xef\xbb\xbf", b" \t\r\n"


def kind_of(content: bytes) -> str:
    """The type of a file with these bytes, such as a Word document."""
    if not content:
        return EMPTY
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(content)
    if file_type := next((kind for beginning, kind in BEGINNINGS if content.startswith(beginning)), ""):
        return file_type
    start = content[:1000].removeprefix(BOM).lstrip(SPACE).lower()
    if file_type := next((kind for beginning, kind in TEXTS if start.startswith(beginning)), ""):
        return file_type
    # PDF readers accept other bytes before the signature.
    return PDF if PDF_SIGN in content[:1024] else "a file of another program" if b"\0" in content else TEXT


def _archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            kind = archive.open("mimetype").read(LONGEST_KIND)[-20:] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError, zlib.error):
        return "a damaged ZIP archive"
    document_type = next((description for word, description in OPEN_DOCUMENTS.items() if word in kind), "")
    inside = (title for part, title in INSIDE for name in names if name.startswith(part) or name.endswith(f"/{part}"))
    return document_type or next(inside, ARCHIVE)


LARGEST_OUTSIDE = 100_000_000


def read_file(path: Path, filename: str = "", *, most: int = -1, hint: str = "") -> bytes:
    """The first bytes of a file named by the user, or all. Raises UsageError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as problem:
        filename = filename or str(path)
        raise UsageError(f"{filename} cannot be read: {problem.strerror}", hint=hint) from None


def read_outside(path: Path, filename: str, kind: str) -> bytes:
    """Read a file named by the user, expected to be of a `kind`. Raises UsageError if it cannot be read."""
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "is not a file" if path.exists() else "does not exist"
        raise UsageError(f"{filename} {what}", hint=f"name {kind}")
    content = read_file(path, filename, most=LARGEST_OUTSIDE + 1, hint="correct its access rights")
    if len(content) > LARGEST_OUTSIDE:
        raise UsageError(f"{filename} is larger than {LARGEST_OUTSIDE // 1_000_000} MB", hint=f"name {kind} itself")
    return content
