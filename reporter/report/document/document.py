"""The parts of a publication, without how they look."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import NamedTuple

from reporter.data.errors import Finding
from reporter.data.records import EditionStatus, Observation
from reporter.report.document.plot import Drawing, Ledger, Plot
from reporter.text.tree import Note, Remarks, Text


@dataclass(frozen=True, slots=True)
class Run:
    """A short paragraph with its head in bold; it warns with `caution`."""

    head: str
    text: str
    caution: bool = False


@dataclass(frozen=True, slots=True)
class Runs:
    """Short paragraphs, each with its head in bold. `label` stands above the title in small capitals. With `narrow`
    they fill one of three columns; with `reading` they say in a box how to read what comes before them."""

    label: str
    title: str
    runs: tuple[Run, ...]
    reading: bool = False
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Companion:
    """A file of the same edition that lies beside its page. `language` is that of a page that says the same in another
    one, with a region in `locale`; its title is then the name of that language in itself. They are empty of any other
    file."""

    file: str
    title: str
    language: str = ""
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication of a country, a reference year and a language. `tagline` stands under the title, `about` after
    the country where a page has no chapter: the year, or the sides of a comparison. `stem` is the beginning of its
    files' names. Dates are written out in the edition's language and empty when the source does not state them.
    `locale` is the language with a region, lt_LT. `found_at` is the address where it is published, empty when that is
    not known. `named` are the countries that the lists of the years name as places to which victims are brought, shown
    on the map of the cover; `beside` are the countries of a comparison. `corrigendum` is number and date of a
    corrigendum, `unpublished` says in their place that it changed after it was published; both are empty of any other.
    `restricted` says on every page that not everybody may read it, `restriction` why and who may; both are empty of a
    public one."""

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
    locale: str = ""
    found_at: str = ""
    named: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    compiled: str = ""
    corrigendum: str = ""
    unpublished: str = ""
    restricted: str = ""
    restriction: str = ""

    @property
    def on_map(self) -> str:
        return "-".join(self.beside or (self.country,))

    @property
    def map_with_lines(self) -> str:
        """The marked countries, and those that lines lead to: `LT?named=DE,UK`."""
        return f"{self.on_map}?named={','.join(self.named)}" if self.named else self.on_map

    @property
    def span(self) -> str:
        """The years of the series: 2009–2020, or the only one."""
        return str(self.year) if self.first_year == self.year else f"{self.first_year}–{self.year}"

    def csv_name(self, chart: str) -> str:
        return f"{self.stem}-{chart}.csv"

    def picture_name(self, chart: str) -> str:
        return f"{self.stem}-{chart}-{self.language}.svg"


@dataclass(frozen=True, slots=True)
class Recommended:
    """A recommendation with its lines: addressed to whom, by when. One without a title and text is still to be written,
    which `waits` says. `language` is that of the title when it is not the edition's."""

    title: str
    text: Text | None
    lines: tuple[str, ...]
    waits: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge, what the figures say, and what is recommended. `number` is its place among the challenges;
    `language` is that of the title when it is not the edition's. `squares` are a part of a small whole that the figures
    tell, one for each, filled or not; `counted` says it in words."""

    number: int
    code: str
    title: str
    text: Text | None
    evidence: Text | None
    recommended: tuple[Recommended, ...]
    language: str = ""
    squares: tuple[bool, ...] = ()
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """The challenges of a year, a row each, below heads of columns. A head is empty where no row has anything in its
    column. The caption is for a table, which must have one."""

    caption: str
    heads: tuple[str, str, str]
    rows: tuple[Challenge, ...]

    def texts(self) -> Iterator[Text]:
        for row in self.rows:
            rows = (row.text, row.evidence, *(each.text for each in row.recommended))
            yield from (text for text in rows if text)

    def with_texts(self, change: Callable[[Text], Text]) -> "Proposals":
        def changed(text: Text | None) -> Text | None:
            return change(text) if text else None

        rows = tuple(
            replace(
                row,
                text=changed(row.text),
                evidence=changed(row.evidence),
                recommended=tuple(replace(each, text=changed(each.text)) for each in row.recommended),
            )
            for row in self.rows
        )
        return replace(self, rows=rows)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table with its label. `current` marks the edition's own year, `text` a column that holds words.
    `language` is that of the words when it is not the edition's."""

    label: str
    current: bool = False
    text: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table as it is printed. `observation` is the one it comes from, `marks` are those of its notes (a,
    b …). `value` is the number of a cell that is calculated from observations and is none itself."""

    text: str
    observation: Observation | None = None
    marks: tuple[str, ...] = ()
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its label and its cells. `level` is how far the label is indented, 0 or 1. `marks` are those of
    the notes on its cells, where they are called at the label."""

    label: str
    cells: tuple[Cell, ...]
    level: int = 0
    heading: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with caption, unit, stub, columns, body and notes. `notes` are pairs of mark and text, printed below it;
    `headline` is what somebody wrote over it."""

    code: str
    number: int
    caption: str
    unit_line: str
    stub: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    source_note: str
    notes: tuple[tuple[str, str], ...] = ()
    headline: Text | None = None

    def undrawn(self) -> "Table":
        """The table where nothing in it is drawn, as in a workbook."""
        return self


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of a row's height in a table, and its text."""

    plot: Drawing
    alt: str


