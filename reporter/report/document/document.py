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
    """A short paragraph with its head in bold; `caution` makes it a warning."""

    head: str
    text: str
    caution: bool = False


@dataclass(frozen=True, slots=True)
class Runs:
    """Short paragraphs with heads in bold. `label` is above the title in small capitals. With `narrow` they fill one of
    three columns; with `reading` they are a box on how to read what comes before."""

    label: str
    title: str
    runs: tuple[Run, ...]
    reading: bool = False
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Companion:
    """Another file of the edition, in the same folder as its page. For the page in another language, `language` and
    `locale` (with region) are set, and the title is the name of that language in itself; both are empty otherwise."""

    file: str
    title: str
    language: str = ""
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication of a country, a reference year and a language. `tagline` is under the title; `about` follows the
    country where a page has no chapter: the year, or the sides of a comparison. `stem` starts its file names. Dates are
    written out in its language, empty when the source does not state them. `locale` has the region, lt_LT. `found_at`
    is its address, if known. `named` are the countries to which victims are brought according to the lists, shown on
    the map of the cover; `sides` are the countries of a comparison. `corrigendum` is the number and date of a
    corrigendum; `unpublished` says instead that the edition changed after publication. `restricted` says on every page
    that the edition is not public, `restriction` why and who may read it; both are empty for a public one."""

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
    sides: tuple[str, ...] = ()
    compiled: str = ""
    corrigendum: str = ""
    unpublished: str = ""
    restricted: str = ""
    restriction: str = ""

    @property
    def on_map(self) -> str:
        return "-".join(self.sides or (self.country,))

    @property
    def map_with_lines(self) -> str:
        """The marked countries, and those to which lines lead: `LT?named=DE,UK`."""
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
    """A recommendation with lines on its recipients and deadline. `waits` says that it is still to be written, if it
    has no title or text. `language` is that of the title when it is not the edition's."""

    title: str
    text: Text | None
    lines: tuple[str, ...]
    waits: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge, the evidence in figures, what is not stated, and the recommendations. `number` is its place among
    the challenges; `code` is empty where another row has its address; `language` is that of the title when not the
    edition's. `squares` show a part of a small whole, one for each unit, filled or not; `counted` says it in words."""

    number: int
    code: str
    title: str
    text: Text | None
    evidence: Text | None
    recommended: tuple[Recommended, ...]
    unknown: Text | None = None
    language: str = ""
    squares: tuple[bool, ...] = ()
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """The challenges of a year, one in each row, below column heads. A head is empty if its column is. `caption` is for
    output as a table, which must have one."""

    caption: str
    heads: tuple[str, str, str, str]
    rows: tuple[Challenge, ...]

    def texts(self) -> Iterator[Text]:
        for row in self.rows:
            rows = (row.text, row.evidence, row.unknown, *(recommendation.text for recommendation in row.recommended))
            yield from (text for text in rows if text)

    def with_texts(self, change: Callable[[Text], Text]) -> "Proposals":
        def changed(text: Text | None) -> Text | None:
            return change(text) if text else None

        rows = tuple(
            replace(
                row,
                text=changed(row.text),
                evidence=changed(row.evidence),
                unknown=changed(row.unknown),
                recommended=tuple(replace(advice, text=changed(advice.text)) for advice in row.recommended),
            )
            for row in self.rows
        )
        return replace(self, rows=rows)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `current` marks the edition's year, `text` a column of words; those of `dots` are signs.
    `language` is that of the words when it is not the edition's."""

    label: str
    current: bool = False
    text: bool = False
    language: str = ""
    dots: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed value of a table with the `marks` of its notes. `value` is a number calculated from observations."""

    text: str
    observation: Observation | None = None
    marks: tuple[str, ...] = ()
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `level` is the label's indent, 0 or 1. `marks` refer to notes on its cells, if at the label."""

    label: str
    cells: tuple[Cell, ...]
    level: int = 0
    heading: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with caption, unit, stub, columns, body and notes (mark and text). An author wrote the `headline`."""

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
        """The table without drawings, as in a workbook."""
        return self


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in a table, as high as a row, and its text."""

    plot: Drawing
    alt: str


