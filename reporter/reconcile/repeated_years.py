"""Years whose rows repeat those of another year. Whoever fills in the form of last year may leave last year's numbers
in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import prod

from reporter.errors import Mark
from reporter.i18n import N_
from reporter.model import Difference, ExternalCell, ExternalValue, Observation
from reporter.model.external import WHOLE, TheirName
from reporter.model.telling import Told, tell, told_together


class Agreement(StrEnum):
    """How a national figure agrees with the other publication."""

    AGREES = "agrees"
    COMPATIBLE = "compatible"
    DIFFERS = "differs"
    POPULATION = "another population"
    CONFIDENTIAL = "confidential here"
    ONLY_HERE = "only here"
    ONLY_THERE = "only there"


class Pattern(StrEnum):
    """A mistake that recurs in tables of figures."""

    TRANSPOSED = "digits transposed"
    MISTYPED = "a digit mistyped"
    DIGIT_LOST = "a digit lost or added"
    OTHER_FIGURE = "another figure counted"
    OTHER_YEAR = "another year counted"
    PARTS_COUNTED = "the parts make the other number"
    PART_COUNTED = "a part for the total"
    SEXES_SWAPPED = "sexes swapped"
    SHIFTED = "columns shifted"
    COPIED = "total copied into parts"
    BORROWED = "numbers of another figure"
    REPEATED_YEAR = "numbers of another year"
    EXCESS = "parts do not fit their total"
    GAP = "gap in the series"
    TWICE = "stated twice"


@dataclass(frozen=True, slots=True)
class PossibleCause:
    """A possible cause of a difference."""

    pattern: Pattern
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of one year on both sides. `seen` are the national values that answer to the outside one. `here` is
    what they say in words, empty when nothing is said or nothing may be printed."""

    figure: str
    label: str
    cell: ExternalCell
    year: int
    agreement: Agreement
    here: str
    seen: tuple[Observation, ...]
    there: ExternalValue | None
    causes: tuple[PossibleCause, ...] = ()
    explanation: Difference | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A contradiction or a gap inside the outside file. `text` can be told again in other languages; `marks` are the
    rows that show it, `cells` what they are about."""

    pattern: Pattern
    indicator: str
    year: int
    text: Told
    marks: tuple[Mark, ...] = ()
    cells: tuple[ExternalCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything that a reconciliation found. `years` are those on both sides. `unmatched` counts the rows that no
    figure here answers to.

    `stale` are explanations that the file does not bear out. `unknown` are indicators of the file that no figure here
    answers to, `absent` those that some do, and that the file has in no year."""

    comparisons: tuple[Comparison, ...]
    faults: tuple[Fault, ...]
    years: tuple[int, ...]
    years_there: tuple[int, ...]
    unmatched: int
    stale: tuple[Difference, ...]
    unknown: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    def of(self, agreement: Agreement) -> tuple[Comparison, ...]:
        return tuple(each for each in self.comparisons if each.agreement is agreement)

    @property
    def unexplained(self) -> tuple[Comparison, ...]:
        return tuple(each for each in self.of(Agreement.DIFFERS) if each.explanation is None)

    @property
    def renamed_indicators(self) -> tuple[str, ...]:
        """The indicators that the file seems to call otherwise. It lacks them, and has others that nobody knows."""
        return self.absent if self.unknown else ()

    @property
    def needs_work(self) -> bool:
        """Return whether somebody has to look at it. There is a difference that nobody has explained, or an indicator
        of another name."""
        return bool(self.unexplained or self.renamed_indicators)


