"""Rules for recommendations of a year and of earlier ones."""

from collections.abc import Iterator

from reporter.check.rule import CheckedEdition, Problem
from reporter.errors import Mark, nearest
from reporter.files.sources import DATA
from reporter.model import CHALLENGES, RECOMMENDATIONS, Passage, Recommendation, RecommendationState
from reporter.model.calendar import year_of
from reporter.prose.markdown import chunks
from reporter.prose.passages import has_words

STATES = tuple(each for each in RecommendationState if each is not RecommendationState.UNANSWERED)


def text(edition: CheckedEdition) -> Iterator[Problem]:
    made, written = (
        _made(edition),
        {(each.language, each.part): each for each in _passages(edition, RECOMMENDATIONS) if each.part},
    )
    languages = {each.language for each in _passages(edition, RECOMMENDATIONS)}
    for each in made:
        lacking = [language for language in sorted(languages) if (language, each.code) not in written]
        for language in lacking or (() if languages else ("",)):
            where = f"text/{language or edition.known.settings.languages[0]}/{edition.year}.md"
            said = f"recommendation {each.code} has no text" + (f" in {language}" if language else "")
            hint = f"write ## Its title {{#{each.code}}} under # {RECOMMENDATIONS} in {where}, and the text below"
            yield Problem(said, each.mark, hint, year=edition.year)
    known = {each.code for each in made}
    for (_, code), passage in written.items():
        if code not in known:
            message = f"of recommendation {code} nobody says whom it is addressed to"
            yield Problem(message, passage.mark, _record(edition, code), year=edition.year)
    for passage in _passages(edition, RECOMMENDATIONS):
        for chunk in chunks(passage.markdown, passage.mark.line) if not passage.part else ():
            if chunk.title:
                message = f"recommendation {chunk.title!r} has no code, so nobody can say whom it is addressed to"
                hint = f"write ## {chunk.title} {{#its_code}}; then {_record(edition, 'its_code')}"
                yield Problem(message, Mark(passage.mark.path, chunk.line - 1), hint, year=edition.year)


def office(edition: CheckedEdition) -> Iterator[Problem]:
    country = edition.known.country
    offices = {*(each.code for each in country.institutions), *(each.code for each in country.contacts)}
    for each in _made(edition):
        for code in each.to:
            if code not in offices:
                message = f"recommendation {each.code} is addressed to {code!r}, and no office is called that"
                hint = f"{nearest(code, offices)}; or add it to institutions: in {DATA}/{country.code}/country.yaml"
                yield Problem(message, each.mark, hint, year=edition.year)


def date(edition: CheckedEdition) -> Iterator[Problem]:
    for each in _made(edition):
        if (year_of(each.by) or edition.year) < edition.year:
            message = (
                f"recommendation {each.code} of {edition.year} is to be carried out by {each.by}, before that year"
            )
            yield Problem(
                message, each.mark, f"write a later day, such as by: {edition.year + 2}-12", year=edition.year
            )


def challenge(edition: CheckedEdition) -> Iterator[Problem]:
    challenges = {each.passage.part for each in edition.passages if each.passage.section == CHALLENGES}
    for each in _made(edition):
        if each.answers and each.answers not in challenges:
            message = f"recommendation {each.code} answers {each.answers!r}, and no challenge has that code"
            near = nearest(each.answers, challenges - {""})
            hint = f"{near}; or write {{#{each.answers}}} behind the title of the challenge"
            yield Problem(message, each.mark, hint, year=edition.year)


def state(edition: CheckedEdition) -> Iterator[Problem]:
    asked = {each.code: each for each in edition.known.data.asked_again(edition.year)}
    told = {each.code: each for each in edition.known.data.follow_ups if each.year == edition.year}
    place = f"{DATA}/{edition.data.country.code}/{edition.year}.yaml"
    for code, each in asked.items():
        if code not in told:
            message = f"nobody says what became of recommendation {code} of {each.year}"
            hint = f"write under earlier_recommendations: in {place}: {code}: {{state: under way}}; {_choice()}"
            yield Problem(message, edition.known.edition.mark, hint, year=edition.year)
    for code, entry in told.items():
        if code not in asked:
            message = f"{code} is no recommendation of an earlier year, or was done or dropped in one"
            near = nearest(code, asked) if asked else "no earlier one is open"
            yield Problem(message, entry.mark, f"{near}; else take the entry out", year=edition.year)


def open_recommendations(edition: CheckedEdition) -> Iterator[Problem]:
    """What is still open: to whom, by when, in which state."""
    for each in _made(edition):
        if each.is_open:
            lacking = " and ".join(word for word, has in (("to", each.to), ("by", each.by)) if not has)
            message = f"recommendation {each.code} does not say {lacking}"
            yield Problem(message, each.mark, "write to: [its office] and by: the day or year", year=edition.year)
    for told in edition.known.data.follow_ups:
        if told.year == edition.year and told.state is RecommendationState.UNANSWERED:
            message = f"what became of recommendation {told.code} is not answered yet"
            yield Problem(message, told.mark, f"write state: under way; {_choice()}", year=edition.year)


def _choice() -> str:
    return f"the states are {', '.join(STATES)}"


def _record(edition: CheckedEdition, code: str) -> str:
    place = f"{DATA}/{edition.data.country.code}/{edition.year}.yaml"
    return f"write under recommendations: in {place}: {code}: {{to: [its office], by: {edition.year + 2}-12}}"


def _made(edition: CheckedEdition) -> tuple[Recommendation, ...]:
    return tuple(each for each in edition.known.data.recommendations if each.year == edition.year)


def _passages(edition: CheckedEdition, section: str) -> Iterator[Passage]:
    return (each.passage for each in edition.passages if each.passage.section == section and has_words(each.passage))