@dataclass(frozen=True, slots=True)
class Dumbbells(Table):
    """A table of two years whose last column is drawn. `pictures` has one for each row: the scale for a heading, else
    the earlier and the current value. `plain_unit` replaces the unit line where nothing is drawn."""

    pictures: tuple[Picture, ...] = ()
    plain_unit: str = ""

    def undrawn(self) -> Table:
        value_by_name = {field.name: getattr(self, field.name) for field in fields(Table)}
        return Table(**value_by_name | {"unit_line": self.plain_unit})

    @property
    def drawings(self) -> tuple[tuple[str, Row, Picture], ...]:
        pairs = zip(self.rows, self.pictures, strict=True)
        return tuple((f"{self.code}-{n}", *pair) for n, pair in enumerate(pairs, 1))


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its texts and data table. `caption` names it, also in the list of figures; `headline` is its
    finding, None if there is none. `under` are words directly under the drawing, such as the names of codes. `table` is
    printed in the annex. Raises ValueError without alt text or source."""

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
        """The drawing by its name; for a ledger, one for each row."""
        if isinstance(self.plot, Ledger):
            yield from ((f"{self.code}-{n}", row.strip) for n, row in enumerate(self.plot.rows, 1))
        else:
            yield self.code, self.plot


@dataclass(frozen=True, slots=True)
class Ranking(Figure):
    """Countries on one scale, with the list of their ranks below. The first `count` rows of the table have a rank; the
    others follow under headings with the reason. The list is its data, so the annex does not repeat it."""

    count: int = 0

    @property
    def ranked(self) -> tuple[Row, ...]:
        return self.table.rows[: self.count]

    @property
    def unranked(self) -> tuple[Row, ...]:
        return self.table.rows[self.count :]


@dataclass(frozen=True, slots=True)
class Roll(Table):
    """A table of many countries with few numbers each, with its rows set in several columns."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box in the text, such as "Reading the figures". `heads` are the opening words of each paragraph, or empty."""

    title: str
    paragraphs: tuple[str, ...]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Words that link to an address: a number, a mail address."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list, such as a contact or source. `links` are words within its lines; `url` is printed below."""

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
    """A run of words in a revised text. `fate` is added, deleted, moved or empty if unchanged; `label` says it."""

    text: str
    fate: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class RevisedParagraph:
    """A paragraph of a revised text; `moved` is where it came from. `unchanged` ones are only counted."""

    sort: str
    words: tuple[Stretch, ...]
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Revised:
    """The text of a section with the changes between two editions. `remark` concerns all of it."""

    title: str
    remark: str
    paragraphs: tuple[RevisedParagraph, ...]
    language: str = ""


Block = Text | Figure | Table | Box | Runs | Entries | Revised | Remarks | Proposals


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its blocks and subsections. `number` is "3.1" or empty, `level` 1 to 3. `headline` is its finding,
    one line with its values; `language` is that of the title when not the edition's. A chapter without `opens_page`
    continues on the page of the one before; one in `front` is below the imprint."""

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
    """The whole publication in reading order. `imprint` has the lines of the page behind the cover, `of_pdf` and
    `of_page` those of the PDF or the HTML page only; `colophon` says how the file was made; `contact` is the office on
    the last page. Without `has_cover`, a title is on the first page and the imprint on the last. `sheets` are its
    tables as in a workbook, by number, with all notes, including the tables behind charts. `flagged` are the findings
    of a draft. `remark` names the language of untranslated text. `main_sources` are those that the imprint names for
    the whole; figures print only others. `companions` are the files that its page links."""

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
    has_cover: bool = True

    def walk(self) -> Iterator[Section]:
        for section in self.sections:
            yield from section.walk()

    def figures(self) -> tuple[Figure, ...]:
        return tuple(block for section in self.walk() for block in section.blocks if isinstance(block, Figure))

    def tables(self) -> tuple[Table, ...]:
        return tuple(block for section in self.walk() for block in section.blocks if isinstance(block, Table))

    def plots(self) -> dict[str, Drawing]:
        charts = {name: drawing for figure in self.figures() for name, drawing in figure.drawings()}
        tables = (table for table in self.tables() if isinstance(table, Dumbbells))
        return charts | {name: picture.plot for table in tables for name, _, picture in table.drawings}


class Attachment(NamedTuple):
    """A data file embedded in the PDF. `relationship` is Source or Data (ISO 19005-3 6.8); `date` is ISO 8601."""

    name: str
    content: bytes
    description: str
    media_type: str
    relationship: str
    date: str


@dataclass(frozen=True, slots=True)
class StartFile:
    """A file linked from the page. `path` is relative to it, `address` the link; `language` and `size` are words."""

    path: str
    address: str
    language: str
    size: str


@dataclass(frozen=True, slots=True)
class StartGroup:
    """Files of one kind under a plain title. `folded` is the label of the button that opens a long list, else empty."""

    title: str
    files: tuple[StartFile, ...]
    folded: str = ""


@dataclass(frozen=True, slots=True)
class StartPage:
    """The start page of a package. `facts` say what the package is and who sent it. `name` is that of the package and
    its folder; `first` are the groups to open first, `groups` all of them. `table` is a CSV file of figures, `workbook`
    one for Excel; each may be empty."""

    edition: Edition
    title: str
    name: str
    facts: tuple[Entry, ...]
    first: tuple[StartGroup, ...]
    groups: tuple[StartGroup, ...]
    table: str
    workbook: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that goes with a package. `date` is written out, empty when the edition has none. `introduction`
    precedes the `findings`, sentences on the year's figures; `enclosures` list the contents of the package."""

    edition: Edition
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    date: str
    reference: str
    subject: str
    salutation: str
    introduction: str
    findings: tuple[str, ...]
    paragraphs: tuple[str, ...]
    enclosures: tuple[str, ...]
    closing: tuple[str, ...]
