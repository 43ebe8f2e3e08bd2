"""Compare each file of figures in a package with the CSV."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple, Protocol

from reporter.document.outline import Volume
from reporter.files.checksum import checksum
from reporter.model import Audience
from reporter.roundtrip import printed_table
from reporter.roundtrip.eurostat import (
    Cells,
    Origins,
    cells_of,
    flow_of,
    is_table,
    list_differences,
    origins_of,
    wrong_origins,
    wrong_table,
)
from reporter.roundtrip.machine import figure_differences, read_json, read_workbook
from reporter.roundtrip.pasted_text import differing, is_pasted, untold
from reporter.roundtrip.printed_table import ExpectedTable
from reporter.roundtrip.read_html import read_page
from reporter.roundtrip.read_pdf import read_pdf
from reporter.roundtrip.stated import Figures, MalformedFileError, figures_of, read_lines

MOST_FIGURES, MOST_PDF = 16 << 20, 64 << 20
MOST_TOLD = 20
# How the names of an edition's files begin, whoever may read them.
BEGINNING = rf"[A-Z]{{2}}-\d{{4}}(?:-{Audience.RESTRICTED})?"
# The stem ends with the language, as every file of an edition does.
OBSERVED = re.compile(r"(?:.*/)?(?P<stem>[^/]+-(?P<language>[a-z]{2,3}))-observations\.(?P<form>csv|json)")
BOOK = re.compile(r"(?:.*/)?[^/]+-(?P<language>[a-z]{2,3})\.xlsx")
EDITION = re.compile(rf"(?:.*/)?{BEGINNING}-(?P<language>[a-z]{{2,3}})(?:-signed)?\.(?P<form>pdf|html)")
ORIGINS = re.compile(r"(?:.*/)?[^/]+-eurostat-origins\.csv")
# What a package has besides: no figures, or those that its readers know by another way.
OTHERS = re.compile(
    rf"data/({BEGINNING}-{Volume.METHODS}-[a-z]{{2,3}}(-signed)?\.(pdf|html)"
    r"|ro-crate-metadata\.json|start\.html|[A-Z]{2}-\d{4}-[^/]+-letter\.pdf|source/.+\.(yaml|md)|metadata/[^/]+-esms\.json"
    r"|figures/([^/]+-(observations|coverage)\.csv-metadata\.json|[^/]+-coverage\.csv|export\.schema\.json)"
    r"|validation/[^/]+-(checks\.json|pdf\.json|pdf\.txt))"
)
UNATTACHED = "no file of all figures is attached"


class Files(Protocol):
    """The files of a package, as the comparison reads them."""

    @property
    def names(self) -> Sequence[str]:
        """The names of the files."""

    def size(self, name: str) -> int:
        """Size of a file in bytes."""

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a file, in pieces."""


class Observed(NamedTuple):
    """A CSV of all figures: language, SHA-256, figures.

    The checksum is empty for the figures of another file that stands in for the CSV.
    """

    language: str
    checksum: str
    figures: Figures


class CrossCheck(NamedTuple):
    """What was compared, and what is wrong.

    `seen` are lines for people, `wrong` pairs of file and message.
    """

    seen: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]


class Base(NamedTuple):
    """The figures that every file is compared with.

    `known` are the CSVs by language, `usual` is the one that counts, `table` is the printed table that it makes.
    """

    known: Mapping[str, Observed]
    usual: Observed
    table: ExpectedTable

    def of(self, language: str) -> Figures:
        """The figures in a language, else those that count."""
        return self.known.get(language, self.usual).figures


Defects = list[tuple[str, str]]
Places = Iterator[tuple[str, Iterable[str]]]


