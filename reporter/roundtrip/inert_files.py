"""Find files of a package that would run, load or send something."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from reporter.files.sources import TYPEFACES
from reporter.roundtrip.active_content import active_content, template_flaws
from reporter.roundtrip.active_parts import pdf_flaws, workbook_flaws
from reporter.roundtrip.cross_check import MOST_FIGURES, MOST_PDF, Files
from reporter.roundtrip.package_names import is_pasted
from reporter.roundtrip.read_pdf import attached_files
from reporter.roundtrip.stated import MalformedFileError

PAGE, PDF, BOOK, TABLE = ".html", ".pdf", ".xlsx", ".csv"
# What no browser shows as a page, and no office runs.
DATA = frozenset({TABLE, ".json", ".md", ".txt", BOOK, ".yaml"})
# What a package is made from: templates, themes and translations besides.
SOURCE = re.compile(r"(?:data/)?source/")
MATERIAL = DATA | {".po", ".css", ".toml", *TYPEFACES}
# What a spreadsheet would work out, or ask another program for, instead of showing it.
FORMULA = re.compile(r"[=@\t\r]|[+-].*[(|!]", re.S)
STRANGE = "a kind of file that no package of ours has"


def is_page(name: str) -> bool:
    """Return whether a file is a web page, by its name. A template that a page is made from is none."""
    return _ending(name) == PAGE and not SOURCE.match(name)


def active_files(files: Files) -> tuple[tuple[str, str], ...]:
    """Look at each file by its kind, and say what is wrong."""
    return tuple((name, flaw) for name in files.names for flaw in _flaws(files, name))


def _flaws(files: Files, name: str) -> Iterator[str]:
    ending = _ending(name)
    if is_page(name):
        yield from active_content(b"".join(files.pieces(name)), fragment=is_pasted(name))
    elif ending == PAGE:
        yield from template_flaws(b"".join(files.pieces(name)))
    elif ending in (PDF, BOOK, TABLE):
        if files.size(name) <= (MOST_PDF if ending == PDF else MOST_FIGURES):
            yield from _within(name, b"".join(files.pieces(name)))
    elif ending not in (MATERIAL if SOURCE.match(name) else DATA):
        yield f"is {STRANGE}"


def _within(name: str, content: bytes) -> Iterator[str]:
    ending = _ending(name)
    try:
        if ending == BOOK:
            yield from workbook_flaws(content)
        elif ending == TABLE:
            yield from table_flaws(content)
        elif ending == PDF:
            for each, data in attached_files(content):
                if _ending(each) in DATA:
                    yield from (f"in the file {each} attached, {flaw}" for flaw in _within(each, data))
                else:
                    yield f"has {each} attached, {STRANGE}"
            yield from pdf_flaws(content)
    except MalformedFileError as problem:
        yield str(problem)


def table_flaws(content: bytes) -> Iterator[str]:
    """Find the first cell that a spreadsheet would run as a formula."""
    try:
        for number, row in enumerate(csv.reader(io.StringIO(content.decode(errors="replace"), newline="")), 1):
            for cell in row:
                if FORMULA.match(cell):
                    yield f"line {number}: has a cell that a spreadsheet runs: {cell[:40]!r}"
                    return
    except csv.Error as problem:
        raise MalformedFileError(f"is no CSV: {problem}") from None


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.casefold()
