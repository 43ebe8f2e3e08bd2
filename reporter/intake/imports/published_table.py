"""What a table of figures says of itself without words. One that was published carries its own reasons, as notes at the
figures they are about, and what it withholds does not follow from it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reporter.analysis.relations import Relation, exposed, key_of, relations_of
from reporter.edit.amendment import Amendment, slice_digest, slice_of
from reporter.edit.figure_fields import FigureField, detail_step, value_step, written_value, year_figures
from reporter.edit.handwriting import Value
from reporter.edit.written_steps import Step
from reporter.errors import Mark, Values, error_at
from reporter.files.sources import Sources
from reporter.intake.agency_proposals import OPEN
from reporter.intake.imports.year_texts import (
    MISSING,
    AcceptedFault,
    FigureParts,
    ImportedYear,
    accepted_value,
    figure_details,
    figure_parts,
    part_details,
    part_value,
    revision_values,
)
from reporter.load.shapes import YearShape
from reporter.load.yaml_tree import Keys, decode, read_yaml
from reporter.model import Catalogue, Qualifier, Status, Vintage, is_hidden, is_withheld
from reporter.model.observation import amount_text

ACCEPTED, INCOMPLETE = "accepted", "incomplete"


def free_figures(
    sources: Sources, catalogue: Catalogue, file: str, year: ImportedYear, taken: Collection[str]
) -> Iterator[FigureParts]:
    """The figures of which nothing is written in a file. Of one that has a total or a part the rest would come from
    another source; where it came from this one, and its total is what this file says too, the breakdowns of which
    nothing is written are free. What the publication has no total of stays open. `taken` are figures of which an agency
    says something."""
    figures, source = year_figures(sources, file), _source_of(sources, file)
    for each in figure_parts((one for one in year.values if one.year == year.year), catalogue):
        if each.total is None or (each.total.value == MISSING and not each.total.place):
            continue
        indicator = catalogue.indicator(each.code)
        if any(address == each.code or address.startswith(f"{each.code}.") for address in taken):
            continue
        axes = catalogue.axes(indicator)
        unsaid = {
            axis.code
            for axis in axes
            if all(
                written_value(figures, FigureField(file, each.code, axis.code, one.code)) in OPEN for one in axis.codes
            )
        }
        total, figure = written_value(figures, FigureField(file, each.code)), (figures or {}).get(each.code)
        own = figure.get("source", source) if isinstance(figure, Mapping) else source
        further = {axis: parts for axis, parts in each.breakdowns.items() if axis in unsaid}
        if total in OPEN and len(unsaid) == len(axes):
            yield each
        elif further and each.total and (total, own) == (each.total.value, each.total.source or year.source):
            yield replace(each, breakdowns=further)


def filling_steps(
    sources: Sources, catalogue: Catalogue, file: str, year: ImportedYear, figures: Iterable[FigureParts]
) -> Iterator[Step]:
    written, usual = year_figures(sources, file), _source_of(sources, file)
    for each in figures:
        if each.total is None:
            continue
        whole = FigureField(file, each.code)
        yield value_step(whole, catalogue, each.total.value, written_value(written, whole))
        figure = (written or {}).get(each.code)
        for axis, parts in each.breakdowns.items():
            if isinstance(figure, Mapping) and figure.get(f"by {axis}"):
                for code, seen in parts.items():
                    field = FigureField(file, each.code, axis, code)
                    yield value_step(field, catalogue, seen.value, written_value(written, field))
                    for key, value in part_details(seen, year.notes).items():
                        yield detail_step(field, catalogue, (key,), value)
            else:
                values = {code: part_value(seen, year.notes) for code, seen in parts.items()}
                yield detail_step(whole, catalogue, (f"by {axis}",), values)
        details = figure_details(each.total, usual)
        details |= {"source": year.source} if year.source and not each.total.source and year.source != usual else {}
        note = year.notes.get(each.code)
        said = figure if isinstance(figure, Mapping) else {}
        if INCOMPLETE in details and said.get(INCOMPLETE):
            details[INCOMPLETE] = [
                *said[INCOMPLETE],
                *(name for name in each.total.incomplete if name not in said[INCOMPLETE]),
            ]
        for key, value in (details | ({"note": dict(note)} if note else {})).items():
            if key == INCOMPLETE or not said.get(key):
                yield detail_step(whole, catalogue, (key,), value)


def _source_of(sources: Sources, file: str) -> str:
    tree = read_yaml(sources, file).data
    return str(tree.get("source", "")) if isinstance(tree, Mapping) else ""


def accepting_steps_of(file: str, accepted: Iterable[AcceptedFault]) -> Iterator[Step]:
    return (adding_step(file, ACCEPTED, accepted_value(each)) for each in accepted)


def adding_step(file: str, key: str, entry: Value) -> Step:
    def step(sources: Sources) -> Amendment:
        text = decode(sources.find(file).content, file)
        is_there = bool(slice_of(text, file, (key,)))
        path: Keys = (key, "-") if is_there else (key,)
        value: Value = entry if is_there else [entry]
        return Amendment(file=file, path=path, value=value, seen=slice_digest(""), order=tuple(YearShape.model_fields))

    return step


# The rule of a breakdown, which is incomplete where its parts do not make the total.
OF_TOTAL = "parts-make-total"


# A relation that does not hold, and whether its parts make less; of any other nobody may say more than that it fails.
Denied = tuple[Relation, bool]


def denied_relations(known: Vintage, year: int) -> tuple[Denied, ...]:
    """The relations of a year by which withheld values would follow. As few of them as are enough for none to
    follow."""
    public = replace(
        known,
        index={
            key: seen
            if not is_withheld(seen)
            else replace(seen, value=None, status=Status.SUPPRESSED, qualifier=Qualifier.EXACT)
            for key, seen in known.index.items()
        },
    )
    relations = list(relations_of(public, year))
    hidden = {key_of(seen) for each in relations for seen in each.values if is_hidden(seen)}
    denied: list[Denied] = []
    while left := exposed(relations) & hidden:
        # What each may be instead: weaker, or none.
        ways: list[tuple[int, Relation | None]] = []
        for place, each in enumerate(relations):
            if OF_TOTAL in each.rules and not each.at_most and each.parts[0].dimension:
                ways.append((place, replace(each, at_most=True)))
            ways.append((place, None))
        counted = [(len(exposed(_without(relations, place, way)) & left), n) for n, (place, way) in enumerate(ways)]
        if not counted:
            break
        place, way = ways[min(counted)[1]]
        denied.append((relations[place], way is not None))
        relations = list(_without(relations, place, way))
    # One that was first weakened and then taken out is told once.
    last = {(relation.name, relation.whole): (relation, incomplete) for relation, incomplete in denied}
    return tuple(last.values())


def _without(relations: Sequence[Relation], place: int, way: Relation | None) -> Iterable[Relation]:
    return (*relations[:place], *([way] if way else []), *relations[place + 1 :])


REVISIONS = "revisions"
Words = Mapping[str, str]


def with_incomplete_parts(year: ImportedYear, denied: Iterable[Denied]) -> ImportedYear:
    axes: dict[str, list[str]] = {}
    for relation, incomplete in denied:
        if incomplete:
            axes.setdefault(relation.whole.address, []).append(relation.parts[0].dimension)
    values = (
        replace(each, incomplete=tuple(dict.fromkeys((*each.incomplete, *axes[each.figure]))))
        if each.year == year.year and each.figure in axes
        else each
        for each in year.values
    )
    return replace(year, values=tuple(values))


def denied_fault(relation: Relation, neutral: Words) -> AcceptedFault:
    """An accepted finding that says only that a sum does not hold. It is what would be found, were the withheld values
    of it known; its reason is in `neutral` words."""
    seen = {key_of(each): each for each in relation.values}.values()
    values = ((each.year, each.address, amount_text(each.value, each.status, each.qualifier)) for each in seen)
    finding = replace(
        error_at(Mark(""), relation.rules[0], relation.name),
        figure=relation.whole.figure,
        year=relation.whole.year,
        values=tuple(sorted(values)),
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
    return (adding_step(file, REVISIONS, each) for each in revision_values(year))
