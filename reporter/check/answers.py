"""Rules for open questions: figures and lists, placeholders, recommendations. Only a draft may leave them open."""

import re
from collections.abc import Iterator

from reporter.check.prose_text import ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition, Places, Problem
from reporter.data.errors import Mark, nearest
from reporter.data.files.sources import DATA, SETTINGS
from reporter.data.i18n import N_
from reporter.data.languages import LANGUAGES
from reporter.data.languages.language import any_of
from reporter.data.records import (
    CHALLENGES,
    RECOMMENDATIONS,
    Accepted,
    Difference,
    Label,
    Recommendation,
    RecommendationState,
    Status,
)
from reporter.data.records.calendar import year_of
from reporter.data.records.message import tell
from reporter.data.records.statement import statements
from reporter.text.markdown import chunks, has_words


def unanswered(edition: CheckedEdition) -> Iterator[Problem]:
    """One problem for each section of the file."""
    sections: dict[str, list[tuple[Mark, bool]]] = {}
    for observation in edition.data.observations:
        if observation.year == edition.year:
            name = observation.indicator.partition(".")[0]
            sections.setdefault(name, []).append((observation.mark, observation.status is Status.UNANSWERED))
    for activity in edition.activities:
        counts = ((figure.mark, figure.status is Status.UNANSWERED) for figure in activity.figures)
        sections.setdefault("activities", []).extend(counts)
    for listed in (*edition.data.lists, *edition.data.open_lists):
        if listed.year == edition.year:
            sections.setdefault("countries", []).append((listed.mark, listed.unanswered))
    for name, places in sections.items():
        if waiting := sorted(mark for mark, is_open in places if is_open):
            count = N_("{group}: {waiting} of {places} are not answered yet")
            message = tell(count, group=name, waiting=len(waiting), places=len(places))
            hint = "write a number, or missing, suppressed, not applicable, not collected; remove what is not counted"
            if name == "countries":
                hint = "name the countries, or delete the list if no source gives one"
            yield Problem(message, waiting[0], hint, year=edition.year)
    file = edition.data.year(edition.year)
    if file and file.open_sources:
        message = tell(N_("sources of figures not given yet: {n}"), n=len(file.open_sources))
        codes = ", ".join(source.code for source in edition.vintage.catalogue.sources)
        hint = tell(N_("write the code of a source: {codes}"), codes=codes)
        yield Problem(message, file.open_sources[0], hint, year=edition.year)
    yield from open_recommendations(edition)


BRACKETS = re.compile(r"\[[^\[\]]+\]")
# A paragraph, an item, or the text after a label that consists of a placeholder alone.
ALONE = r"^[ \t]*(?:(?:[-*+>]|\d{1,2}[.)])[ \t]+)?(?:[^\n:\[\]]{1,40}:[ \t]+)?(?P<alone>\[[^\[\]]+\])[.;]?[ \t]*$"
PLACEHOLDER = re.compile(
    r"\[[\s.…_?–-]*\](?![(\[:])"
    rf"|\[(?i:{any_of(language.later for language in LANGUAGES.values())})[^\[\]]*\](?![(\[:])"
    rf"|{ALONE}"
    r"|\b(?:TODO|TBD|TBC|FIXME|[Xx]{3,})\b|\b(?i:lorem\s+ipsum)\b",
    re.MULTILINE,
)
HINT = "write what is true, without brackets"


def in_brackets(edition: CheckedEdition) -> Iterator[Problem]:
    vintage = edition.vintage
    for parsed in edition.passages:
        if parsed.passage.year > edition.data.frozen_until:
            yield from _in_passage(parsed)
    is_frozen = vintage.year <= edition.data.frozen_until
    noted = (
        (f"{observation.address}: note", _words(note), observation.mark)
        for observation in (() if is_frozen else vintage.index.values())
        if observation.year == vintage.year
        for note in observation.notes
    )
    title = vintage.settings.title
    titles = (("title", _words(title), edition.places.get((SETTINGS, title), Mark(SETTINGS))),)
    texts = (text for record in _records(edition) for text in _texts(record, vintage.country.mark, edition.places))
    for name, words, mark in (*titles, *texts, *noted):
        waiting = [phrase for phrase in words if BRACKETS.fullmatch(phrase)]
        waiting += [match[0] for phrase in words if not is_frozen and (match := PLACEHOLDER.search(phrase))]
        if waiting:
            yield Problem(f"{name}: {_placeholder_message(waiting[0])}", mark, HINT, year=vintage.year)


