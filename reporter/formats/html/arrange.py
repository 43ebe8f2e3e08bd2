"""Arrange blocks on pages: long text in two columns, small charts next to text, other blocks across the page."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import TypeVar

from reporter.data.languages.sentences import BLANK, sentence_breaks
from reporter.data.records.label import united
from reporter.report.document.document import (
    Block,
    Box,
    Cell,
    Dumbbells,
    Figure,
    Picture,
    Proposals,
    RevisedParagraph,
    Roll,
    Row,
    Runs,
    Section,
    Table,
)
from reporter.report.document.plot import Dumbbell, Ledger, NamedLands, Panels, Plot, Rows, Ruler, Squares, YearStrip
from reporter.report.tables.tabulate import is_note_mark
from reporter.text.tree import Call, Link, Marked, Paragraph, Run, Text, Words, line_of
from reporter.text.tree import runs as runs_of

POINT = 25.4 / 72
# The widths in em of a figure and of a column head in Source Sans 3.
FIGURE, HEAD = 0.5, 0.53
# The gap between two columns, in mm.
GAP = 0.6
# Longer marks are set below their figure.
MOST_HANGING = 8
# The room for marks next to figures in mm, by the most letters of a mark; stylesheets have the same names and widths.
ROOMS = {0: 1.6, 1: 2.4, 2: 3.8, 4: 6.2, MOST_HANGING: 9.6}


@dataclass(frozen=True, slots=True)
class Setting:
    """A way of setting figures, as in the stylesheet: size of letters in points, first column and whole table in mm."""

    name: str
    size: float
    stub: float
    measure: float = 174.0


# The widest first; stylesheets have the same names and sizes.
SETTINGS = (
    Setting("", 8.6, 60.0),
    Setting("narrower", 8.6, 48.0),
    Setting("dense", 7.5, 48.0),
    Setting("denser", 7.5, 30.0),
    Setting("widest", 7.5, 48.0, 261.0),
)


def setting(table: Table) -> str:
    """The name of the widest setting that fits a table, or the tightest if none fits."""
    figures = max((len(cell.text) for cell in _cells(table)), default=0) * FIGURE
    heads = max((len(word) for column in table.columns for word in column.label.split()), default=0) * HEAD
    marks, columns = ROOMS[_hanging(table)], max(len(table.columns), 1)
    for option in SETTINGS:
        if option.size * POINT * max(figures, heads) + marks + GAP <= (option.measure - option.stub) / columns:
            return option.name
    return SETTINGS[-1].name


def marks_room(table: Table) -> str:
    return f"marks-{_hanging(table)}"


def mark_class(cell: Cell) -> str:
    """The stylesheet's class for the marks of a figure: hanging, so that digits stay aligned, or stacked below it."""
    return "hanging" if _marks_length(cell) <= MOST_HANGING else "stacked"


def _hanging(table: Table) -> int:
    longest = max((_marks_length(cell) for cell in _cells(table) if _marks_length(cell) <= MOST_HANGING), default=0)
    return next(letters for letters in ROOMS if longest <= letters)


def _cells(table: Table) -> Iterator[Cell]:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=False):
            if not column.text:
                yield cell


def _marks_length(cell: Cell) -> int:
    return len("".join(cell.marks))


T = TypeVar("T")
# The most characters that look good as a lead.
MOST_IN_LEAD = 360


def split_lead(section: Section) -> tuple[Text | None, Section]:
    """The lead of a chapter, as a line, and the rest. The lead is the first paragraph or the first sentences of a long
    one; None without such a paragraph, or if none of its sentences surely ends early enough."""
    first = section.blocks[0] if section.blocks else None
    if not isinstance(first, Text) or section.level != 1 or not first.nodes:
        return None, section
    paragraph, *others = first.nodes
    if not isinstance(paragraph, Paragraph) or paragraph.sort:
        return None, section
    lead, more = _cut(list(runs_of(paragraph.inside)))
    if not lead:
        return None, section
    rest = (*((replace(paragraph, inside=line_of(more)),) if more else ()), *others)
    blocks = (replace(first, nodes=rest), *section.blocks[1:]) if rest else section.blocks[1:]
    return replace(first, nodes=line_of(lead)), replace(section, blocks=blocks)


