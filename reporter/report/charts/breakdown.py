"""Charts of a breakdown over the years, with a panel or row for each code."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.data.i18n import N_
from reporter.data.records import Dimension, Observation, Series, is_given, is_hidden
from reporter.figures.analysis import arithmetic
from reporter.figures.analysis.arithmetic import part_series
from reporter.report.charts import series
from reporter.report.charts.series import ChartWords, alt_text, bars, column_charts, few_notes, figure, unit_line
from reporter.report.context import Context
from reporter.report.document.document import Figure
from reporter.report.document.plot import Columns, Panels, Rows
from reporter.report.tables.tabulate import Line, year_columns

# The most parts that can be compared with each other, and the most panels that fit in a row.
MOST_PANELS = 4


@dataclass(frozen=True, slots=True)
class PartSeries:
    """One code of a breakdown over the years."""

    label: str
    series: Series

    @property
    def code(self) -> str:
        return self.series.code

    @property
    def size(self) -> Decimal:
        """Sum of the values. Infinite if any is inexact, so that the part is never merged with others."""
        exact = all(arithmetic.is_exact(observation) for observation in self.series if is_given(observation))
        return sum((item.value or Decimal() for item in self.series), Decimal()) if exact else Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Division:
    """An indicator divided by a dimension. `rest` is the label of the part of the total for which no code is stated."""

    indicator: str
    dimension: str
    rest: str

    def parts(self, context: Context) -> list[PartSeries]:
        """Each code with a value in some year."""
        return [
            part
            for part in self.codes(context)
            if any(is_given(observation) and not observation.implied for observation in part.series)
        ]

    def codes(self, context: Context) -> Iterator[PartSeries]:
        axis = context.vintage.catalogue.dimension(self.dimension)
        for member in axis.codes if axis else ():
            series = part_series(context.vintage, self.indicator, self.dimension, member.code)
            yield PartSeries(context.code_label(self.dimension, member.code), series)

    def remainder(self, context: Context, year: int) -> Decimal | None:
        """The part of a year's total without a code. None when unknown or when the codes exceed the total."""
        axis = context.vintage.catalogue.dimension(self.dimension)
        total = context.vintage.observation(self.indicator, year)
        parts = context.vintage.parts(self.indicator, self.dimension, year)
        rest = arithmetic.printable_remainder(total, parts, axis) if axis and not axis.subset else None
        return rest if rest is not None and rest >= 0 else None

    def is_whole(self, context: Context, year: int) -> bool:
        """Whether the parts of a year add up to its total."""
        return bool(self.top_parts(context, year)) and self.remainder(context, year) == 0

    def around(self, context: Context, code: str) -> tuple[str, ...]:
        """The codes that contain a code."""
        axis = context.vintage.catalogue.dimension(self.dimension)
        return axis.around(code) if axis else ()

    def top_parts(self, context: Context, year: int) -> tuple[Observation, ...]:
        """The values of a year that add up to its total."""
        axis = context.vintage.catalogue.dimension(self.dimension)
        parts = context.vintage.parts(self.indicator, self.dimension, year)
        return arithmetic.top_parts(parts, axis) if axis else ()


def breakdown(context: Context, code: str, indicator: str, dimension: str) -> Figure | None:
    """An indicator by a breakdown, worded by the catalogue. None if the catalogue lacks them or no part has a value."""
    axis = context.vintage.catalogue.dimension(dimension)
    division = Division(indicator, dimension, context.text("Not broken down"))
    if not (axis and context.in_catalogue((indicator,)) and division.parts(context)):
        return None
    words = replace(words_of(context, indicator, axis), headline=context.headline(indicator))
    return division_chart(context, code, words, division, Panels(part_columns(context, division), columns=MOST_PANELS))


def words_of(context: Context, indicator: str, axis: Dimension) -> ChartWords:
    by = context.locale.inside(axis.label.text(context.locale.language))
    label = context.label(indicator)
    caption = context.text("{label} by {breakdown}, {span}", label=label, breakdown=by, span=context.span)
    return ChartWords(caption, unit_line(context, indicator))


