"""What a difference may come from: patterns between a national number and that of the other publication."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from reporter.model import ExternalCell, ExternalValue
from reporter.model.external import WHOLE
from reporter.reconcile.verdicts import Pattern, Reading

# Smaller numbers are equal by chance.
SMALLEST = 10
Index = Mapping[tuple[ExternalCell, int], ExternalValue]


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Two numbers of one figure and year that differ, all else the file says, and the national ones by cell.

    `akin` are the indicators there that count in the same unit; `alone` says that no other indicator here answers to
    this one there.
    """

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


def readings(puzzle: Puzzle) -> tuple[Reading, ...]:
    """Every reading that fits, the most telling first."""
    return tuple(each for search in SEARCHES for each in search(puzzle))


def _other_figure(puzzle: Puzzle) -> Iterator[Reading]:
    """The number is that of another indicator there, such as suspects counted as prosecuted."""
    if puzzle.here < SMALLEST:
        return
    cell = puzzle.there.cell
    for (other, year), seen in puzzle.index.items():
        same = replace(other, indicator=cell.indicator) == cell
        same = same and other.indicator in puzzle.akin - {cell.indicator}
        if same and year == puzzle.year and seen.value == puzzle.here:
            yield Reading(Pattern.OTHER_FIGURE, f"{other.indicator} there: that is perhaps what was counted here")


def _sexes_swapped(puzzle: Puzzle) -> Iterator[Reading]:
    """Women here are men there, and the other way round."""
    cell = puzzle.there.cell
    for (other, year), seen in puzzle.index.items():
        mirrored = year == puzzle.year and other.sex not in (cell.sex, WHOLE) and replace(other, sex=cell.sex) == cell
        crossed = seen.value == puzzle.here and puzzle.national.get(other) == puzzle.there.value
        if mirrored and crossed and cell.sex != WHOLE:
            yield Reading(Pattern.SEXES_SWAPPED, f"{other.sex} there is {seen}: the two sexes may be swapped")


def _transposed(puzzle: Puzzle) -> Iterator[Reading]:
    here, there = str(puzzle.here), str(puzzle.there)
    if len(here) == len(there) and sorted(here) == sorted(there):
        yield Reading(Pattern.TRANSPOSED, f"{here} and {there} are the same digits in another order")


def _mistyped(puzzle: Puzzle) -> Iterator[Reading]:
    """One digit other than the last differs: a last digit is another number more often than a slip."""
    here, there = str(puzzle.here), str(puzzle.there)
    alike = len(here) == len(there) and here[-1] == there[-1]
    if alike and sum(one != other for one, other in zip(here, there, strict=True)) == 1:
        yield Reading(Pattern.MISTYPED, f"{here} and {there} differ in one digit: one may be a misprint")


def _digit_lost(puzzle: Puzzle) -> Iterator[Reading]:
    short, long = sorted((str(puzzle.here), str(puzzle.there)), key=len)
    one_less = len(short) + 1 == len(long) and puzzle.here and puzzle.there.value
    if one_less and any(long[:place] + long[place + 1 :] == short for place in range(len(long))):
        yield Reading(Pattern.DIGIT_LOST, f"{long} without one digit is {short}")


def _other_year(puzzle: Puzzle) -> Iterator[Reading]:
    """The number is that of the year before or after; of one of several populations that is chance."""
    for year in () if not puzzle.alone else (puzzle.year - 1, puzzle.year + 1):
        seen = puzzle.index.get((puzzle.there.cell, year))
        if seen and seen.value == puzzle.here >= SMALLEST:
            yield Reading(Pattern.OTHER_YEAR, f"{seen} is what the file has for {year}")


def _parts_counted(puzzle: Puzzle) -> Iterator[Reading]:
    """The file's own parts make the national number."""
    cell = puzzle.there.cell
    groups: dict[object, list[ExternalValue]] = {}
    for (other, year), seen in puzzle.index.items():
        if year == puzzle.year and other != cell and (axis := _axis(cell, other)):
            groups.setdefault(axis, []).append(seen)
    for parts in groups.values():
        known = len(parts) > 1 and all(each.value is not None for each in parts)
        if known and sum(each.least for each in parts) == puzzle.here:
            words = " + ".join(map(str, parts))
            yield Reading(Pattern.PARTS_COUNTED, f"the parts there make {words} = {puzzle.here}")


def _part_counted(puzzle: Puzzle) -> Iterator[Reading]:
    """The national number is one of the parts there."""
    cell = puzzle.there.cell
    for (other, year), seen in puzzle.index.items():
        if year == puzzle.year and other != cell and _axis(cell, other) and seen.value == puzzle.here >= SMALLEST:
            part = ", ".join(each for each in (other.category, other.sex, other.age) if each != WHOLE)
            yield Reading(Pattern.PART_COUNTED, f"{seen} is the number of {part} there")


def _axis(cell: ExternalCell, other: ExternalCell) -> object:
    """How another cell divides one: the key of its breakdown, None when it does not."""
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


SEARCHES: tuple[Callable[[Puzzle], Iterator[Reading]], ...] = (
    _other_figure,
    _sexes_swapped,
    _transposed,
    _mistyped,
    _digit_lost,
    _parts_counted,
    _part_counted,
    _other_year,
)
