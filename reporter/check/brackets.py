"""Rules for places that somebody meant to fill, such as TODO. A file that was begun by the program has texts in
brackets where somebody is to write. A draft may leave them; an edition that is none may not."""

import re
from collections.abc import Iterator

from reporter.check.prose_text import ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition, Places, Problem
from reporter.errors import Mark
from reporter.files.sources import SETTINGS
from reporter.languages import LANGUAGES
from reporter.languages.language import any_of
from reporter.model import Accepted, Difference, Label
from reporter.model.statement import statements

BRACKETS = re.compile(r"\[[^\[\]]+\]")
# A paragraph, an item, or what stands behind a label, that is nothing else.
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
    return f"{words} still stands in brackets" if words.startswith("[") else f"{words} stands where a text is to be"


def _records(edition: CheckedEdition) -> tuple[object, ...]:
    known = edition.known
    activities = (each for each in known.data.activities if each.year == known.year)
    lists = (each for each in known.data.lists if each.year == known.year)
    own = (each for each in known.catalogue.sources if each.country)
    rows: tuple[Accepted | Difference, ...] = (*known.data.accepted, *known.data.differences)
    reasons = (each for each in rows if each.vintage == known.year)
    revised = (each for each in known.data.revisions if each.now.vintage == known.year)
    states = (each for each in known.data.follow_ups if each.year == known.year)
    return (known.country, *own, *activities, *lists, *reasons, *revised, *states)


def _texts(record: object, mark: Mark, places: Places) -> Iterator[tuple[str, tuple[str, ...], Mark]]:
    """Every text of a record, with its key and place. Those of the records in it are among them."""
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
