"""Figures on the sides of a comparison, also per 100 000 inhabitants where their number is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, StrEnum

from reporter.data.records import (
    Catalogue,
    CountryList,
    Dimension,
    Indicator,
    Kind,
    Label,
    ListKind,
    Observation,
    Series,
    Unit,
    Vintage,
    is_given,
    is_hidden,
    joint_catalogue,
    used_crosses,
)
from reporter.data.records.label import NO_WORDS
from reporter.figures.analysis import arithmetic


class Manner(StrEnum):
    """The kind of sides: years, editions or countries."""

    YEARS = "years"
    EDITIONS = "editions"
    COUNTRIES = "countries"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a year in an edition. `figures`: what is known of the year's figures, the same for all
    years of one country; editions differ in it. `edition`: the edition whose text, law and lists the side shows."""

    year: int
    figures: Vintage
    edition: Vintage

    def value(self, address: str) -> Observation | None:
        return self.figures.observation(address, self.year)


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of a comparison, at least two, years and editions in their order."""

    manner: Manner
    sides: tuple[Side, ...]

    @property
    def first(self) -> Side:
        return self.sides[0]

    @property
    def last(self) -> Side:
        return self.sides[-1]

    @property
    def catalogue(self) -> Catalogue:
        of_countries = self.manner is Manner.COUNTRIES
        return joint_catalogue(side.figures.catalogue for side in self.sides[:: 1 if of_countries else -1])

    def definition(self, place: int, observation: Observation) -> Label:
        indicator = self.sides[place].figures.catalogue.indicator(observation.indicator)
        return dict(indicator.definitions).get(observation.definition, NO_WORDS) if indicator else NO_WORDS


@dataclass(frozen=True, slots=True)
class NamedCountries:
    """The countries and groups in the lists of one kind, by side; no list is None in `countries`."""

    kind: ListKind
    countries: tuple[tuple[str, ...] | None, ...]
    groups: tuple[tuple[Label, ...], ...]
    lists: tuple[CountryList, ...]

    @property
    def listed(self) -> tuple[int, ...]:
        return tuple(place for place, codes in enumerate(self.countries) if codes is not None)

    @property
    def is_comparable(self) -> bool:
        return len(self.listed) > 1

    def change(self, first: int, last: int) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The countries on both of two sides, added, and no longer named. Both sides must have a list."""
        before, after = self.countries[first] or (), self.countries[last] or ()
        both = tuple(code for code in after if code in before)
        return both, _without(after, both), _without(before, both)


def compare_named(sides: Sides) -> tuple[NamedCountries, ...]:
    """The lists of every kind on any side, those that can be compared first."""
    named_lists = [named_countries for kind in ListKind if (named_countries := _named(kind, sides.sides)).listed]
    return tuple(sorted(named_lists, key=lambda entry: not entry.is_comparable))


def _named(kind: ListKind, sides: tuple[Side, ...]) -> NamedCountries:
    rows = [
        [entry for entry in side.edition.data.lists if entry.kind is kind and entry.year == side.year] for side in sides
    ]
    codes = tuple(
        tuple(dict.fromkeys(code for entry in lists for code in entry.countries)) if lists else None for lists in rows
    )
    groups = tuple(tuple(group for country_list in lists for group in country_list.groups) for lists in rows)
    return NamedCountries(kind, codes, groups, tuple(country_list for lists in rows for country_list in lists))


def _without(codes: Iterable[str], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in others)


BEFORE = 5
# An obstacle of the total is one of its parts too.
OF_TOTAL = (
    arithmetic.Obstacle.PERIOD,
    arithmetic.Obstacle.BREAK,
    arithmetic.Obstacle.DEFINITION,
    arithmetic.Obstacle.DOUBT,
)


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the five years before a year, in the indicator's unit. `value` is None when not all five compare with
    the year; `obstacle` is then that of the nearest year that has one."""

    value: Decimal | None
    obstacle: arithmetic.Obstacle | None = None


class Record(Enum):
    """Whether a value is the highest or lowest of those comparable with it."""

    HIGHEST = "highest"
    LOWEST = "lowest"


@dataclass(frozen=True, slots=True)
class Extremes:
    """The lowest and highest of the values comparable with the last side's, of equal ones the latest. `years` are those
    of the values, the last side's included; `alike` are the earlier years with the last side's value."""

    years: tuple[int, ...]
    lowest: Observation
    highest: Observation
    alike: tuple[int, ...]

    @property
    def record(self) -> Record | None:
        """The record that the last side's value sets; None where it is neither the highest nor the lowest, or both."""
        low, high = (observation.year == self.years[-1] for observation in (self.lowest, self.highest))
        return None if low == high else Record.HIGHEST if high else Record.LOWEST


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure, or one part of it, on every side. `changes` lead from side to side, `overall` from first to last (not
    for countries). `shares` are a part's; `rests` is what the `parts` of a dimension leave of the total."""

    indicator: Indicator
    values: tuple[Observation | None, ...]
    changes: tuple[arithmetic.Change, ...]
    overall: arithmetic.Change | None
    dimension: str = ""
    code: str = ""
    shares: tuple[arithmetic.Share | None, ...] = ()
    mean: Mean | None = None
    extremes: Extremes | None = None
    parts: tuple["FigureRow", ...] = ()
    rests: tuple[tuple[str, tuple[Decimal | None, ...]], ...] = ()

    @property
    def address(self) -> str:
        return f"{self.indicator.code}.{self.code}" if self.code else self.indicator.code

    @property
    def is_shared(self) -> bool:
        """Return whether at least two sides have a value, even one that may not be printed."""
        return sum(map(_is_known, self.values)) > 1

    @property
    def points(self) -> tuple[Decimal | None, ...]:
        """The change of the share from each side to the next, from −1 to 1; None where the values have no change."""
        share_values = [share.value if share else None for share in self.shares]
        return tuple(
            None if change.difference is None or first is None or last is None else last - first
            for first, last, change in zip(share_values, share_values[1:], self.changes, strict=False)
        )

    def within(self, dimension: str) -> tuple["FigureRow", ...]:
        return tuple(part for part in self.parts if part.dimension == dimension)


