"""The line of the round trip: each file of figures in a package held against the CSV of observations."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from reporter.roundtrip import printed
from reporter.roundtrip.figures import Figures, UnreadableError, figures_of, read_lines
from reporter.roundtrip.machine import Cell, differing, read_json, read_workbook, wrong_origins, wrong_table
from reporter.roundtrip.page import read_page, read_pdf

MOST_FIGURES = 64 << 20
MOST_TOLD = 20
# The stem ends with the language, as every file of an edition does.
OBSERVED = re.compile(r"(?:.*/)?(?P<stem>[^/]+-(?P<language>[a-z]{2,3}))-observations\.(?P<form>csv|json)")
BOOK = re.compile(r"(?:.*/)?[^/]+-(?P<language>[a-z]{2,3})\.xlsx")
EDITION = re.compile(r"(?:.*/)?[A-Z]{2}-\d{4}-(?P<language>[a-z]{2,3})(?:-signed)?\.(?P<form>pdf|html)")
ORIGINS = re.compile(r"(?:.*/)?[^/]+-eurostat-origins\.csv")
TABLE = re.compile(r"(?:.*/)?[A-Z0-9]+_[A-Z0-9]+_A_[A-Z]{2}_\d{4}_0000(?:_[A-Z0-9]+)?\.CSV")


class Files(Protocol):
    """The files of a package: their names, what they hold in pieces, and each on disk while a block lasts."""

    @property
    def names(self) -> Sequence[str]:
        """The names of the files."""

    def size(self, name: str) -> int:
        """How many bytes a file has."""

    def pieces(self, name: str) -> Iterator[bytes]:
        """What it holds."""

    def on_disk(self, name: str) -> AbstractContextManager[Path]:
        """The file under a path."""


class Observed(NamedTuple):
    """A CSV of all figures: its language, its bytes by their checksum, and what it states."""

    language: str
    checksum: bytes
    figures: Figures


class Found(NamedTuple):
    """What was compared, in lines for people, and what is wrong by file."""

    seen: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]


def compare(files: Files) -> Found:
    """Every place of a package where a figure stands, held against its CSV; without a CSV nothing can be compared."""
    known, wrong = _observations(files)
    seen = [f"figures in {name}: {len(each.figures.lines)}" for name, each in known.items()]
    if not known:
        return Found((), tuple(wrong))
    base, usual = next(iter(known.items()))
    by_language = {each.language: each for each in known.values()}
    for name, each in known.items():
        if name != base:
            wrong += _told(name, differing(usual.figures, each.figures, same_words=each.language == usual.language))
    places: Iterable[tuple[str, Iterable[str]]] = chain(
        _machine(files, by_language, usual), _pages(files, by_language, usual), _eurostat(files, usual.figures)
    )
    for name, told in places:
        seen.append(f"the same in {name}")
        wrong += _told(name, told)
    bad = {name for name, _ in wrong}
    return Found(tuple(line for line in seen if line.removeprefix("the same in ") not in bad), tuple(wrong))


def _told(name: str, messages: Iterable[str]) -> list[tuple[str, str]]:
    """The first messages about a file, and how many more there are."""
    try:
        found = list(messages)
    except UnreadableError as problem:
        return [(name, str(problem))]
    more = [f"and {len(found) - MOST_TOLD} more figures differ"] if len(found) > MOST_TOLD else []
    return [(name, message) for message in (*found[:MOST_TOLD], *more)]


def _observations(files: Files) -> tuple[dict[str, Observed], list[tuple[str, str]]]:
    """The CSVs of all figures by name."""
    known: dict[str, Observed] = {}
    wrong: list[tuple[str, str]] = []
    for name in files.names:
        match = OBSERVED.fullmatch(name)
        if match and match["form"] == "csv":
            try:
                known[name] = _observed(match["language"], _whole(files, name))
            except UnreadableError as problem:
                wrong.append((name, str(problem)))
    return known, wrong


def _observed(language: str, content: bytes) -> Observed:
    return Observed(language, sha256(content).digest(), figures_of(read_lines(_lines(content))))


def _machine(files: Files, known: Mapping[str, Observed], usual: Observed) -> Iterator[tuple[str, Iterator[str]]]:
    """JSON and workbooks."""
    heads = list(next(iter(usual.figures.lines.values()), {}))
    for name in files.names:
        observed, book = OBSERVED.fullmatch(name), BOOK.fullmatch(name)
        if observed and observed["form"] == "json":
            yield name, _held(files, name, known, observed["language"], usual, read_json)
        elif book:
            yield name, _held(files, name, known, book["language"], usual, lambda data: read_workbook(data, heads))


def _held(
    files: Files,
    name: str,
    known: Mapping[str, Observed],
    language: str,
    usual: Observed,
    read: Callable[[bytes], Figures],
) -> Iterator[str]:
    expected = known.get(language, usual).figures
    yield from differing(expected, read(_whole(files, name)), same_words=language in known)


def _pages(files: Files, known: Mapping[str, Observed], usual: Observed) -> Iterator[tuple[str, Iterator[str]]]:
    """What the PDFs and the pages of HTML print, and what travels in the PDFs."""
    for name in files.names:
        match = EDITION.fullmatch(name)
        if match and match["form"] == "html":
            yield name, _page(files, name, usual.figures)
        elif match:
            yield name, _pdf(files, name, known.get(match["language"]), usual)


def _page(files: Files, name: str, usual: Figures) -> Iterator[str]:
    if usual.series():
        yield from printed.differing(usual, read_page(files.pieces(name)))


def _pdf(files: Files, name: str, own: Observed | None, usual: Observed) -> Iterator[str]:
    with files.on_disk(name) as path:
        attached, rows = read_pdf(path)
    if attached is None:
        yield "no file of all figures is attached"
    # Where it is the CSV itself, byte for byte, it states the same.
    elif own is None or sha256(attached).digest() != own.checksum:
        inside = figures_of(read_lines(_lines(attached)))
        for message in differing((own or usual).figures, inside, same_words=own is not None):
            yield f"in the file attached, {message}"
    if usual.figures.series():
        yield from printed.differing(usual.figures, rows)


def _eurostat(files: Files, figures: Figures) -> Iterator[tuple[str, Iterable[str]]]:
    """The lists of origins against the figures, and the tables of Eurostat against the list."""
    tables = [name for name in files.names if TABLE.fullmatch(name)]
    cells: dict[Cell, str] = {}
    for name in (each for each in files.names if ORIGINS.fullmatch(each)):
        try:
            cells, wrong = wrong_origins(read_lines(_text(files, name)), figures)
        except (UnreadableError, KeyError) as problem:
            wrong = [f"is no list of origins: {problem}"]
        yield name, wrong
    for name in tables:
        yield name, _table(files, name, cells)


def _table(files: Files, name: str, cells: Mapping[Cell, str]) -> Iterator[str]:
    seen: set[Cell] = set()
    yield from wrong_table(read_lines(_text(files, name)), cells, seen.add)
    flows = {flow for flow, _, _ in seen}
    for cell in cells:
        if cell[0] in flows and cell not in seen:
            yield f"{' '.join(cell)} is missing"


def _text(files: Files, name: str) -> Iterator[str]:
    """The lines of a file with their ends."""
    return _lines(_whole(files, name))


def _lines(content: bytes) -> Iterator[str]:
    return iter(io.StringIO(content.decode("utf-8", errors="replace"), newline=""))


def _whole(files: Files, name: str) -> bytes:
    """A file of figures; raises UnreadableError for one that is larger than any is."""
    if files.size(name) > MOST_FIGURES:
        raise UnreadableError(f"is larger than {MOST_FIGURES >> 20} MiB")
    return b"".join(files.pieces(name))
