"""Arithmetic on observations that knows breaks, bounds, definitions and missing values; never rounds, never guesses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reporter.model import Dimension, Flag, Observation, Qualifier, Series, is_given, is_hidden


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
    """Two values of one figure in two years; `difference` is None when they must not be compared."""

    before: Observation | None
    after: Observation | None
    obstacle: Obstacle | None

    @property
    def difference(self) -> Decimal | None:
        """After minus before, in the indicator's unit."""
        if self.obstacle or self.before is None or self.after is None:
            return None
        return _number(self.after) - _number(self.before)

    @property
    def relative(self) -> Decimal | None:
        """The difference as a part of the earlier value; None when that is zero. The caller minds small bases."""
        difference = self.difference
        if difference is None or self.before is None or not self.before.value:
            return None
        return difference / self.before.value


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a total, with its base."""

    part: Decimal
    base: Decimal

    @property
    def value(self) -> Decimal | None:
        """The share from 0 to 1; None of an empty base."""
        return self.part / self.base if self.base else None


def change(series: Series, year: int, before: int | None = None) -> Change:
    """The change of a series on an earlier year (the year before by default), or what stands in its way."""
    earlier = year - 1 if before is None else before
    first, last = series.get(earlier), series.get(year)
    return Change(first, last, _obstacle(series, first, last, earlier, year))


def _obstacle(
    series: Series, first: Observation | None, last: Observation | None, earlier: int, year: int
) -> Obstacle | None:
    if first is None or last is None or not (is_given(first) and is_given(last)):
        return Obstacle.HIDDEN if is_hidden(first) or is_hidden(last) else Obstacle.MISSING
    if first.since or last.since:
        # Other than the reference year: two such periods may overlap or differ in length.
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
    """The exact values up to a year that can be compared with its value, that one included; none when it has none."""
    if not is_exact(series.get(year)):
        return ()
    return tuple(seen for seen in series if seen.year == year or (seen.year < year and _meets(series, seen, year)))


def _meets(series: Series, seen: Observation, year: int) -> bool:
    return change(series, year, seen.year).difference is not None


def have_one_definition(values: Iterable[Observation | None]) -> bool:
    """Whether all values that are given follow one definition, as far as is known."""
    known = [seen for seen in values if seen and is_given(seen)]
    return all(_alike(known[0], seen) for seen in known[1:])


def _alike(first: Observation, last: Observation) -> bool:
    """Whether two values follow one definition; another one that is not named may be any."""
    unnamed = any(Flag.DEFINITION_DIFFERS in seen.flags and not seen.definition for seen in (first, last))
    return not unnamed and _definition(first) == _definition(last)


def _definition(seen: Observation) -> tuple[str, bool]:
    return seen.definition, Flag.DEFINITION_DIFFERS in seen.flags


def off_series_obstacles(values: Sequence[Observation | None]) -> tuple[Obstacle | None, ...]:
    """Why each of these values stands apart from the others: a definition of its own, a doubt; None where none does."""
    alike = have_one_definition(values)
    return tuple(_off_series_obstacle(seen, alike=alike) for seen in values)


def _off_series_obstacle(seen: Observation | None, *, alike: bool) -> Obstacle | None:
    if seen is None or not is_given(seen):
        return None
    if Flag.DEFINITION_DIFFERS in seen.flags or (seen.definition and not alike):
        return Obstacle.DEFINITION
    return Obstacle.DOUBT if seen.doubtful else None


def share(part: Observation, total: Observation) -> Share | None:
    """The share of a part in its total, or None when either is missing, a bound, or in a contradiction."""
    if not (is_sound(part) and is_sound(total)):
        return None
    return Share(_number(part), _number(total))


def is_exact(seen: Observation | None) -> bool:
    """Whether there is a value that may enter a sum: given, and neither a bound nor an approximation."""
    return is_given(seen) and seen is not None and seen.qualifier is Qualifier.EXACT


def is_sound(seen: Observation | None) -> bool:
    """Whether shares, rests and rates may be worked out of it: exact, and in no contradiction left open."""
    return is_exact(seen) and seen is not None and not seen.doubtful


def total_of(values: Iterable[Observation | None]) -> Decimal | None:
    """The sum of exact values; None as soon as one is missing, a bound or an approximation."""
    total = Decimal(0)
    for seen in values:
        if not is_exact(seen) or seen is None:
            return None
        total += _number(seen)
    return total


def top_parts(parts: Iterable[Observation], axis: Dimension) -> tuple[Observation, ...]:
    """The parts that together make the total: a code whose `within` is itself present is left to that one."""
    given = tuple(parts)
    codes = {seen.code for seen in given}
    return tuple(seen for seen in given if not _inside(axis, seen.code, codes))


def _inside(axis: Dimension, code: str, present: set[str]) -> bool:
    member = axis.get(code)
    return bool(member and member.within in present)


def remainder(total: Observation | None, parts: Iterable[Observation], axis: Dimension) -> Decimal | None:
    """What the parts leave of the total ("not stated"); negative when they exceed it, None when it cannot be known."""
    made = total_of(top_parts(parts, axis))
    if made is None or total is None or not is_exact(total):
        return None
    return _number(total) - made


def printable_remainder(total: Observation | None, parts: Iterable[Observation], axis: Dimension) -> Decimal | None:
    """The remainder as it may be printed: of a total in a contradiction there is none."""
    return remainder(total, parts, axis) if is_sound(total) else None


def _number(seen: Observation) -> Decimal:
    if seen.value is None:
        raise ValueError(f"{seen.address} {seen.year} has no value")
    return seen.value
