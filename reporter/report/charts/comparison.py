"""The figures of a comparison as columns, a panel for each figure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress

from reporter.data.i18n import N_
from reporter.data.records import Flag, Observation, Unit, is_given
from reporter.data.records.label import ENGLISH
from reporter.figures.analysis.arithmetic import break_years
from reporter.figures.compare.figures import INHABITANTS, FigureRow, Manner, Sides, step_changes
from reporter.report.charts.series import KEY, ChartWords, bar, column_charts, figure, is_off_series
from reporter.report.context import Context
from reporter.report.document.document import Column, Figure
from reporter.report.document.plot import Columns, Panels, Shade
from reporter.report.tables.comparison import all_columns, caption, full_line, row_label, side_names, values_sentence
from reporter.report.tables.tabulate import Line, ValueOfEdition

MOST_PANELS, PANELS_IN_A_ROW = 6, 3
# The years of a country that fit in a panel.
MOST_YEARS = 8
COUNTS = (Unit.PERSONS, Unit.CASES, Unit.ITEMS)
HATCHED = N_("Not comparable (definition differs, or in doubt): {names}.")
ELSEWHERE = N_("The notes on these values are below the table of all figures")


def compared_columns(context: Context) -> Figure | None:
    """Columns for the figures that both sides have. None without two values of one figure, for two years or editions,
    which a table draws, and for countries, which are drawn over the years."""
    sides = context.sides
    if sides is None or len(sides.sides) == 2 or sides.manner is Manner.COUNTRIES:
        return None
    rows = _shared_rows(context)
    if not rows:
        return None
    words = ChartWords(
        caption(context, sides, context.text("Key figures")),
        context.text("Each population has its own scale; a dashed line separates values that cannot be compared"),
        context.text("Column charts, one for each figure."),
    )
    lines = [full_line(context, row, sides) for row in rows]
    alt = context.locale.joined(" ", [words.drawing, *(_row_words(context, row, sides) for row in rows)])
    plot = _panels(context, rows, sides)
    notes = (("", context.text(ELSEWHERE)),)
    return figure(context, "compared_columns", words, plot, alt, lines, all_columns(context, sides), notes=notes)


def _shared_rows(context: Context) -> list[FigureRow]:
    """The counts with at least two values, key figures first."""
    counted = (row for row in context.rows if row.indicator.unit in COUNTS and row.address != INHABITANTS)
    shared = [row for row in counted if sum(map(is_given, row.values)) > 1]
    return sorted(shared, key=lambda row: (not row.indicator.key, row.indicator.key))[:MOST_PANELS]


def _row_words(context: Context, row: FigureRow, sides: Sides) -> str:
    names = side_names(context, sides)
    sentences = [values_sentence(context, row_label(context, row), row, sides)]
    if broken := list(compress(names, _broken(row, sides))):
        words = N_("Not comparable with the previous value: {names}.")
        sentences.append(context.text(words, names=context.locale.joined(", ", broken)))
    if hatched := list(compress(names, _hatched(context, row, sides))):
        sentences.append(context.text(HATCHED, names=context.locale.joined(", ", hatched)))
    return context.locale.joined(" ", sentences)


def _panels(context: Context, rows: Sequence[FigureRow], sides: Sides) -> Panels:
    """A panel of columns for each figure; figures of one population share a scale. Incomparable values are hatched."""
    shades = [*[Shade.EARLIER] * (len(sides.sides) - 2), Shade.BEFORE, Shade.NOW]
    panels = []
    for row in rows:
        places = zip(row.values, shades, _hatched(context, row, sides), _broken(row, sides), strict=True)
        bars = (replace(bar(context, value, shade, hatched=other), broken=cut) for value, shade, other, cut in places)
        panels.append(Columns(row_label(context, row), side_names(context, sides), tuple(bars)))
    populations = [row.indicator.population for row in rows]
    scales = tuple(map(populations.index, populations))
    return Panels(tuple(panels), columns=PANELS_IN_A_ROW, off_series_key=context.text(KEY), scales=scales)


def _broken(row: FigureRow, sides: Sides) -> tuple[bool, ...]:
    """Whether each side's value cannot be compared with the one before."""
    return tuple(step is not None and step.difference is None for step in step_changes(row, sides))


