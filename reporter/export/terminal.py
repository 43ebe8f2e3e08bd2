"""A comparison as plain text for a terminal.

Every figure, its mean and extremes, its shares.
"""

from collections.abc import Iterator

from reporter.analysis.arithmetic import Share
from reporter.comparison import Compared, Manner, Sides
from reporter.context import Context
from reporter.document.document import Column
from reporter.export.plain_table import table_text
from reporter.tables.compared import all_columns, caption, extreme_cells, full_line, mean_cell, side_names
from reporter.tables.tabulate import Heads, Line, tabulate

NONE = ":"


def comparison_text(context: Context) -> str:
    """Write a comparison as tables of 80 columns.

    Every figure and its parts side by side; below, between years, means and extremes, and all shares. Raises
    ValueError when nothing is compared.
    """
    sides = context.sides
    if sides is None:
        raise ValueError("nothing is laid side by side")
    lines = [line for row in context.rows for line in _lines(context, row, sides)]
    tables = [_table(context, sides, context.text("All figures"), all_columns(context, sides), lines)]
    if sides.manner is Manner.YEARS:
        tables.append(_series(context, sides))
    if shares := [line for row in context.rows for line in _shares(context, row)]:
        columns = tuple(Column(name) for name in side_names(context, sides))
        tables.append(_table(context, sides, context.text("Shares"), columns, shares))
    return "\n".join(tables)


def _table(context: Context, sides: Sides, what: str, columns: tuple[Column, ...], lines: list[Line]) -> str:
    heads = Heads(
        code="comparison",
        caption=caption(context, sides, what),
        unit_line="",
        stub=context.text("Number of"),
        columns=columns,
    )
    return table_text(tabulate(heads, lines, context.vintage, context.locale))


def _lines(context: Context, row: Compared, sides: Sides) -> Iterator[Line]:
    yield full_line(context, row, sides, _label(context, row))
    for part in row.parts:
        yield full_line(context, part, sides, _label(context, part), level=1)


def _label(context: Context, row: Compared) -> str:
    return (
        context.code_label(row.dimension, row.code) if row.code else row.indicator.label.text(context.locale.language)
    )


def _series(context: Context, sides: Sides) -> str:
    """A table of means, and of extremes that can be compared.

    The mean is that of the five years before the last one.
    """
    last = sides.last.year
    mean = context.text("Mean {first}–{last}", first=last - 5, last=last - 1)
    columns = (Column(mean), Column(context.text("Lowest")), Column(context.text("Highest")))
    lines = [
        Line(_label(context, row), [mean_cell(context, row.mean), *extreme_cells(context, row)]) for row in context.rows
    ]
    return _table(context, sides, context.text("Means and extremes"), columns, lines)


def _shares(context: Context, row: Compared) -> Iterator[Line]:
    """The parts of a figure as shares of it.

    Only on bases that are large enough for a percentage.
    """
    parts = [(part, [_percent(context, each) for each in part.shares]) for part in row.parts]
    shared = [(part, cells) for part, cells in parts if set(cells) - {NONE}]
    if shared:
        yield Line(_label(context, row), heading=True)
    yield from (Line(_label(context, part), list(cells), level=1) for part, cells in shared)


def _percent(context: Context, share: Share | None) -> str:
    if share is None or share.value is None or not context.vintage.settings.allows_percent(share.base):
        return NONE
    return context.locale.percent(share.value, 1)
