"""Changes, shares and sums that respect breaks, bounds and definitions, for every chart, table and file alike. Nothing
is rounded or guessed: what cannot be calculated is None, or has an obstacle that says why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from reporter.data.records import Dimension, Flag, Observation, Qualifier, Series, Vintage, is_given, is_hidden


class Obstacle(StrEnum):
    """Why two values must not be compared."""

    MISSING = "missing"
    HIDDEN = "hidden"
    PERIOD = "period"
    BREAK = "break"
    DEFINITION = "definition"
    BOUND = "bound"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a figure between two years, None where nothing is known; `obstacle` says why not to compare."""

    before: Observation | None
    after: Observation | None
    obstacle: Obstacle | None

    @property
    def difference(self) -> Decimal | None:
        """After minus before, in the indicator's unit; None when the values must not be compared."""
        if self.obstacle or self.before is None or self.after is None:
            return None
        return _number(self.after) - _number(self.before)

    @property
    def relative(self) -> Decimal | None:
        """The difference divided by the earlier value, if not zero; callers must check for a small base."""
        difference = self.difference
        if difference is None or self.before is None or not self.before.value:
            return None
        return difference / self.before.value


@dataclass(frozen=True, slots=True)
class Share:
    """A part and the total it belongs to."""

    part: Decimal
    base: Decimal

    @property
    def value(self) -> Decimal | None:
        """The share from 0 to 1; None when the total is zero."""
        return self.part / self.base if self.base else None


def change(series: Series, year: int, before: int | None = None) -> Change:
    """The change of a series from year `before`, by default the previous year, or an obstacle to comparing."""
    earlier = year - 1 if before is None else before
    first, last = series.get(earlier), series.get(year)
    return Change(first, last, _obstacle(series, first, last, earlier, year))


def _obstacle(
    series: Series, first: Observation | None, last: Observation | None, earlier: int, year: int
) -> Obstacle | None:
    if first is None or last is None or not (is_given(first) and is_given(last)):
        return Obstacle.HIDDEN if is_hidden(first) or is_hidden(last) else Obstacle.MISSING
    if first.since or last.since:
        # A period other than the reference year: two of them may overlap or differ in length.
        return Obstacle.PERIOD
    if any(Flag.BREAK in seen.flags for seen in series if min(earlier, year) < seen.year <= max(earlier, year)):
        return Obstacle.BREAK
    if not _alike(first, last):
        return Obstacle.DEFINITION
    if first.doubtful or last.doubtful:
        return Obstacle.DOUBT
    if Qualifier.EXACT is not first.qualifier or Qualifier.EXACT is not last.qualifier:
        return Obstacle.BOUND
    return None


def comparable_values(series: Series, year: int) -> tuple[Observation, ...]:
    """The exact values up to and including a year that compare with its value; none if that is not exact."""
    if not is_exact(series.get(year)):
        return ()
    return tuple(
        seen
        for seen in series
        if seen.year == year or (seen.year < year and change(series, year, seen.year).difference is not None)
    )


def have_one_definition(values: Iterable[Observation | None]) -> bool:
    """Return whether all given values follow one definition."""
    known = [seen for seen in values if seen and is_given(seen)]
    return all(_alike(known[0], seen) for seen in known[1:])


def _alike(first: Observation, last: Observation) -> bool:
    """Return whether two values follow one definition; an unnamed different one matches no other."""
    differs = [Flag.DEFINITION_DIFFERS in seen.flags for seen in (first, last)]
    named = all(seen.definition or not other for seen, other in zip((first, last), differs, strict=True))
    return named and first.definition == last.definition and differs[0] == differs[1]


def share(part: Observation, total: Observation) -> Share | None:
    """The share of a part in its total; None when either is missing, inexact, or in an unresolved contradiction."""
    if not (is_sound(part) and is_sound(total)):
        return None
    return Share(_number(part), _number(total))


def is_exact(seen: Observation | None) -> bool:
    """Return whether a value may enter a sum: it is given, and neither a bound nor an approximation."""
    return is_given(seen) and seen is not None and seen.qualifier is Qualifier.EXACT


