"""Changes, shares and sums that respect breaks, bounds and definitions, for every chart, table and file alike. Nothing
is rounded or guessed: what cannot be calculated is None, or has an obstacle that says why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from reporter.data.records import Cross, Dimension, Flag, Observation, Qualifier, Series, Vintage, is_given, is_hidden
from reporter.data.records.catalogue import CROSSED


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
    if any(Flag.BREAK in value.flags for value in series if min(earlier, year) < value.year <= max(earlier, year)):
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
        value
        for value in series
        if value.year == year or (value.year < year and change(series, year, value.year).difference is not None)
    )


def have_one_definition(values: Iterable[Observation | None]) -> bool:
    """Return whether all given values follow one definition."""
    observations = [observation for observation in values if observation and is_given(observation)]
    return all(_alike(observations[0], observation) for observation in observations[1:])


def _alike(first: Observation, last: Observation) -> bool:
    """Return whether two values follow one definition; an unnamed different one matches no other."""
    differs = [Flag.DEFINITION_DIFFERS in observation.flags for observation in (first, last)]
    named = all(observation.definition or not other for observation, other in zip((first, last), differs, strict=True))
    return named and first.definition == last.definition and differs[0] == differs[1]


def share(part: Observation, total: Observation) -> Share | None:
    """The share of a part in its total; None when either is missing, inexact, or in an unresolved contradiction."""
    if not (is_sound(part) and is_sound(total)):
        return None
    return Share(_number(part), _number(total))


def is_exact(observation: Observation | None) -> bool:
    """Return whether a value may enter a sum: it is given, and neither a bound nor an approximation."""
    return is_given(observation) and observation is not None and observation.qualifier is Qualifier.EXACT


def is_sound(observation: Observation | None) -> bool:
    """Return whether shares, remainders and rates may use a value: it is exact, and in no unresolved contradiction."""
    return is_exact(observation) and observation is not None and not observation.doubtful


def total_of(values: Iterable[Observation | None]) -> Decimal | None:
    """Add up exact values, or None as soon as one is missing, a bound or an approximation."""
    total = Decimal(0)
    for observation in values:
        if not is_exact(observation) or observation is None:
            return None
        total += _number(observation)
    return total


def top_parts(parts: Iterable[Observation], axis: Dimension) -> tuple[Observation, ...]:
    """The parts of a breakdown that add up to the total, without those contained in another part."""
    observations = tuple(parts)
    codes = {observation.code for observation in observations}
    return tuple(observation for observation in observations if codes.isdisjoint(axis.around(observation.code)))


def breakdowns(values: Iterable[Observation]) -> dict[tuple[str, int, str], list[Observation]]:
    """The parts among some values, by figure, year and dimension."""
    parts_by_key: dict[tuple[str, int, str], list[Observation]] = {}
    for value in values:
        if value.dimension:
            parts_by_key.setdefault((value.figure, value.year, value.dimension), []).append(value)
    return parts_by_key


@dataclass(frozen=True, slots=True)
class Division:
    """Values that are parts of another one in the same year, `whole`: a breakdown of a figure, or a row or column of a
    cross. `axis` has their codes; `name` is the dimension or cross. A partial one need not add up."""

    whole: str
    year: int
    name: str
    axis: Dimension
    parts: tuple[Observation, ...]
    partial: bool


def divisions(vintage: Vintage, values: Iterable[Observation]) -> Iterator[Division]:
    """How some values of a vintage divide others. Cells without a value above them are parts of the total."""
    for (figure, year, name), parts in breakdowns(values).items():
        axis, total = vintage.catalogue.dimension(name), vintage.observation(figure, year)
        if axis is None:
            continue
        partial = {*(total.incomplete if total else ())}
        unstated = not isinstance(axis, Cross)
        for margin, line in axis.lines(part.code for part in parts) if isinstance(axis, Cross) else ():
            codes = {member.code for member in line.codes}
            inside = tuple(part for part in parts if part.code in codes)
            whole = f"{figure}.{margin}"
            unstated |= vintage.observation(whole, year) is None
            is_partial = line.subset or not partial.isdisjoint((name, line.code))
            yield Division(whole, year, name, line, inside, is_partial)
        if unstated:
            is_partial = axis.subset or not partial.isdisjoint((name, *name.split(CROSSED)))
            yield Division(figure, year, name, axis, tuple(parts), is_partial)


def remainder(total: Observation | None, parts: Iterable[Observation], axis: Dimension) -> Decimal | None:
    """The total minus its parts ("not stated"), negative if they exceed it; None when a value is missing or inexact."""
    parts_total = total_of(top_parts(parts, axis))
    if parts_total is None or total is None or not is_exact(total):
        return None
    return _number(total) - parts_total


def printable_remainder(total: Observation | None, parts: Iterable[Observation], axis: Dimension) -> Decimal | None:
    """The remainder as it may be printed; None for a doubtful total."""
    return remainder(total, parts, axis) if is_sound(total) else None


def _number(observation: Observation) -> Decimal:
    if observation.value is None:
        raise ValueError(f"{observation.address} {observation.year} has no value")
    return observation.value


def part_value(vintage: Vintage, indicator: str, dimension: str, code: str, year: int) -> Observation | None:
    """A part in a year. If it is not stated and other parts, none of which overlaps it, make the total, it is 0, which
    is not said of residual codes. So is a cell of a cross that the others in its row or column leave out."""
    observation, axis = vintage.observation(f"{indicator}.{code}", year), vintage.catalogue.dimension(dimension)
    if observation is not None or axis is None:
        return observation
    lines = axis.lines((code,)) if isinstance(axis, Cross) else ()
    for margin, line in (("", axis), *lines):
        total = vintage.observation(f"{indicator}.{margin}".rstrip("."), year)
        if total and _leaves_out(vintage, total, line, dimension, code):
            cleared = replace(total, notes=(), incomplete=(), part_of="")
            return replace(cleared, dimension=dimension, code=code, value=Decimal(), implied=True)
    return None


def _leaves_out(vintage: Vintage, total: Observation, axis: Dimension, dimension: str, code: str) -> bool:
    """Whether the parts of a total that are stated make it without a part that is not."""
    named = [part for part in vintage.parts(total.indicator, dimension, total.year) if axis.get(part.code)]
    codes = {part.code for part in named}
    member = axis.get(code)
    residual = member is not None and member.residual and not axis.is_country(code)
    overlaps = not codes.isdisjoint((code, *axis.around(code))) or any(code in axis.around(other) for other in codes)
    possible = named and not residual and not overlaps and not axis.subset
    return bool(possible) and printable_remainder(total, named, axis) == 0


def part_series(vintage: Vintage, indicator: str, dimension: str, code: str) -> Series:
    """A part over the years, with the zeros implied by the other parts."""
    values = (part_value(vintage, indicator, dimension, code, year) for year in vintage.years)
    return Series(indicator, code, tuple(observation for observation in values if observation))


def break_years(vintage: Vintage, series: Series) -> frozenset[int]:
    """The years in which a series breaks; that of a part also breaks where its total does."""
    both = (vintage.series(series.indicator, code) for code in dict.fromkeys((series.code, "")))
    return frozenset(value.year for one_series in both for value in one_series if Flag.BREAK in value.flags)


def off_series(vintage: Vintage, observation: Observation) -> Obstacle | None:
    """Why a value does not fit its series: another definition or a doubt, of the value itself or of its total."""
    if observation.owner or observation.country != vintage.country.code:
        return None
    for code in dict.fromkeys((observation.code, "")):
        series = vintage.series(observation.indicator, code)
        of_year = next(filter(is_given, (other for other in series if other.year == observation.year)), None)
        if of_year is None:
            continue
        if Flag.DEFINITION_DIFFERS in of_year.flags or (of_year.definition and not have_one_definition(series)):
            return Obstacle.DEFINITION
        if of_year.doubtful:
            return Obstacle.DOUBT
    return None
