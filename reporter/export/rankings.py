"""The ranges and ranks of many countries, as data."""

from collections.abc import Sequence

from reporter.comparison import AlikeGroup, Compared, Ranked, Sides, is_ranked, rank_figure, rank_figures, rates
from reporter.comparison.rates import PER
from reporter.model.label import ENGLISH

NO_PLACE = ("", "", "", "")


def ranks_by_side(row: Compared, sides: Sides, whole: Compared | None = None) -> Sequence[tuple[object, ...]]:
    """For each side its group, rank and rate, or the obstacle. Of a part, `whole` is the row that it belongs to. All
    are empty for few countries."""
    if not is_ranked(sides):
        return [NO_PLACE] * len(row.values)
    found = rank_figure(row, sides, whole) if whole else rank_figures((row,), sides)[0]
    rated = (
        {}
        if whole
        else {
            place: rate
            for place, rate in enumerate(
                iter(next((each.values for each in rates((row,), sides)), (None,) * len(row.values)))
            )
            if rate is not None
        }
    )
    group = {each.side: (n, each.rank) for n, known in enumerate(found.groups, 1) for each in known.placed}
    apart = dict(found.outside)
    return [
        (*group.get(place, ("", "")), f"{rated[place]:f}" if place in rated else "", str(apart.get(place, "")))
        for place in range(len(row.values))
    ]


def plain_rankings(rows: tuple[Compared, ...], sides: Sides) -> list[dict[str, object]]:
    """Every figure and part of many countries, with its groups. None of few countries."""
    if not is_ranked(sides):
        return []
    made = []
    for each in rank_figures(rows, sides):
        made.append(_plain(each, sides))
        made += [_plain(rank_figure(part, sides, each.row), sides) for part in each.row.parts]
    return made


def _plain(ranked: Ranked, sides: Sides) -> dict[str, object]:
    row = ranked.row
    return {
        "indicator": row.indicator.code,
        "dimension": row.dimension,
        "code": row.code,
        "groups": [_plain_group(ranked, each, sides) for each in ranked.groups],
        "apart": [{"country": _code(sides, place), "reason": why} for place, why in ranked.outside],
    }


def _plain_group(ranked: Ranked, group: AlikeGroup, sides: Sides) -> dict[str, object]:
    first = group.placed[0].side
    seen = ranked.row.values[first]
    return {
        "per": PER if group.by_rate else None,
        "definition": sides.definition(first, seen).text(ENGLISH) if seen else "",
        "lowest": [_code(sides, each.side) for each in group.lowest],
        "median": group.median,
        "highest": [_code(sides, each.side) for each in group.highest],
        "places": [
            {"country": _code(sides, each.side), "rank": each.rank, "value": each.value} for each in group.placed
        ],
    }


def _code(sides: Sides, place: int) -> str:
    return sides.sides[place].figures.country.code
