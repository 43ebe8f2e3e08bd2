"""Contradictions inside the file of the other publication. They are the mistakes of tables typed by hand, whatever the
country."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from reporter.i18n import N_
from reporter.model import ExternalCell, ExternalValue, Publication
from reporter.model.external import WHOLE, TheirName
from reporter.model.telling import Told, tell, told_together
from reporter.reconcile.repeated_years import SMALLEST, Fault, IndicatorTable, Pattern, Persons, lay_out, repeated_years

EVERYBODY = ("women", "men", "girls", "boys")
# A number that should be the sum of others.
SUMS = (("adults", ("women", "men")), ("children", ("girls", "boys")))
LEAST_SHARED = 2
THE_TOTAL, AT_LEAST, AT_MOST = N_("the total"), N_("at least {n}"), N_("at most {n}")
AS_WOMEN = N_("{young} is {n}, the number of women ({women}), and {grown} is {m}, beside {men} men")
AS_MEN = N_("{young} is {n}, the number of men ({men}), and {grown} is {m}, beside {men} men")
NEAR_WOMEN = N_("{young} is {n} and {grown} is {m}, nearly the numbers of women ({women}) and men ({men})")
NEAR_MEN = N_("{young} is {n} and {grown} is {m}, nearly the numbers of men ({men}) and women ({women})")
COPIED = N_("{dimension}, the total, {n}, stands in {parts}")
BORROWED = N_("{dimension}, {parts} under a total of {n}: the numbers of {other}")
SWAPPED = N_("{category} has {part} {one}, more than all {one} ({whole}) and as many as all {other}")
PARTS_MAKE, PART_IS = N_("{parts} make {made}, {whole} is {n}"), N_("{part}, {whole} is {n}")
OF_CATEGORY, ABOVE = N_("{category}: {fault}"), N_("{part} is {m}, {whole} is {n}")
COLUMNS_MAKE = N_("{dimension}, {parts} make {made}, {whole} is {n}")
NO_TOTAL, NO_ROW = N_("no total, only {n} of its parts"), N_("no row")
STATED_TWICE = N_("{cell} is {n} on line {line} and {m} on line {second}")
AND = N_("{first} and {last}")
# Columns that were counted on two days hold nearly the same: so many counts beside, or one in so many.
COUNTS_BESIDE, ONE_IN = 2, 20


def faults(publication: Publication, persons: Persons) -> tuple[Fault, ...]:
    tables = lay_out(publication.rows, persons)
    found = [*_twice(publication.rows), *_gaps(tables), *repeated_years(tables)]
    for year, same in groupby(sorted(tables, key=lambda each: each.year), key=lambda each: each.year):
        whole = {each.indicator: each for each in same}
        for table in whole.values():
            found += _of_table(table, {name: each for name, each in whole.items() if each.year == year})
    return tuple(sorted(found, key=lambda each: (each.year, each.indicator, each.pattern)))


def _of_table(table: IndicatorTable, tables: Mapping[str, IndicatorTable]) -> Iterator[Fault]:
    """The contradictions of one indicator and year. Those that another one explains are left out."""
    shifted, copied, borrowed = list(_shifted(table)), list(_copied(table)), list(_borrowed(table, tables))
    swapped = list(_swapped(table))
    yield from (*shifted, *copied, *borrowed, *swapped)
    told = {mark for each in (*shifted, *copied, *borrowed, *swapped) for mark in each.marks}
    for fault in (*_sums(table), *_wholes(table), *_columns(table)):
        if not told & {*fault.marks}:
            yield fault


def _shifted(table: IndicatorTable) -> Iterator[Fault]:
    """Ages that equal the sexes: a table filled one column off."""
    children, adults, women, men = (table.person(code) for code in ("children", "adults", "women", "men"))
    if not (children and adults and women and men):
        return
    numbers = [each.value for each in (children, adults, women, men)]
    if None in numbers or min(each or 0 for each in numbers) < SMALLEST:
        return
    swapped = (children.value, adults.value) in ((women.value, men.value), (men.value, women.value))
    # One column alone may be equal by chance, but not when the adults are not women and men either.
    half = children.value == women.value and adults.value != (women.value or 0) + (men.value or 0)
    if swapped or half:
        words = AS_MEN if swapped and children.value != women.value else AS_WOMEN
    elif _ages_hold(table, children, adults, women.least + men.least):
        return
    elif _is_near(children, women) and _is_near(adults, men):
        words = NEAR_WOMEN
    elif _is_near(children, men) and _is_near(adults, women):
        words = NEAR_MEN
    else:
        return
    young, grown = (TheirName(each.cell.age, each.cell) for each in (children, adults))
    told = tell(words, young=young, n=children, women=women, men=men, grown=grown, m=adults)
    yield _fault(Pattern.SHIFTED, table, told, children, adults, women, men)


def _ages_hold(table: IndicatorTable, children: ExternalValue, adults: ExternalValue, by_sex: int) -> bool:
    """Return whether ages are what their sexes make. Then a likeness is chance. Adults may be more than women and men
    where the sex of some is not known, never fewer."""
    girls, boys = table.person("girls"), table.person("boys")
    return adults.least >= by_sex or bool(
        girls and boys and None not in (girls.value, boys.value) and girls.least + boys.least == children.least
    )


def _is_near(one: ExternalValue, other: ExternalValue) -> bool:
    larger = max(one.least, other.least)
    return abs(one.least - other.least) <= max(COUNTS_BESIDE, larger // ONE_IN)


def _copied(table: IndicatorTable) -> Iterator[Fault]:
    total = table.total
    if total is None or not total.value or total.value < SMALLEST:
        return
    for _, parts in table.categories():
        same = [each for each in parts if each.value == total.value]
        if len(same) >= LEAST_SHARED:
            text = tell(COPIED, dimension=_axis(same[0]), n=total, parts=_listed(_category_name(each) for each in same))
            yield _fault(Pattern.COPIED, table, text, total, *same)


def _borrowed(table: IndicatorTable, tables: Mapping[str, IndicatorTable]) -> Iterator[Fault]:
    if table.total is None:
        return
    for _, parts in table.categories():
        for other in tables.values():
            lent = [each for each in parts if each.least > table.total.most and _lent(each, other, parts)]
            if other is not table and lent:
                text = tell(
                    BORROWED,
                    dimension=_axis(lent[0]),
                    parts=_listed(tell("{part} {n}", part=_category_name(each), n=each) for each in lent),
                    n=table.total,
                    other=TheirName(other.indicator, ExternalCell(other.indicator)),
                )
                yield _fault(Pattern.BORROWED, table, text, table.total, *lent)
                break


def _lent(seen: ExternalValue, other: IndicatorTable, parts: Sequence[ExternalValue]) -> bool:
    """Return whether another indicator has the number of a category. It is stated for the same category there, or is
    what the other categories leave of the total there."""
    there = _category(other, seen.cell)
    if there:
        return there.value == seen.value and seen.least >= SMALLEST
    stated = [_category(other, each.cell) for each in parts if each is not seen]
    rest = sum(each.value or 0 for each in stated if each)
    known = all(each and each.value is not None for each in stated)
    return bool(stated and known and other.total and other.total.value == rest + seen.least)


def _category(table: IndicatorTable, cell: ExternalCell) -> ExternalValue | None:
    return table.rows.get(ExternalCell(table.indicator, cell.dimension, cell.category))


def _swapped(table: IndicatorTable) -> Iterator[Fault]:
    """Women and men exchanged in one category. Its women are more than all women and as many as all men, or the other
    way round."""
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
            same_age = [each for each in others if whole and each.cell.age == whole.cell.age]
            yield from _misfit(table, whole, [table.person(code, block) for code in codes], same_age)
        ages = [table.person("adults", block), table.person("children", block)]
        # The finest parts explain most. The two ages are compared where these find nothing and there are no other rows.
        finest = list(_misfit(table, total, [table.person(code, block) for code in EVERYBODY], others))
        yield from finest or ([] if others else _misfit(table, total, ages, ()))


def _misfit(
    table: IndicatorTable,
    total: ExternalValue | None,
    parts: Sequence[ExternalValue | None],
    others: Sequence[ExternalValue],
) -> Iterator[Fault]:
    """A total that its parts exceed or cannot reach. They cannot reach it only if each of them is stated."""
    stated = [*(each for each in parts if each), *others]
    if total is None or not any(parts):
        return
    least, most = sum(each.least for each in stated), sum(each.most for each in stated)
    if least > total.most:
        yield _fault(Pattern.EXCESS, table, _against(total, stated, _bound(least, stated)), *stated, total)
    elif all(parts) and most < total.least:
        yield _fault(Pattern.EXCESS, table, _against(total, stated, tell(AT_MOST, n=most)), *stated, total)


def _against(total: ExternalValue, parts: Sequence[ExternalValue], made: object) -> Told:
    """Say what the parts of a table make, and their total. The category is named once."""
    named = [tell("{part} {n}", part=TheirName(_person(each), each.cell), n=each) for each in parts]
    person = _person(total)
    whole = TheirName(person, total.cell) if person else tell(THE_TOTAL)
    fault = (
        tell(PARTS_MAKE, parts=_listed(named), made=made, whole=whole, n=total)
        if len(parts) > 1
        else tell(PART_IS, part=named[0], whole=whole, n=total)
    )
    return fault if total.cell.category == WHOLE else tell(OF_CATEGORY, category=_category_name(total), fault=fault)


def _person(seen: ExternalValue) -> str:
    return ", ".join(each for each in (seen.cell.sex, seen.cell.age) if each != WHOLE)


def _wholes(table: IndicatorTable) -> Iterator[Fault]:
    for cell, seen in table.rows.items():
        whole = table.rows.get(ExternalCell(table.indicator, sex=cell.sex, age=cell.age))
        if whole and whole is not seen and seen.least > whole.most:
            text = tell(ABOVE, part=_name(seen), m=seen, whole=_name(whole), n=whole)
            yield _fault(Pattern.EXCESS, table, text, seen, whole)


def _columns(table: IndicatorTable) -> Iterator[Fault]:
    total = table.total
    for _, parts in table.categories():
        least = sum(each.least for each in parts)
        if total and least > total.most and all(each.least <= total.most for each in parts):
            text = tell(
                COLUMNS_MAKE,
                dimension=_axis(parts[0]),
                parts=_listed(tell("{part} {n}", part=_category_name(each), n=each) for each in parts),
                made=_bound(least, parts),
                whole=tell(THE_TOTAL),
                n=total,
            )
            yield _fault(Pattern.EXCESS, table, text, total, *parts)


def _gaps(tables: Sequence[IndicatorTable]) -> Iterator[Fault]:
    years = {each.year for each in tables}
    for indicator in dict.fromkeys(each.indicator for each in tables):
        given = {each.year for each in tables if each.indicator == indicator and each.total}
        for year in sorted(years - given):
            if given and min(given) < year < max(given):
                rows = sum(len(each.rows) for each in tables if (each.indicator, each.year) == (indicator, year))
                text = tell(NO_TOTAL, n=rows) if rows else tell(NO_ROW)
                cells = (ExternalCell(indicator),)
                yield Fault(pattern=Pattern.GAP, indicator=indicator, year=year, text=text, cells=cells)


def _twice(rows: Iterable[ExternalValue]) -> Iterator[Fault]:
    first: dict[tuple[ExternalCell, int], ExternalValue] = {}
    for seen in rows:
        known = first.setdefault((seen.cell, seen.year), seen)
        if known is not seen and str(known) != str(seen):
            text = tell(STATED_TWICE, cell=_name(seen), n=known, line=known.mark.line, m=seen, second=seen.mark.line)
            yield Fault(
                pattern=Pattern.TWICE,
                indicator=seen.cell.indicator,
                year=seen.year,
                text=text,
                marks=(known.mark, seen.mark),
                cells=(seen.cell,),
            )


def _fault(pattern: Pattern, table: IndicatorTable, text: Told, *rows: ExternalValue) -> Fault:
    return Fault(
        pattern=pattern,
        indicator=table.indicator,
        year=table.year,
        text=text,
        marks=tuple(each.mark for each in rows),
        cells=tuple(each.cell for each in rows),
    )


def _name(seen: ExternalValue) -> object:
    words = str(seen.cell).partition(", ")[2]
    return TheirName(words, seen.cell) if words else tell(THE_TOTAL)


def _category_name(seen: ExternalValue) -> TheirName:
    return TheirName(seen.cell.category, ExternalCell(seen.cell.indicator, seen.cell.dimension, seen.cell.category))


def _axis(seen: ExternalValue) -> TheirName:
    return TheirName(seen.cell.dimension, ExternalCell(seen.cell.indicator, seen.cell.dimension))


def _bound(least: int, parts: Iterable[ExternalValue]) -> object:
    return least if all(each.value is not None for each in parts) else tell(AT_LEAST, n=least)


def _listed(words: Iterable[object]) -> object:
    *most, last = words
    if not most:
        return last
    return tell(
        AND,
        first=told_together(part if isinstance(part, Told) else tell("{part}", part=part) for part in most),
        last=last,
    )
