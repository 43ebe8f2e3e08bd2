"""What a table of figures says of itself without words. One that was published carries its own reasons, as notes at the
figures they are about, and what it withholds does not follow from it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reporter.edit.written_steps import Step
from reporter.errors import Finding, Mark, Severity, Values
from reporter.intake.imports.failing_relations import Denied
from reporter.intake.imports.filling import adding_step
from reporter.intake.imports.year_texts import AcceptedFault, ImportedYear, revision_values

REVISIONS = "revisions"
Words = Mapping[str, str]


def with_incomplete_parts(year: ImportedYear, denied: Iterable[Denied]) -> ImportedYear:
    """Say of the totals of a year which breakdowns are incomplete."""
    axes: dict[str, list[str]] = {}
    for each in denied:
        if each.incomplete:
            axes.setdefault(each.relation.whole.address, []).append(each.axis)
    values = (
        replace(each, incomplete=tuple(dict.fromkeys((*each.incomplete, *axes[each.figure]))))
        if each.year == year.year and each.figure in axes
        else each
        for each in year.values
    )
    return replace(year, values=tuple(values))


def denied_fault(denied: Denied, neutral: Words) -> AcceptedFault:
    """An accepted finding that says only that a sum does not hold. It is what would be found, were the withheld values
    of it known; its reason is in `neutral` words."""
    relation = denied.relation
    finding = Finding(
        severity=Severity.ERROR,
        code=relation.rules[0],
        message=relation.name,
        mark=Mark(""),
        figure=relation.whole.figure,
        year=relation.whole.year,
        values=denied.values,
    )
    return AcceptedFault(finding, neutral, comparable=True)


def with_own_reasons(
    accepted: Mapping[int, Sequence[AcceptedFault]], years: Mapping[int, ImportedYear]
) -> dict[int, tuple[AcceptedFault, ...]]:
    """Give findings the reasons that the table itself has for them. That is the note of the figure, where it stands:
    whoever accepted the finding wrote it, and it is printed once."""
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
    """The addresses with which the reason of a finding is printed. It is the total, or the parts where the finding
    rests on these alone."""
    held = {address for at, address, _ in values if at == year}
    parts = sorted(address for address in held if address.startswith(f"{figure}."))
    return parts if parts and figure not in held else (figure,)


def revising_steps(file: str, year: ImportedYear) -> Iterator[Step]:
    """The steps that write what a year says of earlier ones."""
    return (adding_step(file, REVISIONS, {**plain, "reason": dict(reason)}) for plain, reason in revision_values(year))