def _cut(line: list[Run]) -> tuple[list[Run], list[Run]]:
    """Split a paragraph into lead and rest: a short one whole, else as many sentences as fit, perhaps none."""
    texts = [BLANK if isinstance(run.leaf, Call) else run.text for run in line]
    text = "".join(texts)
    if len(text.replace(BLANK, "")) <= MOST_IN_LEAD:
        return line, []
    within = [run.within for run, words in zip(line, texts, strict=True) for _ in words]
    fitting = [
        (end, start)
        for end, start in sentence_breaks(text)
        # Short enough, and no emphasis or link is cut in two.
        if len(text[:end].replace(BLANK, "")) <= MOST_IN_LEAD
        and not any(isinstance(node, Link | Marked) for node in within[end])
    ]
    if not fitting:
        return [], line
    end, start = fitting[-1]
    return list(_part(line, texts, 0, end)), list(_part(line, texts, start, len(text)))


def _part(line: Iterable[Run], texts: Iterable[str], start: int, end: int) -> Iterator[Run]:
    at = 0
    for run, text in zip(line, texts, strict=True):
        part = text[max(start - at, 0) : max(end - at, 0)]
        if part:
            yield run._replace(leaf=replace(run.leaf, text=part)) if isinstance(run.leaf, Words) else run
        at += len(text)


# Widths in mm, as in the stylesheet.
FULL, STRIP, HALF, DRAWN, THIRD = 174.0, 100.0, 84.0, 68.0, 54.0
WIDTHS = {YearStrip: STRIP, NamedLands: THIRD, Squares: THIRD, Dumbbell: DRAWN, Ruler: DRAWN}
# Characters of text: the least for two columns and for breaking over a page; the most next to a chart.
LEAST_IN_COLUMNS, MOST_BESIDE = 420, 1500
LONG_TABLE, MOST_IN_BRIEF, MOST_ROWS_BESIDE = 25, 20, 20
# The letters of the longest words of all columns that leave room for the labels of rows.
MOST_ACROSS = 82
# The least number of rows in a column of a list.
LEAST_BESIDE = 3
# A table of more lines than this breaks over pages. A cell of words and a label have about so many letters on a line.
MOST_LINES, LETTERS, OF_LABEL = 40, 50, 35
# The most rows, or else years, of a chart half a page wide.
ROWS_IN_HALF, YEARS_IN_HALF = 2, 3
# A cell of a date, a period, an amount or a sign.
DATED = re.compile(r"$|[\d:–≈<>≤≥]")
# With more characters of notes, a narrow table takes the whole width.
MOST_NOTED_BESIDE = 400


@dataclass(frozen=True, slots=True)
class Band:
    """Blocks that share a strip from margin to margin. `flow` is text in two columns, `short` text in one measure kept
    on one page, `pair` two blocks side by side, `thirds` narrow ones in three columns, `year` the key figures and the
    challenges, `lone` a small block, `wide` one across the page."""

    shape: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SectionRun:
    """Neighbouring sections set alike: `flow` or `short`, as of a band, for text only, else one section as `wide`."""

    shape: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Foot:
    """Source and notes of several blocks, each printed once."""

    source_note: str
    notes: tuple[tuple[str, str], ...]


def chart_width(plot: Plot) -> float:
    # One panel, two rows, or few years need half a page.
    if isinstance(plot, Panels) and len(plot.panels) == 1:
        return HALF
    if isinstance(plot, Rows) and plot.rows and not any(map(any, plot.asides)):
        is_small = len(plot.rows) <= ROWS_IN_HALF or len(plot.rows[0].labels) <= YEARS_IN_HALF
        return HALF if is_small else FULL
    return WIDTHS.get(type(plot), FULL)


