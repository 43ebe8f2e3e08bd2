"""Rules for breakdowns by sex and age. Parts within parts, columns mixed up, totals that cannot be derived."""

from collections.abc import Iterator
from decimal import Decimal

from reporter.analysis.arithmetic import is_exact, total_of
from reporter.check.rule import Breakdown, CheckedEdition, Problem, lower_bound, problem, value_of
from reporter.check.totals import Diagnosis, diagnose
from reporter.i18n import N_
from reporter.model import is_hidden
from reporter.model.telling import At, tell


def nested_ages(edition: CheckedEdition) -> Iterator[Problem]:
    """Parts within a part that do not fit into it. Girls and boys are parts within children."""
    for each in edition.breakdowns:
        # A part above the total, or columns mixed up, explain the contradiction better.
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
                message = tell(
                    N_("{parts} make {made}, {whole} is {value}"),
                    parts=within,
                    made=floor,
                    whole=At(parent.address),
                    value=parent,
                )
                yield problem(parent, message, "correct one of the numbers, or accept it with a reason", values=inner)


def columns_shifted(edition: CheckedEdition) -> Iterator[Problem]:
    """Ages that equal the sexes in swapped order. The table was read one column off."""
    for each in edition.breakdowns:
        children = each.part("children")
        if children and _shifted(each):
            message = tell(
                N_("adults and children of {figure} equal the numbers of men and women"), figure=At(each.total.figure)
            )
            hint = "columns of the source were probably mixed up: look the numbers up again"
            yield problem(children, message, hint, values=each.parts)


def sex_not_derivable(edition: CheckedEdition) -> Iterator[Problem]:
    """Female and male totals that cannot be derived. Women, men and children are stated, but not how many of the
    children are girls and boys."""
    for each in edition.breakdowns:
        # Other rules find parts that do not even make their total; nothing is reported twice.
        if each.partial or diagnose(each) or _shifted(each):
            continue
        children = each.part("children")
        if (
            children
            and lower_bound(children) > 0
            and _given(each, "women", "men")
            and not _given(each, "girls", "boys")
        ):
            message = tell(
                N_("female and male totals of {figure} cannot be derived without the sex of children"),
                figure=At(each.total.figure),
            )
            withheld = any(is_hidden(seen) for seen in each.parts if seen.code in ("girls", "boys"))
            state = "girls and boys are withheld and stay so:" if withheld else "state girls and boys, or"
            hint = f"{state} accept it with a reason: nothing is guessed"
            yield problem(children, message, hint, values=(each.total, *each.parts))


def _given(each: Breakdown, *codes: str) -> bool:
    return all(map(each.part, codes))


def _shifted(each: Breakdown) -> bool:
    cells = map(each.part, ("adults", "children", "women", "men"))
    adults, children, women, men = (seen.value if seen and is_exact(seen) else None for seen in cells)
    # With nobody in one of the cells the numbers may well be equal.
    return all((adults, children, women, men)) and (adults, children) in ((men, women), (women, men))