def compare_figures(sides: Sides) -> tuple[FigureRow, ...]:
    """Every indicator with a value, even a hidden one, or a part on some side, in the catalogue's order."""
    catalogue = sides.catalogue
    rows = (_indicator(indicator, catalogue, sides) for indicator in catalogue.indicators)
    return tuple(row for row in rows if any(map(_is_known, row.values)) or row.parts)


def counted_alike(row: FigureRow, sides: Sides) -> bool:
    """Return whether all given values of a row count the same; countries may word one definition code differently."""
    placed_values = [(place, value) for place, value in enumerate(row.values) if value and is_given(value)]
    words = {sides.definition(place, observation) for place, observation in placed_values}
    return len(words) <= 1 and arithmetic.have_one_definition(row.values)


def step_changes(row: FigureRow, sides: Sides) -> tuple[arithmetic.Change | None, ...]:
    """The change of each value from the last one given before it, or None; always None for countries."""
    if sides.manner is Manner.COUNTRIES:
        return (None,) * len(row.values)
    places = [place for place, observation in enumerate(row.values) if is_given(observation)]
    before = dict(zip(places[1:], places, strict=False))
    pairs = ((sides.sides[before[place]], side) if place in before else None for place, side in enumerate(sides.sides))
    return tuple(_change(row.indicator.code, row.dimension, row.code, *pair) if pair else None for pair in pairs)


def _indicator(indicator: Indicator, catalogue: Catalogue, sides: Sides) -> FigureRow:
    row = _row(indicator, "", "", sides)
    vintages, years = [side.figures for side in sides.sides], [side.year for side in sides.sides]
    axes = (*catalogue.axes(indicator), *used_crosses(vintages, catalogue, indicator.code, years))
    parts = [part for axis in axes for part in _parts(row, axis, sides)]
    rests = tuple(
        (axis.code, _rests(row, axis, sides)) for axis in axes if any(p.dimension == axis.code for p in parts)
    )
    return replace(row, parts=tuple(parts), rests=rests)


def _parts(whole: FigureRow, axis: Dimension, sides: Sides) -> Iterator[FigureRow]:
    for member in axis.codes:
        part = _row(whole.indicator, axis.code, member.code, sides)
        if any(item and item.dimension == axis.code and _is_known(item) and not item.implied for item in part.values):
            changes = tuple(_bound(mine, its) for mine, its in zip(part.changes, whole.changes, strict=True))
            overall = _bound(part.overall, whole.overall) if part.overall and whole.overall else None
            shares = tuple(
                arithmetic.share(observation, total) if observation and total else None
                for observation, total in zip(part.values, whole.values, strict=True)
            )
            yield replace(part, changes=changes, overall=overall, shares=shares)


def _bound(mine: arithmetic.Change, its: arithmetic.Change) -> arithmetic.Change:
    return replace(mine, obstacle=its.obstacle) if mine.obstacle is None and its.obstacle in OF_TOTAL else mine


def _row(indicator: Indicator, dimension: str, code: str, sides: Sides) -> FigureRow:
    values = tuple(_value(side, indicator.code, dimension, code) for side in sides.sides)
    if sides.manner is Manner.COUNTRIES:
        return FigureRow(indicator=indicator, values=values, changes=(), overall=None, dimension=dimension, code=code)
    pairs = zip(sides.sides, sides.sides[1:], strict=False)
    name = indicator.code, dimension, code
    series = _series(sides.last, *name)
    return FigureRow(
        indicator=indicator,
        values=values,
        changes=tuple(_change(*name, first, last) for first, last in pairs),
        overall=_change(*name, sides.first, sides.last),
        dimension=dimension,
        code=code,
        mean=_mean(series, sides.last.year),
        extremes=extremes_of(series, sides.last.year),
    )


