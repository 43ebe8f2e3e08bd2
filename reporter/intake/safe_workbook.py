"""Look at a workbook that came by mail before anything reads it."""

import re
import zipfile

from reporter.errors import ReporterError
from reporter.intake.safe_archive import OLE, START, look_inside, plain_words_of_stranger

# A form has some 30 kB in 15 parts; a person may add sheets of their own.
MOST_BYTES, MOST_PARTS, MOST_UNPACKED = 5_000_000, 300, 40_000_000
# What Excel remembers of a printer is no program.
HARMLESS = re.compile(r"xl/printerSettings/printerSettings\d*\.bin", re.I)
PROGRAMS = re.compile(r"vbaProject|\.bin$|activeX|embeddings|ctrlProps", re.I)
LINKS = re.compile(r"externalLinks/", re.I)
PICTURES = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|bin)$", re.I)
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{0,40})", re.I)
# In these a declaration looks as above; every spreadsheet writes one of them.
READABLE = (b"utf-8", b"us-ascii", b"ascii")
# What spreadsheets write into a sheet of an empty million of rows is far more than a form holds.
MOST_OF_PART = 12_000_000
ANEW = "ask for it as an Excel workbook (.xlsx) without macros and password, saved anew"
OPEN = "ask for it as an Excel workbook: in LibreOffice File, Save as, Excel 2007-365 (.xlsx)"
VALUES = "ask for it with numbers in the place of links: Data, Edit links, Break link"
ROWS = "ask for it without the empty rows below the tables, and without further sheets"


def refuse_unsafe(content: bytes, name: str) -> None:
    """Refuse a workbook that would take time, or bring something along. Raises ReporterError in the words of whoever
    has to answer the agency."""
    if content.startswith(OLE):
        raise ReporterError(f"{name} is an old workbook (.xls), or one with a password", hint=ANEW)
    if len(content) > MOST_BYTES:
        raise ReporterError(f"{name} has {len(content) / 1e6:.1f} MB, and a form or table has less than one", hint=ROWS)
    if not content.startswith(START):
        raise ReporterError(f"{name} is no workbook", hint=ANEW)
    look_inside(content, name, ANEW, _refuse_parts)


def _refuse_parts(book: zipfile.ZipFile, name: str) -> None:
    parts = book.infolist()
    names = {each.filename.casefold() for each in parts}
    if "mimetype" in names and "content.xml" in names:
        raise ReporterError(f"{name} is a document of LibreOffice (.ods)", hint=OPEN)
    if "[content_types].xml" not in names or not any(each.startswith("xl/") for each in names):
        raise ReporterError(f"{name} is no workbook", hint=ANEW)
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
        raise ReporterError(f"{name} unpacks to more than any form holds", hint=ROWS)
    if len(names) < len(parts):
        raise ReporterError(f"{name} holds two parts of one name", hint=ANEW)
    for each in parts:
        if LINKS.search(each.filename):
            raise ReporterError(f"{name} takes numbers from other workbooks, which are not here", hint=VALUES)
        if PROGRAMS.search(each.filename) and not HARMLESS.fullmatch(each.filename):
            raise ReporterError(f"{name} brings more than tables: {plain_words_of_stranger(each.filename)}", hint=ANEW)
        if each.file_size > MOST_OF_PART and not PICTURES.search(each.filename):
            raise ReporterError(f"{name} has a sheet or a list of words without end", hint=ROWS)
        if not PICTURES.search(each.filename):
            _refuse_declarations(_read(book, each), name)


def _refuse_declarations(content: bytes, name: str) -> None:
    encoding = ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    hidden = b"\0" in content[:200] or (encoding and encoding[1].lower() not in READABLE)
    if hidden or DECLARATION.search(content):
        raise ReporterError(f"{name} declares entities or another encoding, which no spreadsheet does", hint=ANEW)


def _read(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The bytes of a part, no more than it says to have."""
    with book.open(part) as file:
        content = file.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise ValueError("a part is larger than it says")
    return content
