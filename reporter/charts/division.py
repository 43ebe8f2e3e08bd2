"""Charts of a breakdown: its codes over the years as a stack.

What no code is stated for is the top layer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.analysis import arithmetic
from reporter.charts import off_series
from reporter.charts.series import MOST_LAYERS, ChartWords, bar, bars, build, describe, year_lines
from reporter.context import Context
from reporter.document.document import Figure
from reporter.document.plot import Bar, Layer, Stack
from reporter.model import Series, is_given
from reporter.tables.tabulate import Line, year_columns


@dataclass(frozen=True, slots=True)
class PartSeries:
    """One code of a breakdown over the years, with its colour."""

    label: str
    series: Series
    accent: int

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
        rest = arithmetic.printable_remainder(total, parts, axis) if axis else None
        return rest if rest is not None and rest >= 0 else None


def stacked_chart(
    context: Context, code: str, words: ChartWords, division: Division, totals: tuple[Bar, ...], height: int
) -> Figure:
    """A division over the years as a stack, its rest on top.

    `totals` are the bars whose values stand above the columns; `height` is that of the drawing.
    """
    total, parts = context.vintage.series(division.indicator), division.parts(context)
    rests = [division.remainder(context, year) for year in context.vintage.years]
    layers = _layers(context, parts, total)
    layers.append(Layer(division.rest, _rest_bars(context, rests, total), len(layers), remainder=True))
    named = [(context.label(division.indicator), total), *((part.label, part.series) for part in parts)]
    whole, *lines = year_lines(context, named)
    rest_line = Line(division.rest, [":" if rest is None else rest for rest in rests], level=1)
    lines = [whole, *(replace(line, level=1) for line in lines), rest_line]
    told = [words.drawing, *(describe(context, *each) for each in named), _describe_rest(context, division.rest, rests)]
    alt = context.locale.joined(" ", filter(None, told))
    seen = sorted(((label, each) for label, series in named for each in series), key=lambda pair: pair[1].year)
    labelled = [
        (context.locale.put("{}, {}", each.year, label) if each.code else str(each.year), each) for label, each in seen
    ]
    plot = Stack(
        labels=context.years,
        layers=tuple(layers),
        totals=totals,
        height=height,
        off_series_key=off_series.legend(context.locale, (total,)),
    )
    return build(context, code, words, plot, alt, lines, year_columns(context.vintage), labelled)


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


def _layers(context: Context, parts: Sequence[PartSeries], total: Series) -> list[Layer]:
    """A layer for each part.

    Of very many the smallest share one; the table behind the chart has them all.
    """
    shown = largest_places([part.size for part in parts], MOST_LAYERS)
    layers = [
        Layer(part.label, _bars(context, part.series, total), part.accent) for n, part in enumerate(parts) if n in shown
    ]
    small = [part for n, part in enumerate(parts) if n not in shown]
    if small:
        sums = [_sum(small, year) for year in context.vintage.years]
        accent = max(part.accent for part in parts) + 1
        layers.append(Layer(others_label(context, len(small)), _rest_bars(context, sums, total), accent))
    return layers


def _sum(parts: Iterable[PartSeries], year: int) -> Decimal | None:
    """The sum of some parts in a year; None without any value."""
    values = [seen.value for part in parts if (seen := part.series.get(year)) and is_given(seen)]
    return sum((value or Decimal() for value in values), Decimal()) if values else None


def _bars(context: Context, part: Series, total: Series) -> tuple[Bar, ...]:
    """The bars of a part.

    Each has the break that the total has in that year, and is hatched where the total is.
    """
    whole = bars(context, total, ())
    mine = (bar(context, part.get(year)) for year in context.vintage.years)
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
