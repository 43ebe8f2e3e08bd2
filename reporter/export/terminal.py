"""A comparison as plain text for a terminal: every figure, its mean and extremes, its shares."""

from collections.abc import Iterator

from reporter.analysis import Share
from reporter.charts import Frame
from reporter.charts.beside import all_columns, caption, extreme_cells, full_line, mean_cell, side_names
from reporter.comparison import Compared, Manner, Sides
from reporter.document import Column
from reporter.export.plain import table_text
from reporter.tables import Heads, Line, tabulate

NONE = ":"


def comparison_text(frame: Frame) -> str:
    """Every figure and its parts side by side in 80 columns; below, of years, means and extremes, and all shares."""
    sides = frame.sides
    if sides is None:
        raise ValueError("nothing is laid side by side")
    lines = [line for row in frame.rows for line in _lines(frame, row, sides)]
    tables = [_table(frame, sides, frame.text("All figures"), all_columns(frame, sides), lines)]
    if sides.manner is Manner.YEARS:
        tables.append(_series(frame, sides))
    if shares := [line for row in frame.rows for line in _shares(frame, row)]:
        columns = tuple(Column(name) for name in side_names(frame, sides))
        tables.append(_table(frame, sides, frame.text("Shares"), columns, shares))
    return "\n".join(tables)


def _table(frame: Frame, sides: Sides, what: str, columns: tuple[Column, ...], lines: list[Line]) -> str:
    heads = Heads("comparison", caption(frame, sides, what), "", frame.text("Number of"), columns)
    return table_text(tabulate(heads, lines, frame.vintage, frame.locale))


def _lines(frame: Frame, row: Compared, sides: Sides) -> Iterator[Line]:
    yield full_line(frame, row, sides, _label(frame, row))
    for part in row.parts:
        yield full_line(frame, part, sides, _label(frame, part), level=1)


def _label(frame: Frame, row: Compared) -> str:
    return frame.code_label(row.dimension, row.code) if row.code else row.indicator.label.text(frame.locale.language)


def _series(frame: Frame, sides: Sides) -> str:
    """The mean of the five years before the last one, and the extremes that this one can be compared with."""
    last = sides.last.year
    mean = frame.text("Mean {first}–{last}", first=last - 5, last=last - 1)
    columns = (Column(mean), Column(frame.text("Lowest")), Column(frame.text("Highest")))
    lines = [Line(_label(frame, row), [mean_cell(frame, row.mean), *extreme_cells(frame, row)]) for row in frame.rows]
    return _table(frame, sides, frame.text("Means and extremes"), columns, lines)


def _shares(frame: Frame, row: Compared) -> Iterator[Line]:
    """The parts of a figure as shares of it, on bases that are large enough for a percentage."""
    parts = [(part, [_percent(frame, each) for each in part.shares]) for part in row.parts]
    shared = [(part, cells) for part, cells in parts if set(cells) - {NONE}]
    if shared:
        yield Line(_label(frame, row), heading=True)
    yield from (Line(_label(frame, part), list(cells), level=1) for part, cells in shared)


def _percent(frame: Frame, share: Share | None) -> str:
    if share is None or share.value is None or share.base < frame.vintage.settings.percent_base:
        return NONE
    return frame.locale.percent(share.value, 1)
