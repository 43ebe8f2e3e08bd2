"""Contradictions in the other publication: typical mistakes of tables typed by hand, and years that repeat another, as
a form filled in again may keep last year's numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import prod

from reporter.data.errors import Mark
from reporter.data.i18n import N_
from reporter.data.records import ExternalCell, ExternalValue, Publication
from reporter.data.records.imported import WHOLE, TheirName
from reporter.data.records.message import Told, joined_messages, tell


class Pattern(StrEnum):
    """A recurring mistake in tables of figures."""

    SEXES_SWAPPED = "sexes swapped"
    SHIFTED = "columns shifted"
    COPIED = "total copied into parts"
    BORROWED = "numbers of another figure"
    REPEATED_YEAR = "numbers of another year"
    EXCESS = "parts do not fit their total"
    GAP = "gap in the series"
    TWICE = "stated twice"


@dataclass(frozen=True, slots=True)
class Fault:
    """A contradiction or gap in the other publication: a translatable text, the rows that show it, and their cells."""

    pattern: Pattern
    indicator: str
    year: int
    text: Told
    marks: tuple[Mark, ...] = ()
    cells: tuple[ExternalCell, ...] = ()


Persons = Mapping[str, tuple[str, str]]
# Smaller numbers are equal by chance, and are masked anyway.
SMALLEST = 5


@dataclass(frozen=True, slots=True)
class IndicatorTable:
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
        """The totals of the categories of each breakdown, in the order of the file."""
        rows_by_dimension: dict[str, list[ExternalValue]] = {}
        for cell, row in self.rows.items():
            if cell.dimension != WHOLE and (cell.sex, cell.age) == (WHOLE, WHOLE):
                rows_by_dimension.setdefault(cell.dimension, []).append(row)
        yield from ((dimension, tuple(rows)) for dimension, rows in rows_by_dimension.items())

    def blocks(self) -> tuple[ExternalCell, ...]:
        """The cells that head a table by sex and age: that of the total, then those of the categories."""
        heads = (replace(cell, sex=WHOLE, age=WHOLE) for cell in self.rows)
        return tuple(dict.fromkeys((ExternalCell(self.indicator), *heads)))

    def other_rows(self, block: ExternalCell) -> tuple[ExternalValue, ...]:
        """The rows of a table with another sex or age, called Other or Unknown in the file, without sums of rows."""
        person_pairs = {self.persons.get(code) for code in PERSONS} | {(WHOLE, WHOLE)}
        sums = {replace(cell, age=WHOLE) for cell in self.rows if cell.age != WHOLE}
        sums |= {replace(cell, sex=WHOLE) for cell in self.rows if cell.sex != WHOLE}
        return tuple(
            row
            for cell, row in self.rows.items()
            if replace(cell, sex=WHOLE, age=WHOLE) == block
            and (cell.sex, cell.age) not in person_pairs
            and cell not in sums
        )


EVERYBODY = ("women", "men", "girls", "boys")
# A number that should be the sum of others.
SUMS = (("adults", ("women", "men")), ("children", ("girls", "boys")))
PERSONS = (*EVERYBODY, *(name for name, _ in SUMS))
LEAST_SHARED = 2
AS_WOMEN = N_("{young} is {n}, the number of women ({women}), and {grown} is {m}, with {men} men")
AS_MEN = N_("{young} is {n}, the number of men ({men}), and {grown} is {m}, with {men} men")
NEAR_WOMEN = N_("{young} is {n} and {grown} is {m}, nearly the numbers of women ({women}) and men ({men})")
NEAR_MEN = N_("{young} is {n} and {grown} is {m}, nearly the numbers of men ({men}) and women ({women})")
COPIED = N_("{dimension}, the total, {n}, is repeated in {parts}")
BORROWED = N_("{dimension}, {parts} under a total of {n}: the numbers of {other}")
SWAPPED = N_("{category} has {part} {one}, more than all {one} ({whole}) and as many as all {other}")
PARTS_MAKE, PART_IS = N_("{parts} add up to {made}, {whole} is {n}"), N_("{part}, {whole} is {n}")
OF_CATEGORY, ABOVE = N_("{category}: {fault}"), N_("{part} is {m}, {whole} is {n}")
COLUMNS_MAKE = N_("{dimension}, {parts} add up to {made}, {whole} is {n}")
NO_TOTAL, NO_ROW = N_("no total, only {n} of its parts"), N_("no row")
STATED_TWICE = N_("{cell} is {n} on line {line} and {m} on line {second}")
AND = N_("{first} and {last}")
# Columns counted on two days are nearly equal: within COUNTS_BESIDE counts, or one in ONE_IN.
COUNTS_BESIDE, ONE_IN = 2, 20
THE_TOTAL, AT_LEAST, AT_MOST = N_("the total"), N_("at least {n}"), N_("at most {n}")


def faults(publication: Publication, persons: Persons) -> tuple[Fault, ...]:
    """The contradictions of a file, by year and indicator; of a cell stated twice the first value counts."""
    cells: dict[tuple[str, int], dict[ExternalCell, ExternalValue]] = {}
    contradictions: list[Fault] = []
    for row in publication.rows:
        first = cells.setdefault((row.cell.indicator, row.year), {}).setdefault(row.cell, row)
        if first is not row and str(first) != str(row):
            text = tell(STATED_TWICE, cell=_name(row), n=first, line=first.mark.line, m=row, second=row.mark.line)
            marks = (first.mark, row.mark)
            contradictions.append(Fault(Pattern.TWICE, row.cell.indicator, row.year, text, marks, (row.cell,)))
    years: dict[int, dict[str, IndicatorTable]] = {}
    for (indicator, year), rows in cells.items():
        years.setdefault(year, {})[indicator] = IndicatorTable(indicator, year, rows, persons)
    contradictions += [*_gaps(years), *repeated_years(years)]
    for tables in years.values():
        for table in tables.values():
            clear = [*_shifted(table), *_copied(table), *_borrowed(table, tables), *_swapped(table)]
            explained_marks = {mark for fault in clear for mark in fault.marks}
            rest = (*_sums(table), *_wholes(table), *_columns(table))
            # Faults that another one explains are left out.
            contradictions += (*clear, *(fault for fault in rest if not explained_marks & {*fault.marks}))
    return tuple(sorted(contradictions, key=lambda fault: (fault.year, fault.indicator, fault.pattern)))


def _shifted(table: IndicatorTable) -> Iterator[Fault]:
    """Ages that equal the sexes: a table filled in one column off."""
    children, adults, women, men = (table.person(code) for code in ("children", "adults", "women", "men"))
    girls, boys = table.person("girls"), table.person("boys")
    if not (children and adults and women and men):
        return
    numbers = [row.value for row in (children, adults, women, men)]
    if None in numbers or min(number or 0 for number in numbers) < SMALLEST:
        return
    swapped = (children.value, adults.value) in ((women.value, men.value), (men.value, women.value))
    # One column alone may be equal by chance, but not when adults do not equal women and men together either.
    half = children.value == women.value and adults.value != (women.value or 0) + (men.value or 0)
    if swapped or half:
        words = AS_MEN if swapped and children.value != women.value else AS_WOMEN
    elif adults.least >= women.least + men.least or (
        girls and boys and None not in (girls.value, boys.value) and girls.least + boys.least == children.least
    ):
        # Ages add up from their sexes, so a likeness is chance. Adults may be more than women and men where the sex of
        # some is not known, never fewer.
        return
    elif _is_near(children, women) and _is_near(adults, men):
        words = NEAR_WOMEN
    elif _is_near(children, men) and _is_near(adults, women):
        words = NEAR_MEN
    else:
        return
    young, grown = (TheirName(row.cell.age, row.cell) for row in (children, adults))
    text = tell(words, young=young, n=children, women=women, men=men, grown=grown, m=adults)
    yield _fault(Pattern.SHIFTED, table, text, children, adults, women, men)


def _is_near(one: ExternalValue, other: ExternalValue) -> bool:
    return abs(one.least - other.least) <= max(COUNTS_BESIDE, max(one.least, other.least) // ONE_IN)


def _copied(table: IndicatorTable) -> Iterator[Fault]:
    total = table.total
    if total is None or not total.value or total.value < SMALLEST:
        return
    for _, parts in table.categories():
        same = [row for row in parts if row.value == total.value]
        if len(same) >= LEAST_SHARED:
            text = tell(COPIED, dimension=_axis(same[0]), n=total, parts=_listed(_category_name(row) for row in same))
            yield _fault(Pattern.COPIED, table, text, total, *same)


def _borrowed(table: IndicatorTable, tables: Mapping[str, IndicatorTable]) -> Iterator[Fault]:
    if table.total is None:
        return
    for _, parts in table.categories():
        for other in tables.values():
            lent = [row for row in parts if row.least > table.total.most and _lent(row, other, parts)]
            if other is not table and lent:
                text = tell(
                    BORROWED,
                    dimension=_axis(lent[0]),
                    parts=_listed(_stated(row, _category_name(row)) for row in lent),
                    n=table.total,
                    other=TheirName(other.indicator, ExternalCell(other.indicator)),
                )
                yield _fault(Pattern.BORROWED, table, text, table.total, *lent)
                break


def _lent(row: ExternalValue, other: IndicatorTable, parts: Sequence[ExternalValue]) -> bool:
    """Return whether another indicator has the number of a category, for that category or as the rest of its total."""
    there = _category(other, row.cell)
    if there:
        return there.value == row.value and row.least >= SMALLEST
    stated = [_category(other, part.cell) for part in parts if part is not row]
    rest = sum(part.value or 0 for part in stated if part)
    is_complete = all(part and part.value is not None for part in stated)
    return bool(stated and is_complete and other.total and other.total.value == rest + row.least)


def _category(table: IndicatorTable, cell: ExternalCell) -> ExternalValue | None:
    return table.rows.get(ExternalCell(table.indicator, cell.dimension, cell.category))


def _swapped(table: IndicatorTable) -> Iterator[Fault]:
    """Women and men, or girls and boys, swapped in a category: one exceeds all its kind and equals the other total."""
    for block in table.blocks()[1:]:
        for one, other in (("women", "men"), ("men", "women"), ("girls", "boys"), ("boys", "girls")):
            part, whole, against = table.person(one, block), table.person(one), table.person(other)
            if part and whole and against and part.least > whole.most and part.value == against.value:
                text = tell(
                    SWAPPED,
                    category=_category_name(part),
                    part=part,
                    one=TheirName(one, whole.cell),
                    whole=whole,
                    other=TheirName(other, against.cell),
                )
                yield _fault(Pattern.SEXES_SWAPPED, table, text, part, whole)


def _sums(table: IndicatorTable) -> Iterator[Fault]:
    for block in table.blocks():
        total, others = table.rows.get(block), table.other_rows(block)
        for name, codes in SUMS:
            whole = table.person(name, block)
            # Rows of unknown age may belong to another age, so only those of this age are added.
            same_age = [row for row in others if whole and row.cell.age == whole.cell.age]
            yield from _misfit(table, whole, [table.person(code, block) for code in codes], same_age)
        ages = [table.person("adults", block), table.person("children", block)]
        # The finest parts explain most. The two ages are compared only if these fit and there are no other rows.
        finest = list(_misfit(table, total, [table.person(code, block) for code in EVERYBODY], others))
        yield from finest or ([] if others else _misfit(table, total, ages, ()))


def _misfit(
    table: IndicatorTable,
    total: ExternalValue | None,
    parts: Sequence[ExternalValue | None],
    others: Sequence[ExternalValue],
) -> Iterator[Fault]:
    """A total that its parts exceed or, where each of them is stated, cannot reach."""
    stated = [*(row for row in parts if row), *others]
    if total is None or not any(parts):
        return
    least, most = sum(row.least for row in stated), sum(row.most for row in stated)
    if least > total.most:
        yield _fault(Pattern.EXCESS, table, _against(total, stated, _bound(least, stated)), *stated, total)
    elif all(parts) and most < total.least:
        yield _fault(Pattern.EXCESS, table, _against(total, stated, tell(AT_MOST, n=most)), *stated, total)


def _against(total: ExternalValue, parts: Sequence[ExternalValue], part_sum: object) -> Told:
    """Say what the parts of a table add up to, and their total, naming the category once."""
    named = [_stated(row, _name(row, of_category=False)) for row in parts]
    whole = _name(total, of_category=False)
    fault = (
        tell(PARTS_MAKE, parts=_listed(named), made=part_sum, whole=whole, n=total)
        if len(parts) > 1
        else tell(PART_IS, part=named[0], whole=whole, n=total)
    )
    return fault if total.cell.category == WHOLE else tell(OF_CATEGORY, category=_category_name(total), fault=fault)


def _wholes(table: IndicatorTable) -> Iterator[Fault]:
    for cell, row in table.rows.items():
        whole = table.rows.get(ExternalCell(table.indicator, sex=cell.sex, age=cell.age))
        if whole and whole is not row and row.least > whole.most:
            text = tell(ABOVE, part=_name(row), m=row, whole=_name(whole), n=whole)
            yield _fault(Pattern.EXCESS, table, text, row, whole)


def _columns(table: IndicatorTable) -> Iterator[Fault]:
    total = table.total
    for _, parts in table.categories():
        least = sum(row.least for row in parts)
        if total and least > total.most and all(row.least <= total.most for row in parts):
            text = tell(
                COLUMNS_MAKE,
                dimension=_axis(parts[0]),
                parts=_listed(_stated(row, _category_name(row)) for row in parts),
                made=_bound(least, parts),
                whole=tell(THE_TOTAL),
                n=total,
            )
            yield _fault(Pattern.EXCESS, table, text, total, *parts)


def _gaps(years: Mapping[int, Mapping[str, IndicatorTable]]) -> Iterator[Fault]:
    for indicator in dict.fromkeys(name for tables in years.values() for name in tables):
        stated = {year: tables.get(indicator) for year, tables in years.items()}
        stated_years = [year for year, table in stated.items() if table and table.total]
        for year, table in sorted(stated.items()):
            if stated_years and year not in stated_years and min(stated_years) < year < max(stated_years):
                text = tell(NO_TOTAL, n=len(table.rows)) if table else tell(NO_ROW)
                yield Fault(Pattern.GAP, indicator, year, text, cells=(ExternalCell(indicator),))


def _fault(pattern: Pattern, table: IndicatorTable, text: Told, *rows: ExternalValue) -> Fault:
    marks, cells = tuple(row.mark for row in rows), tuple(row.cell for row in rows)
    return Fault(pattern, table.indicator, table.year, text, marks, cells)


def _name(row: ExternalValue, *, of_category: bool = True) -> object:
    axes = (row.cell.category if of_category else WHOLE, row.cell.sex, row.cell.age)
    words = ", ".join(word for word in axes if word != WHOLE)
    return TheirName(words, row.cell) if words else tell(THE_TOTAL)


def _stated(row: ExternalValue, name: object) -> Told:
    return tell("{part} {n}", part=name, n=row)


def _category_name(row: ExternalValue) -> TheirName:
    return TheirName(row.cell.category, ExternalCell(row.cell.indicator, row.cell.dimension, row.cell.category))


def _axis(row: ExternalValue) -> TheirName:
    return TheirName(row.cell.dimension, ExternalCell(row.cell.indicator, row.cell.dimension))


def _bound(least: int, parts: Iterable[ExternalValue]) -> object:
    return least if all(row.value is not None for row in parts) else tell(AT_LEAST, n=least)


def _listed(words: Iterable[object]) -> object:
    *most, last = words
    if not most:
        return last
    return tell(
        AND,
        first=joined_messages(part if isinstance(part, Told) else tell("{part}", part=part) for part in most),
        last=last,
    )


# A figure that stays at v, and varies as counts do, is the same in two years once in 2√(πv) times, squared about 12v
# (no root needed). Numbers that are so less than once in 1000 times are not equal by chance.
SQUARE, RARE = 12, 1000 * 1000
# A single equal number, such as a total, is not a repeated year however large it is.
LEAST_EQUAL = 2
# The number of equal values needed for each different one, such as a corrected total.
EQUAL_FOR_ONE = 5
MOST_NAMED = 4
REPEATED = N_("{n} of its {m} numbers of {least} or more equal those of {year}: {parts}")
AND_MORE = N_("{told} and {n} more")
FINER = (("adults", ("women", "men")), ("children", ("girls", "boys")))


@dataclass(frozen=True, slots=True)
class RepeatedTable:
    """An indicator in two years, its larger equal numbers, and how many `others` differ or are masked in one."""

    now: IndicatorTable
    before: IndicatorTable
    equal: tuple[ExternalValue, ...]
    others: int

    @property
    def telling(self) -> tuple[ExternalValue, ...]:
        equal_ids = {id(row) for row in self.equal}
        rows = [*_persons(self.now), *(row for _, parts in self.now.categories() for row in _free(self.now, parts))]
        return tuple(row for row in rows if id(row) in equal_ids)

    @property
    def fault(self) -> Fault:
        """The fault, reported for the later year; the earlier may be as wrong."""
        rows = self.telling
        summary = tell(
            REPEATED,
            n=len(self.equal),
            m=len(self.equal) + self.others,
            least=SMALLEST,
            year=self.before.year,
            parts=joined_messages(_stated(row, _name(row)) for row in rows[:MOST_NAMED]),
        )
        more = len(rows) - MOST_NAMED
        text = tell(AND_MORE, told=summary, n=more) if more > 0 else summary
        fault = _fault(Pattern.REPEATED_YEAR, self.now, text, *rows)
        return replace(fault, marks=(*fault.marks, *(self.before.rows[row.cell].mark for row in rows)))


def repeated_years(years: Mapping[int, Mapping[str, IndicatorTable]]) -> Iterator[Fault]:
    """Indicators that repeat the numbers of an earlier year, each reported once, with the nearest such year."""
    for year in sorted(years):
        fault_by_indicator: dict[str, Fault] = {}
        for before in sorted((earlier_year for earlier_year in years if earlier_year < year), reverse=True):
            for repeated_table in _repeated(years[year], years[before]):
                fault_by_indicator.setdefault(repeated_table.now.indicator, repeated_table.fault)
        yield from fault_by_indicator.values()


def _repeated(now: Mapping[str, IndicatorTable], before: Mapping[str, IndicatorTable]) -> Iterator[RepeatedTable]:
    """The indicators of two years that repeat each other: a few equal numbers may be chance, all are not."""
    pairs = [_repeated_table(table, before[indicator]) for indicator, table in now.items() if indicator in before]
    nearly = [repeated_table for repeated_table in pairs if repeated_table.equal and _nearly_all(repeated_table)]
    together = _nearly_all(*pairs) and _is_no_chance(nearly)
    yield from (pair for pair in nearly if pair.telling and (together or _is_no_chance([pair])))


def _repeated_table(now: IndicatorTable, before: IndicatorTable) -> RepeatedTable:
    equal, others = [], 0
    for cell, row in now.rows.items():
        earlier_row = before.rows.get(cell)
        if earlier_row and max(row.least, earlier_row.least) >= SMALLEST:
            equal += [row] if row.value == earlier_row.value else []
            others += row.value != earlier_row.value
    return RepeatedTable(now, before, tuple(equal), others)


def _nearly_all(*pairs: RepeatedTable) -> bool:
    equal = sum(len(repeated_table.equal) for repeated_table in pairs)
    return sum(repeated_table.others for repeated_table in pairs) * EQUAL_FOR_ONE <= equal


def _is_no_chance(pairs: Sequence[RepeatedTable]) -> bool:
    """Return whether equal numbers are too many and too large for chance; a number in several places counts once."""
    numbers = {row.least for pair in pairs for row in pair.telling}
    return len(numbers) >= LEAST_EQUAL and prod(SQUARE * number for number in numbers) > RARE


def _persons(table: IndicatorTable) -> tuple[ExternalValue, ...]:
    """The finest larger numbers by sex and age: coarser ones follow from them but for small numbers."""
    rows: list[ExternalValue] = []
    for age, sexes in FINER:
        rows += _larger(table.person(code) for code in sexes) or _larger([table.person(age)])
    return tuple(rows or _larger([table.total]))


def _free(table: IndicatorTable, parts: Sequence[ExternalValue]) -> tuple[ExternalValue, ...]:
    """The larger categories of a breakdown that are not determined by others. One with nearly all persons follows from
    the total, as does the largest if all together make it."""
    whole = table.total.least if table.total else 0
    free = [row for row in _larger(parts) if not whole or abs(whole - row.least) >= SMALLEST]
    if whole and sum(row.least for row in parts) + SMALLEST > whole:
        free = sorted(free, key=lambda row: row.least)[:-1]
    return tuple(free)


def _larger(rows: Iterable[ExternalValue | None]) -> list[ExternalValue]:
    return [row for row in rows if row and row.least >= SMALLEST]