def _value(side: Side, indicator: str, dimension: str, code: str) -> Observation | None:
    return arithmetic.part_value(side.figures, indicator, dimension, code, side.year) if code else side.value(indicator)


def _series(side: Side, indicator: str, dimension: str, code: str) -> Series:
    return arithmetic.part_series(side.figures, indicator, dimension, code) if code else side.figures.series(indicator)


def _change(indicator: str, dimension: str, code: str, first: Side, last: Side) -> arithmetic.Change:
    """The change between two years, or between two editions that state one year."""
    if first.year != last.year:
        return arithmetic.change(_series(last, indicator, dimension, code), last.year, first.year)
    # Two statements of one year's value, as a series of two years without flags and doubts.
    statements = [(place, _value(side, indicator, dimension, code)) for place, side in enumerate((first, last))]
    plain = [replace(value, year=place, flags=frozenset(), doubtful=False) for place, value in statements if value]
    return arithmetic.change(Series(indicator, code, tuple(plain)), 1, 0)


def _mean(series: Series, year: int) -> Mean | None:
    if not arithmetic.is_exact(series.get(year)):
        return None
    years = range(year - BEFORE, year)
    obstacles = [arithmetic.change(series, year, before).obstacle for before in reversed(years)]
    obstacle = next((candidate for candidate in obstacles if candidate), None)
    total = arithmetic.total_of(series.get(before) for before in years)
    value = None if obstacle or total is None else total / BEFORE
    return Mean(value, obstacle)


def extremes_of(series: Series, year: int) -> Extremes | None:
    """The extremes of the values comparable with a year's, or None with fewer than two."""
    observations = arithmetic.comparable_values(series, year)
    if len(observations) < 2:
        return None
    lowest = min(observations, key=lambda observation: (_number(observation), -observation.year))
    highest = max(observations, key=lambda observation: (_number(observation), observation.year))
    alike = tuple(value.year for value in observations[:-1] if _number(value) == _number(observations[-1]))
    return Extremes(tuple(observation.year for observation in observations), lowest, highest, alike)


def _number(observation: Observation) -> Decimal:
    return observation.value or Decimal(0)


def _rests(row: FigureRow, axis: Dimension, sides: Sides) -> tuple[Decimal | None, ...]:
    """What the parts leave of the total on each side; None where unknown, not broken down, or "of which"."""
    if axis.subset:
        return (None,) * len(row.values)
    parts = [side.figures.parts(row.indicator.code, axis.code, side.year) for side in sides.sides]
    return tuple(
        arithmetic.printable_remainder(total, side_parts, axis) if any(map(is_given, side_parts)) else None
        for total, side_parts in zip(row.values, parts, strict=True)
    )


def _is_known(observation: Observation | None) -> bool:
    return is_given(observation) or is_hidden(observation)


INHABITANTS = "population.inhabitants"
PER = 100_000
# Events that can happen to an inhabitant in a year; a term in years or a stock of clients is not a rate.
COUNTED = (Unit.PERSONS, Unit.CASES)


@dataclass(frozen=True, slots=True)
class Rates:
    """A row per 100 000 inhabitants on each side; None where one of the numbers is missing, inexact or in doubt."""

    row: FigureRow
    values: tuple[Decimal | None, ...]


def inhabitants(sides: Sides) -> tuple[Observation | None, ...]:
    """The number of inhabitants on each side; None where it is not known exactly, or is zero."""
    observations = (side.value(INHABITANTS) for side in sides.sides)
    return tuple(item if item and arithmetic.is_exact(item) and item.value else None for item in observations)


def rates(rows: tuple[FigureRow, ...], sides: Sides) -> tuple[Rates, ...]:
    """The flows of persons and cases as rates; empty unless at least two sides have inhabitants."""
    if sum(observation is not None for observation in inhabitants(sides)) < 2:
        return ()
    flows = (row for row in rows if row.indicator.kind is Kind.FLOW and row.indicator.unit in COUNTED)
    row_rates = (Rates(row, tuple(_rate(row, side, place) for place, side in enumerate(sides.sides))) for row in flows)
    others = (rate for rate in row_rates if rate.row.indicator.code != INHABITANTS)
    return tuple(rate for rate in others if any(value is not None for value in rate.values))


def _rate(row: FigureRow, side: Side, place: int) -> Decimal | None:
    observation, people = row.values[place], side.value(INHABITANTS)
    if (
        not (arithmetic.is_sound(observation) and arithmetic.is_sound(people))
        or observation is None
        or people is None
        or not people.value
    ):
        return None
    return (observation.value or Decimal(0)) * PER / people.value
