"""The figures of a comparison as columns, a panel for each figure."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

from reporter.data.i18n import N_
from reporter.data.records import Flag, Observation, Unit, is_given
from reporter.data.records.label import ENGLISH
from reporter.figures.compare.figures import INHABITANTS, FigureRow, Manner, Sides, step_changes
from reporter.report.charts import series
from reporter.report.charts.series import ChartWords, bar, figure, is_off_series
from reporter.report.context import Context
from reporter.report.document.document import Figure
from reporter.report.document.plot import Columns, Panels, Shade
from reporter.report.tables.comparison import all_columns, caption, full_line, row_label, side_names, values_sentence

MOST_PANELS, PANELS_IN_A_ROW = 6, 3
COUNTS = (Unit.PERSONS, Unit.CASES, Unit.ITEMS)
ELSEWHERE = N_("The notes on these values are below the table of all figures")
UNIT_LINES = {
    Manner.YEARS: N_("Each population has its own scale; a dashed line separates values that cannot be compared"),
    Manner.EDITIONS: N_("Each population has its own scale; a dashed line separates values that cannot be compared"),
    Manner.COUNTRIES: N_("Each population has its own scale from zero; countries are not ranked"),
}


def compared_columns(context: Context) -> Figure | None:
    """Columns for the figures that both sides have. None without two values of one figure, and for two years or
    editions, which a table draws."""
    sides = context.sides
    if sides is None or (len(sides.sides) == 2 and sides.manner is not Manner.COUNTRIES):
        return None
    counted = (row for row in context.rows if row.indicator.unit in COUNTS and row.address != INHABITANTS)
    shared = [row for row in counted if sum(map(is_given, row.values)) > 1]
    # Key figures come first.
    rows = sorted(shared, key=lambda row: (not row.indicator.key, row.indicator.key))[:MOST_PANELS]
    if not rows:
        return None
    words = ChartWords(
        caption(context, sides, context.text("Key figures")),
        context.text(UNIT_LINES[sides.manner]),
        context.text("Column charts, one for each figure."),
    )
    lines = [full_line(context, row, sides) for row in rows]
    alt = context.locale.joined(" ", [words.drawing, *(_row_words(context, row, sides) for row in rows)])
    plot = _panels(context, rows, sides)
    notes = (("", context.text(ELSEWHERE)),)
    return figure(context, "compared_columns", words, plot, alt, lines, all_columns(context, sides), notes=notes)


def _row_words(context: Context, row: FigureRow, sides: Sides) -> str:
    names = side_names(context, sides)
    sentences = [values_sentence(context, row_label(context, row), row, sides)]
    if broken := list(compress(names, _broken(row, sides))):
        words = N_("Not comparable with the previous value: {names}.")
        sentences.append(context.text(words, names=context.locale.joined(", ", broken)))
    if hatched := list(compress(names, hatching(context, row, sides))):
        words = N_("Not comparable (definition differs, or in doubt): {names}.")
        sentences.append(context.text(words, names=context.locale.joined(", ", hatched)))
    return context.locale.joined(" ", sentences)


def _panels(context: Context, rows: Sequence[FigureRow], sides: Sides) -> Panels:
    """A panel of columns for each figure; figures of one population share a scale. Incomparable values are hatched."""
    shades = [Shade.NOW] * len(sides.sides)
    if sides.manner is not Manner.COUNTRIES:
        shades[:-1] = [Shade.EARLIER] * (len(shades) - 2) + [Shade.BEFORE]
    panels = []
    for row in rows:
        places = zip(row.values, shades, hatching(context, row, sides), _broken(row, sides), strict=True)
        bars = (replace(bar(context, value, shade, hatched=other), broken=cut) for value, shade, other, cut in places)
        panels.append(Columns(row_label(context, row), side_names(context, sides), tuple(bars)))
    populations = [row.indicator.population for row in rows]
    scales = tuple(map(populations.index, populations))
    return Panels(tuple(panels), columns=PANELS_IN_A_ROW, off_series_key=context.text(series.KEY), scales=scales)


def _broken(row: FigureRow, sides: Sides) -> tuple[bool, ...]:
    """Whether each side's value cannot be compared with the one before."""
    return tuple(step is not None and step.difference is None for step in step_changes(row, sides))


def hatching(context: Context, row: FigureRow, sides: Sides) -> tuple[bool, ...]:
    """Whether each side's value is hatched: in doubt, or by another definition than most countries use. If no
    definition is the most frequent, the usual one is not hatched."""
    if sides.manner is not Manner.COUNTRIES:
        return tuple(sides.manner is Manner.YEARS and is_off_series(context, observation) for observation in row.values)
    counted = [_definition(observation, sides, place) for place, observation in enumerate(row.values)]
    definitions = [definition for definition in counted if definition is not None]
    usual = max(definitions, key=lambda kind: (definitions.count(kind), kind == ("", False)), default=None)
    return tuple(
        definition is not None and (definition != usual or (observation is not None and observation.doubtful))
        for definition, observation in zip(counted, row.values, strict=True)
    )


def _definition(observation: Observation | None, sides: Sides, place: int) -> tuple[str, bool] | None:
    """What a value counts and whether its definition is flagged as different; None without a value."""
    if observation is None or not is_given(observation):
        return None
    words = sides.definition(place, observation).text(ENGLISH) if observation.definition else ""
    return words, Flag.DEFINITION_DIFFERS in observation.flags
