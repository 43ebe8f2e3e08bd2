"""What stands beside what: long text in two columns, a small chart beside its text, the rest across the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, takewhile

from reporter.document.document import Block, Box, Document, Figure, RevisedParagraph, Row, Section, Table, Text, Tiles
from reporter.document.plot import Flows, Plot, Spark, Units
from reporter.render.fitting import marks_room, setting
from reporter.render.leads import plain

FULL, MAIN, COLUMN, SIDE, TILE = 174.0, 108.0, 84.0, 60.0, 46.0
# Characters of text: too few for two columns, too few to break over a page; the most beside a chart.
LEAST_IN_COLUMNS, LEAST_TO_BREAK, MOST_BESIDE = 420, 1100, 1500
LONG_TABLE, MOST_IN_BRIEF, MOST_ROWS_BESIDE = 25, 20, 20
# More characters of notes than these make a narrow table a long one.
MOST_NOTED_BESIDE = 400


@dataclass(frozen=True, slots=True)
class Band:
    """Blocks from margin to margin, and how they stand.

    `flow` is text in two columns, `kept` the same on one page, `short` text in one measure, `pair` two blocks
    beside each other, `split` a main one with small ones in a narrow column beside it and perhaps the key figures
    above, `lone` a small one, `wide` one across the page.
    """

    shape: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive sections: `flow`, `kept` or `short` when they hold text only, `wide` for one that holds more."""

    shape: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """The places of a band `split`: above, left, right, and what stands below; a box where there is room for it.

    `beneath` says that source and notes stand under the main block, since the side is the longer one.
    """

    above: tuple[Block, ...]
    main: tuple[Block, ...]
    side: tuple[Block, ...]
    box: Box | None
    source_note: str
    notes: tuple[tuple[str, str], ...]
    beneath: bool


def chart_width(plot: Plot) -> float:
    """The width in mm that a chart has on the page when nothing narrows it."""
    if isinstance(plot, Spark):
        return TILE
    if isinstance(plot, Flows):
        return MAIN
    return COLUMN if isinstance(plot, Units) else FULL


def chart_widths(document: Document) -> dict[str, float]:
    """The width in mm that each chart has on its page, at which it must be drawn."""
    found = {name: chart_width(plot) for name, plot in document.plots().items()}
    splits = (band for section in document.walk() for band in bands(section.blocks) if band.shape == "split")
    aside = (block for band in splits for block in band.blocks if isinstance(block, Figure) and not _is_main(block))
    return found | {figure.code: SIDE for figure in aside}


def bands(blocks: Iterable[Block]) -> tuple[Band, ...]:
    """The blocks of a section in their order, those that stand beside each other put together."""
    made: list[Band] = []
    text: list[Block] = []
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        if _is_main(block):
            beside, above = _column(waiting), _tiles(made)
            made += [*_flow(text), Band("split", (*above, block, *beside))]
            text, waiting = [], waiting[len(beside) :]
        elif isinstance(block, Box) and not text and made and made[-1].shape == "lone":
            made.append(Band("pair", (*made.pop().blocks, block)))
        elif isinstance(block, (Text, Box)):
            text.append(block)
        elif _is_half(block):
            made += _beside(text, block, made)
            text = []
        else:
            made += [*_flow(text), Band("wide", (block,))]
            text = []
    return (*made, *_flow(text))


def runs(sections: Iterable[Section]) -> tuple[Run, ...]:
    """The sections below one in their order, neighbours that share columns put together."""
    made: list[Run] = []
    for fits, group in groupby(sections, _is_prose):
        found = tuple(group)
        blocks = tuple(block for section in found for block in _blocks(section))
        made += [Run(_shape(blocks), found)] if fits else [Run("wide", (section,)) for section in found]
    return tuple(made)


def split(band: Band) -> Split:
    """The places of a band: two figures fill the side, else the box stands there; sources and notes are said once."""
    above = tuple(block for block in band.blocks if isinstance(block, Tiles))
    main, *side = (block for block in band.blocks if isinstance(block, Figure))
    box = next((block for block in band.blocks if isinstance(block, Box)), None)
    noted = [block for block in band.blocks if isinstance(block, (Figure, Tiles))]
    notes: dict[str, tuple[str, str]] = {}
    for mark, text in (note for block in noted for note in block.notes):
        notes.setdefault(text, (mark, text))
    source = "; ".join(dict.fromkeys(block.source_note for block in noted))
    full = len(side) > 1
    column: tuple[Block, ...] = (*side, box) if box and not full else tuple(side)
    return Split(
        above=above,
        main=(main,),
        side=column,
        box=box if full else None,
        source_note=source,
        notes=tuple(notes.values()),
        beneath=len(column) > 1,
    )


def halves(sections: tuple[Section, ...]) -> tuple[tuple[Section, ...], ...]:
    """The chapters in two columns of about the same number of lines, for the contents."""
    lines = [2 + len(section.sections) for section in sections]
    cut = min(range(len(lines) + 1), key=lambda place: abs(sum(lines[:place]) - sum(lines[place:])))
    return sections[:cut], sections[cut:]


