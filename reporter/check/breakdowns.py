"""Rules for totals and their parts. Each breakdown has at most one diagnosis, the most informative."""

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum, auto

from reporter.check.rule import Breakdown, CheckedEdition, Problem, lower_bound, problem, value_of
from reporter.data.errors import NO_REMEDY
from reporter.data.i18n import N_
from reporter.data.records import Observation, Qualifier, Status, is_given, is_hidden
from reporter.data.records.catalogue import breakdown_key, incomplete_name
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


def diagnose(breakdown: Breakdown) -> Diagnosis | None:
    """Find what is wrong with the parts of a breakdown, or None."""
    if _parts_over(breakdown):
        return Diagnosis.PART_OVER
    if breakdown.axis.subset:
        return None
    if _zero_filled(breakdown):
        return Diagnosis.ZERO_FILLED
    if len(_cells_like_total(breakdown)) > 1:
        return Diagnosis.SAME_AS_TOTAL
    too_much = _least_sum(breakdown) > value_of(breakdown.total)
    contradicts = is_exact(breakdown.total) and (too_much or (_falls_short(breakdown) and not breakdown.partial))
    return Diagnosis.NOT_THE_TOTAL if contradicts else None


def parts_make_total(edition: CheckedEdition) -> Iterator[Problem]:
    for breakdown in _diagnosed(edition, Diagnosis.NOT_THE_TOTAL):
        if (breakdown.total.indicator, breakdown.axis.code) != CLIENTS:
            frame = N_("parts of {figure} add up to {made}, the total is {total}")
            message = tell(frame, figure=At(breakdown.total.address), made=_made(breakdown), total=breakdown.total)
            remedy = _incomplete(breakdown) if _falls_short(breakdown) else NO_REMEDY
            rest = f"; where the rest is not stated, write incomplete: [{remedy[1]}]" if any(remedy) else ""
            hint = f"correct '{breakdown_key(breakdown.name)}' or the total{rest}; or accept it with a reason"
            yield problem(breakdown.total, message, hint, values=breakdown.top, remedy=remedy)


def assisted_parts(edition: CheckedEdition) -> Iterator[Problem]:
    for breakdown in _diagnosed(edition, Diagnosis.NOT_THE_TOTAL):
        if (breakdown.total.indicator, breakdown.axis.code) == CLIENTS:
            frame = N_("victims and persons at risk add up to {made}, persons assisted are {total}")
            message = tell(frame, made=_made(breakdown), total=breakdown.total)
            hint = "correct the groups or the total, or accept it with a reason"
            yield problem(breakdown.total, message, hint, values=breakdown.top)


def part_exceeds_total(edition: CheckedEdition) -> Iterator[Problem]:
    """Parts, including "of which" counts, that are larger than their total."""
    for breakdown in _diagnosed(edition, Diagnosis.PART_OVER):
        for part in _parts_over(breakdown):
            frame = N_("{part} is {value}, more than its total {total}")
            message = tell(frame, part=At(part.address), value=part, total=breakdown.total)
            hint = "correct the part or the total, or accept it with a reason"
            yield problem(part, message, hint, values=[breakdown.total])


def cell_is_total(edition: CheckedEdition) -> Iterator[Problem]:
    for breakdown in _diagnosed(edition, Diagnosis.SAME_AS_TOTAL):
        first, second, *_ = _cells_like_total(breakdown)
        message = tell(
            N_("{first} and {second} are both {value}, the total of {figure}"),
            first=At(first.address),
            second=breakdown.axis.get(second.code),
            value=second,
            figure=At(breakdown.total.address),
        )
        hint = "write what each part counts; if parts are not stated, leave them out"
        yield problem(second, message, hint, values=(breakdown.total, *_cells_like_total(breakdown)))


def zero_or_missing(edition: CheckedEdition) -> Iterator[Problem]:
    for breakdown in _diagnosed(edition, Diagnosis.ZERO_FILLED):
        frame = N_("all parts of {figure} are 0, the total is {total}")
        message = tell(frame, figure=At(breakdown.total.address), total=breakdown.total)
        hint = "0 means a known zero: write missing, or leave out parts that were not counted"
        yield problem(breakdown.parts[0], message, hint, values=(breakdown.total, *breakdown.parts))
    for split in edition.breakdowns:
        # What cells say of the withheld total of a row or column is for the audit, which knows all sums.
        is_total = not split.total.code
        if is_total and split.total.status is Status.SUPPRESSED and any(map(is_given, split.parts)):
            part = next(filter(is_given, split.parts))
            frame = N_("{part} is {value}, the total is {total}")
            message = tell(frame, part=At(part.address), value=part, total=split.total)
            hint = "a part discloses its total: withhold both, or check the number again"
            yield problem(split.total, message, hint, values=split.parts)
        unsaid = not split.partial and split.total.status in SILENT and not _zero_filled(split)
        if unsaid and any(map(is_given, split.parts)):
            frame = N_("parts of {figure} are stated, the total is {total}")
            message = tell(frame, figure=At(split.total.address), total=split.total)
            remedy = _incomplete(split)
            hint = f"write incomplete: [{remedy[1]}]"
            if any(map(is_hidden, split.parts)):
                hint += "; with a total, the withheld figure could be derived"
            else:
                hint = f"totals are not calculated: state the total, or {hint}"
            yield problem(split.total, message, hint, values=split.parts, remedy=remedy)


