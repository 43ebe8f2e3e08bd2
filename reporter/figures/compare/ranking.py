"""Ranges, medians and ranks of many countries that count alike; the others are excluded, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from reporter.data.records import Flag, Observation, is_given, is_hidden
from reporter.data.records.label import ENGLISH
from reporter.figures.analysis.arithmetic import Obstacle, is_exact
from reporter.figures.compare.figures import OF_TOTAL, FigureRow, Manner, Rates, Sides, rates

# So many countries have a column each on an A4 page: with six their names no longer fit over their figures.
MOST_SIDE_BY_SIDE = 5
# With fewer countries that count alike, ranks would say no more than the values.
LEAST_RANKED = 3
# A rate is ranked as printed: a difference that is not visible does not separate two countries.
HUNDREDTH = Decimal("0.01")


class Exclusion(StrEnum):
    """Why a country has no place in a range."""

    MISSING = "missing"
    HIDDEN = "hidden"
    PERIOD = "period"
    DOUBT = "doubt"
    BOUND = "bound"
    DEFINITION = "definition"
    INHABITANTS = "inhabitants"
    FEW = "few"


# The exclusion of a total excludes its parts.
_OF_TOTAL = frozenset(Exclusion(obstacle.value) for obstacle in OF_TOTAL if obstacle is not Obstacle.BREAK)


@dataclass(frozen=True, slots=True)
class CountryRank:
    """A country's place in a range: its place among the sides, and the number or rate, not rounded."""

    side: int
    rank: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class AlikeGroup:
    """Countries that count a figure alike, the highest first; equal values share a rank and the next is skipped."""

    placed: tuple[CountryRank, ...]
    by_rate: bool = False

    @property
    def highest(self) -> tuple[CountryRank, ...]:
        return tuple(country_rank for country_rank in self.placed if country_rank.rank == 1)

    @property
    def lowest(self) -> tuple[CountryRank, ...]:
        return tuple(country_rank for country_rank in self.placed if country_rank.rank == self.placed[-1].rank)

    @property
    def median(self) -> Decimal:
        """The middle value, or the mean of the two middle values."""
        values = sorted(country_rank.value for country_rank in self.placed)
        half = len(values) // 2
        return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


@dataclass(frozen=True, slots=True)
class FigureRanking:
    """A figure or part of many countries, each in one of the `groups`, largest first, or `outside` with a reason."""

    row: FigureRow
    groups: tuple[AlikeGroup, ...]
    outside: tuple[tuple[int, Exclusion], ...]

    @property
    def given(self) -> int:
        return sum(map(is_given, self.row.values))


def is_ranked(sides: Sides | None) -> bool:
    return sides is not None and sides.manner is Manner.COUNTRIES and len(sides.sides) > MOST_SIDE_BY_SIDE


def rank_figures(rows: tuple[FigureRow, ...], sides: Sides) -> tuple[FigureRanking, ...]:
    rate_by_address = {rate.row.address: rate for rate in rates(rows, sides)}
    return tuple(rank_figure(row, sides, rate=rate_by_address.get(row.address)) for row in rows)


def rank_figure(
    row: FigureRow, sides: Sides, whole: FigureRow | None = None, rate: Rates | None = None
) -> FigureRanking:
    """Group and rank countries that count alike, by `rate` where most of a group have one. A part has a `whole`."""
    outside = {place: why for place in range(len(row.values)) if (why := _outside(row, place, whole))}
    alike: dict[tuple[object, ...], list[int]] = {}
    for place in range(len(row.values)):
        if place not in outside:
            counted: list[object] = []
            for item in (row.values[place], whole.values[place] if whole else None):
                if item and is_given(item):
                    words = sides.definition(place, item)
                    counted.append((item.definition, Flag.DEFINITION_DIFFERS in item.flags, words.text(ENGLISH), words))
            alike.setdefault(tuple(counted), []).append(place)
    groups: list[AlikeGroup] = []
    for _, places in sorted(alike.items(), key=lambda item: (-len(item[1]), str(item[0]))):
        rated = [place for place in places if rate and rate.values[place] is not None]
        by_rate = len(rated) >= LEAST_RANKED and 2 * len(rated) > len(places)
        left = [place for place in places if by_rate and place not in rated]
        outside |= dict.fromkeys(left, Exclusion.INHABITANTS)
        ranked = [place for place in places if place not in left]
        if len(ranked) < LEAST_RANKED:
            outside |= dict.fromkeys(ranked, Exclusion.FEW if len(alike) == 1 else Exclusion.DEFINITION)
            continue
        values = rate.values if rate and by_rate else [item.value if item else None for item in row.values]
        groups.append(
            AlikeGroup(_ranked({place: values[place] or Decimal() for place in ranked}, by_rate=by_rate), by_rate)
        )
    groups.sort(key=lambda group: -len(group.placed))
    return FigureRanking(row, tuple(groups), tuple(sorted(outside.items())))


def printed_rate(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def _ranked(values: Mapping[int, Decimal], *, by_rate: bool) -> tuple[CountryRank, ...]:
    """Places by value, the highest first, equal ones in the order of the sides."""

    def key(value: Decimal) -> tuple[Decimal, bool]:
        # A rate too small to be printed is not a zero.
        return (printed_rate(value) if by_rate else value, value > 0)

    return tuple(
        CountryRank(place, 1 + sum(key(other) > key(values[place]) for other in values.values()), values[place])
        for place in sorted(values, key=lambda place: (*(-number for number in key(values[place])), place))
    )


def _outside(row: FigureRow, place: int, whole: FigureRow | None) -> Exclusion | None:
    own = _why(row.values[place])
    if own or whole is None:
        return own
    of_total = _why(whole.values[place])
    return of_total if of_total in _OF_TOTAL else None


def _why(observation: Observation | None) -> Exclusion | None:
    """Why a value has no place whatever the others count, or None."""
    if observation is None or not is_given(observation):
        return Exclusion.HIDDEN if is_hidden(observation) else Exclusion.MISSING
    if observation.since:
        return Exclusion.PERIOD
    if observation.doubtful:
        return Exclusion.DOUBT
    if not is_exact(observation):
        return Exclusion.BOUND
    # An unnamed different definition may be any, so it matches no other.
    return Exclusion.DEFINITION if Flag.DEFINITION_DIFFERS in observation.flags and not observation.definition else None