Persons = Mapping[str, tuple[str, str]]
# Smaller numbers are equal by chance, and are masked anyway.
SMALLEST = 5


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """Everything the file says of one indicator in one year."""

    indicator: str
    year: int
    rows: Mapping[ExternalCell, ExternalValue]
    persons: Persons

    @property
    def total(self) -> ExternalValue | None:
        return self.rows.get(ExternalCell(self.indicator))

    def person(self, code: str, block: ExternalCell | None = None) -> ExternalValue | None:
        whole = block or ExternalCell(self.indicator)
        if code not in self.persons:
            return None
        sex, age = self.persons[code]
        return self.rows.get(replace(whole, sex=sex, age=age))

    def categories(self) -> Iterator[tuple[str, tuple[ExternalValue, ...]]]:
        """The totals of the categories of each breakdown. In the order of the file."""
        found: dict[str, list[ExternalValue]] = {}
        for cell, seen in self.rows.items():
            if cell.dimension != WHOLE and (cell.sex, cell.age) == (WHOLE, WHOLE):
                found.setdefault(cell.dimension, []).append(seen)
        yield from ((dimension, tuple(seen)) for dimension, seen in found.items())

    def blocks(self) -> tuple[ExternalCell, ...]:
        """The cells that head a table by sex and age. That of all, then that of each category."""
        heads = (replace(cell, sex=WHOLE, age=WHOLE) for cell in self.rows)
        return tuple(dict.fromkeys((ExternalCell(self.indicator), *heads)))

    def other_rows(self, block: ExternalCell) -> tuple[ExternalValue, ...]:
        """The rows of a table with another sex or age. The file calls them Other or Unknown."""
        known = {*self.persons.values(), (WHOLE, WHOLE)}
        return tuple(
            seen
            for cell, seen in self.rows.items()
            if replace(cell, sex=WHOLE, age=WHOLE) == block and (cell.sex, cell.age) not in known
        )


def lay_out(rows: tuple[ExternalValue, ...], persons: Persons) -> tuple[IndicatorTable, ...]:
    """Lay out the rows of a file as tables. In the order of the file; of a cell stated twice the first value stands."""
    found: dict[tuple[str, int], dict[ExternalCell, ExternalValue]] = {}
    for seen in rows:
        found.setdefault((seen.cell.indicator, seen.year), {}).setdefault(seen.cell, seen)
    return tuple(IndicatorTable(indicator, year, cells, persons) for (indicator, year), cells in found.items())


# A figure that stays at v, and varies as counts do, is the same in two years once in 2√(πv) times. The square of that
# is about 12v, so no roots are taken: numbers are not equal by chance when it would be so less than once in 1000 times.
SQUARE, RARE = 12, 1000 * 1000
# One number that is the same, such as a total, is no repeated year however large it is.
LEAST_EQUAL = 2
# For one other number, such as a corrected total, there are so many equal ones.
EQUAL_FOR_ONE = 5
MOST_NAMED = 4
REPEATED = N_("{n} of its {m} numbers from {least} on are those of {year}: {parts}")
AND_MORE, THE_TOTAL = N_("{told} and {n} more"), N_("the total")
FINER = (("adults", ("women", "men")), ("children", ("girls", "boys")))


@dataclass(frozen=True, slots=True)
class RepeatedTable:
    """An indicator in two years, and its larger numbers that are equal. `equal` are the rows of the later year;
    `others` counts those that differ, also where one year masks its number."""

    now: IndicatorTable
    before: IndicatorTable
    equal: tuple[ExternalValue, ...]
    others: int

    @property
    def telling(self) -> tuple[ExternalValue, ...]:
        kept = {id(each) for each in self.equal}
        found = [*_persons(self.now), *(each for _, parts in self.now.categories() for each in _free(self.now, parts))]
        return tuple(each for each in found if id(each) in kept)

    @property
    def fault(self) -> Fault:
        """The fault of the later year; the earlier may be as wrong."""
        rows = self.telling
        told = tell(
            REPEATED,
            n=len(self.equal),
            m=len(self.equal) + self.others,
            least=SMALLEST,
            year=self.before.year,
            parts=told_together(_named(rows[:MOST_NAMED])),
        )
        more = len(rows) - MOST_NAMED
        return Fault(
            pattern=Pattern.REPEATED_YEAR,
            indicator=self.now.indicator,
            year=self.now.year,
            text=tell(AND_MORE, told=told, n=more) if more > 0 else told,
            marks=(*(each.mark for each in rows), *(self.before.rows[each.cell].mark for each in rows)),
            cells=tuple(each.cell for each in rows),
        )