def bound_in_sum(edition: CheckedEdition) -> Iterator[Problem]:
    for breakdown in edition.breakdowns:
        values = [*breakdown.top, breakdown.total]
        all_about = all(observation.qualifier is Qualifier.ABOUT for observation in values)
        adds_up = all_about and sum(map(value_of, breakdown.top)) == value_of(breakdown.total)
        if breakdown.partial or adds_up or not all(map(is_given, values)):
            continue
        if loose := next((observation for observation in values if not is_exact(observation)), None):
            frame = N_("{part} is {value} and cannot be part of the sum of {figure}")
            message = tell(frame, part=At(loose.address), value=loose, figure=At(breakdown.total.address))
            remedy = _incomplete(breakdown)
            hint = f"give the exact number, or write incomplete: [{remedy[1]}]"
            yield problem(loose, message, hint, values=values, remedy=remedy)


def _incomplete(breakdown: Breakdown) -> tuple[str, str]:
    return INCOMPLETE, incomplete_name(breakdown.name)


def _diagnosed(edition: CheckedEdition, diagnosis: Diagnosis) -> Iterator[Breakdown]:
    return (breakdown for breakdown in edition.breakdowns if diagnose(breakdown) is diagnosis)


def _parts_over(split: Breakdown) -> list[Observation]:
    return [part for part in split.parts if is_exact(split.total) and lower_bound(part) > value_of(split.total)]


def _zero_filled(breakdown: Breakdown) -> bool:
    zeros = [part for part in breakdown.parts if is_exact(part) and part.value == 0]
    silent = breakdown.total.status in SILENT or (breakdown.partial and lower_bound(breakdown.total) > 0)
    return silent and len(zeros) == len(breakdown.parts) > 1


def _cells_like_total(breakdown: Breakdown) -> list[Observation]:
    total = breakdown.total.value if is_exact(breakdown.total) else None
    return [part for part in breakdown.top if total and is_exact(part) and part.value == total]


def _falls_short(breakdown: Breakdown) -> bool:
    parts_total = total_of(breakdown.top)
    return parts_total is not None and parts_total < value_of(breakdown.total)


def _least_sum(breakdown: Breakdown) -> Decimal:
    return sum(map(lower_bound, breakdown.top), Decimal(0))


def _made(breakdown: Breakdown) -> Decimal | Told:
    parts_total = total_of(breakdown.top)
    return tell(N_("at least {n}"), n=_least_sum(breakdown)) if parts_total is None else parts_total


def nested_ages(edition: CheckedEdition) -> Iterator[Problem]:
    for breakdown in edition.breakdowns:
        # A part above the total, or mixed-up columns, explain the contradiction better.
        if diagnose(breakdown) is Diagnosis.PART_OVER or _shifted(breakdown):
            continue
        for parent in filter(is_exact, breakdown.parts):
            within = tuple(member for member in breakdown.axis.codes if member.within == parent.code)
            inner = [breakdown.part(member.code) for member in within]
            if not any(inner):
                continue
            parts_total, whole = total_of(inner), value_of(parent)
            floor = sum(map(lower_bound, inner), Decimal(0))
            if floor > whole or (parts_total is not None and parts_total < whole):
                frame = N_("{parts} add up to {made}, {whole} is {value}")
                message = tell(frame, parts=within, made=floor, whole=At(parent.address), value=parent)
                yield problem(parent, message, "correct one of the numbers, or accept it with a reason", values=inner)


def columns_shifted(edition: CheckedEdition) -> Iterator[Problem]:
    for breakdown in edition.breakdowns:
        children = breakdown.part("children")
        if children and _shifted(breakdown):
            frame = N_("adults and children of {figure} equal the numbers of men and women")
            message = tell(frame, figure=At(breakdown.total.address))
            hint = "columns of the source were probably mixed up: check the numbers again"
            yield problem(children, message, hint, values=breakdown.parts)


def sex_not_derivable(edition: CheckedEdition) -> Iterator[Problem]:
    """Female and male totals that cannot be derived: women, men and children are stated, girls and boys are not."""
    for breakdown in edition.breakdowns:
        # Where the parts do not add up to the total, other rules report it.
        if breakdown.partial or diagnose(breakdown) or _shifted(breakdown):
            continue
        children = breakdown.part("children")
        if (
            children
            and lower_bound(children) > 0
            and all(map(breakdown.part, ("women", "men")))
            and not all(map(breakdown.part, ("girls", "boys")))
        ):
            frame = N_("female and male totals of {figure} cannot be derived without the sex of children")
            message = tell(frame, figure=At(breakdown.total.address))
            withheld = any(is_hidden(value) for value in breakdown.parts if value.code in ("girls", "boys"))
            state = "girls and boys stay withheld:" if withheld else "state girls and boys, or"
            hint = f"{state} accept it with a reason; nothing is estimated"
            yield problem(children, message, hint, values=(breakdown.total, *breakdown.parts))


def _shifted(breakdown: Breakdown) -> bool:
    cells = map(breakdown.part, ("adults", "children", "women", "men"))
    adults, children, women, men = (item.value if item and is_exact(item) else None for item in cells)
    # With a zero in one of the cells the numbers may well be equal.
    return all((adults, children, women, men)) and (adults, children) in ((men, women), (women, men))
