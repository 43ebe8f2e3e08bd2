"""Rules for texts that still stand in brackets.

A file that was begun by the program has them where somebody is to write. A draft may leave them; an edition that is
none may not.
"""

import re
from collections.abc import Iterable, Iterator

from reporter.check.rule import CheckedEdition, Problem
from reporter.errors import Mark
from reporter.files.sources import SETTINGS
from reporter.model import Accepted, Difference, EditionStatus, Label
from reporter.model.statement import statements

BRACKETS = re.compile(r"\[[^\[\]]+\]")


def in_brackets(edition: CheckedEdition) -> Iterator[Problem]:
    """Texts that a draft still has in brackets."""
    if edition.known.edition.status is EditionStatus.DRAFT:
        yield from _in_brackets(edition)


def left_in_brackets(edition: CheckedEdition) -> Iterator[Problem]:
    """Texts in brackets in an edition that is no draft any more."""
    if edition.known.edition.status is not EditionStatus.DRAFT:
        yield from _in_brackets(edition)


def _in_brackets(edition: CheckedEdition) -> Iterator[Problem]:
    known = edition.known
    activities = (each for each in known.data.activities if each.year == known.year)
    lists = (each for each in known.data.lists if each.year == known.year)
    own = (each for each in known.catalogue.sources if each.country)
    told: tuple[Accepted | Difference, ...] = (*known.data.accepted, *known.data.differences)
    reasons = (each for each in told if each.vintage == known.year)
    revised = (each for each in known.data.revisions if each.now.vintage == known.year)
    records: Iterable[object] = (known.country, *own, *activities, *lists, *reasons, *revised)
    title = (("title", _words(known.settings.title), Mark(SETTINGS)),)
    for name, texts, mark in (*title, *(found for each in records for found in _texts(each, known.country.mark))):
        waiting = [words for words in texts if BRACKETS.fullmatch(words)]
        if waiting:
            message = f"{name}: {waiting[0]} still stands in brackets"
            yield Problem(message, mark, "write what is true, without brackets", year=known.year)


def _texts(record: object, mark: Mark) -> Iterator[tuple[str, tuple[str, ...], Mark]]:
    """Every text of a record, with its key and nearest place.

    Those of the records in it are among them.
    """
    kind: type = type(record)
    place = getattr(record, "mark", mark)
    for each in statements(kind):
        value = getattr(record, each.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Label | str):
                yield each.key, _words(inner), place
            elif each.record and isinstance(inner, each.record):
                yield from _texts(inner, place)


def _words(text: Label | str) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(words for _, words in text.texts)
