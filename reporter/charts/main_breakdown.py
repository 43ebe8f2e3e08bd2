"""The main breakdown of a comparison on two sides, as squares."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reporter.analysis.arithmetic import Obstacle
from reporter.charts.forms import FORM
from reporter.charts.series import ChartWords, bar, figure
from reporter.comparison import Compared, Manner, Sides
from reporter.context import Context
from reporter.document.document import Column, Figure
from reporter.document.plot import Bar, Twin, Twins
from reporter.i18n import N_
from reporter.model import is_given, is_hidden
from reporter.tables.compared import side_names
from reporter.tables.tabulate import Calculated, Content, Elsewhere, Line

LEAST, MOST = 2, 12
UNIT = N_("One square, one case; 0 also where the parts named make the whole, (:) where that cannot be known")
LARGE = N_("Number; 0 also where the parts named make the whole, (:) where that cannot be known")
# From the count on at which the drawing has bars.
MOST_SQUARES = 30


@dataclass(frozen=True, slots=True)
class DividedPair:
    """A breakdown that two neighbouring sides have, by their places."""

    row: Compared
    dimension: str
    first: int
    last: int


def main_pair(context: Context) -> DividedPair | None:
    """The breakdown that is shown on two sides. Forms of exploitation where both have them, else the breakdown with the
    most parts in both; of several pairs of sides the latest."""
    sides = context.sides
    if sides is None or sides.manner is not Manner.YEARS:
        return None
    found = [
        (last, name == FORM, shared, DividedPair(row, name, last - 1, last))
        for row in context.rows
        for name, _ in row.rests
        for last in range(1, len(sides.sides))
        if (shared := sum(is_given(part.values[last]) and is_given(part.values[last - 1]) for part in row.within(name)))
        >= LEAST
    ]
    return max(found, key=lambda each: each[:3])[-1] if found else None


def twins(context: Context) -> Figure | None:
    """The main breakdown in two years, left and right of its parts. With the change of each; what is not named is 0
    where the parts make the whole."""
    pair, sides = main_pair(context), context.sides
    if pair is None or sides is None:
        return None
    names = side_names(context, sides)
    heads = [
        context.locale.put("{}: {}", names[place], context.locale.value(pair.row.values[place]))
        for place in (pair.first, pair.last)
    ]
    rows = sorted(_rows(context, pair, sides), key=lambda row: -((row[1].value or 0) + (row[2].value or 0)))[:MOST]
    label = pair.row.indicator.label.text(context.locale.language)
    axis = context.vintage.catalogue.dimension(pair.dimension)
    by = axis.label.text(context.locale.language) if axis else pair.dimension
    years = context.locale.years((sides.sides[pair.first].year, sides.sides[pair.last].year))
    most = max((each.value or 0 for row in rows for each in row[1:3]), default=0)
    words = ChartWords(
        context.text("{label}: {by}, {years}", label=label, by=context.locale.inside(by), years=years),
        context.text(UNIT if most <= MOST_SQUARES else LARGE),
        context.text("Squares or bars on two sides."),
    )
    plot = Twins(
        (heads[0], heads[1], context.text("Change")),
        tuple(
            Twin(part, before, after, change.text if isinstance(change, Calculated) else str(change))
            for part, before, after, change, _ in rows
        ),
    )
    told = (
        context.text(
            "{label}: {before} and {after}.", label=part, before=_spoken(context, one), after=_spoken(context, two)
        )
        for part, one, two, *_ in rows
    )
    total = [Elsewhere(pair.row.values[place], sides.sides[place].figures) for place in (pair.first, pair.last)]
    change = pair.row.changes[pair.first].difference
    lines = [Line(label, [*total, _difference(context, change)])]
    lines += [Line(part, [*cells, change], level=1) for part, _, _, change, cells in rows]
    columns = (Column(names[pair.first]), Column(names[pair.last], current=True), Column(context.text("Change")))
    alt = context.locale.joined(" ", [words.drawing, context.locale.put("{}; {}.", *heads), *told])
    return figure(context, "twins", words, plot, alt, lines, columns)


Row = tuple[str, Bar, Bar, Content, list[Content]]


def _rows(context: Context, pair: DividedPair, sides: Sides) -> Iterator[Row]:
    for part in pair.row.within(pair.dimension):
        seen = [(place, part.values[place]) for place in (pair.first, pair.last)]
        bars = [bar(context, value) for _, value in seen]
        if not any(each.value for each in bars) and not any(is_hidden(value) for _, value in seen):
            continue
        cells: list[Content] = [Elsewhere(value, sides.sides[place].figures) for place, value in seen]
        label = context.code_label(part.dimension, part.code)
        yield label, bars[0], bars[1], _change(context, pair, part, bars), cells


def _change(context: Context, pair: DividedPair, part: Compared, bars: list[Bar]) -> Content:
    change = part.changes[pair.first]
    before, after = (each.value for each in bars)
    if change.difference is None:
        return ":" if (change.obstacle is Obstacle.MISSING and before is None) or after is None else "\u2260"
    return _difference(context, change.difference)


def _difference(context: Context, value: Decimal | None) -> Content:
    return ":" if value is None else Calculated(value, context.locale.difference(value))


def _spoken(context: Context, each: Bar) -> str:
    return each.text if each.value is not None else context.text("not available")