def bands(blocks: Iterable[Block]) -> tuple[Band, ...]:
    """Group blocks that share a strip into bands; the blocks of a section stay in order."""
    page_bands: list[Band] = []
    text: list[Block] = []
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        if is_ledger(block):
            after = tuple(takewhile(lambda item: isinstance(item, Proposals | Box), waiting))
            page_bands += [*_flow(text), Band("year", (block, *after))]
            text, waiting = [], waiting[len(after) :]
        elif (
            block.narrow if isinstance(block, Runs) else isinstance(block, Figure) and chart_width(block.plot) == THIRD
        ):
            neighbours = () if text or not page_bands or page_bands[-1].shape != "thirds" else page_bands.pop().blocks
            page_bands += [*_flow(text), Band("thirds", (*neighbours, block))]
            text = []
        elif isinstance(block, Box) and not text and page_bands and _is_read_with(page_bands[-1]):
            shape = "pair" if page_bands[-1].shape == "lone" else "wide"
            page_bands.append(Band(shape, (*page_bands.pop().blocks, block)))
        elif isinstance(block, (Text, Box)):
            text.append(block)
        elif _is_half(block):
            page_bands += _half_width(text, block, page_bands)
            text = []
        else:
            page_bands += [*_flow(text), Band("wide", (block,))]
            text = []
    return (*page_bands, *_flow(text))


def runs(sections: Iterable[Section]) -> tuple[SectionRun, ...]:
    """Group neighbouring sections that share columns; the order of sections stays."""
    groups: list[SectionRun] = []
    for fits, group in groupby(sections, lambda part: all(isinstance(block, (Text, Box)) for block in _blocks(part))):
        parts = tuple(group)
        blocks = tuple(block for section in parts for block in _blocks(section))
        groups += [SectionRun(_shape(blocks), parts)] if fits else [SectionRun("wide", (section,)) for section in parts]
    return tuple(groups)


def foot(blocks: Iterable[Block]) -> Foot:
    """The source and notes of all figures among some blocks; notes that only refer elsewhere come last."""
    figures = [block for block in blocks if isinstance(block, Figure)]
    notes: dict[str, tuple[str, str]] = {}
    for mark, text in (note for figure in figures for note in figure.notes):
        notes.setdefault(text, (mark, text))
    source = united("; ", dict.fromkeys(figure.source_note for figure in figures))
    return Foot(source, tuple(sorted(notes.values(), key=lambda note: not note[0])))


def column_classes(table: Table) -> tuple[str, ...]:
    """The stylesheet's classes of each column. `current` is the edition's year; `words`, `words brief` (so short that
    no line breaks) and `words dated` (dates and amounts, in which no word breaks) are text, `dot` has dots."""
    classes = []
    for n, column in enumerate(table.columns):
        cells = _texts(table, n)
        dated = all(map(DATED.match, cells))
        brief = max(map(len, cells), default=0) <= MOST_IN_BRIEF
        words = "words brief" if brief else "words dated" if dated else "words"
        classes.append("current" if column.current else words if column.text else "dot" if column.dots else "")
    return tuple(classes)


def _texts(table: Table, n: int) -> list[str]:
    return [row.cells[n].text for row in table.rows if len(row.cells) > n]


def _is_crowded(table: Table) -> bool:
    """Whether many columns of short texts do not fit unless their lines break."""
    columns = [(*column.label.split(), *_texts(table, n)) for n, column in enumerate(table.columns)]
    widths = [max(map(len, words), default=0) for words in columns]
    return max(widths, default=0) <= MOST_IN_BRIEF and sum(widths) > MOST_ACROSS


def _grouped(items: Iterable[T], is_heading: Callable[[T], bool]) -> tuple[tuple[T, ...], ...]:
    groups: list[list[T]] = [[]]
    for item in items:
        if is_heading(item) and groups[-1]:
            groups.append([])
        groups[-1].append(item)
    return tuple(map(tuple, groups))


def row_groups(rows: Iterable[Row]) -> tuple[tuple[Row, ...], ...]:
    return _grouped(rows, lambda row: row.heading)


def drawn_groups(block: Dumbbells) -> tuple[tuple[tuple[str, Row, Picture], ...], ...]:
    return _grouped(block.drawings, lambda drawing: drawing[1].heading)


