"""What a workbook may be that came by mail, looked at before anything reads it."""

import io
import re
import zipfile

from reporter.errors import ReporterError

# A form has some 30 kB in 15 parts; a person may add sheets of their own.
MOST_BYTES, MOST_PARTS, MOST_UNPACKED = 5_000_000, 300, 40_000_000
START = b"PK\x03\x04"
# The old format, and what is encrypted, are files of another kind.
OLE = b"\xd0\xcf\x11\xe0"
MACROS = re.compile(r"vbaProject|\.bin$|activeX|embeddings|externalLinks|ctrlProps", re.I)
SHEETS = re.compile(r"xl/(?:worksheets|chartsheets)/[^/]+\.xml")
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
# What spreadsheets write into a sheet of an empty million of rows is far more than a form holds.
MOST_OF_SHEET = 12_000_000
MACHINES = "save it anew as an Excel workbook (.xlsx) without macros, and send that"


def refuse_unsafe(content: bytes, name: str) -> None:
    """Refuse a workbook that would take time or memory, or bring something along.

    Raises ReporterError in the words of whoever has to answer the agency.
    """
    if content.startswith(OLE):
        raise ReporterError(f"{name} is an old or an encrypted workbook", hint=MACHINES)
    if not content.startswith(START) or len(content) > MOST_BYTES:
        what = (
            f"has {len(content) / 1e6:.1f} MB, and a form has less than one"
            if len(content) > MOST_BYTES
            else "is no workbook"
        )
        raise ReporterError(f"{name} {what}", hint=MACHINES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            _refuse_parts(book, name)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as problem:
        raise ReporterError(f"{name} cannot be read: {problem}", hint=MACHINES) from None


def _refuse_parts(book: zipfile.ZipFile, name: str) -> None:
    parts = book.infolist()
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
        raise ReporterError(f"{name} unpacks to more than any form holds", hint="delete rows and sheets that are empty")
    if len({each.filename.casefold() for each in parts}) < len(parts):
        raise ReporterError(f"{name} holds two parts of one name", hint=MACHINES)
    for each in parts:
        if MACROS.search(each.filename):
            raise ReporterError(f"{name} brings more than tables: {each.filename[:60]}", hint=MACHINES)
        if SHEETS.fullmatch(each.filename) and each.file_size > MOST_OF_SHEET:
            hint = "a sheet has rows without end: delete those below the table, and save it anew"
            raise ReporterError(f"{name} unpacks to more than any form holds", hint=hint)
        if each.filename.lower().endswith((".xml", ".rels", ".vml")) and DECLARATION.search(_read(book, each)):
            raise ReporterError(f"{name} declares entities, which no spreadsheet does", hint=MACHINES)


def _read(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The bytes of a part, no more than it says that it has."""
    with book.open(part) as file:
        content = file.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise ValueError("a part is larger than it says")
    return content
