"""A document from an edition: blocks are built and numbered first, so that the narrative can refer to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from string import ascii_uppercase

from reporter.charts import Frame
from reporter.document import Block, Cell, Document, Edition, Entry, Figure, Section, Table, Text, Tiles
from reporter.errors import Finding
from reporter.i18n import Locale
from reporter.model import Passage, Vintage, answers
from reporter.outline import SECTIONS, Part
from reporter.prose.narrative import Narrative, NoteBook
from reporter.prose.narrative import compose as compose_text
from reporter.prose.values import Printer
from reporter.sections.blocks import build_block
from reporter.sections.lists import contact
from reporter.sections.material import Material
from reporter.tables import edition_source_note, is_note_mark

CHART_DATA = "chart_data"
# The year of the Directive; earlier editions had no such duty.
DIRECTIVE = 2011


@dataclass(frozen=True, slots=True)
class Composed:
    """A document, and what of its narrative could not be printed."""

    document: Document
    findings: tuple[Finding, ...]


def compose(vintage: Vintage, locale: Locale, findings: tuple[Finding, ...] = ()) -> Composed:
    """The profile of one edition; `findings` are those of the check, accepted ones are printed."""
    blocks = _number(_build(Material(Frame(vintage, locale), _known(findings, vintage, locale.language))), locale)
    writer = _Writer(vintage, locale, blocks)
    sections = tuple(writer.chapters())
    main = vintage.country.main_contact
    document = Document(
        edition_of(vintage, locale),
        _imprint(vintage, locale),
        sections,
        tuple(writer.notebook.notes),
        contact(main, locale) if main else None,
    )
    return Composed(document, tuple(writer.findings))


def _known(findings: tuple[Finding, ...], vintage: Vintage, language: str) -> tuple[Finding, ...]:
    """The findings that were accepted when the edition was made, with the reason in its language."""
    known = []
    for finding in findings:
        reason = next((each.reason for each in vintage.data.accepted if answers(each, finding)), None)
        if reason and (finding.year or 0) <= vintage.year:
            known.append(replace(finding, accepted=reason.text(language)))
    return tuple(known)


def edition_of(vintage: Vintage, locale: Locale) -> Edition:
    """What the cover says."""
    file, country = vintage.edition, vintage.country
    return Edition(
        country.code,
        locale.name_of(country),
        vintage.year,
        vintage.years[0],
        locale.language,
        file.status,
        vintage.settings.title.text(locale.language),
        locale.text("Country profile {year}", year=vintage.year),
        country.rapporteur.text(locale.language),
        country.publisher.text(locale.language),
        locale.date(file.published),
        locale.date(file.data_cutoff),
        locale.text("Directive 2011/36/EU, Articles 19 and 20") if vintage.year >= DIRECTIVE else "",
        country.found_at,
    )


def _imprint(vintage: Vintage, locale: Locale) -> tuple[Entry, ...]:
    edition = edition_of(vintage, locale)
    unknown = locale.text("not stated by the source")
    lines = (
        ("Publisher", edition.publisher),
        ("Author", edition.rapporteur),
        ("Reference year", str(edition.year)),
        ("Status of the figures", locale.text(str(edition.status))),
        ("Published", edition.published or unknown),
        ("Data as of", edition.data_cutoff or unknown),
        ("Sources", edition_source_note(vintage, locale)),
        ("Legal basis", edition.legal_basis),
        ("Typefaces", locale.text("Source Sans 3 and Source Serif 4, SIL Open Font License 1.1")),
    )
    return tuple(Entry(locale.text(title), (text,)) for title, text in lines if text)


def _build(material: Material) -> dict[str, tuple[Block, ...]]:
    names = [name for chapter in SECTIONS for part in chapter.walk() for name in part.blocks]
    return {name: () if name == CHART_DATA else build_block(name, material) for name in names}


def _number(blocks: Mapping[str, tuple[Block, ...]], locale: Locale) -> dict[str, tuple[Block, ...]]:
    """Numbers figures and tables in reading order, the tables behind the charts among them."""
    figures, tables = count(1), count(1)
    charted = {name: tuple(_numbered(each, Figure, figures) for each in made) for name, made in blocks.items()}
    charts = [each for made in charted.values() for each in made if isinstance(each, Figure)]
    charted[CHART_DATA] = tuple(_data_table(each, locale) for each in charts)
    numbered = {name: tuple(_numbered(each, Table, tables) for each in made) for name, made in charted.items()}
    tables_behind = (each for each in numbered[CHART_DATA] if isinstance(each, Table))
    data = {each.code: table for each, table in zip(charts, tables_behind, strict=True)}
    return {
        name: tuple(replace(each, table=data[each.code]) if isinstance(each, Figure) else each for each in made)
        for name, made in numbered.items()
    }


def _data_table(figure: Figure, locale: Locale) -> Table:
    """The data of a chart for the annex; its notes stand under the chart and are not printed twice."""
    caption = locale.text("Data of Figure {n}: {caption}", n=figure.number, caption=figure.caption)
    signs = tuple((mark, text) for mark, text in figure.table.notes if not is_note_mark(mark))
    rows = tuple(replace(row, cells=tuple(_unnoted(cell) for cell in row.cells)) for row in figure.table.rows)
    see = (("", locale.text("See Figure {n}", n=figure.number)),) if figure.notes else ()
    return replace(figure.table, caption=caption, rows=rows, notes=(*signs, *see))


def _unnoted(cell: Cell) -> Cell:
    return replace(cell, marks=tuple(mark for mark in cell.marks if not is_note_mark(mark)))


def _numbered(block: Block, kind: type[Figure] | type[Table], numbers: Iterator[int]) -> Block:
    return replace(block, number=next(numbers)) if isinstance(block, kind) else block


class _Writer:
    """Sections in the making: chapter numbers, narrative, footnotes."""

    def __init__(self, vintage: Vintage, locale: Locale, blocks: Mapping[str, tuple[Block, ...]]) -> None:
        self.vintage, self.locale, self.blocks = vintage, locale, blocks
        self.notebook = NoteBook()
        self.findings: list[Finding] = []
        self.printer = Printer(vintage, locale, _anchors(blocks))

    def chapters(self) -> Iterator[Section]:
        numbers, letters = iter(range(1, 100)), iter(ascii_uppercase)
        accent = 0
        for part in SECTIONS:
            if not self._has_content(part):
                continue
            number = next(letters) if part.annex else str(next(numbers)) if part.numbered else ""
            self.notebook.open_chapter()
            yield self._section(part, number, 1, accent)
            accent += part.numbered

    def _has_content(self, part: Part) -> bool:
        return any(self._passage(each) or any(self.blocks[name] for name in each.blocks) for each in part.walk())

    def _passage(self, part: Part) -> Passage | None:
        return effective_passage(self.vintage, part.code, self.locale.language)

    def _section(self, part: Part, number: str, level: int, accent: int) -> Section:
        narrative = self._narrative(part)
        intro = tuple(text for title, text in narrative.parts if not title)
        blocks = tuple(block for name in part.blocks for block in self.blocks[name])
        numbers = iter(range(1, 100))
        titled = [(title, text) for title, text in narrative.parts if title]
        below = [self._titled(part, n, each, number, level, accent) for n, each in zip(numbers, titled, strict=False)]
        inner = [each for each in part.parts if self._has_content(each)]
        start = len(below) + 1
        below += [
            self._section(each, f"{number}.{n}" if number else "", level + 1, accent)
            for n, each in enumerate(inner, start)
        ]
        return Section(part.code, number, self.locale.text(part.title), level, accent, (*intro, *blocks), tuple(below))

    def _titled(self, part: Part, n: int, each: tuple[str, Text], number: str, level: int, accent: int) -> Section:
        title, text = each
        own = f"{number}.{n}" if number else ""
        return Section(f"{part.code}-{n}", own, title, level + 1, accent, (text,))

    def _narrative(self, part: Part) -> Narrative:
        passage = self._passage(part)
        if passage is None:
            return Narrative(())
        beside = {text for name in part.blocks for block in self.blocks[name] for text in _notes(block)}
        narrative = compose_text(passage, self.printer, self.notebook, beside)
        self.findings += narrative.findings
        return narrative


def effective_passage(vintage: Vintage, section: str, language: str) -> Passage | None:
    """The passage an edition prints for a section: its own, or that of the last earlier year; an empty one ends it."""
    found = [each for each in vintage.data.passages if each.section == section and each.language == language]
    last = max(found, key=lambda each: each.year, default=None)
    return last if last and last.markdown.strip() else None


def _anchors(blocks: Mapping[str, tuple[Block, ...]]) -> dict[str, int]:
    anchors = {}
    for block in (block for made in blocks.values() for block in made):
        if isinstance(block, (Figure, Table)):
            kind = "figure" if isinstance(block, Figure) else "table"
            anchors[f"{kind}-{block.code}"] = block.number
    return anchors


def _notes(block: Block) -> tuple[str, ...]:
    """The notes printed under a block."""
    return tuple(text for _, text in block.notes) if isinstance(block, (Figure, Table, Tiles)) else ()
