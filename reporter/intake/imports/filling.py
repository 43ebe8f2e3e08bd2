"""Fill in a draft what a publication states and nobody wrote."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from reporter.edit.amendment import Amendment, slice_digest, slice_of
from reporter.edit.figure_fields import VALUE, FigureField, detail_step, value_step, written_value, year_figures
from reporter.edit.handwriting import Value
from reporter.edit.written_steps import Step
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
)
from reporter.load.shapes import YearShape
from reporter.load.yaml_tree import Keys, decode, read_yaml
from reporter.model import Catalogue

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
        axes = [axis for name in (indicator.dimensions if indicator else ()) if (axis := catalogue.dimension(name))]
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
    """The steps that write some figures into a file."""
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
                values: dict[str, Value] = {
                    code: {VALUE: seen.value, **of_part} if (of_part := part_details(seen, year.notes)) else seen.value
                    for code, seen in parts.items()
                }
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
    """The steps that write the faults of a publication as accepted."""
    return (adding_step(file, ACCEPTED, accepted_value(each)) for each in accepted)


def adding_step(file: str, key: str, entry: Value) -> Step:
    """The step that adds an entry to a list of a year."""

    def step(sources: Sources) -> Amendment:
        text = decode(sources.find(file).content, file)
        is_there = bool(slice_of(text, file, (key,)))
        path: Keys = (key, "-") if is_there else (key,)
        value: Value = entry if is_there else [entry]
        return Amendment(file=file, path=path, value=value, seen=slice_digest(""), order=tuple(YearShape.model_fields))

    return step