@dataclass(frozen=True, slots=True)
class Dumbbells(Table):
    """A table of two years, whose last column is drawn. `pictures` has one for each row: the scale beside a heading,
    else the value before and the one now. `plain_unit` replaces the unit line where nothing is drawn."""

    pictures: tuple[Picture, ...] = ()
    plain_unit: str = ""

    def undrawn(self) -> Table:
        known = {each.name: getattr(self, each.name) for each in fields(Table)}
        return Table(**known | {"unit_line": self.plain_unit})

    @property
    def drawings(self) -> tuple[tuple[str, Row, Picture], ...]:
        pairs = zip(self.rows, self.pictures, strict=True)
        return tuple((f"{self.code}-{n}", *pair) for n, pair in enumerate(pairs, 1))


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its texts and the table of its figures. `plot` is what it shows. `caption` names it, also in the
    list of figures; `headline` is its finding in words, None when that cannot be stated. `under` are words directly
    under the drawing, such as the names of its codes. `table` is printed in the annex. Raises ValueError without alt
    text or source."""

    code: str
    number: int
    caption: str
    unit_line: str
    plot: Plot
    alt: str
    source_note: str
    table: Table
    notes: tuple[tuple[str, str], ...] = ()
    headline: Text | None = None
    under: str = ""

    def __post_init__(self) -> None:
        if not self.alt or not self.source_note:
            raise ValueError(f"figure {self.code} needs alt text and a source")

    def drawings(self) -> Iterator[tuple[str, Drawing]]:
        """Its drawing by its name; of a ledger one for each row."""
        if isinstance(self.plot, Ledger):
            yield from ((f"{self.code}-{n}", row.strip) for n, row in enumerate(self.plot.rows, 1))
        else:
            yield self.code, self.plot


@dataclass(frozen=True, slots=True)
class Ranking(Figure):
    """Countries on one scale, and the list of their ranks below it. The first `count` rows of its table have a rank.
    Those after them stand apart under the headings that say why; the list is its data, so the annex does not print it
    again."""

    count: int = 0

    @property
    def ranked(self) -> tuple[Row, ...]:
        return self.table.rows[: self.count]

    @property
    def apart(self) -> tuple[Row, ...]:
        return self.table.rows[self.count :]


@dataclass(frozen=True, slots=True)
class Roll(Table):
    """A table of many countries with few numbers of each. Its rows stand in columns beside each other."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box beside the text, such as "Reading the figures". `heads` are the words that each paragraph begins with;
    empty where none has any."""

    title: str
    paragraphs: tuple[str, ...]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address: a number, a mail address."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list, such as a contact or a source. `links` are words within its lines; `url` is printed below
    them."""

    title: str
    lines: tuple[str, ...] = ()
    url: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """A list under one heading; the title may be empty."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words of a revised text. `fate` says whether they were added, deleted or moved, empty for those that
    stayed; `label` says it in words."""

    text: str
    fate: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class RevisedParagraph:
    """A paragraph of a revised text. `sort` is its kind, `moved` where it came from when it was moved. One of the sort
    `unchanged` stands for paragraphs that are left out, and says how many."""

    sort: str
    words: tuple[Stretch, ...]
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Revised:
    """The text of a section with the changes between two editions. `remark` holds for the whole of it."""

    title: str
    remark: str
    paragraphs: tuple[RevisedParagraph, ...]
    language: str = ""


Block = Text | Figure | Table | Box | Runs | Entries | Revised | Remarks | Proposals


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the document with its blocks and subsections. `number` is "3.1" or empty, `level` 1 to 3. `headline`
    is its finding, one line of text with its values; `language` is that of the title when it is not the edition's. A
    chapter that does not `opens_page` goes on where the one before it ends; one in `front` stands below the imprint."""

    code: str
    number: str
    title: str
    level: int
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    headline: Text | None = None
    language: str = ""
    opens_page: bool = False
    front: bool = False

    def walk(self) -> Iterator["Section"]:
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """The whole publication in reading order. `imprint` holds the lines of the page behind the cover, `of_pdf` and
    `of_page` those of the PDF and of the page of HTML only, `colophon` says how the file was made; `contact` is the
    office that the last page names. `sheets` are its tables as a workbook has them, by their numbers: with all notes,
    those behind the charts too. `flagged` are the findings of a draft. `remark` says in which language that stands
    which is not translated; empty when all is. `main_sources` are those that the imprint names for the whole; under a
    figure only others are printed. `companions` are the files to which its page leads."""

    edition: Edition
    imprint: tuple[Entry, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    contact: Entry | None = None
    of_pdf: tuple[Entry, ...] = ()
    of_page: tuple[Entry, ...] = ()
    colophon: tuple[Entry, ...] = ()
    sheets: tuple[Table, ...] = ()
    flagged: tuple[Finding, ...] = ()
    remark: str = ""
    main_sources: tuple[str, ...] = ()
    companions: tuple[Companion, ...] = ()

    def walk(self) -> Iterator[Section]:
        for section in self.sections:
            yield from section.walk()

    def figures(self) -> tuple[Figure, ...]:
        return tuple(block for section in self.walk() for block in section.blocks if isinstance(block, Figure))

    def tables(self) -> tuple[Table, ...]:
        return tuple(block for section in self.walk() for block in section.blocks if isinstance(block, Table))

    def plots(self) -> dict[str, Drawing]:
        charts = {name: drawing for figure in self.figures() for name, drawing in figure.drawings()}
        tables = (each for each in self.tables() if isinstance(each, Dumbbells))
        return charts | {name: picture.plot for table in tables for name, _, picture in table.drawings}


class Attachment(NamedTuple):
    """A file of data embedded in the PDF. `relationship` is its AFRelationship (ISO 19005-3 6.8), Source or Data;
    `date` is an ISO 8601 day."""

    name: str
    content: bytes
    description: str
    media_type: str
    relationship: str
    date: str
