"""Charts of the figures of a comparison. Slopes of years and editions, columns of countries."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import compress, pairwise
from math import ceil

from reporter.charts import off_series
from reporter.charts.series import ChartWords, bar, figure
from reporter.comparison import INHABITANTS, Compared, Manner, Sides, step_changes
from reporter.context import Context
from reporter.document.document import Figure
from reporter.document.plot import Columns, Panels, Shade
from reporter.document.plot_of_sides import Slope, Slopes, Stop
from reporter.i18n import N_
from reporter.model import Flag, Observation, Unit, is_given
from reporter.model.label import ENGLISH
from reporter.tables.compared import (
    all_columns,
    caption,
    changes_of,
    full_line,
    is_long,
    key_rows,
    sentences,
    side_names,
    values_sentence,
)

MOST_PANELS, MOST_LINES = 6, 8
COUNTS = (Unit.PERSONS, Unit.CASES, Unit.ITEMS)
# Victims presumed, identified, recognised are populations of their own: one of them has a line, the others a row.
VICTIMS = "victims."
ELSEWHERE = N_("The notes on these values stand below the table of all figures")
# From this many times the largest of the others on, figures have a panel of their own, at one of these parts.
FAR = 3
PARTS = {
    2: N_("at half of the scale"),
    3: N_("at a third of the scale"),
    4: N_("at a quarter of the scale"),
    5: N_("at one fifth of the scale"),
    6: N_("at one sixth of the scale"),
    7: N_("at one seventh of the scale"),
    8: N_("at one eighth of the scale"),
    9: N_("at one ninth of the scale"),
    10: N_("at one tenth of the scale"),
}
NARROW, WIDE = 78, 54
SLOPES, COLUMNS = N_("Slope chart."), N_("Column charts, one for each figure.")


def slopes(context: Context) -> Figure | None:
    """The figures that two sides have, from side to side. Of years and editions a slope chart, with those far larger in
    a second panel; of countries columns. None without two values of one figure."""
    sides = context.sides
    if sides is None:
        return None
    of_countries = sides.manner is Manner.COUNTRIES
    rows = key_rows(context)[:MOST_PANELS] if of_countries else drawn_rows(context)
    if not rows:
        return None
    plot = _panels(context, rows, sides) if of_countries else _slopes(context, rows, sides)
    words = ChartWords(
        caption(context, sides, context.text("Key figures")),
        _unit_line(context, sides, plot),
        context.text(COLUMNS if of_countries else SLOPES),
    )
    lines = [full_line(context, row, sides, _label(context, row)) for row in rows]
    alt = context.locale.joined(" ", [words.drawing, *(_told(context, row, sides) for row in rows)])
    notes = (("", context.text(ELSEWHERE)),) if any(line.cells for line in lines) else ()
    return figure(context, "slopes", words, plot, alt, lines, all_columns(context, sides), notes=notes)


def drawn_rows(context: Context) -> tuple[Compared, ...]:
    """The rows that a slope chart draws, those of key figures first. They count something, and two sides at least have
    a value."""
    counted = [row for row in context.rows if row.indicator.unit in COUNTS and row.address != INHABITANTS]
    shared = [row for row in counted if sum(map(is_given, row.values)) > 1]
    shared.sort(key=lambda row: (not row.indicator.key, row.indicator.key))
    of_victims = [row for row in shared if row.address.startswith(VICTIMS)]
    return tuple(row for row in shared if row not in of_victims[1:])[:MOST_LINES]


def _unit_line(context: Context, sides: Sides, plot: Slopes | Panels) -> str:
    if isinstance(plot, Panels):
        return context.text(N_("Each population on a scale of its own from zero; nothing is ranked"))
    names = side_names(context, sides)
    words = context.text("Number, {before} as a ring and {after} as a dot", before=names[-2], after=names[-1])
    if not plot.larger:
        return words
    labels = context.locale.listed(context.locale.inside(each.label) for each in plot.larger)
    part = context.text(PARTS[plot.ratio]) if plot.ratio in PARTS else f"1 : {plot.ratio}"
    return context.text("{words}. Apart: {labels}, {part}", words=words, labels=labels, part=part)


def _slopes(context: Context, rows: Sequence[Compared], sides: Sides) -> Slopes:
    small, large = _by_size(rows)
    years = [each.edition.year if sides.manner is Manner.EDITIONS else each.year for each in sides.sides]
    return Slopes(
        labels=side_names(context, sides),
        at=tuple(years),
        slopes=tuple(_slope(context, row, sides) for row in small),
        larger=tuple(_slope(context, row, sides) for row in large),
        ratio=_ratio(small, large),
        height=WIDE if is_long(sides) else NARROW,
    )


def _by_size(rows: Sequence[Compared]) -> tuple[list[Compared], list[Compared]]:
    """The rows of one scale, and those far too large for it. At least half of them have the first scale."""
    sizes = sorted(size for row in rows if (size := _most(row)))
    steps = [(large / small, small) for small, large in pairwise(sizes) if 2 * sizes.index(large) >= len(sizes)]
    step, limit = max(steps, default=(Decimal(), Decimal()))
    if step < FAR:
        return list(rows), []
    return [row for row in rows if _most(row) <= limit], [row for row in rows if _most(row) > limit]


def _ratio(small: Sequence[Compared], large: Sequence[Compared]) -> int:
    if not large:
        return 1
    needed = max(map(_most, large)) / max(map(_most, small))
    whole = ceil(needed)
    if whole in PARTS:
        return whole
    power = int("1".ljust(len(str(whole)), "0"))
    return -(-whole // power) * power


def _most(row: Compared) -> Decimal:
    return max((seen.value or Decimal() for seen in row.values if seen and is_given(seen)), default=Decimal())


def _slope(context: Context, row: Compared, sides: Sides) -> Slope:
    bars = [bar(context, seen) for seen in row.values]
    joined = (each is not None and each.difference is not None for each in step_changes(row, sides))
    stops = tuple(Stop(each.value, each.text, line) for each, line in zip(bars, joined, strict=True))
    return Slope(_label(context, row), stops)


def _label(context: Context, row: Compared) -> str:
    return row.indicator.label.text(context.locale.language)


def _told(context: Context, row: Compared, sides: Sides) -> str:
    """A row in words, for alt text: its values and changes. Every value is named with more than two sides and where no
    change is stated; then it is also said which values cannot be compared with the one before."""
    label = _label(context, row)
    told = [values_sentence(context, label, row, sides)] if len(sides.sides) > 2 or not changes_of(row, sides) else []
    steps = zip(side_names(context, sides), step_changes(row, sides), strict=True)
    broken = [name for name, step in steps if step is not None and step.difference is None]
    if len(sides.sides) > 2 and broken:
        names = context.locale.joined(", ", broken)
        told.append(context.text("Not comparable with the value before: {names}.", names=names))
    if sides.manner is Manner.COUNTRIES and any(hatched := apart(row, sides)):
        names = context.locale.joined(", ", compress(side_names(context, sides), hatched))
        told.append(context.text("Not comparable (definition differs, or in doubt): {names}.", names=names))
    return context.locale.joined(" ", [*told, *sentences(context, row, sides, label)])


def _panels(context: Context, rows: Sequence[Compared], sides: Sides) -> Panels:
    """A panel of columns for each figure of some countries. Figures of one population share a scale; different
    populations have none in common. Hatched is who counts otherwise."""
    names = side_names(context, sides)
    panels = [
        Columns(
            _label(context, row),
            names,
            tuple(
                replace(bar(context, seen, Shade.NOW, hatched=each), broken=False)
                for seen, each in zip(row.values, apart(row, sides), strict=True)
            ),
        )
        for row in rows
    ]
    populations = [row.indicator.population for row in rows]
    scales = tuple(map(populations.index, populations))
    return Panels(tuple(panels), columns=3, off_series_key=context.text(off_series.KEY), scales=scales)


def apart(row: Compared, sides: Sides) -> tuple[bool, ...]:
    """For each country, whether its value stands apart. It counts otherwise than most countries do, or is in doubt.
    Where no definition is that of more countries than any other, the usual one is not set apart."""
    counted = [_definition(seen, sides, place) for place, seen in enumerate(row.values)]
    known = [each for each in counted if each is not None]
    usual = max(known, key=lambda each: (known.count(each), each == ("", False)), default=None)
    return tuple(
        each is not None and (each != usual or (seen is not None and seen.doubtful))
        for each, seen in zip(counted, row.values, strict=True)
    )


def _definition(seen: Observation | None, sides: Sides, place: int) -> tuple[str, bool] | None:
    """What a value counts; None without a value. With it, whether the definition is flagged as another one."""
    if seen is None or not is_given(seen):
        return None
    words = sides.definition(place, seen).text(ENGLISH) if seen.definition else ""
    return words, Flag.DEFINITION_DIFFERS in seen.flags
