"""What the outside file contradicts itself in, whatever the country: the mistakes of tables typed by hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from reporter.model import ExternalCell, ExternalValue, Publication
from reporter.model.external import WHOLE
from reporter.reconcile.table import Persons, Sheet, lay_out
from reporter.reconcile.verdicts import Fault, Pattern

# Smaller numbers are equal by chance, and are masked anyway.
SMALLEST = 5
EVERYBODY = ("women", "men", "girls", "boys")
# A number that should be the sum of others.
SUMS = (("adults", ("women", "men")), ("children", ("girls", "boys")))
LEAST_SHARED = 2


def faults(publication: Publication, persons: Persons) -> tuple[Fault, ...]:
    """Every contradiction and gap of the file, by year."""
    sheets = lay_out(publication.rows, persons)
    found = [*_twice(publication.rows), *_gaps(sheets)]
    for year, same in groupby(sorted(sheets, key=lambda each: each.year), key=lambda each: each.year):
        whole = {each.indicator: each for each in same}
        for sheet in whole.values():
            found += _of_sheet(sheet, {name: each for name, each in whole.items() if each.year == year})
    return tuple(sorted(found, key=lambda each: (each.year, each.indicator, each.pattern)))


def _of_sheet(sheet: Sheet, sheets: Mapping[str, Sheet]) -> Iterator[Fault]:
    """The contradictions of one indicator and year; those that another one explains are not told again."""
    shifted, copied, borrowed = list(_shifted(sheet)), list(_copied(sheet)), list(_borrowed(sheet, sheets))
    swapped = list(_swapped(sheet))
    yield from (*shifted, *copied, *borrowed, *swapped)
    told = {mark for each in (*shifted, *copied, *borrowed, *swapped) for mark in each.marks}
    for fault in (*_sums(sheet), *_wholes(sheet), *_columns(sheet)):
        if not told & {*fault.marks}:
            yield fault


def _shifted(sheet: Sheet) -> Iterator[Fault]:
    """Ages that hold the totals of the sexes: the table was filled one column off."""
    children, adults, women, men = (sheet.person(code) for code in ("children", "adults", "women", "men"))
    if not (children and adults and women and men):
        return
    numbers = [each.value for each in (children, adults, women, men)]
    if None in numbers or min(each or 0 for each in numbers) < SMALLEST:
        return
    swapped = (children.value, adults.value) in ((women.value, men.value), (men.value, women.value))
    # One column alone may be equal by chance, but not when the adults are not women and men either.
    half = children.value == women.value and adults.value != (women.value or 0) + (men.value or 0)
    if swapped or half:
        text = f"{children.cell.age} is {children}, the number of women ({women})"
        if swapped and children.value != women.value:
            text = f"{children.cell.age} is {children}, the number of men ({men})"
        tail = f"{adults.cell.age} is {adults}, beside {men} men"
        yield _fault(Pattern.SHIFTED, sheet, f"{text}, and {tail}", children, adults, women, men)


def _copied(sheet: Sheet) -> Iterator[Fault]:
    """A total that stands in two or more categories that exclude each other."""
    total = sheet.total
    if total is None or not total.value or total.value < SMALLEST:
        return
    for dimension, parts in sheet.categories():
        same = [each for each in parts if each.value == total.value]
        if len(same) >= LEAST_SHARED:
            text = f"the total, {total}, stands {dimension} in {_listed(each.cell.category for each in same)}"
            yield _fault(Pattern.COPIED, sheet, text, total, *same)


def _borrowed(sheet: Sheet, sheets: Mapping[str, Sheet]) -> Iterator[Fault]:
    """Categories above their total that hold the numbers of another indicator."""
    if sheet.total is None:
        return
    for dimension, parts in sheet.categories():
        for other in sheets.values():
            lent = [each for each in parts if each.least > sheet.total.most and _lent(each, other, parts)]
            if other is not sheet and lent:
                held = _listed(f"{each.cell.category} {each}" for each in lent)
                text = f"{dimension}, {held} under a total of {sheet.total}: the numbers of {other.indicator}"
                yield _fault(Pattern.BORROWED, sheet, text, sheet.total, *lent)
                break


def _lent(seen: ExternalValue, other: Sheet, parts: Sequence[ExternalValue]) -> bool:
    """Whether a category has the number of the same one elsewhere, stated or what the others leave of the total."""
    there = _category(other, seen.cell)
    if there:
        return there.value == seen.value and seen.least >= SMALLEST
    stated = [_category(other, each.cell) for each in parts if each is not seen]
    rest = sum(each.value or 0 for each in stated if each)
    known = all(each and each.value is not None for each in stated)
    return bool(stated and known and other.total and other.total.value == rest + seen.least)


def _category(sheet: Sheet, cell: ExternalCell) -> ExternalValue | None:
    return sheet.rows.get(ExternalCell(sheet.indicator, cell.dimension, cell.category))


def _swapped(sheet: Sheet) -> Iterator[Fault]:
    """Women of a category who are more than all women and as many as all men, or the other way round."""
    for block in sheet.blocks()[1:]:
        for one, other in (("women", "men"), ("men", "women"), ("girls", "boys"), ("boys", "girls")):
            part, whole, against = sheet.person(one, block), sheet.person(one), sheet.person(other)
            if part and whole and against and part.least > whole.most and part.value == against.value:
                text = f"{block.category} has {part} {one}, more than all {one} ({whole}) and as many as all {other}"
                yield _fault(Pattern.SEXES_SWAPPED, sheet, text, part, whole)


def _sums(sheet: Sheet) -> Iterator[Fault]:
    """Parts by sex and age that are more, or less, than the number they should make."""
    for block in sheet.blocks():
        total, others = sheet.rows.get(block), sheet.unplaced(block)
        for name, codes in SUMS:
            whole = sheet.person(name, block)
            # Somebody of unknown age may be of another one.
            same_age = [each for each in others if whole and each.cell.age == whole.cell.age]
            yield from _misfit(sheet, whole, [sheet.person(code, block) for code in codes], same_age)
        ages = [sheet.person("adults", block), sheet.person("children", block)]
        # The finest parts explain most; ages are looked at where they are all there is, and nobody is of unknown age.
        finest = list(_misfit(sheet, total, [sheet.person(code, block) for code in EVERYBODY], others))
        yield from finest or ([] if others else _misfit(sheet, total, ages, ()))


def _misfit(
    sheet: Sheet, total: ExternalValue | None, parts: Sequence[ExternalValue | None], others: Sequence[ExternalValue]
) -> Iterator[Fault]:
    """A total that its parts exceed, or that they cannot reach although each is stated."""
    stated = [*(each for each in parts if each), *others]
    if total is None or not any(parts):
        return
    least, most = sum(each.least for each in stated), sum(each.most for each in stated)
    if least > total.most:
        yield _fault(Pattern.EXCESS, sheet, _against(total, stated, _bound(least, stated)), *stated, total)
    elif all(parts) and most < total.least:
        yield _fault(Pattern.EXCESS, sheet, _against(total, stated, f"at most {most}"), *stated, total)


def _against(total: ExternalValue, parts: Sequence[ExternalValue], made: str) -> str:
    """What the parts of one table make and what their total is; its category is named once."""
    category = total.cell.category
    head = "" if category == WHOLE else f"{category}: "
    named = [f"{_person(each)} {each}" for each in parts]
    verb = f" make {made}" if len(parts) > 1 else ""
    return f"{head}{_listed(named)}{verb}, {_person(total) or 'the total'} is {total}"


def _person(seen: ExternalValue) -> str:
    return ", ".join(each for each in (seen.cell.sex, seen.cell.age) if each != WHOLE)


def _wholes(sheet: Sheet) -> Iterator[Fault]:
    """Cells of a category that exceed the same cell of all."""
    for cell, seen in sheet.rows.items():
        whole = sheet.rows.get(ExternalCell(sheet.indicator, sex=cell.sex, age=cell.age))
        if whole and whole is not seen and seen.least > whole.most:
            text = f"{_name(seen)} is {seen}, {_of(whole)}"
            yield _fault(Pattern.EXCESS, sheet, text, seen, whole)


def _columns(sheet: Sheet) -> Iterator[Fault]:
    """Categories that together exceed the total, each of them being no more than it."""
    total = sheet.total
    for dimension, parts in sheet.categories():
        least = sum(each.least for each in parts)
        if total and least > total.most and all(each.least <= total.most for each in parts):
            named = _listed(f"{each.cell.category} {each}" for each in parts)
            text = f"{dimension}, {named} make {_bound(least, parts)}, {_of(total)}"
            yield _fault(Pattern.EXCESS, sheet, text, total, *parts)


def _gaps(sheets: Sequence[Sheet]) -> Iterator[Fault]:
    """Years without a total between years that have one."""
    years = {each.year for each in sheets}
    for indicator in dict.fromkeys(each.indicator for each in sheets):
        given = {each.year for each in sheets if each.indicator == indicator and each.total}
        for year in sorted(years - given):
            if given and min(given) < year < max(given):
                rows = sum(len(each.rows) for each in sheets if (each.indicator, each.year) == (indicator, year))
                text = f"no total, only {rows} of its parts" if rows else "no row"
                yield Fault(Pattern.GAP, indicator, year, text)


def _twice(rows: Iterable[ExternalValue]) -> Iterator[Fault]:
    first: dict[tuple[ExternalCell, int], ExternalValue] = {}
    for seen in rows:
        known = first.setdefault((seen.cell, seen.year), seen)
        if known is not seen and str(known) != str(seen):
            text = f"{_name(seen)} is {known} on line {known.mark.line} and {seen} on line {seen.mark.line}"
            yield Fault(
                pattern=Pattern.TWICE,
                indicator=seen.cell.indicator,
                year=seen.year,
                text=text,
                marks=(known.mark, seen.mark),
            )


def _fault(pattern: Pattern, sheet: Sheet, text: str, *rows: ExternalValue) -> Fault:
    return Fault(
        pattern=pattern, indicator=sheet.indicator, year=sheet.year, text=text, marks=tuple(each.mark for each in rows)
    )


def _name(seen: ExternalValue) -> str:
    return str(seen.cell).partition(", ")[2] or "the total"


def _of(total: ExternalValue) -> str:
    return f"{_name(total)} is {total}"


def _bound(least: int, parts: Iterable[ExternalValue]) -> str:
    return str(least) if all(each.value is not None for each in parts) else f"at least {least}"


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{'; '.join(most)} and {last}" if most else last