def division_chart(
    context: Context,
    code: str,
    words: ChartWords,
    division: Division,
    plot: Panels | Rows,
    further: Sequence[tuple[str, Series]] = (),
) -> Figure:
    """Show a division over the years on one scale. `further` are series next to it, such as men among all persons.
    `words.drawing` and the plot's `off_series_key` are set here."""
    total, parts, years = context.vintage.series(division.indicator), division.parts(context), context.vintage.years
    rests = [division.remainder(context, year) for year in years]
    label = context.label(division.indicator)
    lines = [Line(label, [total.get(year) for year in years])]
    lines += [Line(part.label, [part.series.get(year) for year in years], level=1) for part in parts]
    if parts:
        lines.append(Line(division.rest, [":" if rest is None else rest for rest in rests], level=1))
    lines += [Line(name, [series.get(year) for year in years], level=1) for name, series in further]
    named = [("", total), *((part.label, part.series) for part in parts), *further]
    noted = [(name, observation) for name, series in named for observation in series]
    panels = plot.panels if isinstance(plot, Panels) else plot.rows
    lookup = {part.label: part.series for part in (*parts, *drawn_parts(context, division))}
    lookup |= {label: total, **dict(further)}
    words = replace(words, drawing=column_charts(context, len(panels)))
    alt = alt_text(context, words, [(panel.title, lookup[panel.title]) for panel in panels])
    implied = any(observation.implied for part in parts for observation in part.series)
    notes = (*few_notes(context, noted), *(_zeros(context, division) if implied else ()))
    stated = {part.label for part in parts}
    withheld = [part.label for part in division.codes(context) if any(map(is_hidden, part.series))]
    if left_out := context.locale.joined("; ", (label for label in withheld if label not in stated)):
        notes = (*notes, ("", context.text("Not shown, as their values are confidential: {labels}", labels=left_out)))
    plot = replace(plot, off_series_key=series.legend(context, (series for _, series in named)))
    return figure(context, code, words, plot, alt, lines, year_columns(context.vintage), notes=notes)


def largest_places(sizes: Sequence[Decimal], most: int) -> frozenset[int]:
    """Places of the parts shown separately: all if at most `most`, else the largest, leaving one for the others."""
    if len(sizes) <= most:
        return frozenset(range(len(sizes)))
    return frozenset(sorted(range(len(sizes)), key=lambda place: (-sizes[place], place))[: most - 1])


def part_columns(context: Context, division: Division) -> tuple[Columns, ...]:
    return tuple(
        Columns(part.label, context.years, bars(context, part.series)) for part in drawn_parts(context, division)
    )


def drawn_parts(context: Context, division: Division) -> list[PartSeries]:
    """The largest parts of a division, the others merged into the last. Parts within another are not deducted."""
    parts = division.parts(context)
    codes = {part.code for part in parts}
    outer = [part for part in parts if codes.isdisjoint(division.around(context, part.code))]
    places = largest_places([part.size for part in outer], MOST_PANELS)
    panel_parts = [part for place, part in enumerate(outer) if place in places]
    if len(outer) > len(panel_parts):
        left = [part.code for place, part in enumerate(outer) if place not in places]
        axis = context.vintage.catalogue.dimension(division.dimension)
        title = context.text(
            N_("All other and combined")
            if any(member.combines for code in left if axis and (member := axis.get(code)))
            else N_("All other")
        )
        panel_parts.append(PartSeries(title, _others(context, division, {part.code for part in panel_parts})))
    return panel_parts


def _others(context: Context, division: Division, panel_codes: Collection[str]) -> Series:
    """Sum of the parts without a panel, in years whose parts add up to the total."""
    sums = []
    for total in context.vintage.series(division.indicator):
        others = (
            observation
            for observation in division.top_parts(context, total.year)
            if not {observation.code, *division.around(context, observation.code)}.intersection(panel_codes)
        )
        if division.is_whole(context, total.year):
            sums.append(replace(total, value=arithmetic.total_of(others), notes=(), implied=True))
    return Series(division.indicator, "", tuple(sums))


def _zeros(context: Context, division: Division) -> tuple[tuple[str, str], ...]:
    open_years = [
        str(year)
        for year in context.vintage.years
        if context.vintage.parts(division.indicator, division.dimension, year) and not division.is_whole(context, year)
    ]
    words = [context.text("Where the parts stated add up to the year's total, other parts are shown as 0.")]
    if open_years:
        words.append(context.text("In {years} they do not.", years=context.locale.listed(open_years)))
    return (("", context.locale.joined(" ", words)),)
