"""Rule for withheld numbers that somebody typed into a note or reason. It compares the numbers themselves, so it finds
something only in the files of those who may know them."""

from collections.abc import Iterator
from dataclasses import replace

from reporter.check.rule import CheckedEdition, Problem, problem
from reporter.errors import Mark
from reporter.i18n import N_
from reporter.languages import Sign
from reporter.model import Accepted, Confidentiality, Difference, Label, Observation
from reporter.model.telling import At, tell
from reporter.prose.quantities import quantities

HINT = "say it without the number: a note or reason is printed, and what is withheld is not"
Figure = tuple[str, int]


def withheld_told(edition: CheckedEdition) -> Iterator[Problem]:
    hidden: dict[Figure, list[Observation]] = {}
    for seen in edition.data.observations:
        known = edition.known.observation(seen.address, seen.year)
        # A zero says only that there was nobody.
        if seen.value and known and seen.confidentiality is not Confidentiality.FREE:
            hidden.setdefault((seen.figure, seen.year), []).append(seen)
    for figure, label, mark in _texts(edition) if hidden else ():
        numbers = (each for language, text in label.texts for each in quantities(text, language))
        # "Counts below five are masked" tells none.
        said = {each.number for each in numbers if each.sign is Sign.EXACT}
        for seen in hidden.get(figure, ()):
            if seen.value in said:
                message = tell(
                    N_("a number in this text is that of {figure} of {year}, which is withheld"),
                    figure=At(seen.address),
                    year=seen.year,
                )
                yield replace(problem(seen, message, HINT), mark=mark)


def _texts(edition: CheckedEdition) -> Iterator[tuple[Figure, Label, Mark]]:
    """What the file of the edition prints beside figures: notes and reasons."""
    data = edition.data
    for seen in data.observations:
        # A note on what is withheld is not printed.
        if seen.vintage == edition.year and seen.confidentiality is Confidentiality.FREE:
            yield from (((seen.figure, seen.year), note, seen.mark) for note in seen.notes)
    answers: tuple[Accepted | Difference, ...] = (*data.accepted, *data.differences)
    for each in answers:
        if each.vintage == edition.year:
            yield (each.figure, each.year), each.reason, each.mark
    for revision in data.revisions:
        if revision.now.vintage == edition.year:
            yield (revision.now.figure, revision.year), revision.reason, revision.mark
