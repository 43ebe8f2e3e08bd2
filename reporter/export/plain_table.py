"""A table as plain text that fits a terminal. A wide one is split into bands; notes stand below."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from reporter.document.document import Cell, Row, Table

# The stub gets at least so many characters; columns that would leave it less go into the next band.
STUB, GAP, INDENT = 26, 2, 2
RULE = "─"


def table_text(table: Table, width: int = 80) -> str:
    """Write a table in lines of at most `width` characters. Caption, unit line, rows, signs and notes, sources."""
    lines = [*textwrap.wrap(table.caption, width), *textwrap.wrap(table.unit_line, width), ""]
    # A column is as wide as its longest cell or word of its head.
    shown = [[_shown(row.cells[n]) for row in table.rows if len(row.cells) > n] for n in range(len(table.columns))]
    heads = (column.label.split() for column in table.columns)
    sizes = [max(map(len, [*words, *cells]), default=0) for words, cells in zip(heads, shown, strict=True)]
    for places in _bands(sizes, width - STUB):
        lines += [*_band(table, places, sizes, width), ""]
    for mark, text in table.notes:
        lines += textwrap.wrap(f"{mark} {text}" if mark else text, width, subsequent_indent=" " * (len(mark) + 1))
    return "\n".join([*lines, *textwrap.wrap(table.source_note, width)]) + "\n"


def _bands(sizes: Sequence[int], room: int) -> Iterator[tuple[int, ...]]:
    """Split the columns into bands that fit beside each other. Each band has at least one column."""
    band: list[int] = []
    for place, size in enumerate(sizes):
        if band and sum(sizes[n] + GAP for n in band) + size + GAP > room:
            yield tuple(band)
            band = []
        band.append(place)
    yield tuple(band)


def _band(table: Table, places: Sequence[int], sizes: Sequence[int], width: int) -> Iterator[str]:
    widths = [sizes[place] for place in places]
    stub = max(width - sum(size + GAP for size in widths), STUB // 2)
    heads = [textwrap.wrap(table.columns[place].label, sizes[place]) or [""] for place in places]
    deepest = max(map(len, heads), default=1)
    raised = [[""] * (deepest - len(head)) + head for head in heads]
    for line, words in zip_longest([""] * (deepest - 1) + [table.stub], zip(*raised, strict=True), fillvalue=()):
        yield _line(str(line), list(words), widths, stub)
    yield RULE * width
    for row in table.rows:
        yield from _row(row, places, widths, stub)


def _row(row: Row, places: Sequence[int], widths: Sequence[int], stub: int) -> Iterator[str]:
    indent = " " * INDENT * row.level
    *first, last = textwrap.wrap(row.label, stub, initial_indent=indent, subsequent_indent=indent + " ") or [""]
    yield from first
    cells = [_shown(row.cells[place]) for place in places if place < len(row.cells)]
    yield _line(last, cells, widths, stub)


def _line(label: str, cells: Sequence[str], widths: Sequence[int], stub: int) -> str:
    columns = "".join(" " * GAP + cell.rjust(size) for cell, size in zip(cells, widths, strict=False))
    return f"{label:<{stub}}{columns}".rstrip()


def _shown(cell: Cell) -> str:
    return cell.text + "".join(cell.marks)
