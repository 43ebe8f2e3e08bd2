"""Rules for totals and their parts. Each breakdown has at most one diagnosis, the most informative."""

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum, auto

from reporter.check.rule import Breakdown, CheckedEdition, Problem, lower_bound, problem, value_of
from reporter.data.errors import NO_REMEDY
from reporter.data.i18n import N_
from reporter.data.records import Observation, Qualifier, Status, is_given, is_hidden
from reporter.data.records.message import At, Told, tell
from reporter.figures.analysis.arithmetic import is_exact, total_of

# That victims and persons at risk add up to the persons assisted is checked by a rule of its own.
CLIENTS = ("assistance.persons", "client")
INCOMPLETE = "incomplete"
SILENT = (Status.MISSING, Status.NOT_COLLECTED)


class Diagnosis(Enum):
    """What is wrong with a breakdown, the most informative first. One mistake makes one finding."""

    PART_OVER = auto()
    ZERO_FILLED = auto()
    SAME_AS_TOTAL = auto()
    NOT_THE_TOTAL = auto()


def diagnose(each: Breakdown) -> Diagnosis | None:
    """Find what is wrong with the parts of a breakdown, or None."""
    if _parts_over(each):
        return Diagnosis.PART_OVER
    if each.axis.subset:
        return None
    if _zero_filled(each):
        return Diagnosis.ZERO_FILLED
    if len(_cells_like_total(each)) > 1:
        return Diagnosis.SAME_AS_TOTAL
    too_much = _least_made(each) > value_of(each.total)
    contradicts = is_exact(each.total) and (too_much or (_falls_short(each) and not each.partial))
    return Diagnosis.NOT_THE_TOTAL if contradicts else None


def parts_make_total(edition: CheckedEdition) -> Iterator[Problem]:
    for each in _diagnosed(edition, Diagnosis.NOT_THE_TOTAL):
        if (each.total.indicator, each.axis.code) != CLIENTS:
            frame = N_("parts of {figure} add up to {made}, the total is {total}")
            message = tell(frame, figure=At(each.total.figure), made=_made(each), total=each.total)
            remedy = (INCOMPLETE, each.axis.code) if _falls_short(each) else NO_REMEDY
            rest = f"; where the rest is not stated, write incomplete: [{each.axis.code}]" if any(remedy) else ""
            hint = f"correct 'by {each.axis.code}' or the total{rest}; or accept it with a reason"
            yield problem(each.total, message, hint, values=each.top, remedy=remedy)


def assisted_parts(edition: CheckedEdition) -> Iterator[Problem]:
    for each in _diagnosed(edition, Diagnosis.NOT_THE_TOTAL):
        if (each.total.indicator, each.axis.code) == CLIENTS:
            frame = N_("victims and persons at risk add up to {made}, persons assisted are {total}")
            message = tell(frame, made=_made(each), total=each.total)
            hint = "correct the groups or the total, or accept it with a reason"
            yield problem(each.total, message, hint, values=each.top)


def part_exceeds_total(edition: CheckedEdition) -> Iterator[Problem]:
    """Parts, including "of which" counts, that are larger than their total."""
    for each in _diagnosed(edition, Diagnosis.PART_OVER):
        for part in _parts_over(each):
            frame = N_("{part} is {value}, more than its total {total}")
            message = tell(frame, part=At(part.address), value=part, total=each.total)
            hint = "correct the part or the total, or accept it with a reason"
            yield problem(part, message, hint, values=[each.total])


def cell_is_total(edition: CheckedEdition) -> Iterator[Problem]:
    for each in _diagnosed(edition, Diagnosis.SAME_AS_TOTAL):
        first, second, *_ = _cells_like_total(each)
        message = tell(
            N_("{first} and {second} are both {value}, the total of {figure}"),
            first=At(first.address),
            second=each.axis.get(second.code),
            value=second,
            figure=At(each.total.figure),
        )
        hint = "write what each part counts; if parts are not stated, leave them out"
        yield problem(second, message, hint, values=(each.total, *_cells_like_total(each)))


def zero_or_missing(edition: CheckedEdition) -> Iterator[Problem]:
    for each in _diagnosed(edition, Diagnosis.ZERO_FILLED):
        frame = N_("all parts of {figure} are 0, the total is {total}")
        message = tell(frame, figure=At(each.total.figure), total=each.total)
        hint = "0 means a known zero: write missing, or leave out parts that were not counted"
        yield problem(each.parts[0], message, hint, values=(each.total, *each.parts))
    for each in edition.breakdowns:
        if each.total.status is Status.SUPPRESSED and any(map(is_given, each.parts)):
            part = next(filter(is_given, each.parts))
            frame = N_("{part} is {value}, the total is {total}")
            message = tell(frame, part=At(part.address), value=part, total=each.total)
            hint = "a part discloses its total: withhold both, or check the number again"
            yield problem(each.total, message, hint, values=each.parts)
        unsaid = not each.partial and each.total.status in SILENT and not _zero_filled(each)
        if unsaid and any(map(is_given, each.parts)):
            frame = N_("parts of {figure} are stated, the total is {total}")
            message = tell(frame, figure=At(each.total.figure), total=each.total)
            hint = f"write incomplete: [{each.axis.code}]"
            if any(map(is_hidden, each.parts)):
                hint += "; with a total, the withheld figure could be derived"
            else:
                hint = f"totals are not calculated: state the total, or {hint}"
            yield problem(each.total, message, hint, values=each.parts, remedy=(INCOMPLETE, each.axis.code))


