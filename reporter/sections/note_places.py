"""Each note in one place: few under charts, others at one table. What the section on data quality explains is not said
at the table again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from reporter.charts.maps import MAP
from reporter.charts.series import MORE_NOTES, MOST_NOTES
from reporter.context import Context
from reporter.document.document import Block, Figure, Table
from reporter.document.outline import Outlines, Volume, parts
from reporter.i18n import N_
from reporter.sections.material import SectionMaterial
from reporter.sections.quality import explained_elsewhere
from reporter.tables.row_notes import noted_by_rows
from reporter.tables.tabulate import is_note_mark

ALL_FIGURES = "time_table"
# A single note is shorter than the words that point to it.
LEAST_TO_REFER = 2
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
QUALITY = N_("Findings accepted and differences from other publications: see Data quality and revisions")
METHODS = N_("Findings accepted and differences from other publications: see Data and methods")
Note = tuple[str, str]
Blocks = Mapping[str, tuple[Block, ...]]


@dataclass(slots=True)
class _Places:
    """Where notes stand: under charts, or waiting for the table of all."""

    context: Context
    table: Table | None
    printed: dict[str, str] = field(default_factory=dict)
    waiting: list[Note] = field(default_factory=list)


def in_one_place(blocks: Blocks, outlines: Outlines, material: SectionMaterial) -> Blocks:
    """Give each note one place. The charts and tables are numbered. A chart keeps the notes on its drawing and on its
    last years; those that it shares with an earlier one of its chapter stand there, all others once at the table of all
    figures."""
    tables = (each for each in blocks.get(ALL_FIGURES, ()) if isinstance(each, Table))
    places = _Places(material.context, next(tables, None))
    made = dict(blocks)
    for chapter in (chapter for outline in outlines.values() for chapter in outline):
        seen: dict[str, int] = {}
        for name in (name for part in chapter.walk() for name in part.blocks):
            made[name] = tuple(_few(each, seen, places) for each in made[name])
    if places.table:
        beside = not any("findings" in part.blocks for part in parts(outlines[Volume.MAIN]))
        made[ALL_FIGURES] = (_all_others(places.table, places, material, METHODS if beside else QUALITY),)
    return made


def _few(block: Block, seen: dict[str, int], places: _Places) -> Block:
    if not isinstance(block, Figure):
        return block
    context, number = places.context, block.number
    passing = (context.text(MORE_NOTES), context.text(MAP))
    own = [note for note in block.notes if note[1] not in passing]
    again = [note for note in own if note[1] in seen]
    if len(again) < LEAST_TO_REFER:
        again = []
    own = [note for note in own if note not in again]
    kept = _last_years(own, context.vintage.year) if places.table else own
    left = [note for note in own if note not in kept]
    more = left or any(text == passing[0] for _, text in block.notes)
    figures = (context.text("Figure {n}", n=each) for each in sorted({seen[text] for _, text in again}))
    pointers = [*figures, *((context.text("Table {n}", n=places.table.number),) if more and places.table else ())]
    for _, text in kept:
        seen.setdefault(text, number)
        places.printed.setdefault(text, context.text("see Figure {n}", n=number))
    if left:
        figure = context.text("Figure {n}", n=number)
        named = (context.locale.put("{}, {}", figure, label) if label else figure for label, _ in left)
        places.waiting += [(label, text) for label, (_, text) in zip(named, left, strict=True)]
    reference = N_("More notes: {places}") if kept else N_("See {places}")
    see = (("", context.text(reference, places=context.locale.joined(", ", pointers))),) if pointers else ()
    return replace(block, notes=(*kept, *see))


def _last_years(notes: list[Note], year: int) -> list[Note]:
    """The notes to keep under a chart, in their order. What the drawing calls first, then what is said of it as a
    whole, then the latest years."""

    def rank(note: Note) -> tuple[bool, bool, int]:
        return is_called(note[0]), not note[0], max(map(int, YEAR.findall(note[0])), default=year)

    signs = sum(is_called(mark) for mark, _ in notes)
    kept = sorted(notes, key=rank, reverse=True)[: max(MOST_NOTES, signs)]
    return [note for note in notes if note in kept]


def is_called(mark: str) -> bool:
    """Return whether a mark calls its note: a sign, or (a)."""
    return len(mark) == 1 or is_note_mark(mark)


def _all_others(table: Table, places: _Places, material: SectionMaterial, reference: str) -> Table:
    context = places.context
    explained = dict.fromkeys(explained_elsewhere(material), "")
    elsewhere = {**places.printed, **explained}
    noted = noted_by_rows(table, context.locale, elsewhere)
    known = {text for _, text in table.notes} | elsewhere.keys()
    waiting = [note for note in (*_without_row(table, context), *places.waiting) if note[1] not in known]
    said = {text for _, text in table.notes} | {text for _, text in places.waiting}
    more = (("", context.text(reference)),) if said & explained.keys() else ()
    return replace(noted, notes=(*noted.notes, *dict.fromkeys(waiting), *more))


def _without_row(table: Table, context: Context) -> Iterator[Note]:
    printed = {cell.observation for row in table.rows for cell in row.cells}
    for seen in context.vintage.index.values():
        if not seen.owner and seen not in printed:
            label = context.locale.label_of(seen, context.vintage.catalogue)
            for note in context.vintage.notes(seen):
                yield (context.locale.put("{}, {}", label, seen.year), note.text(context.locale.language))
