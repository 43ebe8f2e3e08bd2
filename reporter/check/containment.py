"""Rules for `part_of`, which names what contains a figure. It must exist, count the same kind of thing, and be
larger."""

from collections.abc import Iterator

from reporter.analysis.arithmetic import is_exact
from reporter.check.rule import CheckedEdition, Problem, activity_problem, lower_bound, problem, value_of
from reporter.errors import nearest
from reporter.i18n import N_
from reporter.model import Observation
from reporter.model.telling import At, tell


def unknown_part_of(edition: CheckedEdition) -> Iterator[Problem]:
    """A figure or activity that is part of nothing known. It names something that does not exist, or itself."""
    for seen in _contained(edition):
        if _parent(edition, seen) in (None, seen):
            message = tell(
                N_("{part} is part_of '{whole}', which is no other figure beside it"),
                part=At(seen.address),
                whole=seen.part_of,
            )
            others = [each for each in edition.known.index.values() if each.owner == seen.owner and each is not seen]
            beside = [each for each in others if seen.owner or each.year == seen.year]
            names = [each.address.removeprefix(f"{seen.owner}.") for each in beside]
            yield problem(seen, message, nearest(seen.part_of, names), words=message)
    activities = {each.code: each for each in edition.known.data.activities}
    for each in edition.known.data.activities:
        if each.year == edition.year and each.part_of and activities.get(each.part_of) in (None, each):
            message = tell(N_("{part} is part_of '{whole}', which is no other activity"), part=each, whole=each.part_of)
            hint = nearest(each.part_of, activities.keys() - {each.code})
            yield activity_problem(each, message, hint)


def subset_exceeds_parent(edition: CheckedEdition) -> Iterator[Problem]:
    for seen, parent in _pairs(edition):
        if is_exact(parent) and lower_bound(seen) > value_of(parent):
            message = tell(
                N_("{part} is {value}, more than {whole} {total} that contains it"),
                part=At(seen.address),
                value=seen,
                whole=At(parent.address),
                total=parent,
            )
            yield problem(seen, message, "correct one of the two, or take part_of out", values=[parent])


def mixed_populations(edition: CheckedEdition) -> Iterator[Problem]:
    for seen, parent in _pairs(edition):
        if _kind(edition, seen) != _kind(edition, parent):
            population, unit = _kind(edition, parent)
            message = tell(
                N_("{part} is part_of {whole}, which counts {population} in {unit}"),
                part=At(seen.address),
                whole=At(parent.address),
                population=population,
                unit=unit,
            )
            hint = "name a figure of the same population, or say the relation in a note"
            yield problem(seen, message, hint, values=[parent], words=message)


def _contained(edition: CheckedEdition) -> Iterator[Observation]:
    years = {seen.year for seen in edition.figures}
    owners = {f"activities.{each.code}" for each in edition.known.data.activities if each.year == edition.year}
    for seen in edition.known.index.values():
        if seen.part_of and (seen.owner in owners if seen.owner else seen.year in years):
            yield seen


def _parent(edition: CheckedEdition, seen: Observation) -> Observation | None:
    """The figure that contains another one. A count beside it, another figure of the year, or another part of its
    breakdown; None when there is no such thing."""
    if seen.owner:
        return edition.known.observation(f"{seen.owner}.{seen.part_of}")
    sibling = edition.known.observation(f"{seen.indicator}.{seen.part_of}", seen.year)
    return edition.known.observation(seen.part_of, seen.year) or sibling


def _pairs(edition: CheckedEdition) -> Iterator[tuple[Observation, Observation]]:
    for seen in _contained(edition):
        parent = _parent(edition, seen)
        if parent and parent is not seen:
            yield seen, parent
    activities = {each.code: each for each in edition.known.data.activities}
    for each in edition.known.data.activities:
        outer = activities.get(each.part_of)
        if each.year == edition.year and outer and outer is not each:
            counts = {seen.indicator: seen for seen in outer.figures}
            yield from ((seen, counts[seen.indicator]) for seen in each.figures if seen.indicator in counts)


def _kind(edition: CheckedEdition, seen: Observation) -> tuple[str, str]:
    indicator = edition.known.catalogue.indicator(seen.indicator)
    return (indicator.population, indicator.unit) if indicator else ("", "")
