"""Charts of the key figures of a comparison.

Slopes of a few years or editions; columns of many, and of countries.
"""

from collections.abc import Sequence
from dataclasses import replace

from reporter.analysis.arithmetic import Obstacle
from reporter.charts import off_series
from reporter.charts.series import ChartWords, bar, figure
from reporter.comparison import Compared, Manner, Sides, step_changes
from reporter.context import Context
from reporter.document.document import Figure
from reporter.document.plot import Bar, Columns, Panels, Shade, Slope, Slopes, Stop
from reporter.i18n import N_
from reporter.prose.tally import SHOWN
from reporter.tables.compared import (
    all_columns,
    caption,
    change_words,
    changes_of,
    full_line,
    is_long,
    key_rows,
    sentences,
    side_names,
    tally_line,
    values_sentence,
)

MOST_PANELS = 6
# The same values stand in the table that follows, and their notes would go over pages twice.
ELSEWHERE = N_("The notes on these values stand below the table that follows")
# What ends a series of comparable columns; a bound does not, its sign says what it is.
APART = (Obstacle.PERIOD, Obstacle.BREAK, Obstacle.DEFINITION, Obstacle.DOUBT)
# The line under the caption of columns: of years and editions, then of countries.
SCALES = (
    N_("Each population on a scale of its own from zero; a dashed line where values cannot be compared"),
    N_("Each population on a scale of its own from zero; nothing is ranked"),
)


def slopes(context: Context) -> Figure | None:
    """The key figures on every side, a panel for each.

    Few years or editions are slopes; many, and countries, are columns. None without sides or key figures.
    """
    rows = key_rows(context)[:MOST_PANELS]
    if context.sides is None or not rows:
        return None
    sides = context.sides
    sloped = sides.manner is not Manner.COUNTRIES and not is_long(sides)
    words = replace(_words(context, sides, sloped=sloped), headline=tally_line(context, rows, sides, SHOWN))
    drawn = (_slope(context, row) for row in rows)
    plot = Slopes(side_names(context, sides), tuple(drawn)) if sloped else _panels(context, rows, sides)
    lines = [full_line(context, row, sides, _label(context, row)) for row in rows]
    alt = context.locale.joined(" ", [words.drawing, *(_told(context, row, sides) for row in rows)])
    notes = (("", context.text(ELSEWHERE)),)
    return figure(context, "slopes", words, plot, alt, lines, all_columns(context, sides), notes=notes)


def _words(context: Context, sides: Sides, *, sloped: bool) -> ChartWords:
    what = caption(context, sides, context.text("Key figures"))
    if sloped:
        unit = context.text("Each figure on a scale of its own from zero; no line where the values cannot be compared")
        return ChartWords(what, unit, context.text("Slope charts, one for each figure."))
    unit = context.text(SCALES[sides.manner is Manner.COUNTRIES])
    return ChartWords(what, unit, context.text("Column charts, one for each figure."))


def _label(context: Context, row: Compared) -> str:
    return row.indicator.label.text(context.locale.language)


def _told(context: Context, row: Compared, sides: Sides) -> str:
    """A row in words, for alt text: its values and changes.

    Every value is named with more than two sides and where no change is stated. Of columns it is also said which values
    cannot be compared with the one before.
    """
    label = _label(context, row)
    told = [values_sentence(context, label, row, sides)] if len(sides.sides) > 2 or not changes_of(row, sides) else []
    broken = [name for name, apart in zip(side_names(context, sides), _broken(row, sides), strict=True) if apart]
    if is_long(sides) and broken:
        names = context.locale.joined(", ", broken)
        told.append(context.text("Not comparable with the value before: {names}.", names=names))
    return context.locale.joined(" ", [*told, *sentences(context, row, sides, label)])


def _slope(context: Context, row: Compared) -> Slope:
    joined = (False, *(each.difference is not None for each in row.changes))
    bars = [bar(context, seen) for seen in row.values]
    stops = tuple(Stop(each.value, each.text, line) for each, line in zip(bars, joined, strict=True))
    last = row.changes[-1]
    return Slope(_label(context, row), stops, change_words(context, last))


def _panels(context: Context, rows: Sequence[Compared], sides: Sides) -> Panels:
    names = side_names(context, sides)
    panels = [Columns(_label(context, row), names, _bars(context, row, sides)) for row in rows]
    # Rows of one population share a scale; different populations have no scale in common.
    populations = [row.indicator.population for row in rows]
    scales = tuple(map(populations.index, populations))
    return Panels(tuple(panels), columns=3, off_series_key=context.text(off_series.KEY), scales=scales)


def _bars(context: Context, row: Compared, sides: Sides) -> tuple[Bar, ...]:
    """A bar for each side.

    Of years and editions the last is that of now; countries are all of one year. A bar that cannot be compared with the
    one before is marked broken.
    """
    timed, last = sides.manner is not Manner.COUNTRIES, len(row.values) - 1
    late = {last: Shade.NOW, last - 1: Shade.BEFORE}
    shades = (late.get(place, Shade.EARLIER) if timed else Shade.NOW for place in range(last + 1))
    drawn = (
        bar(context, seen, one, hatched=other)
        for seen, one, other in zip(row.values, shades, off_series.marks(row.values), strict=True)
    )
    return tuple(replace(each, broken=one) for each, one in zip(drawn, _broken(row, sides), strict=True))


def _broken(row: Compared, sides: Sides) -> tuple[bool, ...]:
    """For each value, whether a line parts it from the one before.

    It does where the value cannot be compared with the last one given, however many are missing in between.
    """
    return tuple(each is not None and each.obstacle in APART for each in step_changes(row, sides))
