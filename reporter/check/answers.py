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
    for seen in edition.data.observations:
        if seen.year == edition.year:
            name = seen.indicator.partition(".")[0]
            sections.setdefault(name, []).append((seen.mark, seen.status is Status.UNANSWERED))
    for activity in edition.activities:
        counts = ((seen.mark, seen.status is Status.UNANSWERED) for seen in activity.figures)
        sections.setdefault("activities", []).extend(counts)
    for listed in (*edition.data.lists, *edition.data.open_lists):
        if listed.year == edition.year:
            sections.setdefault("countries", []).append((listed.mark, listed.unanswered))
    for name, places in sections.items():
        waiting = sorted(mark for mark, is_open in places if is_open)
        if waiting:
            count = N_("{group}: {waiting} of {places} are not answered yet")
            message = tell(count, group=name, waiting=len(waiting), places=len(places))
            hint = "write a number, or missing, suppressed, not applicable, not collected; remove what is not counted"
            if name == "countries":
                hint = "name the countries, or delete the list if no source gives one"
            yield Problem(message, waiting[0], hint, year=edition.year)
    file = edition.data.year(edition.year)
    if file and file.open_sources:
        message = tell(N_("sources of figures not given yet: {n}"), n=len(file.open_sources))
        codes = ", ".join(each.code for each in edition.known.catalogue.sources)
        hint = tell(N_("write the code of a source: {codes}"), codes=codes)
        yield Problem(message, file.open_sources[0], hint, year=edition.year)
    yield from open_recommendations(edition)


BRACKETS = re.compile(r"\[[^\[\]]+\]")
# A paragraph, an item, or the text after a label that consists of a placeholder alone.
ALONE = r"^[ \t]*(?:(?:[-*+>]|\d{1,2}[.)])[ \t]+)?(?:[^\n:\[\]]{1,40}:[ \t]+)?(?P<alone>\[[^\[\]]+\])[.;]?[ \t]*$"
PLACEHOLDER = re.compile(
    r"\[[\s.…_?–-]*\](?![(\[:])"
    rf"|\[(?i:{any_of(each.later for each in LANGUAGES.values())})[^\[\]]*\](?![(\[:])"
    rf"|{ALONE}"
    r"|\b(?:TODO|TBD|TBC|FIXME|[Xx]{3,})\b|\b(?i:lorem\s+ipsum)\b",
    re.MULTILINE,
)
HINT = "write what is true, without brackets"


def in_brackets(edition: CheckedEdition) -> Iterator[Problem]:
    known = edition.known
    for parsed in edition.passages:
        if parsed.passage.year > edition.data.frozen_until:
            yield from _in_passage(parsed)
    is_frozen = known.year <= edition.data.frozen_until
    noted = (
        (f"{seen.address}: note", _words(note), seen.mark)
        for seen in (() if is_frozen else known.index.values())
        if seen.year == known.year
        for note in seen.notes
    )
    title = known.settings.title
    titles = (("title", _words(title), edition.places.get((SETTINGS, title), Mark(SETTINGS))),)
    texts = (found for each in _records(edition) for found in _texts(each, known.country.mark, edition.places))
    for name, words, mark in (*titles, *texts, *noted):
        waiting = [each for each in words if BRACKETS.fullmatch(each)]
        waiting += [found[0] for each in words if not is_frozen and (found := PLACEHOLDER.search(each))]
        if waiting:
            yield Problem(f"{name}: {_said(waiting[0])}", mark, HINT, year=known.year)


def _in_passage(parsed: ParsedPassage) -> Iterator[Problem]:
    passage = parsed.passage
    own = Sentence(parsed.text, 0, parsed.text, passage.mark)
    headline = passage.headline
    above = (Sentence(parsed.headline, 0, parsed.headline, headline.mark),) if headline else ()
    for each in (*above, own, *parsed.footnotes):
        for found in PLACEHOLDER.finditer(each.text):
            group = "alone" if found["alone"] else 0
            place = each.at(found.start(group)) if each.whole else each.mark
            yield Problem(_said(found[group]), place, HINT, year=passage.year)


def _said(words: str) -> str:
    words = " ".join(words.split())
    return f"{words} is still in brackets" if words.startswith("[") else f"{words} is a placeholder for a text"


def _records(edition: CheckedEdition) -> tuple[object, ...]:
    known = edition.known
    lists = (each for each in known.data.lists if each.year == known.year)
    own = (each for each in known.catalogue.sources if each.country)
    rows: tuple[Accepted | Difference, ...] = (*known.data.accepted, *known.data.differences)
    reasons = (each for each in rows if each.vintage == known.year)
    revised = (each for each in known.data.revisions if each.now.vintage == known.year)
    states = (each for each in known.data.follow_ups if each.year == known.year)
    return (known.country, *own, *edition.activities, *lists, *reasons, *revised, *states)


