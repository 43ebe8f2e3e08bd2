"""What a publication is made of, without knowing how it looks."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from reporter.document.plot import Plot
from reporter.model import EditionStatus, Observation


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication: country, reference year, language, and what its cover says about it.

    `tagline` stands under the title, `about` after the country where a page has no chapter: the year, or the sides of a
    comparison. `stem` is what the names of its files begin with. Dates are written out in the edition's language and
    empty when the source does not state them. `found_at` is where it is to be found, empty when that is not known.
    `named` are the countries that the lists of the years name as places to which victims are brought, on the map of the
    cover, `beside` the countries that are laid side by side. `corrigendum` is its number and date when it is one.
    """

    country: str
    country_name: str
    year: int
    first_year: int
    language: str
    status: EditionStatus
    title: str
    subtitle: str
    tagline: str
    about: str
    stem: str
    rapporteur: str
    publisher: str
    published: str
    data_cutoff: str
    legal_basis: str = ""
    found_at: str = ""
    named: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    corrigendum: str = ""

    @property
    def on_map(self) -> str:
        """The countries that the map of the cover marks, joined by hyphens."""
        return "-".join(self.beside or (self.country,))

    @property
    def map_with_lines(self) -> str:
        """The same, with those named, to which lines lead."""
        return f"{self.on_map}?named={','.join(self.named)}" if self.named else self.on_map

    @property
    def span(self) -> str:
        """The years of the series: 2009–2020, or the one year there is."""
        return str(self.year) if self.first_year == self.year else f"{self.first_year}–{self.year}"

    def csv_name(self, chart: str) -> str:
        """The name of the file with the data of a chart, the same in every format and language."""
        return f"{self.stem}-{chart}.csv"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of the document, numbered through; `text` is plain."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """Running text as safe semantic HTML (p, ul, em, strong, a, sup) and the values printed in it.

    `language` is set when it is not the edition's.
    """

    html: str
    observations: tuple[Observation, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `current` marks the edition's own year, `text` one that holds words.

    `language` is that of the words, when it is not the edition's.
    """

    label: str
    current: bool = False
    text: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value on the page as it is printed, the observation it comes from, and its note marks (a, b …).

    `value` is the number of a cell that is worked out from observations and is none itself.
    """

    text: str
    observation: Observation | None = None
    marks: tuple[str, ...] = ()
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what the stub says, the cells, and how deep it is indented (0 or 1)."""

    label: str
    cells: tuple[Cell, ...]
    level: int = 0
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the parts that typography gives it; `notes` are (mark, text) pairs below it."""

    code: str
    number: int
    caption: str
    unit_line: str
    stub: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    source_note: str
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: what it shows (`plot`), its words, and the table of the same figures for the annex.

    `caption` names it, also in the list of figures; `headline` is what it finds, empty when that cannot be said.
    """

    code: str
    number: int
    caption: str
    unit_line: str
    plot: Plot
    alt: str
    source_note: str
    table: Table
    notes: tuple[tuple[str, str], ...] = ()
    headline: str = ""

    def __post_init__(self) -> None:
        if not self.alt or not self.source_note:
            raise ValueError(f"figure {self.code} needs alt text and a source")


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure at a glance: the value, the change on the year before in words, and a small series."""

    label: str
    value: str
    change: str
    context: str
    icon: str
    accent: int
    plot: Plot
    alt: str
    observation: Observation | None = None


@dataclass(frozen=True, slots=True)
class Tiles:
    """The key figures of the page "At a glance", with their notes."""

    tiles: tuple[Tile, ...]
    source_note: str
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A box beside the text, such as "Reading the figures"."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list of things: a contact, an institution, a reference, a source, a finding."""

    title: str
    lines: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of things under one heading; the title may be empty."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a revised text: `fate` is empty for those that stayed; `label` says what became of the others."""

    text: str
    fate: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class RevisedParagraph:
    """A paragraph of a revised text: what sort it is, its words, and where it came from when it moved.

    One of the sort `unchanged` stands for paragraphs that are left out, and says how many.
    """

    sort: str
    words: tuple[Stretch, ...]
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Revised:
    """The text of a section as two editions have it; `remark` says what is to be known of all of it."""

    title: str
    remark: str
    paragraphs: tuple[RevisedParagraph, ...]
    language: str = ""


def texts(thing: object) -> Iterator[str]:
    """Every text within a part of the document; what an observation knows is not on the page and stays out."""
    waiting = [thing]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, tuple):
            waiting += reversed(each)
        else:
            # mypy takes the hash of what is of a type for that of the type.
            waiting += [getattr(each, name) for name in _parts(type(each))]  # type: ignore[arg-type]


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The fields of a type, the last one first; none of an observation, or of what is no part of a document."""
    told = is_dataclass(kind) and not issubclass(kind, Observation)
    return tuple(reversed([each.name for each in fields(kind)])) if told else ()


Block = Text | Figure | Table | Tiles | Box | Entries | Revised


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document; `number` is "3.1" or empty, `level` 1 to 3, `accent` the chapter's colour.

    `headline` is what the section finds, one line of text with its values; `language` is that of the
    title when it is not the edition's.
    """

    code: str
    number: str
    title: str
    level: int
    accent: int
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    headline: Text | None = None
    language: str = ""

    def walk(self) -> Iterator["Section"]:
        """This section and all below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """The whole publication in reading order.

    `imprint` holds the lines of the page behind the cover, `of_pdf` those that are true of the PDF only;
    `contact` is the office that the last page names.
    """

    edition: Edition
    imprint: tuple[Entry, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    contact: Entry | None = None
    of_pdf: tuple[Entry, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Every section in reading order."""
        for section in self.sections:
            yield from section.walk()

    def figures(self) -> tuple[Figure, ...]:
        """Every chart in reading order."""
        return tuple(block for section in self.walk() for block in section.blocks if isinstance(block, Figure))

    def tables(self) -> tuple[Table, ...]:
        """Every table in reading order."""
        return tuple(block for section in self.walk() for block in section.blocks if isinstance(block, Table))

    def plots(self) -> dict[str, Plot]:
        """Every drawing by the name it has on the page."""
        plots = {figure.code: figure.plot for figure in self.figures()}
        tiles = (block for section in self.walk() for block in section.blocks if isinstance(block, Tiles))
        return plots | {f"tile-{n}": tile.plot for block in tiles for n, tile in enumerate(block.tiles, 1)}


class Attachment(NamedTuple):
    """A file of data that goes with the document: `relationship` is Source or Data, `date` an ISO day."""

    name: str
    content: bytes
    description: str
    media_type: str
    relationship: str
    date: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that a letter names: its path in the package, what it is, its size in bytes as printed, its SHA-256."""

    path: str
    title: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that goes with a package: who writes to whom, about what, and what is enclosed.

    `date` is written out, and empty when the edition has none.
    """

    edition: Edition
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    date: str
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    closing: tuple[str, ...]
