"""Find files of a package that would run, load or send something."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from reporter.roundtrip.active_content import active_content
from reporter.roundtrip.active_parts import pdf_flaws, workbook_flaws
from reporter.roundtrip.cross_check import MOST_FIGURES, MOST_PDF, Files
from reporter.roundtrip.package_names import is_pasted
from reporter.roundtrip.read_pdf import attached_files
from reporter.roundtrip.stated import MalformedFileError

PAGE, PDF, BOOK = ".html", ".pdf", ".xlsx"
# What no browser shows as a page, and no office runs.
DATA = frozenset({".csv", ".json", ".md", ".txt", ".xlsx", ".yaml"})


def is_page(name: str) -> bool:
    """Return whether a file is a web page, by its name."""
    return _ending(name) == PAGE


def active_files(files: Files) -> tuple[tuple[str, str], ...]:
    """Look at each file by its kind, and say what is wrong."""
    return tuple((name, flaw) for name in files.names for flaw in _flaws(files, name))


def _flaws(files: Files, name: str) -> Iterator[str]:
    ending = _ending(name)
    if is_page(name):
        yield from active_content(b"".join(files.pieces(name)), fragment=is_pasted(name))
    elif (ending == PDF and files.size(name) <= MOST_PDF) or (ending == BOOK and files.size(name) <= MOST_FIGURES):
        content = b"".join(files.pieces(name))
        try:
            yield from _within_pdf(content) if ending == PDF else workbook_flaws(content)
        except MalformedFileError as problem:
            yield str(problem)
    elif ending != PDF and ending not in DATA:
        yield f"is {STRANGE}"


def _within_pdf(content: bytes) -> Iterator[str]:
    yield from (f"has {each} attached, {STRANGE}" for each, _ in attached_files(content) if _ending(each) not in DATA)
    yield from pdf_flaws(content)


STRANGE = "a kind of file that no package of ours has"


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.casefold()
