"""Compose a document from an edition. Blocks are built and numbered first, so that the narrative can refer to them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import NamedTuple

from reporter.data.errors import Finding
from reporter.data.i18n import N_, Locale
from reporter.data.outline import PROFILE, Outline, Outlines, Volume, block_names, is_side_by_side, parts, with_charts
from reporter.data.records import Annexes, Vintage
from reporter.data.records.label import ENGLISH, altered, language_of
from reporter.figures.analysis.ledger import LEDGER
from reporter.report.charts.countries import MAP
from reporter.report.charts.series import IN_LEDGER, MORE_NOTES, MOST_NOTES
from reporter.report.context import Context
from reporter.report.document.content import texts
from reporter.report.document.document import Block, Document, Edition, Entry, Figure, Ranking, Table
from reporter.report.sections.blocks import build_block
from reporter.report.sections.chapters import SectionWriter, has_content, title_of
from reporter.report.sections.imprint import (
    Production,
    colophon_of,
    companions_of,
    comparison_of,
    edition_of,
    facts_of,
    imprint_of_pdf,
    map_of,
    other_volumes,
    volume_of,
)
from reporter.report.sections.lists import contact
from reporter.report.sections.quality import explained_elsewhere, findings_of_editions, known_findings
from reporter.report.tables.tabulate import is_note_mark, main_sources, noted_by_rows, without_notes
from reporter.text.markdown import effective_passages
from reporter.text.tree import Flags

ALL_FIGURES = "time_table"
# A single note is shorter than a reference to it.
LEAST_TO_REFER = 2
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
QUALITY = N_("Findings accepted and differences from other publications: see Data quality and revisions")
METHODS = N_("Findings accepted and differences from other publications: see Data and methods")
Note = tuple[str, str]
Blocks = Mapping[str, tuple[Block, ...]]


@dataclass(slots=True)
class _Places:
    """The places of notes: under charts, or waiting for the table of all figures."""

    context: Context
    table: Table | None
    ledger: int
    printed: dict[str, str] = field(default_factory=dict)
    waiting: list[Note] = field(default_factory=list)


def in_one_place(blocks: Blocks, outlines: Outlines, context: Context) -> Blocks:
    """Print each note once; the charts and tables have numbers. A chart keeps the notes on its drawing and its last
    years. Those shared with an earlier chart of the chapter are printed there, all others at the table of figures."""
    tables = (block for block in blocks.get(ALL_FIGURES, ()) if isinstance(block, Table))
    ledgers = (block.number for block in blocks.get(LEDGER, ()) if isinstance(block, Figure))
    places = _Places(context, next(tables, None), next(ledgers, 0))
    blocks_by_name = dict(blocks)
    for chapter in (chapter for outline in outlines.values() for chapter in outline):
        number_by_note: dict[str, int] = {}
        for name in (name for part in chapter.walk() for name in part.blocks):
            blocks_by_name[name] = tuple(_few(block, number_by_note, places) for block in blocks_by_name[name])
    if places.table:
        is_elsewhere = not any("findings" in part.blocks for part in parts(outlines[Volume.MAIN]))
        blocks_by_name[ALL_FIGURES] = (_all_others(places.table, places, METHODS if is_elsewhere else QUALITY),)
    return blocks_by_name


def _few(block: Block, number_by_note: dict[str, int], places: _Places) -> Block:
    if not isinstance(block, Figure):
        return block
    context, number = places.context, block.number
    passing = (context.text(MORE_NOTES), context.text(MAP))
    own = [note for note in block.notes if note[1] not in passing]
    again = [note for note in own if note[1] in number_by_note]
    if len(again) < LEAST_TO_REFER:
        again = []
    own = [note for note in own if note not in again]
    notes = _last_years(own, context.vintage.year) if places.table else own
    left = [note for note in own if note not in notes]
    more = left or any(text == passing[0] for _, text in block.notes)
    figures = (context.text("Figure {n}", n=place) for place in sorted({number_by_note[text] for _, text in again}))
    pointers = [*figures, *((context.text("Table {n}", n=places.table.number),) if more and places.table else ())]
    for _, text in notes:
        number_by_note.setdefault(text, number)
        places.printed.setdefault(text, context.text("see Figure {n}", n=number))
    if left:
        figure = context.text("Figure {n}", n=number)
        named = (context.locale.put("{}, {}", figure, label) if label else figure for label, _ in left)
        places.waiting += [(label, text) for label, (_, text) in zip(named, left, strict=True)]
    reference = N_("More notes: {places}") if notes else N_("See {places}")
    # Within a sentence, English alone keeps the capital of Figure and Table; German does by its rules for nouns.
    within = pointers if context.locale.language == ENGLISH else map(context.locale.inside, pointers)
    see = (("", context.text(reference, places=context.locale.joined(", ", within))),) if pointers else ()
    see_ledger = N_("see Figure {n}")
    ledger = context.text(IN_LEDGER), context.text(see_ledger, n=places.ledger)
    # A line with a part that is not translated is in English as a whole.
    if language_of(block.unit_line):
        ledger = IN_LEDGER, see_ledger.format(n=places.ledger)
    unit_line = altered(block.unit_line, lambda words: words.replace(*ledger))
    return replace(block, notes=(*notes, *see), unit_line=unit_line)


def _last_years(notes: list[Note], year: int) -> list[Note]:
    """The notes to keep under a chart: those that the drawing refers to, general ones, those of the latest years."""

    def rank(note: Note) -> tuple[bool, bool, int]:
        return is_called(note[0]), not note[0], max(map(int, YEAR.findall(note[0])), default=year)

    signs = sum(is_called(mark) for mark, _ in notes)
    last_notes = sorted(notes, key=rank, reverse=True)[: max(MOST_NOTES, signs)]
    return [note for note in notes if note in last_notes]


def is_called(mark: str) -> bool:
    """Whether a mark refers to its note: a sign, or (a)."""
    return len(mark) == 1 or is_note_mark(mark)


def _all_others(table: Table, places: _Places, reference: str) -> Table:
    context = places.context
    explained = dict.fromkeys(explained_elsewhere(context), "")
    elsewhere = {**places.printed, **explained}
    noted = noted_by_rows(table, context.locale, elsewhere)
    done = {text for _, text in table.notes} | elsewhere.keys()
    waiting = [note for note in (*_without_row(table, context), *places.waiting) if note[1] not in done]
    note_texts = {text for _, text in table.notes} | {text for _, text in places.waiting}
    more = (("", context.text(reference)),) if note_texts & explained.keys() else ()
    return replace(noted, notes=(*noted.notes, *dict.fromkeys(waiting), *more))


def _without_row(table: Table, context: Context) -> Iterator[Note]:
    printed = {cell.observation for row in table.rows for cell in row.cells}
    for observation in context.vintage.index.values():
        if not observation.owner and observation not in printed:
            label = context.locale.label_of(observation, context.vintage.catalogue)
            for note in context.vintage.notes(observation):
                yield (context.locale.put("{}, {}", label, observation.year), note.text(context.locale.language))


NO_FLAGS = Flags()
CHART_DATA, ABBREVIATIONS = "chart_data", "abbreviations"
# Built last, when the charts have numbers and the words are known.
LATER = (CHART_DATA, ABBREVIATIONS)


@dataclass(frozen=True, slots=True)
class Composition:
    """The volumes of a document, and what could not be printed."""

    volumes: Mapping[Volume, Document]
    findings: tuple[Finding, ...]

    @property
    def document(self) -> Document:
        return self.volumes[Volume.MAIN]


def compose(
    vintage: Vintage,
    locale: Locale,
    findings: tuple[Finding, ...] = (),
    production: Production | None = None,
    *,
    outlines: Outlines = PROFILE[Annexes.FULL],
    context: Context | None = None,
    flags: Flags = NO_FLAGS,
) -> Composition:
    """Compose the profile of one edition, or a comparison, in its volumes. `findings` are those of the check;
    `production` is for the colophon. A `context` brings the sides of a comparison, for a chapter of the profile or for
    a document of its own with its `outlines`. `flags` are the marks of a draft in its texts."""
    context = context or Context(vintage, locale)
    context = replace(context, findings=findings_of_editions(findings, context.vintages, locale.language))
    edition = edition_of(context)
    if is_side_by_side(outlines):
        edition = comparison_of(edition, context.sides, locale) if context.sides else edition
    else:
        outlines = {volume: with_charts(plan, vintage.settings.charts) for volume, plan in outlines.items()}
    outline = _whole(outlines)
    blocks_by_name = _build(context, outline)
    fronts = {volume: _front(volume, outlines, edition, context, production) for volume in outlines}
    printed_texts = _printed_texts(blocks_by_name, context, outline, tuple(fronts.values()))
    built = _explained(blocks_by_name, printed_texts, context, outline)
    numbered = _number(built, locale)
    blocks = in_one_place(numbered, outlines, context)
    volumes, unprintable = dict[Volume, Document](), list[Finding]()
    for volume, front in fronts.items():
        writer = SectionWriter(context, blocks, outlines, volume, flags)
        volumes[volume] = Document(
            **front._asdict(),
            sections=tuple(writer.chapters()),
            notes=tuple(writer.notebook.notes),
            contact=contact(main, locale) if (main := vintage.country.main_contact) else None,
            sheets=_sheets(built, numbered),
            remark=untranslated_words(printed_texts, locale),
            main_sources=main_sources(context.vintages, locale),
            companions=tuple(companions_of(production, volume, locale)) if production else (),
        )
        unprintable += writer.findings
    return Composition(volumes, tuple(unprintable))


class Front(NamedTuple):
    """The pages before the chapters of a volume."""

    edition: Edition
    imprint: tuple[Entry, ...]
    has_cover: bool = True
    of_pdf: tuple[Entry, ...] = ()
    of_page: tuple[Entry, ...] = ()
    colophon: tuple[Entry, ...] = ()


def _whole(outlines: Outlines) -> Outline:
    """The outlines of all volumes: a table has the same number in each of them."""
    return tuple(part for outline in outlines.values() for part in outline)


def _front(
    volume: Volume, outlines: Outlines, edition: Edition, context: Context, production: Production | None
) -> Front:
    locale = context.locale
    own = volume_of(edition, volume, context.sides, locale)
    has_cover = volume is Volume.MAIN and not is_side_by_side(outlines)
    # The map is on the cover, and at the head of every web page.
    facts, on_map = facts_of(own, context.vintages, locale), (map_of(locale),)
    front = Front(own, (*facts, *on_map) if has_cover else facts, has_cover, of_page=() if has_cover else on_map)
    if production is None:
        return front
    return front._replace(
        of_pdf=tuple(imprint_of_pdf(production, volume, locale)),
        of_page=(*front.of_page, *other_volumes(production, volume, locale, "html")),
        colophon=tuple(colophon_of(production, locale)),
    )


def tables_of(context: Context, findings: tuple[Finding, ...] = ()) -> tuple[Table, ...]:
    """The tables of an edition without its document. The narrative, its problems and omitted years are ignored."""
    vintage, locale = context.vintage, context.locale
    context = replace(context, findings=known_findings(findings, vintage, locale.language))
    edition = edition_of(context)
    front = (edition, facts_of(edition, (vintage,), locale), map_of(locale))
    outline = with_charts(_whole(PROFILE[vintage.settings.annexes]), vintage.settings.charts)
    blocks_by_name = _build(context, outline)
    blocks = _explained(blocks_by_name, _printed_texts(blocks_by_name, context, outline, front), context, outline)
    return _sheets(blocks, _number(blocks, locale))


def _sheets(blocks: Mapping[str, tuple[Block, ...]], numbered: Mapping[str, tuple[Block, ...]]) -> tuple[Table, ...]:
    charts = (block for group in blocks.values() for block in group if isinstance(block, Figure))
    noted = (
        replace(chart.table, number=table.number, caption=table.caption)
        for chart, table in zip(charts, _tables(numbered[CHART_DATA]), strict=True)
    )
    others = (table for name, group in numbered.items() if name != CHART_DATA for table in _tables(group))
    return tuple(sorted((*others, *noted), key=lambda table: table.number))


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    return (block for block in blocks if isinstance(block, Table))


def _build(context: Context, outline: Outline) -> dict[str, tuple[Block, ...]]:
    names = dict.fromkeys(block_names(outline))
    return {name: () if name in LATER else build_block(name, context) for name in names}


def _printed_texts(
    blocks: Mapping[str, tuple[Block, ...]], context: Context, outline: Outline, front: object
) -> tuple[str, ...]:
    vintage, locale = context.vintage, context.locale
    titles = (title_of(part, context) for part in parts(outline) if has_content(part, blocks, vintage, locale))
    return (*texts(front), *titles, *texts(tuple(blocks.values())))


def _explained(
    blocks: Mapping[str, tuple[Block, ...]], printed_texts: Iterable[str], context: Context, outline: Outline
) -> dict[str, tuple[Block, ...]]:
    """Add the list of abbreviations that the program and the narrative use."""
    vintage, language = context.vintage, context.locale.language
    passages = (passage for part in parts(outline) for passage in effective_passages(vintage, part.code, language))
    words = (*printed_texts, *(passage.markdown for passage in passages))
    return dict(blocks) | {ABBREVIATIONS: build_block(ABBREVIATIONS, replace(context, words="\n".join(words)))}


def _number(blocks: Mapping[str, tuple[Block, ...]], locale: Locale) -> dict[str, tuple[Block, ...]]:
    """Number figures and tables in reading order, including the tables behind the charts."""
    figures, tables = count(1), count(1)
    charted = {name: tuple(_numbered(block, Figure, figures) for block in group) for name, group in blocks.items()}
    charts = [block for group in charted.values() for block in group if isinstance(block, Figure)]
    charted[CHART_DATA] = tuple(_data_table(chart, locale) for chart in charts)
    numbered = {name: tuple(_numbered(block, Table, tables) for block in group) for name, group in charted.items()}
    data = {chart.code: table for chart, table in zip(charts, _tables(numbered[CHART_DATA]), strict=True)}
    return {
        name: tuple(replace(block, table=data[block.code]) if isinstance(block, Figure) else block for block in group)
        for name, group in numbered.items()
    }


def _data_table(figure: Figure, locale: Locale) -> Table:
    """The data of a chart as a table of the annex. Its notes are under the chart and not printed twice."""
    if isinstance(figure, Ranking):
        return figure.table
    caption = locale.text("Data of Figure {n}: {caption}", n=figure.number, caption=figure.caption)
    see = (("", locale.opened(locale.text("see Figure {n}", n=figure.number))),) if figure.notes else ()
    bare = without_notes(figure.table)
    return replace(bare, caption=caption, notes=(*bare.notes, *see))


def _numbered(block: Block, kind: type[Figure] | type[Table], numbers: Iterator[int]) -> Block:
    return replace(block, number=next(numbers)) if isinstance(block, kind) else block


def untranslated_words(printed_texts: Iterable[str], locale: Locale) -> str:
    """The note on the languages of untranslated words, empty without any."""
    languages = dict.fromkeys(filter(None, map(language_of, printed_texts)))
    message = N_(
        "Parts of this document are not translated. Language of these headings, labels and sentences: {languages}."
    )
    return locale.text(message, languages=locale.listed(map(locale.language_name, languages))) if languages else ""
