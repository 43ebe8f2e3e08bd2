"""Possible causes of a difference between two publications. Each is a pattern between the national number and that of
the other publication."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from reporter.model import ExternalCell, ExternalValue
from reporter.model.external import WHOLE
from reporter.reconcile.reconciliation import Pattern, PossibleCause

# Smaller numbers are equal by chance.
SMALLEST = 10
Index = Mapping[tuple[ExternalCell, int], ExternalValue]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two numbers of one figure and year that differ. `index` holds all else that the file says, `national` the
    national numbers by cell.

    `akin` are the indicators there that count in the same unit; `alone` says that no other indicator here answers to
    this one there."""

    here: int
    there: ExternalValue
    index: Index
    national: Mapping[ExternalCell, int]
    akin: frozenset[str]
    alone: bool = True

    @property
    def year(self) -> int:
        """The reference year."""
        return self.there.year


def possible_causes(discrepancy: Discrepancy) -> tuple[PossibleCause, ...]:
    return tuple(each for search in SEARCHES for each in search(discrepancy))


def _other_figure(discrepancy: Discrepancy) -> Iterator[PossibleCause]:
    """The number is that of another indicator there. Suspects may have been counted as prosecuted."""
    if discrepancy.here < SMALLEST:
        return
    cell = discrepancy.there.cell
    for (other, year), seen in discrepancy.index.items():
        same = replace(other, indicator=cell.indicator) == cell
        same = same and other.indicator in discrepancy.akin - {cell.indicator}
        if same and year == discrepancy.year and seen.value == discrepancy.here:
            yield PossibleCause(Pattern.OTHER_FIGURE, f"{other.indicator} there: that is perhaps what was counted here")


def _sexes_swapped(discrepancy: Discrepancy) -> Iterator[PossibleCause]:
    cell = discrepancy.there.cell
    for (other, year), seen in discrepancy.index.items():
        mirrored = (
            year == discrepancy.year and other.sex not in (cell.sex, WHOLE) and replace(other, sex=cell.sex) == cell
        )
        crossed = seen.value == discrepancy.here and discrepancy.national.get(other) == discrepancy.there.value
        if mirrored and crossed and cell.sex != WHOLE:
            yield PossibleCause(Pattern.SEXES_SWAPPED, f"{other.sex} there is {seen}: the two sexes may be swapped")


def _transposed(discrepancy: Discrepancy) -> Iterator[PossibleCause]:
    here, there = str(discrepancy.here), str(discrepancy.there)
    if len(here) == len(there) and sorted(here) == sorted(there):
        yield PossibleCause(Pattern.TRANSPOSED, f"{here} and {there} are the same digits in another order")


def _mistyped(discrepancy: Discrepancy) -> Iterator[PossibleCause]:
    """Exactly one digit differs, and it is not the last. A last digit is another number more often than a slip."""
    here, there = str(discrepancy.here), str(discrepancy.there)
    alike = len(here) == len(there) and here[-1] == there[-1]
    if alike and sum(one != other for one, other in zip(here, there, strict=True)) == 1:
        yield PossibleCause(Pattern.MISTYPED, f"{here} and {there} differ in one digit: one may be a misprint")


def _digit_lost(discrepancy: Discrepancy) -> Iterator[PossibleCause]:
    short, long = sorted((str(discrepancy.here), str(discrepancy.there)), key=len)
    one_less = len(short) + 1 == len(long) and discrepancy.here and discrepancy.there.value
    if one_less and any(long[:place] + long[place + 1 :] == short for place in range(len(long))):
        yield PossibleCause(Pattern.DIGIT_LOST, f"{long} without one digit is {short}")


def _other_year(discrepancy: Discrepancy) -> Iterator[PossibleCause]:
    """The number is that of the year before or after. Where several populations answer to one figure there, that is
    chance."""
    for year in () if not discrepancy.alone else (discrepancy.year - 1, discrepancy.year + 1):
        seen = discrepancy.index.get((discrepancy.there.cell, year))
        if seen and seen.value == discrepancy.here >= SMALLEST:
            yield PossibleCause(Pattern.OTHER_YEAR, f"{seen} is what the file has for {year}")


def _parts_counted(discrepancy: Discrepancy) -> Iterator[PossibleCause]:
    cell = discrepancy.there.cell
    groups: dict[object, list[ExternalValue]] = {}
    for (other, year), seen in discrepancy.index.items():
        if year == discrepancy.year and other != cell and (axis := _axis(cell, other)):
            groups.setdefault(axis, []).append(seen)
    for parts in groups.values():
        known = len(parts) > 1 and all(each.value is not None for each in parts)
        if known and sum(each.least for each in parts) == discrepancy.here:
            words = " + ".join(map(str, parts))
            yield PossibleCause(Pattern.PARTS_COUNTED, f"the parts there make {words} = {discrepancy.here}")


def _part_counted(discrepancy: Discrepancy) -> Iterator[PossibleCause]:
    cell = discrepancy.there.cell
    for (other, year), seen in discrepancy.index.items():
        if (
            year == discrepancy.year
            and other != cell
            and _axis(cell, other)
            and seen.value == discrepancy.here >= SMALLEST
        ):
            part = ", ".join(each for each in (other.category, other.sex, other.age) if each != WHOLE)
            yield PossibleCause(Pattern.PART_COUNTED, f"{seen} is the number of {part} there")


def _axis(cell: ExternalCell, other: ExternalCell) -> object:
    """The key of the breakdown in which one cell divides another. None when `other` is no part of `cell`."""
    if other.indicator != cell.indicator or cell.category != WHOLE:
        return None
    if other.dimension != cell.dimension:
        divides = cell.dimension == WHOLE and (other.sex, other.age) == (cell.sex, cell.age)
        return ("dimension", other.dimension) if divides else None
    if other.sex == cell.sex and cell.age == WHOLE:
        return ("age", other.sex)
    if other.age == cell.age and cell.sex == WHOLE:
        return ("sex", other.age)
    return ("both",) if (cell.sex, cell.age) == (WHOLE, WHOLE) and WHOLE not in (other.sex, other.age) else None


SEARCHES: tuple[Callable[[Discrepancy], Iterator[PossibleCause]], ...] = (
    _other_figure,
    _sexes_swapped,
    _transposed,
    _mistyped,
    _digit_lost,
    _parts_counted,
    _part_counted,
    _other_year,
)
