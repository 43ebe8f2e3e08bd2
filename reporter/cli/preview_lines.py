"""Print previews of Eurostat's tables in lines that fit a terminal."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from reporter.edition.job import spans
from reporter.model.label import ENGLISH
from reporter.produce.eurostat_preview import (
    FREE,
    BesidePublished,
    PreviewCell,
    PreviewRow,
    PreviewTable,
    reasons,
    shown_cell,
)

GAP, INDENT = "  ", "  "
# Signs stand before a published cell that reads otherwise; the list below says it in words.
SIGNS = {
    BesidePublished.SAME: "=",
    BesidePublished.OTHER_FLAGS: "≈",
    BesidePublished.DIFFERS: "≠",
    BesidePublished.ONLY_HERE: "−",
    BesidePublished.ONLY_THERE: "+",
    BesidePublished.WITHHELD_HERE: "≠",
    BesidePublished.WITHHELD_THERE: "≠",
}
# Told together: what there is of them stands in the table, and there may be many.
TOGETHER = {
    BesidePublished.ONLY_HERE: "only here, nothing published",
    BesidePublished.WITHHELD_HERE: "withheld here (c), published there as a number, so known to whoever reads it there",
}
PUBLISHED = "published"
MOST_FURTHER = 12


def preview_lines(table: PreviewTable, width: int, *, quiet: bool) -> Iterator[str]:
    """A table: what it rests on, its years, and what differs."""
    flow = table.dataflow
    yield from _wrapped(f"{flow.code}: {flow.label.text(ENGLISH)}", width)
    yield from _wrapped(", ".join(f"{name} {code}" for name, code in table.fixed), width, INDENT)
    if table.memory:
        told = f"From memory, not yet held against Eurostat's own list: {'; '.join(table.memory)}"
        yield from _wrapped(told, width, INDENT)
    for person, filled in groupby(table.filled_by, key=lambda each: each[0]):
        told = "; ".join(f"{indicator} {spans(years)}" for _, indicator, years in filled)
        yield from _wrapped(f"{person}: {told}", width, INDENT)
    if table.file:
        stamp = f"published {table.updated}: " if table.updated else "published: "
        yield from _wrapped(f"{stamp}{table.file}", width, INDENT)
    yield ""
    yield from _grid(table, width)
    if not quiet:
        yield from _why(table, width)
    if table.file:
        yield from _differences(table, width)


def _grid(table: PreviewTable, width: int) -> Iterator[str]:
    sides = [
        max(len(text) for text in column)
        for column in zip(
            table.divided,
            *[row.codes for row in table.rows]
            + ([(f" {PUBLISHED}", *[""] * (len(table.divided) - 1))] if table.file else []),
            strict=True,
        )
    ]
    told = [
        [cell.shown for cell in row.cells] + ([_there(cell) for cell in row.cells] if table.file else [])
        for row in table.rows
    ]
    wide = max((len(text) for row in told for text in row), default=4)
    wide = max(wide, len("2020"))
    room = width - len(INDENT) - sum(sides) - len(GAP) * len(sides)
    blocks = -(-len(table.years) // max(1, room // (wide + len(GAP))))
    each = -(-len(table.years) // max(1, blocks))
    for first in range(0, len(table.years), each):
        if first:
            yield ""
        part = slice(first, first + each)
        yield _line(table.divided, sides, map(str, table.years[part]), wide)
        for row in table.rows:
            yield _line(row.codes, sides, (cell.shown for cell in row.cells[part]), wide)
            if table.file and any(cell.beside is not BesidePublished.SAME for cell in row.cells[part]):
                stub = (f" {PUBLISHED}", *[""] * (len(sides) - 1))
                yield _line(stub, sides, map(_there, row.cells[part]), wide)


def _line(stub: Sequence[str], sides: Sequence[int], cells: Iterable[str], wide: int) -> str:
    side = GAP.join(text.ljust(size) for text, size in zip(stub, sides, strict=True))
    return (INDENT + side + "".join(f"{GAP}{text:>{wide}}" for text in cells)).rstrip()


def _there(cell: PreviewCell) -> str:
    if cell.beside is BesidePublished.SAME:
        return SIGNS[BesidePublished.SAME]
    if cell.beside is BesidePublished.WITHHELD_HERE:
        return f"{SIGNS[cell.beside]} number"
    return f"{SIGNS[cell.beside]} {_published(cell)}"


def _published(cell: PreviewCell) -> str:
    there = cell.published
    if there is None:
        return ":"
    value = "" if there.value is None else f"{there.value:f}"
    return shown_cell(value, there.flags, withheld=there.confidentiality not in FREE)


def _why(table: PreviewTable, width: int) -> Iterator[str]:
    """Why cells have no number: each reason once, with years and rows."""
    found: dict[str, dict[tuple[int, ...], list[str]]] = {}
    for reason, codes, years in reasons(table):
        found.setdefault(reason, {}).setdefault(years, []).append(" ".join(codes))
    if found:
        yield ""
        yield f"{INDENT}Without a number:"
    for reason, where in found.items():
        told = (
            f"{spans(years)} {'every row' if len(rows) == len(table.rows) else ', '.join(rows)}"
            for years, rows in where.items()
        )
        yield from _wrapped(f"{reason}: {'; '.join(told)}", width, INDENT * 2)


def _differences(table: PreviewTable, width: int) -> Iterator[str]:
    cells = [cell for row in table.rows for cell in row.cells]
    same = sum(cell.beside is BesidePublished.SAME and cell.shown != ":" for cell in cells)
    found = list(table.differing)
    yield ""
    yield f"{INDENT}Beside what was published: {same} the same, {len(found)} otherwise"
    for row, cell in found:
        if cell.beside not in TOGETHER:
            yield from _wrapped(_difference(row, cell), width, INDENT * 2)
    for beside, words in TOGETHER.items():
        years: dict[tuple[str, ...], list[int]] = {}
        for row, cell in found:
            if cell.beside is beside:
                years.setdefault(row.codes, []).append(cell.year)
        if years:
            where = "; ".join(f"{' '.join(codes)} {spans(each)}" for codes, each in years.items())
            yield from _wrapped(f"{SIGNS[beside]} {words}: {where}", width, INDENT * 2)
    if table.further:
        named = [f"{'.'.join(each.key)} {each.year}" for each in table.further[:MOST_FURTHER]]
        more = f" and {len(table.further) - MOST_FURTHER} more" if len(table.further) > MOST_FURTHER else ""
        told = f"Published in cells that are not sent ({len(table.further)}): {', '.join(named)}{more}"
        yield from _wrapped(told, width, INDENT * 2)


def _difference(row: PreviewRow, cell: PreviewCell) -> str:
    where = f"{SIGNS[cell.beside]} {' '.join(row.codes)} {cell.year}"
    here, there = cell.shown, _published(cell)
    place = f" ({cell.published.place})" if cell.published else ""
    match cell.beside:
        case BesidePublished.WITHHELD_THERE:
            return f"{where}: {here} here, withheld there{place}"
        case BesidePublished.ONLY_THERE:
            return f"{where}: {there} published{place}, nothing here"
        case BesidePublished.OTHER_FLAGS:
            return f"{where}: the same number, other flags: {here} here, {there} there{place}"
        case _:
            return f"{where}: {here} here, {there} there{place}"


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent + INDENT, break_on_hyphens=False)
