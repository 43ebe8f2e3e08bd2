"""What a table of figures says of itself without words.

One that was published carries its own reasons, as notes at the figures they are about, and what it withholds does not
follow from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reporter.errors import Finding, Mark, Severity, Values
from reporter.intake.imports.failing_relations import Denied, denied_relations
from reporter.intake.imports.year_texts import AcceptedFault, ImportedYear
from reporter.model import Vintage

Words = Mapping[str, str]


def deny_relations(
    year: ImportedYear, known: Vintage, neutral: Words
) -> tuple[ImportedYear, tuple[AcceptedFault, ...]]:
    """Say of a year which relations do not hold.

    Breakdowns are incomplete; of others an accepted finding says no more than that, in `neutral` words.
    """
    denied = denied_relations(known, year.year)
    axes: dict[str, list[str]] = {}
    for each in denied:
        if each.incomplete:
            axes.setdefault(each.relation.whole.address, []).append(each.axis)
    values = tuple(
        replace(each, incomplete=tuple(dict.fromkeys((*each.incomplete, *axes.get(each.figure, ())))))
        if each.year == year.year
        else each
        for each in year.values
    )
    accepted = tuple(AcceptedFault(_finding(each), neutral, comparable=True) for each in denied if not each.incomplete)
    return replace(year, values=values), accepted


def _finding(denied: Denied) -> Finding:
    """What would be found of a relation, were its values known."""
    relation = denied.relation
    return Finding(
        severity=Severity.ERROR,
        code=relation.rules[0],
        message=relation.name,
        mark=Mark(""),
        figure=relation.whole.figure,
        year=relation.whole.year,
        values=denied.values,
    )


def with_own_reasons(
    accepted: Mapping[int, Sequence[AcceptedFault]], years: Mapping[int, ImportedYear]
) -> dict[int, tuple[AcceptedFault, ...]]:
    """Give findings the reasons that the table itself has for them.

    That is the note of the figure, where it stands: whoever accepted the finding wrote it, and it is printed once.
    """
    return {
        year: tuple(replace(each, reason=_own_reason(each, years.get(year)) or each.reason) for each in found)
        for year, found in accepted.items()
    }


def _own_reason(accepted: AcceptedFault, year: ImportedYear | None) -> Words | None:
    if year is None:
        return None
    finding = accepted.finding
    texts = [year.notes.get(address, {}) for address in printed_with(finding.values, finding.figure, year.year)]
    return texts[0] if texts and all(each == texts[0] for each in texts) and texts[0] else None


def printed_with(values: Values, figure: str, year: int) -> Iterable[str]:
    """The addresses with which the reason of a finding is printed.

    It is the total, or the parts where the finding rests on these alone.
    """
    held = {address for at, address, _ in values if at == year}
    parts = sorted(address for address in held if address.startswith(f"{figure}."))
    return parts if parts and figure not in held else (figure,)
