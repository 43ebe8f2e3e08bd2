"""The key figures of a comparison: slopes of a few sides, columns of many and of countries."""

from collections.abc import Iterable
from dataclasses import replace

from reporter.analysis import Change, Obstacle
from reporter.charts import apart
from reporter.charts.beside import (
    all_columns,
    caption,
    changes_of,
    full_line,
    is_long,
    key_rows,
    sentences,
    side_names,
    tally_line,
    told_values,
)
from reporter.charts.frame import Frame, Words, bar
from reporter.comparison import Compared, Manner, Sides
from reporter.document import Figure
from reporter.i18n import N_
from reporter.plot import Bar, Columns, Panels, Slope, Slopes, Stop
from reporter.prose.sentences import change_text
from reporter.prose.tally import SHOWN
from reporter.tables import Heads, tabulate

MOST_PANELS = 6
# The same values stand in the table that follows, and their notes would go over pages twice.
ELSEWHERE = N_("The notes on these values stand below the table that follows")
# Columns stand for one series only up to one of these.
APART = (Obstacle.BREAK, Obstacle.DEFINITION, Obstacle.DOUBT)


def slopes(frame: Frame) -> Figure | None:
    """The key figures from side to side, a panel each; many sides and countries as columns."""
    rows = key_rows(frame)[:MOST_PANELS]
    if frame.sides is None or not rows:
        return None
    sides = frame.sides
    sloped = sides.manner is not Manner.COUNTRIES and not is_long(sides)
    words = _words(frame, sides, sloped=sloped)
    headline = tally_line(frame, rows, sides, SHOWN)
    plot = _slopes(frame, rows, sides) if sloped else _panels(frame, rows, sides)
    heads = Heads("data-slopes", words.caption, words.unit_line, frame.text("Number of"), all_columns(frame, sides))
    table = tabulate(
        heads, [full_line(frame, row, sides, _label(frame, row)) for row in rows], frame.vintage, frame.locale
    )
    alt = " ".join([words.drawing, *(_told(frame, row, sides) for row in rows)])
    notes = (("", frame.text(ELSEWHERE)),)
    return Figure("slopes", 0, words.caption, words.unit_line, plot, alt, table.source_note, table, notes, headline)


def _words(frame: Frame, sides: Sides, *, sloped: bool) -> Words:
    what = caption(frame, sides, frame.text("Key figures"))
    if sloped:
        unit = frame.text("Each figure on a scale of its own from zero; no line where the values cannot be compared")
        return Words(what, unit, frame.text("Slope charts, one for each figure."))
    unit = frame.text("On one scale; figures of different populations are never added or compared")
    return Words(what, unit, frame.text("Column charts, one for each figure."))


def _label(frame: Frame, row: Compared) -> str:
    return row.indicator.label.text(frame.locale.language)


def _told(frame: Frame, row: Compared, sides: Sides) -> str:
    """A row in words: its change, and with more than two sides every value."""
    label = _label(frame, row)
    values = [told_values(frame, label, row, sides)] if len(sides.sides) > 2 or not changes_of(row, sides) else []
    return " ".join([*values, *sentences(frame, row, sides, label)])


def _slopes(frame: Frame, rows: Iterable[Compared], sides: Sides) -> Slopes:
    return Slopes(side_names(frame, sides), tuple(_slope(frame, row) for row in rows))


def _slope(frame: Frame, row: Compared) -> Slope:
    joined = (False, *(each.difference is not None for each in row.changes))
    bars = [bar(frame, seen) for seen in row.values]
    stops = tuple(Stop(each.value, each.text, line) for each, line in zip(bars, joined, strict=True))
    last = row.changes[-1]
    return Slope(_label(frame, row), stops, row.indicator.accent, _change(frame, last))


def _change(frame: Frame, change: Change) -> str:
    return change_text(change, frame.vintage.settings, frame.locale)


def _panels(frame: Frame, rows: Iterable[Compared], sides: Sides) -> Panels:
    names = side_names(frame, sides)
    panels = [Columns(_label(frame, row), names, _bars(frame, row, sides), row.indicator.accent) for row in rows]
    return Panels(tuple(panels), columns=3, apart=frame.text(apart.KEY))


def _bars(frame: Frame, row: Compared, sides: Sides) -> tuple[Bar, ...]:
    """A bar for each side; of years the last two are emphasised, and a break between two of them is marked."""
    timed = sides.manner is not Manner.COUNTRIES
    broken = (False, *(each.obstacle in APART for each in row.changes)) if row.changes else (False,) * len(row.values)
    count, hatched = len(row.values), apart.marks(row.values)
    strong = (not timed or place >= count - 2 for place in range(count))
    drawn = (
        bar(frame, seen, emphasised=one, hatched=other)
        for seen, one, other in zip(row.values, strong, hatched, strict=True)
    )
    return tuple(replace(each, broken=one) for each, one in zip(drawn, broken, strict=True))
