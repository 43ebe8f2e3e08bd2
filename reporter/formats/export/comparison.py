"""A comparison as tidy CSV. The rows and the rules are those of its pages."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporter.figures.analysis.arithmetic import Change, Share
from reporter.figures.compare.figures import FigureRow, rates
from reporter.figures.compare.ranking import is_ranked, rank_figure, rank_figures
from reporter.figures.compare.sides import Manner, Side, Sides
from reporter.formats.export.figures_json import CHANGED
from reporter.formats.export.tidy import csv_for, value_fields, value_of
from reporter.report.context import Context
from reporter.report.tables.comparison import rest_label
from reporter.text.change_sentences import relative_of

HEADS = (
    "indicator", "dimension", "code", "label", "unit", "country", "year", "edition", "value", "flags", "status",
    "qualifier", "confidentiality", "source", "change", "relative", "obstacle", "file", "line", "share", "points",
    "mean", "mean_obstacle", "lowest", "lowest_year", "highest", "highest_year", "standing", "group", "rank", "rate",
    "apart",
)  # fmt: skip
# What follows the place of a value, empty where nothing is worked out; a rest has no place in a range.
MORE, NO_PLACE = 8, ("",) * 4
NOT_STATED = "not_stated"


def comparison_csv(context: Context) -> str:
    """Write a comparison as CSV, one value a line. Figure, side, value, and its change from the side before with what
    stands in its way. Raises ValueError when nothing is compared."""
    sides = context.sides
    if sides is None:
        raise ValueError("nothing is laid side by side")
    lines = (line for row in context.rows for line in _tidy(context, row, sides))
    return csv_for(context.audience, HEADS, lines)


def _tidy(context: Context, row: FigureRow, sides: Sides, whole: FigureRow | None = None) -> Iterator[Sequence[object]]:
    indicator, last = row.indicator, len(sides.sides) - 1
    label = indicator.label.text(context.locale.language)
    label = context.locale.put("{}, {}", label, context.code_label(row.dimension, row.code)) if row.code else label
    ranks = _ranks_by_side(row, sides, whole)
    for place, side in enumerate(sides.sides):
        seen = row.values[place]
        yield (
            *(indicator.code, row.dimension, row.code, label, indicator.unit.value),
            *_of_side(side),
            *((*value_fields(seen), seen.source) if seen else ("", "", "missing", "", "", "")),
            *_changed(context, row.changes[place - 1] if place and row.changes else None),
            *((seen.mark.path, seen.mark.line) if seen else ("", "")),
            *_shared(context, row, place),
            *(_series(row) if place == last else [""] * 6),
            _standing(side),
            *ranks[place],
        )
    for part in row.parts:
        yield from _tidy(context, part, sides, row)
    for dimension, rests in row.rests:
        figure = (indicator.code, dimension, NOT_STATED, rest_label(context, row, dimension), indicator.unit.value)
        for side, rest in zip(sides.sides, rests, strict=True):
            if rest:
                value = (f"{rest:f}", "", "worked out")
                yield *figure, *_of_side(side), *value, *[""] * (8 + MORE), _standing(side), *NO_PLACE


def _ranks_by_side(row: FigureRow, sides: Sides, whole: FigureRow | None) -> Sequence[tuple[object, ...]]:
    """For each side its group, rank and rate, or the obstacle. Of a part, `whole` is the row that it belongs to. All
    are empty for few countries."""
    if not is_ranked(sides):
        return [NO_PLACE] * len(row.values)
    found = rank_figure(row, sides, whole) if whole else rank_figures((row,), sides)[0]
    values = () if whole else next((each.values for each in rates((row,), sides)), ())
    rated = {place: rate for place, rate in enumerate(values) if rate is not None}
    group = {each.side: (n, each.rank) for n, known in enumerate(found.groups, 1) for each in known.placed}
    apart = dict(found.outside)
    return [
        (*group.get(place, ("", "")), f"{rated[place]:f}" if place in rated else "", str(apart.get(place, "")))
        for place in range(len(row.values))
    ]


def _standing(side: Side) -> str:
    return CHANGED if side.edition.edition.changed else ""


def _of_side(side: Side) -> tuple[object, ...]:
    return (side.figures.country.code, side.year, side.edition.year)


def _changed(context: Context, change: Change | None) -> tuple[str, ...]:
    if change is None:
        return ("", "", "")
    revised = context.sides is not None and context.sides.manner is Manner.EDITIONS
    relative = None if revised else relative_of(change, context.vintage.settings)
    return (_number(change.difference), _number(relative), change.obstacle.value if change.obstacle else "")


def _shared(context: Context, row: FigureRow, place: int) -> tuple[str, str]:
    """The share of a side and its change from the side before. Both only on bases that are large enough for a
    percentage."""

    def share(found: Share | None) -> Decimal | None:
        is_told = found and found.value is not None and context.vintage.settings.allows_percent(found.base)
        return found.value if found and is_told else None

    if not row.shares:
        return ("", "")
    both = [share(each) for each in row.shares[max(place - 1, 0) : place + 1]]
    is_told = place and row.points and row.changes[place - 1].obstacle is None and None not in both
    return _number(both[-1]), _number(row.points[place - 1]) if is_told else ""


def _series(row: FigureRow) -> Iterator[object]:
    """The mean and the extremes that the last side is compared with. The mean is that of the years before."""
    mean, known = row.mean, row.extremes
    yield _number(mean.value if mean else None)
    yield mean.obstacle.value if mean and mean.obstacle else ""
    for seen in (known.lowest, known.highest) if known else (None, None):
        yield from (value_of(seen), seen.year) if seen else ("", "")


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
