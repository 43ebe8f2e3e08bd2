"""Check a stranger's workbook or Word file before it is parsed. One that would take long, or carries active content, is
refused in words that the adviser can pass on to its sender."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from reporter.data.errors import ReporterError, one_line

START = b"PK\x03\x04"
# Old formats and encrypted files are OLE files.
OLE = b"\xd0\xcf\x11\xe0"
# Errors of the standard library on an archive that no office program wrote.
DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
TYPES = "[content_types].xml"
# A form has some 30 kB in 15 parts; users may add sheets of their own.
MOST_BYTES, MOST_PARTS, MOST_UNPACKED = 5_000_000, 300, 40_000_000
# Excel's printer settings are not a program.
HARMLESS = re.compile(r"xl/printerSettings/printerSettings\d*\.bin", re.I)
PROGRAMS = re.compile(r"vbaProject|\.bin$|activeX|embeddings|ctrlProps", re.I)
LINKS = re.compile(r"externalLinks/", re.I)
PICTURES = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|bin)$", re.I)
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{0,40})", re.I)
# In these encodings a declaration looks as above; every spreadsheet writes one of them.
READABLE = (b"utf-8", b"us-ascii", b"ascii")
# Far less than spreadsheets write into a sheet of a million empty rows, far more than a form contains.
MOST_OF_PART = 12_000_000
BOOK_AGAIN = "ask for it as an Excel workbook (.xlsx) without macros or a password, saved again"
AS_BOOK = "ask for it as an Excel workbook: in LibreOffice File, Save as, Excel 2007-365 (.xlsx)"
VALUES = "ask for it with numbers instead of links: Data, Edit links, Break link"
ROWS = "ask for it without the empty rows below the tables and without additional sheets"
# The profile has some 3 MB with its charts; a reviewer may paste pictures.
WORD_BYTES, WORD_PARTS, WORD_UNPACKED = 60_000_000, 3_000, 300_000_000
MACROS = re.compile(r"vbaProject|vbaData|activeX", re.I)
WORD_AGAIN = "open it in Word or LibreOffice, and save it as a Word document (.docx) without macros or a password"
AS_WORD = (
    "in LibreOffice or Google Docs: File, Save as (Download), Word document (.docx); comments and changes are kept"
)
SMALLER = "remove the pictures that were pasted in, and save the file again"


def refuse_unsafe(content: bytes, name: str) -> None:
    """Raise ReporterError for a workbook that is not safe to read."""
    if content.startswith(OLE):
        raise ReporterError(f"{name} is an old workbook (.xls), or one with a password", hint=BOOK_AGAIN)
    if len(content) > MOST_BYTES:
        raise ReporterError(f"{name} is {len(content) / 1e6:.1f} MB; forms and tables are less than one", hint=ROWS)
    unlike = f"{name} is not a workbook", f"{name} is a document of LibreOffice (.ods)"
    with _opened(content, name, "xl/", unlike, BOOK_AGAIN, AS_BOOK) as book:
        parts = book.infolist()
        if len(parts) > MOST_PARTS or sum(member.file_size for member in parts) > MOST_UNPACKED:
            raise ReporterError(f"{name} is too large for a form when unpacked", hint=ROWS)
        for part in parts:
            _refuse_part(book, part, name)


def _refuse_part(book: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    path = part.filename
    if LINKS.search(path):
        raise ReporterError(f"{name} takes numbers from other workbooks, which are missing", hint=VALUES)
    if PROGRAMS.search(path) and not HARMLESS.fullmatch(path):
        filename = one_line(path)[:60]
        raise ReporterError(f"{name} contains more than tables: {filename}", hint=BOOK_AGAIN)
    if PICTURES.search(path):
        return
    if part.file_size > MOST_OF_PART:
        raise ReporterError(f"{name} has a sheet or a list of texts that is too large", hint=ROWS)
    with book.open(part) as file:
        # Never more than the declared size.
        content = file.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise ValueError("a part is larger than declared")
    encoding = ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    hidden = b"\0" in content[:200] or (encoding and encoding[1].lower() not in READABLE)
    if hidden or DECLARATION.search(content):
        raise ReporterError(f"{name} declares entities or another encoding, which no spreadsheet does", hint=BOOK_AGAIN)


def refuse_unsafe_word(content: bytes, name: str) -> None:
    """Raise ReporterError for a Word file that is not safe to read."""
    if content.startswith(OLE):
        raise ReporterError(f"{name} is an old Word document (.doc), or one with a password", hint=WORD_AGAIN)
    if content.startswith((b"%PDF", b"{\\rtf")):
        raise ReporterError(f"{name} is not a Word document (.docx)", hint=AS_WORD)
    if len(content) > WORD_BYTES:
        raise ReporterError(f"{name} is {len(content) / 1e6:.0f} MB; a report is about three", hint=SMALLER)
    unlike = f"{name} is not a Word document", f"{name} is a document of LibreOffice (.odt)"
    with _opened(content, name, "word/", unlike, WORD_AGAIN, AS_WORD) as book:
        parts = book.infolist()
        if len(parts) > WORD_PARTS or sum(part.file_size for part in parts) > WORD_UNPACKED:
            raise ReporterError(f"{name} is too large for a report when unpacked", hint=SMALLER)
        with book.open(next(part for part in parts if part.filename.casefold() == TYPES)) as file:
            is_program = b"macroenabled" in file.read(1_000_000).lower()
        if is_program or any(MACROS.search(part.filename) for part in parts):
            raise ReporterError(f"{name} contains macros", hint=WORD_AGAIN)


@contextmanager
def _opened(
    content: bytes, name: str, folder: str, unlike: tuple[str, str], again: str, instead: str
) -> Iterator[zipfile.ZipFile]:
    """An Office archive with `folder`. `unlike` are the errors for another file and for LibreOffice's format."""
    other, open_document = unlike
    if not content.startswith(START):
        raise ReporterError(other, hint=instead)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = [part.filename.casefold() for part in book.infolist()]
            if {"mimetype", "content.xml"} <= {*names}:
                raise ReporterError(open_document, hint=instead)
            if TYPES not in names or not any(path.startswith(folder) for path in names):
                raise ReporterError(other, hint=instead)
            if len({*names}) < len(names):
                raise ReporterError(f"{name} contains two parts of the same name", hint=again)
            yield book
    except DAMAGED as problem:
        raise ReporterError(f"{name} cannot be read: {one_line(str(problem))[:60]}", hint=again) from None