def _hatched(context: Context, row: FigureRow, sides: Sides) -> tuple[bool, ...]:
    """Whether each side's value is hatched: in doubt, or by another definition than the rest of its series."""
    return tuple(sides.manner is Manner.YEARS and is_off_series(context, observation) for observation in row.values)


def countries_over_years(context: Context) -> tuple[Figure, ...]:
    """The years of each country, a chart for each count that two of them have. One that counts it differently is marked
    ≠ and has its own scale. None in other comparisons."""
    sides = context.sides
    if sides is None or sides.manner is not Manner.COUNTRIES:
        return ()
    charts = [_over_years(context, row, sides) for row in _shared_rows(context)]
    return (replace(charts[0], notes=(("", context.text(ELSEWHERE)),)), *charts[1:]) if charts else ()


def _over_years(context: Context, row: FigureRow, sides: Sides) -> Figure:
    """A panel for each country; those that count alike come first and share a scale, the others are marked ≠."""
    series = [side.figures.series(row.indicator.code) for side in sides.sides]
    first = min(observation.year for line in series for observation in line if is_given(observation))
    years = range(max(first, sides.last.year - MOST_YEARS + 1), sides.last.year + 1)
    latest = [next((line.get(year) for year in reversed(years) if is_given(line.get(year))), None) for line in series]
    ways = [_way(observation, sides, place) for place, observation in enumerate(latest)]
    order = sorted((n for n, way in enumerate(ways) if way), key=lambda n: (-ways.count(ways[n]), ways.index(ways[n])))
    usual = ways[order[0]] if ways.count(ways[order[0]]) > 1 else None
    label, panels, lines, sentences = row_label(context, row), list[Columns](), list[Line](), list[str]()
    for place in order:
        side, title, observation = sides.sides[place], side_names(context, sides)[place], latest[place]
        own = context.locale.label_of(observation, side.figures.catalogue) if observation else label
        if own != label:
            title = context.locale.put("{}: {}", title, context.locale.inside(own))
        lines.append(Line(title, [ValueOfEdition(series[place].get(year), side.figures) for year in years]))
        # What is counted otherwise than in the latest year, or in doubt, is hatched.
        values = [value for value in series[place] if is_given(value)]
        off = {value.year for value in values if value.doubtful or _way(value, sides, place) != ways[place]}
        broken = break_years(side.figures, series[place])
        shades = {year: Shade.NOW if year == side.year else Shade.EARLIER for year in years}
        bars = (bar(context, series[place].get(year), shades[year], hatched=year in off) for year in years)
        drawn = tuple(replace(item, broken=year in broken) for year, item in zip(years, bars, strict=True))
        panels.append(Columns(title if ways[place] == usual else f"≠ {title}", tuple(map(str, years)), drawn))
        sentences += _panel_words(context, panels[-1])
    words = ChartWords(
        context.text("{label}, {span}", label=label, span="–".join(map(str, dict.fromkeys((years[0], years[-1]))))),
        context.text("Countries that count alike share a scale; ≠: counted differently; countries are not ranked"),
    )
    scales = tuple(ways.index(ways[place]) for place in order)
    plot = Panels(tuple(panels), off_series_key=context.text(KEY), scales=scales)
    alt = context.locale.joined(" ", (column_charts(context, len(panels)), *sentences))
    code = f"over_years-{row.indicator.code.replace('.', '-')}"
    return figure(context, code, words, plot, alt, lines, tuple(Column(str(year)) for year in years))


def _way(observation: Observation | None, sides: Sides, place: int) -> tuple[str, bool] | None:
    """What a country counts, and whether that is flagged as another definition than the usual one."""
    if observation is None or not is_given(observation):
        return None
    words = sides.definition(place, observation).text(ENGLISH) if observation.definition else ""
    return words, Flag.DEFINITION_DIFFERS in observation.flags


def _panel_words(context: Context, panel: Columns) -> Iterator[str]:
    pairs = list(zip(panel.labels, panel.bars, strict=True))
    values = (context.locale.put("{}: {}", year, bar.text) for year, bar in pairs if bar.value is not None)
    yield context.text("{label} – {values}.", label=panel.title, values=context.locale.joined(", ", values))
    if missing := [year for year, bar in pairs if bar.value is None]:
        yield context.text("Not available: {years}.", years=", ".join(missing))
    if hatched := [year for year, bar in pairs if bar.off_series]:
        yield context.text(HATCHED, names=", ".join(hatched))