def is_sound(seen: Observation | None) -> bool:
    """Return whether shares, remainders and rates may use a value: it is exact, and in no unresolved contradiction."""
    return is_exact(seen) and seen is not None and not seen.doubtful


def total_of(values: Iterable[Observation | None]) -> Decimal | None:
    """Add up exact values, or None as soon as one is missing, a bound or an approximation."""
    total = Decimal(0)
    for seen in values:
        if not is_exact(seen) or seen is None:
            return None
        total += _number(seen)
    return total


def top_parts(parts: Iterable[Observation], axis: Dimension) -> tuple[Observation, ...]:
    """The parts of a breakdown that add up to the total, without those contained in another part."""
    given = tuple(parts)
    codes = {seen.code for seen in given}
    return tuple(seen for seen in given if codes.isdisjoint(axis.around(seen.code)))


def breakdowns(values: Iterable[Observation]) -> dict[tuple[str, int, str], list[Observation]]:
    """The parts among some values, by figure, year and dimension."""
    found: dict[tuple[str, int, str], list[Observation]] = {}
    for seen in values:
        if seen.dimension:
            found.setdefault((seen.figure, seen.year, seen.dimension), []).append(seen)
    return found


def remainder(total: Observation | None, parts: Iterable[Observation], axis: Dimension) -> Decimal | None:
    """The total minus its parts ("not stated"), negative if they exceed it; None when a value is missing or inexact."""
    made = total_of(top_parts(parts, axis))
    if made is None or total is None or not is_exact(total):
        return None
    return _number(total) - made


def printable_remainder(total: Observation | None, parts: Iterable[Observation], axis: Dimension) -> Decimal | None:
    """The remainder as it may be printed; None for a doubtful total."""
    return remainder(total, parts, axis) if is_sound(total) else None


def _number(seen: Observation) -> Decimal:
    if seen.value is None:
        raise ValueError(f"{seen.address} {seen.year} has no value")
    return seen.value


def part_value(known: Vintage, indicator: str, dimension: str, code: str, year: int) -> Observation | None:
    """A part in a year. If it is not stated and other parts, none of which overlaps it, make the total, it is 0."""
    seen, total = known.observation(f"{indicator}.{code}", year), known.observation(indicator, year)
    axis = known.catalogue.dimension(dimension)
    if seen is not None or total is None or axis is None:
        return seen
    named = known.parts(indicator, dimension, year)
    codes = {each.code for each in named}
    overlaps = not codes.isdisjoint((code, *axis.around(code))) or any(code in axis.around(each) for each in codes)
    if not named or overlaps or axis.subset or printable_remainder(total, named, axis) != 0:
        return None
    cleared = replace(total, notes=(), incomplete=(), part_of="")
    return replace(cleared, dimension=dimension, code=code, value=Decimal(), implied=True)


def part_series(known: Vintage, indicator: str, dimension: str, code: str) -> Series:
    """A part over the years, with the zeros implied by the other parts."""
    found = (part_value(known, indicator, dimension, code, year) for year in known.years)
    return Series(indicator, code, tuple(seen for seen in found if seen))


def break_years(known: Vintage, series: Series) -> frozenset[int]:
    """The years in which a series breaks; that of a part also breaks where its total does."""
    both = (known.series(series.indicator, code) for code in dict.fromkeys((series.code, "")))
    return frozenset(seen.year for each in both for seen in each if Flag.BREAK in seen.flags)


def off_series(known: Vintage, seen: Observation) -> Obstacle | None:
    """Why a value does not fit its series: another definition or a doubt, of the value itself or of its total."""
    if seen.owner or seen.country != known.country.code:
        return None
    for code in dict.fromkeys((seen.code, "")):
        series = known.series(seen.indicator, code)
        of_year = next(filter(is_given, (each for each in series if each.year == seen.year)), None)
        if of_year is None:
            continue
        if Flag.DEFINITION_DIFFERS in of_year.flags or (of_year.definition and not have_one_definition(series)):
            return Obstacle.DEFINITION
        if of_year.doubtful:
            return Obstacle.DOUBT
    return None