def _in_passage(parsed: ParsedPassage) -> Iterator[Problem]:
    passage = parsed.passage
    own = Sentence(parsed.text, 0, parsed.text, passage.mark)
    headline = passage.headline
    above = (Sentence(parsed.headline, 0, parsed.headline, headline.mark),) if headline else ()
    for sentence in (*above, own, *parsed.footnotes):
        for match in PLACEHOLDER.finditer(sentence.text):
            group = "alone" if match["alone"] else 0
            place = sentence.at(match.start(group)) if sentence.whole else sentence.mark
            yield Problem(_placeholder_message(match[group]), place, HINT, year=passage.year)


def _placeholder_message(words: str) -> str:
    words = " ".join(words.split())
    return f"{words} is still in brackets" if words.startswith("[") else f"{words} is a placeholder for a text"


def _records(edition: CheckedEdition) -> tuple[object, ...]:
    vintage = edition.vintage
    lists = (country_list for country_list in vintage.data.lists if country_list.year == vintage.year)
    own = (source for source in vintage.catalogue.sources if source.country)
    rows: tuple[Accepted | Difference, ...] = (*vintage.data.accepted, *vintage.data.differences)
    reasons = (row for row in rows if row.vintage == vintage.year)
    revised = (revision for revision in vintage.data.revisions if revision.now.vintage == vintage.year)
    states = (follow_up for follow_up in vintage.data.follow_ups if follow_up.year == vintage.year)
    return (vintage.country, *own, *edition.activities, *lists, *reasons, *revised, *states)


def _texts(record: object, mark: Mark, places: Places) -> Iterator[tuple[str, tuple[str, ...], Mark]]:
    """Every text of a record and of the records inside it, with its key and place."""
    kind: type = type(record)
    place = getattr(record, "mark", mark)
    for statement in statements(kind):
        value = getattr(record, statement.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Label):
                yield statement.key, _words(inner), places.get((place.path, inner), place)
            elif isinstance(inner, str):
                yield statement.key, (inner,), place
            elif statement.record and isinstance(inner, statement.record):
                yield from _texts(inner, place, places)


def _words(text: Label) -> tuple[str, ...]:
    return tuple(words for _, words in text.texts)


STATES = tuple(state for state in RecommendationState if state is not RecommendationState.UNANSWERED)


def recommendation_text(edition: CheckedEdition) -> Iterator[Problem]:
    recommendations, printed = _own_recommendations(edition), (parsed.passage for parsed in edition.passages)
    passages = [text for text in printed if text.section == RECOMMENDATIONS and has_words(text)]
    written = {(text.language, text.part): text for text in passages if text.part}
    languages = {text.language for text in passages}
    for advice in recommendations:
        lacking = [language for language in sorted(languages) if (language, advice.code) not in written]
        for language in lacking or (() if languages else ("",)):
            where = f"text/{language or edition.vintage.settings.languages[0]}/{edition.year}.md"
            notice = f"recommendation {advice.code} has no text" + (f" in {language}" if language else "")
            hint = f"write ## Its title {{#{advice.code}}} under # {RECOMMENDATIONS} in {where}, and the text below"
            yield Problem(notice, advice.mark, hint, year=edition.year)
    known_codes = {entry.code for entry in recommendations}
    for (_, code), passage in written.items():
        if code not in known_codes:
            message = f"recommendation {code} has no recipient"
            yield Problem(message, passage.mark, _record(edition, code), year=edition.year)
    for passage in passages:
        for chunk in chunks(passage.markdown, passage.mark.line) if not passage.part else ():
            if chunk.title:
                message = f"recommendation {chunk.title!r} has no code, so it cannot have a recipient"
                hint = f"write ## {chunk.title} {{#its_code}}; then {_record(edition, 'its_code')}"
                yield Problem(message, Mark(passage.mark.path, chunk.line - 1), hint, year=edition.year)


