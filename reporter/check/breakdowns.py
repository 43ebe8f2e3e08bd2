"""Rules for totals and their parts. Each breakdown has at most one diagnosis, the most informative."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import Enum, auto
from operator import attrgetter

from reporter.check.rule import Breakdown, CheckedEdition, Problem, lower_bound, problem, value_of
from reporter.data.errors import NO_REMEDY, Remedy
from reporter.data.i18n import N_
from reporter.data.records import Observation, Qualifier, Status, is_given, is_hidden
from reporter.data.records.catalogue import CROSSED, breakdown_key, incomplete_name
from reporter.data.records.message import At, Told, joined_messages, tell
from reporter.figures.analysis.arithmetic import is_exact, top_parts, total_of

# That victims and persons at risk add up to the persons assisted is checked by a rule of its own.
CLIENTS = ("assistance.persons", "client")
INCOMPLETE = "incomplete"
# From this number on, a larger share of unknown parts is noted.
LEAST_COUNTED, UNKNOWN_SHARE = 10, Decimal("0.2")
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
    for lines in _diagnosed(edition, Diagnosis.NOT_THE_TOTAL):
        if not _is_of_clients(lines[0]):
            frame = N_("parts of {figure} add up to {made}, the total is {total}")
            messages = [
                tell(frame, figure=At(line.total.address), made=_sum_or_least(line), total=line.total) for line in lines
            ]
            remedy = _incomplete(lines[0]) if all(map(_falls_short, lines)) else NO_REMEDY
            rest = f"; where the rest is not stated, write incomplete: [{remedy[1]}]" if any(remedy) else ""
            hint = f"correct '{breakdown_key(lines[0].name)}' or the total{rest}; or accept it with a reason"
            yield _problem_of(lines, messages, hint, [part for line in lines for part in line.top], remedy)


def assisted_parts(edition: CheckedEdition) -> Iterator[Problem]:
    for breakdown, *_ in _diagnosed(edition, Diagnosis.NOT_THE_TOTAL):
        if _is_of_clients(breakdown):
            frame = N_("victims and persons at risk add up to {made}, persons assisted are {total}")
            message = tell(frame, made=_sum_or_least(breakdown), total=breakdown.total)
            hint = "correct the groups or the total, or accept it with a reason"
            yield problem(breakdown.total, message, hint, values=breakdown.top)


def part_exceeds_total(edition: CheckedEdition) -> Iterator[Problem]:
    """Parts, including "of which" counts, that are larger than their total."""
    for lines in _diagnosed(edition, Diagnosis.PART_OVER):
        # A cell may be above both the total of its row and that of its column.
        lines_by_part = {part.code: (part, line.total) for line in reversed(lines) for part in _parts_over(line)}
        for part, total in lines_by_part.values():
            frame = N_("{part} is {value}, more than its total {total}")
            if total.code:
                frame = N_("{part} is {value}, more than {whole} ({total}), which contains it")
            message = tell(frame, part=At(part.address), value=part, whole=At(total.address), total=total)
            hint = "correct the part or the total, or accept it with a reason"
            yield problem(part, message, hint, values=[total])


def cell_is_total(edition: CheckedEdition) -> Iterator[Problem]:
    for breakdown in (line for lines in _diagnosed(edition, Diagnosis.SAME_AS_TOTAL) for line in lines):
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
    for lines in _diagnosed(edition, Diagnosis.ZERO_FILLED):
        frame = N_("all parts of {figure} are 0, the total is {total}")
        messages = [tell(frame, figure=At(line.total.address), total=line.total) for line in lines]
        hint = "0 means a known zero: write missing, or leave out parts that were not counted"
        values = [value for line in lines for value in (line.total, *line.parts)]
        yield problem(lines[0].parts[0], _joined(messages), hint, values=values)
    for lines in _lines_by_breakdown(edition):
        yield from _telling_parts(lines)
        unsaid = [line for line in lines if not line.partial and line.total.status in SILENT and not _zero_filled(line)]
        if stated := [line for line in unsaid if any(map(is_given, line.parts))]:
            frame = N_("parts of {figure} are stated, the total is {total}")
            messages = [tell(frame, figure=At(line.total.address), total=line.total) for line in stated]
            values = [part for line in stated for part in line.parts]
            remedy = _incomplete(stated[0])
            hint = f"write incomplete: [{remedy[1]}]"
            if any(map(is_hidden, values)):
                hint += "; with a total, the withheld figure could be derived"
            else:
                hint = f"totals are not calculated: state the total, or {hint}"
            yield _problem_of(stated, messages, hint, values, remedy)


def _telling_parts(lines: Sequence[Breakdown]) -> Iterator[Problem]:
    """Parts stated of a withheld total. What cells say of a withheld row or column is for the audit."""
    for line in lines:
        if line.total.code or line.total.status is not Status.SUPPRESSED:
            continue
        if part := next(filter(is_given, line.parts), None):
            frame = N_("{part} is {value}, the total is {total}")
            message = tell(frame, part=At(part.address), value=part, total=line.total)
            hint = "a part discloses its total: withhold both, or check the number again"
            yield problem(line.total, message, hint, values=line.parts)


def bound_in_sum(edition: CheckedEdition) -> Iterator[Problem]:
    for lines in _lines_by_breakdown(edition):
        loose_by_address: dict[str, tuple[Observation, Observation, list[Observation]]] = {}
        for line in lines:
            values = [*line.top, line.total]
            all_about = all(observation.qualifier is Qualifier.ABOUT for observation in values)
            adds_up = all_about and sum(map(value_of, line.top)) == value_of(line.total)
            if line.partial or adds_up or not all(map(is_given, values)):
                continue
            if loose := next((observation for observation in values if not is_exact(observation)), None):
                loose_by_address.setdefault(loose.address, (loose, line.total, values))
        for loose, total, values in loose_by_address.values():
            frame = N_("{part} is {value} and cannot be part of the sum of {figure}")
            message = tell(frame, part=At(loose.address), value=loose, figure=At(total.address))
            remedy = _incomplete(lines[0])
            hint = f"give the exact number, or write incomplete: [{remedy[1]}]"
            yield problem(loose, message, hint, values=values, remedy=remedy)


def _is_of_clients(breakdown: Breakdown) -> bool:
    return (breakdown.total.indicator, breakdown.name) == CLIENTS


def _problem_of(
    lines: Sequence[Breakdown],
    messages: Sequence[Told],
    hint: str,
    values: Sequence[Observation],
    remedy: Remedy = NO_REMEDY,
) -> Problem:
    """One problem for the lines of a breakdown: at the total, or at the first cell of a row, else of a column."""
    first, *others = (line.total for line in lines)
    whole = problem(first, _joined(messages), hint, values=[*others, *values], remedy=remedy)
    rows = (line for line in lines if line.name.endswith(f"{CROSSED}{line.axis.code}"))
    return replace(whole, mark=next(rows, lines[0]).parts[0].mark) if first.code else whole


def _joined(messages: Sequence[Told]) -> Told:
    return messages[0] if len(messages) == 1 else joined_messages(messages)


def _incomplete(breakdown: Breakdown) -> tuple[str, str]:
    return INCOMPLETE, incomplete_name(breakdown.name)


def _lines_by_breakdown(edition: CheckedEdition) -> Iterator[list[Breakdown]]:
    """The breakdowns, the rows and columns of a cross together."""
    groups: dict[tuple[str, int, str], list[Breakdown]] = {}
    for breakdown in edition.breakdowns:
        groups.setdefault((breakdown.total.figure, breakdown.total.year, breakdown.name), []).append(breakdown)
    return iter(groups.values())


def _diagnosed(edition: CheckedEdition, diagnosis: Diagnosis) -> Iterator[list[Breakdown]]:
    """The breakdowns with a diagnosis, the rows and columns of a cross together if it is the most informative there."""
    for lines in _lines_by_breakdown(edition):
        diagnoses = [(line, what) for line in lines if (what := diagnose(line))]
        if diagnoses and diagnosis is min((what for _, what in diagnoses), key=attrgetter("value")):
            yield [line for line, what in diagnoses if what is diagnosis]


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


def _sum_or_least(breakdown: Breakdown) -> Decimal | Told:
    parts_total = total_of(breakdown.top)
    return tell(N_("at least {n}"), n=_least_sum(breakdown)) if parts_total is None else parts_total


def nested_ages(edition: CheckedEdition) -> Iterator[Problem]:
    for breakdown in edition.breakdowns:
        # A part above the total, or mixed-up columns, explain the contradiction better.
        if diagnose(breakdown) is Diagnosis.PART_OVER or _shifted(breakdown):
            continue
        for parent in filter(is_exact, breakdown.parts):
            within = breakdown.axis.inside(parent.code, {part.code for part in breakdown.parts})
            inner = [breakdown.part(member.code) for member in within]
            if not any(inner):
                continue
            parts_total, whole = total_of(inner), value_of(parent)
            floor = sum(map(lower_bound, inner), Decimal(0))
            some = breakdown.partial and bool(breakdown.axis.countries)
            if floor > whole or (parts_total is not None and parts_total < whole and not some):
                frame = N_("{parts} add up to {made}, {whole} is {value}")
                cells = tuple(At(f"{parent.figure}.{member.code}") for member in within)
                parts = cells if breakdown.total.code else within
                message = tell(frame, parts=parts, made=floor, whole=At(parent.address), value=parent)
                hint = "correct one of the numbers, or accept it with a reason"
                if breakdown.axis.countries:
                    name = incomplete_name(breakdown.name)
                    hint = (
                        f"correct one of the numbers; or, if not all countries are stated, write incomplete: [{name}]"
                    )
                yield problem(parent, message, hint, values=inner)


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


def unknown_share(edition: CheckedEdition) -> Iterator[Problem]:
    """Unknown citizenship, sex, age and so on of more than a fifth of a total."""
    for breakdown in edition.breakdowns:
        codes = {member.code for member in breakdown.axis.codes if member.is_unknown}
        unknown = [part for part in breakdown.parts if part.code in codes]
        top, total = top_parts(unknown, breakdown.axis), breakdown.total
        share = total_of(top) if top and is_exact(total) and not total.code else None
        if share is not None and value_of(total) >= LEAST_COUNTED and share > value_of(total) * UNKNOWN_SHARE:
            frame = N_("{parts}: {made}, more than a fifth of the total {total}")
            message = tell(frame, parts=tuple(At(part.address) for part in top), made=share, total=total)
            hint = "no action needed; ask the source whether more is known, and say in a note why it is not"
            yield problem(top[0], message, hint, values=(total, *top))


def _shifted(breakdown: Breakdown) -> bool:
    cells = map(breakdown.part, ("adults", "children", "women", "men"))
    adults, children, women, men = (item.value if item and is_exact(item) else None for item in cells)
    # With a zero in one of the cells the numbers may well be equal.
    return all((adults, children, women, men)) and (adults, children) in ((men, women), (women, men))