def balanced_columns(rows: Sequence[Row], count: int) -> tuple[tuple[Row, ...], ...]:
    """Divide a list into at most `count` columns of equal height; a group's heading is repeated in the next column."""
    count = max(min(count, len(rows) // LEAST_BESIDE), 1)
    height, stacks, heading = -(-len(rows) // count), [list[Row]()], None
    for row in rows:
        heading = row if row.heading else heading
        if stacks[-1] and len(stacks) < count and len(stacks[-1]) >= height + (heading in stacks[-1][:1]) - row.heading:
            stacks.append([heading] if heading and not row.heading else [])
        stacks[-1].append(row)
    return tuple(map(tuple, stacks))


def listed(paragraphs: Iterable[RevisedParagraph]) -> tuple[tuple[RevisedParagraph, ...], ...]:
    """Group the paragraphs of a revised text: the items of a list together, and the paragraphs between lists."""
    return tuple(tuple(group) for _, group in groupby(paragraphs, lambda paragraph: paragraph.sort == "item"))


def is_whole(paragraph: RevisedParagraph) -> bool:
    """Whether a paragraph was added or removed as a whole; its words then need no marking."""
    return not any(stretch.text.strip() and not stretch.fate for stretch in paragraph.words)


def is_ledger(block: object) -> bool:
    return isinstance(block, Figure) and isinstance(block.plot, Ledger)


def table_classes(table: Table) -> str:
    """The stylesheet's classes of a table: whether it has words, how tightly figures are set, whether it may break."""
    numbers = not any(column.text or column.dots for column in table.columns)
    holds_by_class = {
        "numbers": numbers,
        "words": not numbers,
        "crowded": not numbers and _is_crowded(table),
        "dots": any(column.dots for column in table.columns),
        "compact": _is_compact(table),
        setting(table): numbers and not _is_compact(table),
        marks_room(table): True,
        "long": len(table.rows) > LONG_TABLE
        or sum(
            max(len(row.label) // OF_LABEL, *(len(cell.text) // LETTERS for cell in row.cells), 0) + 1
            for row in table.rows
        )
        > MOST_LINES,
    }
    return " ".join(name for name, holds in holds_by_class.items() if name and holds)


def _flow(text: list[Block]) -> list[Band]:
    return [Band(_shape(tuple(text)), tuple(text))] if text else []


def _half_width(text: list[Block], block: Block, strips: list[Band]) -> list[Band]:
    """Place a block half a page wide: next to the text before it, in its columns, next to another block, or alone."""
    if text and _length(text[-1:]) <= MOST_BESIDE and not _is_tall(block):
        return [*_flow(text[:-1]), Band("pair", (text[-1], block))]
    if text and isinstance(block, Figure):
        return [Band("flow", (*text, block))]
    if not text and strips and strips[-1].shape == "lone" and not any(map(_is_tall, (*strips[-1].blocks, block))):
        return [Band("pair", (*strips.pop().blocks, block))]
    return [*_flow(text), Band("lone", (block,))]


def _is_read_with(band: Band) -> bool:
    """Whether a box that follows a band belongs to it: a small block, or a figure across the page."""
    return band.shape == "lone" or (band.shape == "wide" and isinstance(band.blocks[-1], Figure))


def _is_half(block: Block) -> bool:
    if isinstance(block, Figure):
        return not is_ledger(block) and chart_width(block.plot) == HALF
    return isinstance(block, Table) and not isinstance(block, (Dumbbells, Roll)) and _is_compact(block)


def _is_tall(block: Block) -> bool:
    """Whether a block must be free to break over pages, which it cannot do next to another block."""
    return isinstance(block, Table) and len(block.rows) > MOST_ROWS_BESIDE


def _is_compact(table: Table) -> bool:
    """Whether half a page is enough: few numbers per row and no calls of notes, or one column of short words."""
    if any(column.text for column in table.columns):
        return len(table.columns) == 1 and max((len(row.label) for row in table.rows), default=0) <= MOST_IN_BRIEF
    noted = any(map(is_note_mark, (mark for row in table.rows for cell in row.cells for mark in cell.marks)))
    return len(table.columns) <= 3 and not noted and sum(len(text) for _, text in table.notes) <= MOST_NOTED_BESIDE


def _shape(text: tuple[Block, ...]) -> str:
    if len(text) == 1 and isinstance(text[0], Box):
        return "lone"
    return "short" if _length(text) < LEAST_IN_COLUMNS and all(isinstance(block, Text) for block in text) else "flow"


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(block.words) for block in blocks if isinstance(block, Text))


def _blocks(section: Section) -> tuple[Block, ...]:
    return tuple(block for part in section.walk() for block in part.blocks)