def _texts(record: object, mark: Mark, places: Places) -> Iterator[tuple[str, tuple[str, ...], Mark]]:
    """Every text of a record and of the records inside it, with its key and place."""
    kind: type = type(record)
    place = getattr(record, "mark", mark)
    for each in statements(kind):
        value = getattr(record, each.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Label):
                yield each.key, _words(inner), places.get((place.path, inner), place)
            elif isinstance(inner, str):
                yield each.key, (inner,), place
            elif each.record and isinstance(inner, each.record):
                yield from _texts(inner, place, places)


def _words(text: Label) -> tuple[str, ...]:
    return tuple(words for _, words in text.texts)


STATES = tuple(each for each in RecommendationState if each is not RecommendationState.UNANSWERED)


def recommendation_text(edition: CheckedEdition) -> Iterator[Problem]:
    made, printed = _made(edition), (each.passage for each in edition.passages)
    passages = [each for each in printed if each.section == RECOMMENDATIONS and has_words(each)]
    written = {(each.language, each.part): each for each in passages if each.part}
    languages = {each.language for each in passages}
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
            message = f"recommendation {code} has no recipient"
            yield Problem(message, passage.mark, _record(edition, code), year=edition.year)
    for passage in passages:
        for chunk in chunks(passage.markdown, passage.mark.line) if not passage.part else ():
            if chunk.title:
                message = f"recommendation {chunk.title!r} has no code, so it cannot have a recipient"
                hint = f"write ## {chunk.title} {{#its_code}}; then {_record(edition, 'its_code')}"
                yield Problem(message, Mark(passage.mark.path, chunk.line - 1), hint, year=edition.year)


def recommendation_office(edition: CheckedEdition) -> Iterator[Problem]:
    country = edition.known.country
    offices = {*(each.code for each in country.institutions), *(each.code for each in country.contacts)}
    for each in _made(edition):
        for code in each.to:
            if code not in offices:
                message = f"recommendation {each.code} is addressed to {code!r}, but no office has that code"
                hint = f"{nearest(code, offices)}; or add it to institutions: in {DATA}/{country.code}/country.yaml"
                yield Problem(message, each.mark, hint, year=edition.year)


def recommendation_date(edition: CheckedEdition) -> Iterator[Problem]:
    for each in _made(edition):
        if (year_of(each.by) or edition.year) < edition.year:
            message = f"recommendation {each.code} of {edition.year} is due by {each.by}, before that year"
            hint = f"write a later day, such as by: {edition.year + 2}-12"
            yield Problem(message, each.mark, hint, year=edition.year)


def recommendation_challenge(edition: CheckedEdition) -> Iterator[Problem]:
    challenges = {each.passage.part for each in edition.passages if each.passage.section == CHALLENGES}
    for each in _made(edition):
        if each.answers and each.answers not in challenges:
            message = f"recommendation {each.code} answers {each.answers!r}, but no challenge has that code"
            near = nearest(each.answers, challenges - {""})
            hint = f"{near}; or write {{#{each.answers}}} after the title of the challenge"
            yield Problem(message, each.mark, hint, year=edition.year)


def recommendation_state(edition: CheckedEdition) -> Iterator[Problem]:
    asked = {each.code: each for each in edition.known.data.asked_again(edition.year)}
    told = {each.code: each for each in edition.known.data.follow_ups if each.year == edition.year}
    place = f"{DATA}/{edition.data.country.code}/{edition.year}.yaml"
    for code, each in asked.items():
        if code not in told:
            message = f"the follow-up to recommendation {code} of {each.year} is missing"
            hint = f"write under earlier_recommendations: in {place}: {code}: {{state: under way}}; {_choice()}"
            yield Problem(message, edition.known.edition.mark, hint, year=edition.year)
    for code, entry in told.items():
        if code not in asked:
            message = f"{code} is not an open recommendation of an earlier year"
            near = nearest(code, asked) if asked else "no earlier recommendation is open"
            yield Problem(message, entry.mark, f"{near}; else remove the entry", year=edition.year)


def open_recommendations(edition: CheckedEdition) -> Iterator[Problem]:
    """Recommendations without recipient or date, and follow-ups without state."""
    for each in _made(edition):
        if each.is_open:
            lacking = " and ".join(word for word, has in (("to", each.to), ("by", each.by)) if not has)
            message = f"recommendation {each.code} does not state: {lacking}"
            yield Problem(message, each.mark, "write to: [its office] and by: the day or year", year=edition.year)
    for told in edition.known.data.follow_ups:
        if told.year == edition.year and told.state is RecommendationState.UNANSWERED:
            message = f"the follow-up to recommendation {told.code} is still open"
            yield Problem(message, told.mark, f"write state: under way; {_choice()}", year=edition.year)


def _choice() -> str:
    return f"the states are {', '.join(STATES)}"


def _record(edition: CheckedEdition, code: str) -> str:
    place = f"{DATA}/{edition.data.country.code}/{edition.year}.yaml"
    return f"write under recommendations: in {place}: {code}: {{to: [its office], by: {edition.year + 2}-12}}"


def _made(edition: CheckedEdition) -> tuple[Recommendation, ...]:
    return tuple(each for each in edition.known.data.recommendations if each.year == edition.year)