def compare(files: Files) -> CrossCheck:
    """Compare the figures in all files of a package with its CSV.

    Without a CSV the file attached to a PDF stands in for it, else the JSON or the workbook; without any, only the
    tables of Eurostat are compared with their origins.
    """
    known, wrong = _observations(files)
    seen = [f"figures in {name}: {len(each.figures.lines)}" for name, each in known.items()]
    if not known:
        known, wrong = _stand_in(files, wrong)
    places: Places = _eurostat(files, None)
    if known:
        first, usual = next(iter(known.items()))
        by_language = {each.language: each for each in known.values()}
        base = Base(by_language, usual, printed_table.expected_table(usual.figures))
        # Words differ with the language.
        others = (
            (name, figure_differences(usual.figures, each.figures, same_words=each.language == usual.language))
            for name, each in known.items()
            if name != first
        )
        places = chain(
            others,
            _machine(files, base),
            _pages(files, base),
            _pasted(files, usual.figures),
            _eurostat(files, usual.figures),
        )
    for name, told in chain(places, _strangers(files)):
        seen.append(f"the same in {name}")
        wrong += _first_messages(name, told)
    bad = {name for name, _ in wrong}
    return CrossCheck(tuple(line for line in seen if line.removeprefix("the same in ") not in bad), tuple(wrong))


def _first_messages(name: str, messages: Iterable[str]) -> list[tuple[str, str]]:
    """The first messages about a file, and the number of further ones."""
    try:
        found = list(messages)
    except MalformedFileError as problem:
        return [(name, str(problem))]
    more = [f"and {len(found) - MOST_TOLD} more figures differ"] if len(found) > MOST_TOLD else []
    return [(name, message) for message in (*found[:MOST_TOLD], *more)]


def _observations(files: Files) -> tuple[dict[str, Observed], list[tuple[str, str]]]:
    """Read the CSVs of all figures; tell which are malformed."""
    known: dict[str, Observed] = {}
    wrong: list[tuple[str, str]] = []
    for name in files.names:
        match = OBSERVED.fullmatch(name)
        if match and match["form"] == "csv":
            try:
                known[name] = _observed(match["language"], _read_file(files, name))
            except MalformedFileError as problem:
                wrong.append((name, str(problem)))
    return known, wrong


def _observed(language: str, content: bytes) -> Observed:
    return Observed(language, checksum(content), figures_of(read_lines(_lines(content))))


def _stand_in(files: Files, wrong: Defects) -> tuple[dict[str, Observed], Defects]:
    """Read the first file that can stand in for the CSV.

    When none can, tell why.
    """
    ranks = [".pdf", "json", "xlsx", ".csv"]
    for name in sorted((each for each in files.names if _language(each)), key=lambda name: ranks.index(name[-4:])):
        try:
            return {name: _read_stand_in(files, name)}, wrong
        except MalformedFileError as problem:
            wrong = [*wrong, (name, str(problem))]
    return {}, wrong


def _language(name: str) -> str:
    """The language of a file that holds all figures, else empty."""
    found = OBSERVED.fullmatch(name) or BOOK.fullmatch(name) or EDITION.fullmatch(name)
    return "" if found is None or name.endswith(".html") else found["language"]


def _read_stand_in(files: Files, name: str) -> Observed:
    """Read the figures of a file that stands in for the CSV.

    Raises MalformedFileError when it holds none.
    """
    content = _read_file(files, name)
    if name.endswith(".pdf"):
        inside, _ = read_pdf(content, table=False)
        if inside is None:
            raise MalformedFileError(UNATTACHED)
        found = _observed(_language(name), inside)
    else:
        figures = read_json(content) if name.endswith(".json") else read_workbook(content)
        found = Observed(_language(name), "", figures)
    return found._replace(figures=replace(found.figures, place=name.rpartition("/")[2]))


def _machine(files: Files, base: Base) -> Places:
    """Compare the JSON and the workbooks."""
    for name in files.names:
        observed, book = OBSERVED.fullmatch(name), BOOK.fullmatch(name)
        if observed and observed["form"] == "json":
            yield name, _compare_machine(files, name, base, read_json)
        elif book:
            yield name, _compare_machine(files, name, base, read_workbook)


def _compare_machine(files: Files, name: str, base: Base, read: Callable[[bytes], Figures]) -> Iterator[str]:
    language = _language(name)
    yield from figure_differences(base.of(language), read(_read_file(files, name)), same_words=language in base.known)