def column_classes(table: Table) -> tuple[str, ...]:
    """For each column whether it is the edition's year, words, and words so short that no line is broken."""
    cells = [[row.cells[n].text for row in table.rows if len(row.cells) > n] for n in range(len(table.columns))]
    return tuple(
        "current" if column.current else _words(texts) if column.text else ""
        for column, texts in zip(table.columns, cells, strict=True)
    )


def row_groups(rows: Iterable[Row]) -> tuple[tuple[Row, ...], ...]:
    """The rows of a table, a new group at each heading."""
    groups: list[list[Row]] = [[]]
    for row in rows:
        if row.heading and groups[-1]:
            groups.append([])
        groups[-1].append(row)
    return tuple(map(tuple, groups))


def listed(paragraphs: Iterable[RevisedParagraph]) -> tuple[tuple[RevisedParagraph, ...], ...]:
    """The paragraphs of a revised text, the items of a list put together."""
    return tuple(tuple(group) for _, group in groupby(paragraphs, lambda each: each.sort == "item"))


def is_whole(paragraph: RevisedParagraph) -> bool:
    """Whether a paragraph came or went as a whole, so that its words need not be told from others."""
    return not any(each.text.strip() and not each.fate for each in paragraph.words)


def span(table: Table) -> int:
    """How many columns a table has with its stub."""
    return len(table.columns) + 1


def table_classes(table: Table) -> str:
    """What the stylesheet must know of a table: whether words, how tightly figures stand, whether it may break."""
    numbers = not any(column.text for column in table.columns)
    found = {
        "numbers": numbers,
        "words": not numbers,
        "compact": _is_compact(table),
        setting(table): numbers and not _is_compact(table),
        marks_room(table): True,
        "long": len(table.rows) > LONG_TABLE,
    }
    return " ".join(name for name, holds in found.items() if name and holds)


def _words(texts: list[str]) -> str:
    return "words brief" if max(map(len, texts), default=0) <= MOST_IN_BRIEF else "words"


def _flow(text: list[Block]) -> list[Band]:
    return [Band(_shape(tuple(text)), tuple(text))] if text else []


def _beside(text: list[Block], block: Block, made: list[Band]) -> list[Band]:
    """A block half as wide as the page: beside the text before it, beside another one, or alone."""
    if text and _length(text[-1:]) <= MOST_BESIDE and not _is_tall(block):
        return [*_flow(text[:-1]), Band("pair", (text[-1], block))]
    if not text and made and made[-1].shape == "lone" and not any(map(_is_tall, (*made[-1].blocks, block))):
        return [Band("pair", (*made.pop().blocks, block))]
    return [*_flow(text), Band("lone", (block,))]


def _column(blocks: list[Block]) -> tuple[Block, ...]:
    """What belongs to a main block: the figures that follow it and a box after them."""
    figures = tuple(takewhile(lambda block: isinstance(block, Figure), blocks))
    after = blocks[len(figures) : len(figures) + 1]
    return (*figures, *(block for block in after if isinstance(block, Box)))


def _tiles(made: list[Band]) -> tuple[Block, ...]:
    """The key figures directly above, taken out of their band; their notes go with those of the figures below."""
    last = made[-1].blocks if made else ()
    return made.pop().blocks if any(isinstance(block, Tiles) for block in last) else ()


def _is_main(block: Block) -> bool:
    return isinstance(block, Figure) and chart_width(block.plot) == MAIN


def _is_tall(block: Block) -> bool:
    """Whether it must be free to go on to the next page, which it cannot beside another block."""
    return isinstance(block, Table) and len(block.rows) > MOST_ROWS_BESIDE


def _is_half(block: Block) -> bool:
    if isinstance(block, Figure):
        return chart_width(block.plot) <= COLUMN
    return isinstance(block, Table) and _is_compact(block)


def _is_prose(section: Section) -> bool:
    return all(isinstance(block, (Text, Box)) for block in _blocks(section))


def _is_compact(table: Table) -> bool:
    """Whether half the page is enough: a few numbers to a row and few notes, or one meaning."""
    few = len(table.columns) <= 3 and sum(len(text) for _, text in table.notes) <= MOST_NOTED_BESIDE
    return (few and not any(column.text for column in table.columns)) or _explains(table)


def _explains(table: Table) -> bool:
    labels = max((len(row.label) for row in table.rows), default=0)
    return len(table.columns) == 1 and table.columns[0].text and labels <= MOST_IN_BRIEF


def _shape(text: tuple[Block, ...]) -> str:
    if len(text) == 1 and isinstance(text[0], Box):
        return "lone"
    length = _length(text)
    if length < LEAST_IN_COLUMNS and all(isinstance(block, Text) for block in text):
        return "short"
    return "kept" if length < LEAST_TO_BREAK else "flow"


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(plain(block.html)) for block in blocks if isinstance(block, Text))


def _blocks(section: Section) -> tuple[Block, ...]:
    return tuple(block for part in section.walk() for block in part.blocks)