def bound_in_sum(edition: CheckedEdition) -> Iterator[Problem]:
    for each in edition.breakdowns:
        values = [*each.top, each.total]
        all_about = all(seen.qualifier is Qualifier.ABOUT for seen in values)
        adds_up = all_about and sum(map(value_of, each.top)) == value_of(each.total)
        if each.partial or adds_up or not all(map(is_given, values)):
            continue
        loose = next((seen for seen in values if not is_exact(seen)), None)
        if loose:
            frame = N_("{part} is {value} and cannot be part of the sum of {figure}")
            message = tell(frame, part=At(loose.address), value=loose, figure=At(each.total.figure))
            hint = f"give the exact number, or write incomplete: [{each.axis.code}]"
            yield problem(loose, message, hint, values=values, remedy=(INCOMPLETE, each.axis.code))


def _diagnosed(edition: CheckedEdition, diagnosis: Diagnosis) -> Iterator[Breakdown]:
    return (each for each in edition.breakdowns if diagnose(each) is diagnosis)


def _parts_over(each: Breakdown) -> list[Observation]:
    return [part for part in each.parts if is_exact(each.total) and lower_bound(part) > value_of(each.total)]


def _zero_filled(each: Breakdown) -> bool:
    zeros = [part for part in each.parts if is_exact(part) and part.value == 0]
    silent = each.total.status in SILENT or (each.partial and lower_bound(each.total) > 0)
    return silent and len(zeros) == len(each.parts) > 1


def _cells_like_total(each: Breakdown) -> list[Observation]:
    total = each.total.value if is_exact(each.total) else None
    return [part for part in each.top if total and is_exact(part) and part.value == total]


def _falls_short(each: Breakdown) -> bool:
    made = total_of(each.top)
    return made is not None and made < value_of(each.total)


def _least_made(each: Breakdown) -> Decimal:
    return sum(map(lower_bound, each.top), Decimal(0))


def _made(each: Breakdown) -> Decimal | Told:
    made = total_of(each.top)
    return tell(N_("at least {n}"), n=_least_made(each)) if made is None else made


def nested_ages(edition: CheckedEdition) -> Iterator[Problem]:
    for each in edition.breakdowns:
        # A part above the total, or mixed-up columns, explain the contradiction better.
        if diagnose(each) is Diagnosis.PART_OVER or _shifted(each):
            continue
        for parent in filter(is_exact, each.parts):
            within = tuple(member for member in each.axis.codes if member.within == parent.code)
            inner = [each.part(member.code) for member in within]
            if not any(inner):
                continue
            made, whole = total_of(inner), value_of(parent)
            floor = sum(map(lower_bound, inner), Decimal(0))
            if floor > whole or (made is not None and made < whole):
                frame = N_("{parts} add up to {made}, {whole} is {value}")
                message = tell(frame, parts=within, made=floor, whole=At(parent.address), value=parent)
                yield problem(parent, message, "correct one of the numbers, or accept it with a reason", values=inner)


def columns_shifted(edition: CheckedEdition) -> Iterator[Problem]:
    for each in edition.breakdowns:
        children = each.part("children")
        if children and _shifted(each):
            frame = N_("adults and children of {figure} equal the numbers of men and women")
            message = tell(frame, figure=At(each.total.figure))
            hint = "columns of the source were probably mixed up: check the numbers again"
            yield problem(children, message, hint, values=each.parts)


def sex_not_derivable(edition: CheckedEdition) -> Iterator[Problem]:
    """Female and male totals that cannot be derived: women, men and children are stated, girls and boys are not."""
    for each in edition.breakdowns:
        # Where the parts do not add up to the total, other rules report it.
        if each.partial or diagnose(each) or _shifted(each):
            continue
        children = each.part("children")
        if (
            children
            and lower_bound(children) > 0
            and all(map(each.part, ("women", "men")))
            and not all(map(each.part, ("girls", "boys")))
        ):
            frame = N_("female and male totals of {figure} cannot be derived without the sex of children")
            message = tell(frame, figure=At(each.total.figure))
            withheld = any(is_hidden(seen) for seen in each.parts if seen.code in ("girls", "boys"))
            state = "girls and boys stay withheld:" if withheld else "state girls and boys, or"
            hint = f"{state} accept it with a reason; nothing is estimated"
            yield problem(children, message, hint, values=(each.total, *each.parts))


def _shifted(each: Breakdown) -> bool:
    cells = map(each.part, ("adults", "children", "women", "men"))
    adults, children, women, men = (seen.value if seen and is_exact(seen) else None for seen in cells)
    # With a zero in one of the cells the numbers may well be equal.
    return all((adults, children, women, men)) and (adults, children) in ((men, women), (women, men))
