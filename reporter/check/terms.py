"""The words of a sentence that name a figure."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from reporter.check.rule import CheckedEdition
from reporter.model import Indicator, is_given

WORD = re.compile(r"\d+(?:[  .,]\d{3}(?!\d))*(?:[.,]\d+)?|[^\W\d_]+(?:['’-][^\W\d_]+)*|[¤·]+")
# Words with so many equal letters at the beginning are of one family: convicted, convictions.
FAMILY, LESS_LIKELY = 6, 3

Terms = Mapping[str, list[tuple[tuple[str, ...], str]]]


def terms_of(edition: CheckedEdition, language: str) -> Terms:
    """The words that name an indicator with a value. By their first word, the longest first."""
    terms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stated = {seen.indicator for seen in edition.known.index.values() if is_given(seen)}
    for indicator, words in _terms(edition, language):
        if indicator.code in stated:
            terms.setdefault(words[0], []).append((words, indicator.code))
    return {first: sorted(found, key=lambda each: -len(each[0])) for first, found in terms.items()}


def term_at(words: Sequence[str], place: int, terms: Terms) -> tuple[tuple[str, ...], str] | None:
    found = terms.get(words[place], ())
    return next((each for each in found if tuple(words[place : place + len(each[0])]) == each[0]), None)


def distance(place: int, start: int, term: Sequence[str]) -> int:
    return start - place if start > place else place - (start + len(term) - 1)


def named_beside(
    edition: CheckedEdition, language: str, text: str, offset: int, printed: Collection[str] = ()
) -> list[Indicator]:
    """The indicators that a sentence names, those nearest to a place first. Of those that share a word, first the ones
    that are `printed` beside it, then those with a value in the edition's year, or in another one."""
    words = [match[0].lower() for match in WORD.finditer(text)]
    place = sum(1 for match in WORD.finditer(text) if match.start() < offset)
    stated = {seen.indicator for seen in edition.known.index.values() if is_given(seen)}
    found: list[tuple[tuple[int, bool, bool, bool, bool], Indicator]] = []
    for indicator, term in _terms(edition, language):
        seen = edition.known.observation(indicator.code, edition.year)
        unsaid = (seen is None or not is_given(seen), indicator.code not in stated)
        for start in range(len(words)):
            exact = tuple(words[start : start + len(term)]) == term
            if exact or _is_of_family(words[start], term[-1]):
                away = max(0, distance(place, start, term if exact else term[:1]))
                # A word of the family only is less likely what is meant: "records" are no persons on record.
                away += 0 if exact else LESS_LIKELY
                found.append(((away, not exact, indicator.code not in printed, *unsaid), indicator))
    found.sort(key=lambda each: each[0])
    return list({each.code: each for _, each in found}.values())


def parts_named(edition: CheckedEdition, indicator: Indicator, language: str, text: str) -> list[str]:
    words = [match[0].lower() for match in WORD.finditer(text)]
    found = []
    for member in (each for axis in edition.known.catalogue.axes(indicator) for each in axis.codes):
        label = [match[0].lower() for match in WORD.finditer(member.label.text(language))]
        if label and any(word == label[0] or _is_of_family(word, label[0]) for word in words):
            found.append(f"{indicator.code}.{member.code}")
    return found


def _terms(edition: CheckedEdition, language: str) -> Iterator[tuple[Indicator, tuple[str, ...]]]:
    for indicator in edition.known.catalogue.indicators:
        for term in dict(indicator.terms).get(language, ()):
            if words := tuple(term.lower().split()):
                yield indicator, words


def _is_of_family(one: str, other: str) -> bool:
    return len(one) >= FAMILY and len(other) >= FAMILY and one[:FAMILY] == other[:FAMILY]