def repeated_years(tables: Sequence[IndicatorTable]) -> Iterator[Fault]:
    """The indicators of a year with the numbers of an earlier one. Each is told once, with the nearest year that it
    repeats."""
    years: dict[int, dict[str, IndicatorTable]] = {}
    for table in tables:
        years.setdefault(table.year, {})[table.indicator] = table
    for year in sorted(years):
        found: dict[str, Fault] = {}
        for before in sorted((each for each in years if each < year), reverse=True):
            for each in _repeated(years[year], years[before]):
                found.setdefault(each.now.indicator, each.fault)
        yield from found.values()


def _repeated(now: Mapping[str, IndicatorTable], before: Mapping[str, IndicatorTable]) -> Iterator[RepeatedTable]:
    """The indicators of two years that repeat each other. Few numbers of one indicator may be equal by chance, but not
    those of all."""
    pairs = [_beside(table, before[indicator]) for indicator, table in now.items() if indicator in before]
    nearly = [each for each in pairs if each.equal and _nearly_all(each)]
    together = _nearly_all(*pairs) and _is_no_chance(nearly)
    yield from (each for each in nearly if each.telling and (together or _is_no_chance([each])))


def _beside(now: IndicatorTable, before: IndicatorTable) -> RepeatedTable:
    equal, others = [], 0
    for cell, seen in now.rows.items():
        known = before.rows.get(cell)
        if known and max(seen.least, known.least) >= SMALLEST:
            equal += [seen] if seen.value == known.value else []
            others += seen.value != known.value
    return RepeatedTable(now, before, tuple(equal), others)


def _nearly_all(*pairs: RepeatedTable) -> bool:
    equal = sum(len(each.equal) for each in pairs)
    return sum(each.others for each in pairs) * EQUAL_FOR_ONE <= equal


def _is_no_chance(pairs: Sequence[RepeatedTable]) -> bool:
    """Return whether equal numbers are too many and too large for chance. A number that stands in several places counts
    once: one may be a part of the other."""
    numbers = {each.least for pair in pairs for each in pair.telling}
    return len(numbers) >= LEAST_EQUAL and prod(SQUARE * each for each in numbers) > RARE


def _persons(table: IndicatorTable) -> tuple[ExternalValue, ...]:
    """The finest larger numbers by sex and age. Those of a coarser age follow from them but for small numbers; so does
    the total."""
    found: list[ExternalValue] = []
    for age, sexes in FINER:
        finer = _larger(table.person(code) for code in sexes)
        found += finer or _larger([table.person(age)])
    return tuple(found or _larger([table.total]))


def _free(table: IndicatorTable, parts: Sequence[ExternalValue]) -> tuple[ExternalValue, ...]:
    """The larger categories of a breakdown that nothing else decides. One that has nearly everybody follows from the
    total; so does the largest where all together make it."""
    whole = table.total.least if table.total else 0
    free = [each for each in _larger(parts) if not whole or abs(whole - each.least) >= SMALLEST]
    if whole and sum(each.least for each in parts) + SMALLEST > whole:
        free = sorted(free, key=lambda each: each.least)[:-1]
    return tuple(free)


def _larger(rows: Iterable[ExternalValue | None]) -> list[ExternalValue]:
    return [each for each in rows if each and each.least >= SMALLEST]


def _named(rows: Iterable[ExternalValue]) -> Iterator[Told]:
    for seen in rows:
        axes = (seen.cell.category, seen.cell.sex, seen.cell.age)
        words = ", ".join(each for each in axes if each != WHOLE)
        yield tell("{part} {n}", part=TheirName(words, seen.cell) if words else tell(THE_TOTAL), n=seen)
