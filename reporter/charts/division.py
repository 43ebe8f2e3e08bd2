"""Charts of a breakdown: its codes over the years.

They are a stack or stand in panels.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.analysis import arithmetic
from reporter.charts import off_series
from reporter.charts.series import ChartWords, bar, bars, column_charts, describe, few_notes, figure, unit_line
from reporter.context import Context
from reporter.document.document import Figure
from reporter.document.plot import Bar, Columns, Layer, Panels, Stack
from reporter.model import Observation, Series, is_given
from reporter.tables.tabulate import Line, year_columns

# More layers than this cannot be compared with each other; so many panels stand in a row.
MOST_LAYERS = MOST_PANELS = 4


@dataclass(frozen=True, slots=True)
class PartSeries:
    """One code of a breakdown over the years, with its colour."""

    label: str
    series: Series
    accent: int

    @property
    def code(self) -> str:
        """The code in its dimension."""
        return self.series.code

    @property
    def size(self) -> Decimal:
        """The sum of its values, by which the largest parts are chosen.

        Infinite with a bound or an approximation: such a part is never merged with others.
        """
        exact = all(arithmetic.is_exact(seen) for seen in self.series if is_given(seen))
        return sum((seen.value or Decimal() for seen in self.series), Decimal()) if exact else Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Division:
    """An indicator divided by a dimension.

    `rest` is the label of what no code is stated for. `accents` are the colours of the codes, repeated in turn; without
    them each code has the colour that it has in the catalogue.
    """

    indicator: str
    dimension: str
    rest: str
    accents: tuple[int, ...] = ()

    def parts(self, context: Context) -> list[PartSeries]:
        """Each code that has a value in some year."""
        axis = context.vintage.catalogue.dimension(self.dimension)
        found = []
        for place, code in enumerate(each.code for each in (axis.codes if axis else ())):
            series = context.vintage.series(self.indicator, code)
            if any(map(is_given, series)):
                accent = (
                    self.accents[place % len(self.accents)]
                    if self.accents
                    else context.code_accent(self.dimension, code)
                )
                found.append(PartSeries(context.code_label(self.dimension, code), series, accent))
        return found

    def remainder(self, context: Context, year: int) -> Decimal | None:
        """What the codes leave of the total in a year.

        All of it where no code is stated. None when it cannot be known, or when the codes exceed the total.
        """
        axis = context.vintage.catalogue.dimension(self.dimension)
        total = context.vintage.observation(self.indicator, year)
        parts = context.vintage.parts(self.indicator, self.dimension, year)
        rest = arithmetic.printable_remainder(total, parts, axis) if axis and not axis.subset else None
        return rest if rest is not None and rest >= 0 else None

    def is_whole(self, context: Context, year: int) -> bool:
        """Return whether the parts of a year make its total."""
        return bool(self.top_parts(context, year)) and self.remainder(context, year) == 0

    def zeros(self, context: Context, part: Series) -> frozenset[int]:
        """The years in which an unnamed part is 0.

        They are those in which the others make the whole.
        """
        axis, known = context.vintage.catalogue.dimension(self.dimension), context.vintage
        return frozenset(
            year
            for year in known.years
            if axis
            and arithmetic.is_unnamed_zero(
                part.code,
                known.observation(self.indicator, year),
                known.parts(self.indicator, self.dimension, year),
                axis,
            )
        )

    def around(self, context: Context, code: str) -> tuple[str, ...]:
        """The codes that a code is part of."""
        axis = context.vintage.catalogue.dimension(self.dimension)
        return axis.around(code) if axis else ()

    def top_parts(self, context: Context, year: int) -> tuple[Observation, ...]:
        """The values of a year that add up to its total."""
        axis = context.vintage.catalogue.dimension(self.dimension)
        parts = context.vintage.parts(self.indicator, self.dimension, year)
        return arithmetic.top_parts(parts, axis) if axis else ()


def breakdown(context: Context, code: str, indicator: str, dimension: str) -> Figure | None:
    """An indicator by a breakdown, all its words from the catalogue.

    None when the catalogue lacks one of them, and when no part has a value.
    """
    axis = context.vintage.catalogue.dimension(dimension)
    division = Division(indicator, dimension, context.text("Not divided"))
    if not (axis and context.in_catalogue((indicator,)) and division.parts(context)):
        return None
    words = ChartWords(
        context.text(
            "{label} by {breakdown}, {span}",
            label=context.label(indicator),
            breakdown=context.locale.inside(axis.label.text(context.locale.language)),
            span=context.span,
        ),
        unit_line(context, indicator),
        headline=context.headline(indicator),
    )
    return division_chart(context, code, words, division, 56)


def division_chart(context: Context, code: str, words: ChartWords, division: Division, height: int) -> Figure:
    """Show a division over the years as a stack or in panels.

    Of a stack of many layers a reader can compare the lowest only: then the largest parts stand in panels on one scale.
    `height` is that of a stack. The words of `drawing` are made here.
    """
    total, parts, years = context.vintage.series(division.indicator), division.parts(context), context.vintage.years
    rests = [division.remainder(context, year) for year in years]
    zeros = {part.code: division.zeros(context, part.series) for part in parts}
    label = context.label(division.indicator)
    lines = [Line(label, [total.get(year) for year in years])]
    for part in parts:
        cells = [Decimal() if year in zeros[part.code] else part.series.get(year) for year in years]
        lines.append(Line(part.label, cells, level=1))
    lines.append(Line(division.rest, [":" if rest is None else rest for rest in rests], level=1))
    named = [("", total), *((part.label, part.series) for part in parts)]
    noted = [(name, each) for name, series in named for each in series]
    tops = [{seen.code for seen in division.top_parts(context, year)} for year in years]
    layered = [part for part in parts if any(part.code in top for top in tops)]
    many = len(layered) + any(rests) > MOST_LAYERS
    plot: Stack | Panels = (
        _panels(context, division, parts) if many else _stack(context, division, layered, tops, rests, height)
    )
    drawing = (
        column_charts(context, plot) if isinstance(plot, Panels) else context.text("Stacked column chart by year.")
    )
    told = [drawing, describe(context, label, total)]
    told += [describe(context, part.label, part.series, zeros[part.code]) for part in parts]
    alt = context.locale.joined(" ", filter(None, (*told, _describe_rest(context, division.rest, rests))))
    notes = (*few_notes(context, noted), *(_zeros(context, division) if any(zeros.values()) else ()))
    return figure(context, code, words, plot, alt, lines, year_columns(context.vintage), notes=notes)


def largest_places(sizes: Sequence[Decimal], most: int) -> frozenset[int]:
    """The places of the parts that are shown by themselves.

    All when there are at most `most` of them; else the largest, leaving one place for all others together.
    """
    if len(sizes) <= most:
        return frozenset(range(len(sizes)))
    return frozenset(sorted(range(len(sizes)), key=lambda place: (-sizes[place], place))[: most - 1])


def others_label(context: Context, count: int) -> str:
    """The label of the smallest parts, taken together."""
    return context.locale.count("{n} other category", "{n} other categories", count)


def _stack(
    context: Context,
    division: Division,
    parts: Sequence[PartSeries],
    tops: Sequence[Collection[str]],
    rests: Iterable[Decimal | None],
    height: int,
) -> Stack:
    """Layers that make the total.

    Of a part and what contains it, each year has one.
    """
    total = context.vintage.series(division.indicator)
    layers = [Layer(part.label, _stacked(context, division, part.series, tops), part.accent) for part in parts]
    rest = Layer(division.rest, _rest_bars(context, rests, total), len(layers), remainder=True)
    return Stack(
        labels=context.years,
        layers=(*layers, rest),
        totals=bars(context, total),
        height=height,
        off_series_key=off_series.legend(context.locale, (total,)),
    )


def _stacked(context: Context, division: Division, part: Series, tops: Iterable[Collection[str]]) -> tuple[Bar, ...]:
    """The bars of a part in a stack.

    It has none in years in which another part contains it.
    """
    drawn = zip(context.vintage.years, _bars(context, division, part), tops, strict=True)
    return tuple(
        replace(each, value=None, text="") if part.get(year) and part.code not in top else each
        for year, each, top in drawn
    )


def _panels(context: Context, division: Division, parts: Sequence[PartSeries]) -> Panels:
    """The largest parts in panels, all others in the last.

    A part within another one is not taken out of it.
    """
    total, accent = context.vintage.series(division.indicator), context.indicator(division.indicator).accent
    codes = {each.code for each in parts}
    outer = [part for part in parts if codes.isdisjoint(division.around(context, part.code))]
    places = largest_places([part.size for part in outer], MOST_PANELS)
    shown = [part for place, part in enumerate(outer) if place in places]
    panels = [Columns(part.label, context.years, _bars(context, division, part.series), accent) for part in shown]
    if others := len(outer) - len(shown):
        sums = _others(context, division, {part.code for part in shown})
        panels.append(Columns(others_label(context, others), context.years, _sum_bars(context, sums, total), accent))
    return Panels(tuple(panels), columns=MOST_PANELS, off_series_key=off_series.legend(context.locale, (total,)))


def _others(context: Context, division: Division, shown: Collection[str]) -> list[Decimal | None]:
    """The sum of the parts that have no panel, by year.

    None where the parts of the year do not make the whole.
    """
    return [
        arithmetic.total_of(
            seen
            for seen in division.top_parts(context, year)
            if not {seen.code, *division.around(context, seen.code)}.intersection(shown)
        )
        if division.is_whole(context, year)
        else None
        for year in context.vintage.years
    ]


def _sum_bars(context: Context, sums: Iterable[Decimal | None], total: Series) -> tuple[Bar, ...]:
    pairs = zip(sums, bars(context, total, (context.vintage.year,)), strict=True)
    return tuple(
        replace(its, value=each, text=":" if each is None else context.locale.number(each)) for each, its in pairs
    )


def _zeros(context: Context, division: Division) -> tuple[tuple[str, str], ...]:
    """Say when a part that is not named is 0."""
    open_years = [
        str(year)
        for year in context.vintage.years
        if context.vintage.parts(division.indicator, division.dimension, year) and not division.is_whole(context, year)
    ]
    words = [context.text("Where the parts of a year make its total, a part of which nothing is named is 0.")]
    if open_years:
        words.append(context.text("They do not in {years}.", years=context.locale.listed(open_years)))
    return (("", context.locale.joined(" ", words)),)


def _bars(context: Context, division: Division, part: Series) -> tuple[Bar, ...]:
    """The bars of a part.

    Each has the break that the total has in that year, and is hatched where the total is.
    """
    whole = bars(context, context.vintage.series(division.indicator), ())
    zeros, zero = division.zeros(context, part), context.locale.number(Decimal())
    mine = (
        Bar(Decimal(), zero) if year in zeros else bar(context, part.get(year), emphasised=year == context.vintage.year)
        for year in context.vintage.years
    )
    return tuple(
        replace(each, broken=its.broken, off_series=its.off_series) for each, its in zip(mine, whole, strict=True)
    )


def _rest_bars(context: Context, rests: Iterable[Decimal | None], total: Series) -> tuple[Bar, ...]:
    pairs = zip(rests, bars(context, total, ()), strict=True)
    return tuple(
        replace(its, value=rest or None, text=context.locale.number(rest) if rest else "") for rest, its in pairs
    )


def _describe_rest(context: Context, label: str, rests: Iterable[Decimal | None]) -> str:
    """What the parts leave of the total, in a sentence.

    Empty when they leave nothing.
    """
    left = [
        context.locale.put("{}: {}", year, context.locale.number(rest))
        for year, rest in zip(context.years, rests, strict=True)
        if rest
    ]
    values = context.locale.joined(", ", left)
    return context.text("{label} – {values}.", label=label, values=values) if left else ""
