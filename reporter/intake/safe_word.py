"""Look at a Word file before anything reads it."""

import re
import zipfile

from reporter.errors import ReporterError
from reporter.intake.safe_archive import OLE, START, look_inside

# The profile has some 3 MB with its charts; a reviewer may paste pictures.
MOST_BYTES, MOST_PARTS, MOST_UNPACKED = 60_000_000, 3_000, 300_000_000
MACROS = re.compile(r"vbaProject|vbaData|activeX", re.I)
TYPES = "[Content_Types].xml"
ANEW = "open it in Word or LibreOffice, and save it as a Word document (.docx) without macros and password"
OPEN = "in LibreOffice or Google Docs: File, Save as (Download), Word document (.docx); comments and changes are kept"
SMALLER = "take out the pictures that were pasted in, and save it anew"


def refuse_unsafe_word(content: bytes, name: str) -> None:
    """Refuse a Word file that would take time, or bring something along. Raises ReporterError in the words of whoever
    has to answer the reviewer."""
    if content.startswith(OLE):
        raise ReporterError(f"{name} is an old Word document (.doc), or one with a password", hint=ANEW)
    if content.startswith((b"%PDF", b"{\\rtf")):
        raise ReporterError(f"{name} is no Word document (.docx)", hint=OPEN)
    if len(content) > MOST_BYTES:
        raise ReporterError(f"{name} has {len(content) / 1e6:.0f} MB, and a report has some three", hint=SMALLER)
    if not content.startswith(START):
        raise ReporterError(f"{name} is no Word document", hint=OPEN)
    look_inside(content, name, ANEW, _refuse_parts)


def _refuse_parts(book: zipfile.ZipFile, name: str) -> None:
    parts = book.infolist()
    names = {each.filename.casefold() for each in parts}
    if "mimetype" in names and "content.xml" in names:
        raise ReporterError(f"{name} is a document of LibreOffice (.odt)", hint=OPEN)
    if TYPES.casefold() not in names or not any(each.startswith("word/") for each in names):
        raise ReporterError(f"{name} is no Word document", hint=OPEN)
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
        raise ReporterError(f"{name} unpacks to more than any report", hint=SMALLER)
    if len(names) < len(parts):
        raise ReporterError(f"{name} holds two parts of one name", hint=ANEW)
    types = next(each for each in parts if each.filename.casefold() == TYPES.casefold())
    brought = next((each.filename for each in parts if MACROS.search(each.filename)), "")
    with book.open(types) as file:
        if brought or b"macroenabled" in file.read(1_000_000).lower():
            raise ReporterError(f"{name} brings macros", hint=ANEW)
