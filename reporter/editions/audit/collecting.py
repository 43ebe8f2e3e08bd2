"""Collect the numbers of finished files as readers see them, by address, or without one in running text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from reporter.data.errors import ReporterError
from reporter.data.files.sources import DATA, SETTINGS, Sources
from reporter.data.languages.sentences import sentences
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Audience, Vintage, vintage
from reporter.editions.audit.read_figures import (
    VALUE,
    YEAR,
    Figures,
    Line,
    MalformedFileError,
    figures_of,
    parse_number,
    read_json,
    read_lines,
    read_printed_word,
    read_workbook,
)
from reporter.editions.audit.read_pdf import attached_files, number_of, printed_cells
from reporter.editions.public.public_files import for_audience
from reporter.formats.bagit import open_package
from reporter.formats.bagit.bag import DATA as PAYLOAD
from reporter.text.lexicon import NAMES, PERCENT

# Files of an edition for any audience: of all figures, of the profile, and the origins of Eurostat's tables.
OBSERVED = re.compile(r"(?:.*/)?[^/]+-[a-z]{2,3}-observations\.json")
PROFILE = re.compile(rf"(?:.*/)?[A-Z]{{2}}-\d{{4}}(?:-{Audience.RESTRICTED})?-[a-z]{{2,3}}(?:-signed)?\.pdf")
ORIGINS = re.compile(r"(?:.*/)?[^/]+-eurostat-origins\.csv")
DATA_LINK = "data:text/csv;charset=utf-8,"
ALL = "All figures"
# The separator of origins in a cell of Eurostat's tables, and an empty cell.
JOINED, MISSING = " + ", ":"
ADDRESSED = frozenset(("indicator", "code", "year", VALUE))
# Cells of a web page with the figure that they print, and links to the data of its charts.
CELL = re.compile(r'<(?P<tag>t[dh])\b[^>]*? data-figure="(?P<figure>[^"]*)"[^>]*>(?P<text>.*?)</(?P=tag)>', re.S)
LINK = re.compile(r'<a\b[^>]*? href="data:text/csv;charset=utf-8,[^>]*>')
DOWNLOAD = re.compile(r' download="([^"]*)"')
RAISED = re.compile(r"<sup\b.*?</sup>|<span class=\"hanging\">.*?</span>", re.S)
# Content without running text, and the boundaries of paragraphs.
BULK = re.compile(r"<(svg|style|script|head)\b.*?</\1>", re.S | re.I)
UNREAD = re.compile(r"<(table|nav)\b.*?</\1>", re.S | re.I)
BREAK = re.compile(
    r"</?(?:p|li|h[1-6]|figcaption|d[dt]|caption|blockquote|br|div|section|header)\b[^>]*>|\n\s*\n", re.I
)
# "Figure 2" as the page numbers its charts, in any language: such a number counts nothing.
LABEL = re.compile(r'<p class="label"[^>]*>(.*?)</p>', re.S)
OF_COUNTRY = re.compile(r' data-country="([^"]*)"')
TAG = re.compile(r"<[^<>]*>")
# Between paragraphs of Markdown, and before an item of a list.
BLANK_LINE = re.compile(r"\n\s*\n|\n(?=\s*[-*] )")


@dataclass(frozen=True, slots=True)
class AddressedNumber:
    """A number printed in a file, or its absence. `figures` are the addresses whose sum it is. `spot` is its place in
    the file, `country` its country if the file has several."""

    figures: tuple[str, ...]
    year: int
    value: Decimal | None
    spot: str
    qualifier: str = ""
    confidentiality: str = ""
    country: str = ""
    file: str = ""

    @property
    def place(self) -> str:
        return ", ".join(filter(None, (self.file.rpartition("/")[2], self.spot)))

    @property
    def is_exact(self) -> bool:
        return self.value is not None and self.qualifier in ("", "exact")


class ReadFile(NamedTuple):
    """The numbers of a file; `texts` are paragraphs outside tables and charts, `sources` data files inside it."""

    numbers: tuple[AddressedNumber, ...] = ()
    texts: tuple[str, ...] = ()
    sources: tuple[tuple[str, bytes], ...] = ()


def read_numbers(name: str, content: bytes) -> ReadFile:
    """Read the numbers of a finished file. Raises MalformedFileError when its contents do not fit its name."""
    ending = name.rpartition(".")[2].lower()
    if ending == "pdf":
        return _read_pdf(name, content)
    if ending in ("html", "docx"):
        return _read_page(content) if ending == "html" else _read_word(content)
    if ending == "xlsx":
        return ReadFile(tuple(_observed(read_workbook(content), ALL)))
    if OBSERVED.fullmatch(name):
        return ReadFile(tuple(_observed(read_json(content), "")))
    if ending == "csv":
        return ReadFile(tuple(_table(name, content, "")))
    if ending == "yaml":
        return ReadFile(sources=((name, content),))
    if ending == "md":
        return ReadFile(texts=tuple(filter(None, map(str.strip, BLANK_LINE.split(content.decode(errors="replace"))))))
    return ReadFile()


def _read_pdf(name: str, content: bytes) -> ReadFile:
    attached = attached_files(content)
    numbers = [number for file, data in attached if file.endswith(".csv") for number in _table(file, data, file)]
    sources = tuple((file, data) for file, data in attached if file.endswith(".yaml"))
    figures = next((data for file, data in attached if file.endswith("-observations.csv")), None)
    if figures and PROFILE.fullmatch(name):
        for (indicator, _, code), year, text in printed_cells(content, figures_of(read_lines(_lines(figures)))):
            numbers.append(_cell(f"{indicator}.{code}" if code else indicator, str(year), text, ALL))
    return ReadFile(tuple(numbers), sources=sources)


def _read_page(content: bytes) -> ReadFile:
    page = content.decode(errors="replace")
    numbers: list[AddressedNumber] = []
    for link in LINK.finditer(page):
        tag = unescape(link[0])
        _, _, data = tag.partition(DATA_LINK)
        name = DOWNLOAD.search(tag)
        numbers += _table("", unquote(data.partition('"')[0]).encode(), name[1] if name else "data of a chart")
    # Drawings and typefaces are most of a page; the numbers of drawings are in the data.
    page = BULK.sub(" ", page)
    for match in CELL.finditer(page):
        figure, _, year = unescape(match["figure"]).partition("@")
        of, text = OF_COUNTRY.search(match[0].partition(">")[0]), TAG.sub("", RAISED.sub("", match["text"]))
        numbers.append(_cell(figure, year, unescape(text), "a table", of[1] if of else ""))
    numbered = _any_of(_plain(label_match[1]) for label_match in LABEL.finditer(page))
    paragraphs = (" ".join(numbered.sub("", _plain(markup)).split()) for markup in BREAK.split(UNREAD.sub("\n", page)))
    return ReadFile(tuple(numbers), tuple(paragraph for paragraph in paragraphs if paragraph))


def _read_word(content: bytes) -> ReadFile:
    """The cells and texts of a Word file, without the numbers of its charts and tables."""
    cells, paragraphs, labels = read_printed_word(content)
    numbers = tuple(_cell(figure, year, text, "a table", country) for country, figure, year, text in cells)
    numbered = _any_of(labels)
    texts = (" ".join(numbered.sub("", paragraph).split()) for paragraph in paragraphs)
    return ReadFile(numbers, tuple(filter(None, texts)))


def _any_of(labels: Iterable[str]) -> re.Pattern[str]:
    distinct_labels = sorted({*labels} - {""}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, distinct_labels))})(?!\w)" if distinct_labels else r"(?!)")


def _plain(markup: str) -> str:
    return " ".join(unescape(TAG.sub("", markup)).split())


def _cell(figure: str, year: str, text: str, spot: str, country: str = "") -> AddressedNumber:
    """The number printed in a cell."""
    value, is_exact = number_of(text)
    year_of, qualifier = int(year) if YEAR.fullmatch(year) else 0, "" if is_exact else "about"
    return AddressedNumber((figure,), year_of, value, spot, qualifier=qualifier, country=country)


def _lines(content: bytes) -> Iterator[str]:
    return iter(content.decode("utf-8-sig", errors="replace").splitlines(keepends=True))


def _table(name: str, content: bytes, place: str) -> Iterator[AddressedNumber]:
    for line in read_lines(_lines(content)):
        if not ORIGINS.fullmatch(name):
            yield from _line(line, place) if line.keys() >= ADDRESSED else ()
        elif line["value"] not in ("", MISSING) and line["figures"] and YEAR.fullmatch(line["year"]):
            where, figures = (place, line["dataflow"], line["key"]), tuple(line["figures"].split(JOINED))
            number = parse_number(line["value"])
            yield AddressedNumber(figures, int(line["year"]), number, " ".join(filter(None, where)))


def _line(line: Line, place: str) -> Iterator[AddressedNumber]:
    if not line["indicator"] or not (YEAR.fullmatch(line["year"]) or not line["year"]):
        return
    address = f"{line['indicator']}.{line['code']}" if line["code"] else line["indicator"]
    attributes = {column: line.get(column, "") for column in ("qualifier", "confidentiality", "country")}
    yield AddressedNumber((address,), int(line["year"] or 0), parse_number(line[VALUE]), place, **attributes)


def _observed(figures: Figures, place: str) -> Iterator[AddressedNumber]:
    for line in figures.values():
        yield from _line(line, place)


# A number inserted by an expression has its address in the data.
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.S)
TYPED = re.compile(r"(?<![\w/.,–-])\d{1,3}(?:[ \u00a0,.]\d{3})*(?:[.,]\d+)?(?![\w/–-])")
YEAR_FILE = re.compile(r"(\d{4})\.yaml\Z")
# The number of a heading, chart or table.
NUMBERED = re.compile(r"^(?:\w+\s)?\d+(?:\.\d+)*\.?(?:\s|$)(?=\W*[A-ZĀ-Ž]|$)")


@dataclass(frozen=True, slots=True)
class AuditedEdition:
    """An edition with its finished files. `vintage` is its public `snapshot`. `has_left`: published, so it cannot be
    withdrawn. Unless `is_seeded`, it was decided without random choice."""

    name: str
    vintage: Vintage
    files: Mapping[str, bytes] = field(default_factory=dict)
    has_left: bool = False
    rounded: frozenset[tuple[str, int]] = frozenset()
    snapshot: Sources | None = None
    is_seeded: bool = True


@dataclass(frozen=True, slots=True)
class LooseNumber:
    """A number in running text: `text` as written, `around` its sentence, `years` those of its paragraph."""

    file: str
    text: str
    around: str
    years: frozenset[int]

    @property
    def is_percent(self) -> bool:
        return bool(PERCENT.fullmatch(self.text))


@dataclass(frozen=True, slots=True)
class Collected:
    """The numbers in the finished files of an edition. `unread` are files that could not be read, with the reason."""

    numbers: tuple[AddressedNumber, ...]
    loose: tuple[LooseNumber, ...]
    unread: tuple[tuple[str, str], ...]


def collect(edition: AuditedEdition) -> Collected:
    numbers: list[AddressedNumber] = []
    loose: list[LooseNumber] = []
    sources: list[tuple[str, bytes]] = []
    unread: list[tuple[str, str]] = []
    for name, content in edition.files.items():
        try:
            read = read_numbers(name, content)
        except MalformedFileError as problem:
            unread.append((name, str(problem)))
            continue
        # A comparison has the figures of other countries too, by the same addresses.
        own = (number for number in read.numbers if number.country in ("", edition.vintage.country.code))
        numbers += (replace(number, file=name) for number in own)
        loose += (number for text in read.texts for number in _loose(name, text))
        sources += ((f"{name}, {file}" if file != name else name, data) for file, data in read.sources)
    for place, content in sources:
        numbers += _stated(edition, place, content)
    return Collected(tuple(numbers), tuple(loose), tuple(unread))


def _stated(edition: AuditedEdition, place: str, content: bytes) -> Iterator[AddressedNumber]:
    """The further numbers in a data file that is attached to an edition or enclosed in a package."""
    country, snapshot, match = edition.vintage.country.code, edition.snapshot, YEAR_FILE.search(place)
    path = f"{DATA}/{country}/{match[1]}.yaml" if match else ""
    if snapshot is None or path not in snapshot or snapshot[path].content == content:
        return
    data = load_dataset(snapshot.overlay({path: content}), (country,)).dataset.country(country)
    for item in (*data.observations, *(revision.now for revision in data.revisions)) if data else ():
        if item.mark.path == path and item.value is not None:
            qualifier = item.qualifier.value
            yield AddressedNumber((item.address,), item.year, item.value, "", qualifier=qualifier, file=place)


def _loose(file: str, text: str) -> Iterator[LooseNumber]:
    text = NUMBERED.sub("", text)
    years = frozenset(int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text))
    for sentence in sentences(EXPRESSION.sub(" ", text)):
        if not any(map(str.isdigit, sentence)):
            continue
        numbers = [match[0] for match in PERCENT.finditer(sentence)]
        numbers += [match[0] for match in TYPED.finditer(NAMES.sub(" ", sentence))]
        yield from (LooseNumber(file, number, " ".join(sentence.split()), years) for number in dict.fromkeys(numbers))


SOURCE = f"{PAYLOAD}source/"
NAMED = re.compile(r"([A-Z]{2})-(\d{4})-.+")
# Required to read any workspace, and never in a package.
STUB = b"title: {en: Package}\nlanguages: [en]\n"


def audited_package(path: Path) -> AuditedEdition:
    """The edition in a package, by its sources. Raises ReporterError when it is not a package or has no sources."""
    package = open_package(path)
    match = NAMED.fullmatch(package.root)
    if match is None:
        hint = "name its folder after country, year and recipient: LT-2020-commission"
        raise ReporterError(f"{path} does not say of which edition it is", hint=hint)
    country, year = match[1], int(match[2])
    files = {name.removeprefix(PAYLOAD): package.read(name) for name in package.payload}
    contents = {name.removeprefix(SOURCE): package.read(name) for name in package.payload if name.startswith(SOURCE)}
    snapshot = for_audience(Sources.from_contents({SETTINGS: STUB} | contents), Audience.PUBLIC)
    try:
        edition_vintage = vintage(load_dataset(snapshot, (country,)).dataset, country, year)
    except (ReporterError, LookupError):
        hint = "every package of reporter has them in source/: ask the sender to send it again"
        raise ReporterError(f"{path} has no sources of {country} {year} that could be audited", hint=hint) from None
    return AuditedEdition(path.name, edition_vintage, files, has_left=True, snapshot=snapshot)