def _pages(files: Files, base: Base) -> Places:
    """Compare the PDFs, the files attached to them, and the web pages."""
    for name in files.names:
        match = EDITION.fullmatch(name)
        if match and match["form"] == "html":
            yield name, _page(files, name, base.table)
        elif match:
            yield name, _pdf(files, name, match["language"], base)


def _pasted(files: Files, figures: Figures) -> Places:
    """Compare the texts for the Commission's page."""
    texts = {name: _read_file(files, name) for name in files.names if is_pasted(name)}
    for name, content in texts.items():
        beside = texts.get(f"{name.removesuffix('.html')}.md") if name.endswith(".html") else None
        yield name, chain(untold(figures, content), () if beside is None else differing(content, beside))


def _page(files: Files, name: str, table: ExpectedTable) -> Iterator[str]:
    if table.lines:
        yield from printed_table.table_differences(table, read_page(files.pieces(name)))


def _pdf(files: Files, name: str, language: str, base: Base) -> Iterator[str]:
    attached, rows = read_pdf(_read_file(files, name), table=bool(base.table.lines))
    own = base.known.get(language)
    if attached is None:
        yield UNATTACHED
    # Where it is the CSV itself, byte for byte, it states the same.
    elif own is None or checksum(attached) != own.checksum:
        inside = figures_of(read_lines(_lines(attached)))
        for message in figure_differences(base.of(language), inside, same_words=own is not None):
            yield f"in the file attached, {message}"
    if base.table.lines:
        yield from printed_table.table_differences(base.table, rows)


def _eurostat(files: Files, figures: Figures | None) -> Places:
    """Compare the lists of origins and the tables of Eurostat.

    The first list with the figures, the others with the first, the tables with it too.
    """
    lists: dict[str, Origins] = {}
    for name in (each for each in files.names if ORIGINS.fullmatch(each)):
        try:
            lists[name] = origins_of(read_lines(_text(files, name)))
        except MalformedFileError as problem:
            yield name, [f"is no list of origins: {problem}"]
    first = next(iter(lists.values()), ())
    cells, flows = cells_of(first), list[str]()
    for name in (each for each in files.names if is_table(next(files.pieces(each), b""))):
        yield name, _table(files, name, cells, flows)
    for name, own in lists.items():
        wrong = list_differences(own, first) if own is not first else wrong_origins(own, figures) if figures else ()
        lost = dict.fromkeys(line["dataflow"] for line in own if line["dataflow"] not in flows)
        yield name, chain(wrong, (f"there is no table {flow}" for flow in lost))


def _table(files: Files, name: str, cells: Cells, flows: list[str]) -> Iterator[str]:
    """Find what is wrong with a table of Eurostat.

    `flows` are the dataflows of the tables found so far; its own are added.
    """
    lines = list(read_lines(_text(files, name)))
    own = sorted(set(map(flow_of, lines)))
    yield from (f"{flow} is in another file, too" for flow in own if flow in flows)
    flows += own
    yield from wrong_table(lines, cells)


def _strangers(files: Files) -> Places:
    """Report files under a name that no file of a package has.

    Nothing checks what they say, and readers would believe it.
    """
    for name in files.names:
        named = is_pasted(name) or any(each.fullmatch(name) for each in (OBSERVED, BOOK, EDITION, ORIGINS, OTHERS))
        if not (named or is_table(next(files.pieces(name), b""))):
            yield name, ["has a name that no file of a package has: nobody can tell whether its figures are the same"]


def _text(files: Files, name: str) -> Iterator[str]:
    """The lines of a file with their ends."""
    return _lines(_read_file(files, name))


def _lines(content: bytes) -> Iterator[str]:
    return iter(io.StringIO(content.decode("utf-8", errors="replace"), newline=""))


def _read_file(files: Files, name: str) -> bytes:
    """Read a file of figures whole.

    Raises MalformedFileError when it is larger than any should be.
    """
    most = MOST_PDF if name.endswith(".pdf") else MOST_FIGURES
    if files.size(name) > most:
        raise MalformedFileError(f"is larger than {most >> 20} MiB")
    return b"".join(files.pieces(name))
