"""Rules for what a year's file does not answer yet. A draft may leave it open; an edition that is none may not."""

from collections.abc import Iterator

from reporter.check.recommendations import open_recommendations
from reporter.check.rule import CheckedEdition, Problem
from reporter.errors import Mark
from reporter.i18n import N_
from reporter.model import Status
from reporter.model.telling import tell


def unanswered(edition: CheckedEdition) -> Iterator[Problem]:
    """There is a problem for each section of the file."""
    sections: dict[str, list[tuple[Mark, bool]]] = {}
    for seen in edition.data.observations:
        if seen.year == edition.year:
            name = seen.indicator.partition(".")[0]
            sections.setdefault(name, []).append((seen.mark, seen.status is Status.UNANSWERED))
    for activity in edition.data.activities:
        if activity.year == edition.year:
            counts = ((seen.mark, seen.status is Status.UNANSWERED) for seen in activity.figures)
            sections.setdefault("activities", []).extend(counts)
    for listed in (*edition.data.lists, *edition.data.open_lists):
        if listed.year == edition.year:
            sections.setdefault("countries", []).append((listed.mark, listed.unanswered))
    for name, places in sections.items():
        waiting = sorted(mark for mark, is_open in places if is_open)
        if waiting:
            message = f"{name}: {len(waiting)} of {len(places)} are not answered yet"
            yield Problem(message, waiting[0], _hint(name), year=edition.year)
    file = edition.data.year(edition.year)
    if file and file.open_sources:
        message = tell(N_("sources of figures that are not answered yet: {n}"), n=len(file.open_sources))
        codes = ", ".join(each.code for each in edition.known.catalogue.sources)
        hint = tell(N_("write the code of a source: {codes}"), codes=codes)
        yield Problem(message, file.open_sources[0], hint, year=edition.year)
    yield from open_recommendations(edition)


def _hint(name: str) -> str:
    if name == "countries":
        return "name the countries, or delete the list if no source gives one"
    return "write a number, or missing, suppressed, not applicable, not collected; take out what is not counted"