def recommendation_office(edition: CheckedEdition) -> Iterator[Problem]:
    country = edition.vintage.country
    offices = {*(institution.code for institution in country.institutions), *(entry.code for entry in country.contacts)}
    for recommendation in _own_recommendations(edition):
        for code in recommendation.to:
            if code not in offices:
                message = f"recommendation {recommendation.code} is addressed to {code!r}, but no office has that code"
                hint = f"{nearest(code, offices)}; or add it to institutions: in {DATA}/{country.code}/country.yaml"
                yield Problem(message, recommendation.mark, hint, year=edition.year)


def recommendation_date(edition: CheckedEdition) -> Iterator[Problem]:
    for advice in _own_recommendations(edition):
        if (year_of(advice.by) or edition.year) < edition.year:
            message = f"recommendation {advice.code} of {edition.year} is due by {advice.by}, before that year"
            hint = f"write a later day, such as by: {edition.year + 2}-12"
            yield Problem(message, advice.mark, hint, year=edition.year)


def recommendation_challenge(edition: CheckedEdition) -> Iterator[Problem]:
    challenges = {parsed.passage.part for parsed in edition.passages if parsed.passage.section == CHALLENGES}
    for advice in _own_recommendations(edition):
        if advice.answers and advice.answers not in challenges:
            message = f"recommendation {advice.code} answers {advice.answers!r}, but no challenge has that code"
            near = nearest(advice.answers, challenges - {""})
            hint = f"{near}; or write {{#{advice.answers}}} after the title of the challenge"
            yield Problem(message, advice.mark, hint, year=edition.year)


def recommendation_state(edition: CheckedEdition) -> Iterator[Problem]:
    asked = {request.code: request for request in edition.vintage.data.asked_again(edition.year)}
    follow_up_by_code = {state.code: state for state in edition.vintage.data.follow_ups if state.year == edition.year}
    place = f"{DATA}/{edition.data.country.code}/{edition.year}.yaml"
    for code, recommendation in asked.items():
        if code not in follow_up_by_code:
            message = f"the follow-up to recommendation {code} of {recommendation.year} is missing"
            hint = f"write under earlier_recommendations: in {place}: {code}: {{state: under way}}; {_choice()}"
            yield Problem(message, edition.vintage.edition.mark, hint, year=edition.year)
    for code, entry in follow_up_by_code.items():
        if code not in asked:
            message = f"{code} is not an open recommendation of an earlier year"
            near = nearest(code, asked) if asked else "no earlier recommendation is open"
            yield Problem(message, entry.mark, f"{near}; else remove the entry", year=edition.year)


def open_recommendations(edition: CheckedEdition) -> Iterator[Problem]:
    """Recommendations without recipient or date, and follow-ups without state."""
    for advice in _own_recommendations(edition):
        if advice.is_open:
            lacking = " and ".join(word for word, has in (("to", advice.to), ("by", advice.by)) if not has)
            message = f"recommendation {advice.code} does not state: {lacking}"
            yield Problem(message, advice.mark, "write to: [its office] and by: the day or year", year=edition.year)
    for follow_up in edition.vintage.data.follow_ups:
        if follow_up.year == edition.year and follow_up.state is RecommendationState.UNANSWERED:
            message = f"the follow-up to recommendation {follow_up.code} is still open"
            yield Problem(message, follow_up.mark, f"write state: under way; {_choice()}", year=edition.year)


def _choice() -> str:
    return f"the states are {', '.join(STATES)}"


def _record(edition: CheckedEdition, code: str) -> str:
    place = f"{DATA}/{edition.data.country.code}/{edition.year}.yaml"
    return f"write under recommendations: in {place}: {code}: {{to: [its office], by: {edition.year + 2}-12}}"


def _own_recommendations(edition: CheckedEdition) -> tuple[Recommendation, ...]:
    return tuple(advice for advice in edition.vintage.data.recommendations if advice.year == edition.year)
