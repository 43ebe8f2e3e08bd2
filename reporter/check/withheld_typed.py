"""Find numbers in public texts that are those of withheld values. A number that somebody typed is no value that could
be taken out: whoever may know the withheld ones is told where one of them stands. It is found by comparing the two
editions, so no public one knows of it."""

from collections.abc import Iterator

from reporter.check.prose_text import ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition, Problem
from reporter.check.terms import named_beside, parts_named
from reporter.i18n import N_
from reporter.languages import Sign
from reporter.model import Observation, Vintage, is_withheld
from reporter.model.telling import At, tell
from reporter.prose.quantities import Quantity, quantities

SAID = N_("'{words}' is typed by hand, and {figure} of {year}, which is withheld, is as many")
HINT = "write the sentence without the number, or in ::: restricted; nobody can take a typed number out"


def withheld_typed(shown: CheckedEdition, whole: Vintage) -> Iterator[Problem]:
    """The typed numbers of a public edition that equal a withheld value. `whole` has the values. A sentence must name
    the figure or its part, and the value be of the year of the text."""
    secret: dict[object, list[Observation]] = {}
    for seen in whole.index.values():
        # A zero says only that there was nobody.
        if is_withheld(seen) and seen.value and not seen.owner:
            secret.setdefault(seen.value, []).append(seen)
    for parsed in shown.passages if secret else ():
        for sentence in parsed.sentences():
            for said in quantities(sentence.text, parsed.passage.language):
                if said.sign is Sign.EXACT and not said.is_share:
                    yield from _told(shown, parsed, sentence, said, secret.get(said.number, []))


def _told(
    shown: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, said: Quantity, alike: list[Observation]
) -> Iterator[Problem]:
    language = parsed.passage.language
    for seen in alike:
        indicator = shown.known.catalogue.indicator(seen.indicator)
        of_year = seen.year == parsed.passage.year or str(seen.year) in sentence.text
        if indicator is None or not of_year:
            continue
        named = indicator in named_beside(shown, language, sentence.text, said.start)
        if named or seen.address in parts_named(shown, indicator, language, sentence.text):
            message = tell(SAID, words=said.text, figure=At(seen.address), year=seen.year)
            # No reason could be printed without pointing at the number, so nobody can accept it.
            yield Problem(message, sentence.at(said.start), HINT, year=parsed.passage.year)
            return
