"""The words of a sentence that name a figure, and whether it makes a claim about one.

"More encouragement" and "may rise" claim nothing about a figure, even next to one."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporter.check.prose_text import Sentence
from reporter.check.rule import CheckedEdition
from reporter.data.languages import known_language
from reporter.data.languages.sentences import FILLER
from reporter.data.records import Indicator, is_given
from reporter.text.expression import Expression
from reporter.text.lexicon import ClaimWord

WORD = re.compile(r"\d+(?:[  .,]\d{3}(?!\d))*(?:[.,]\d+)?|[^\W\d_]+(?:['’-][^\W\d_]+)*|[¤·]+")
# Words that share so many first letters belong to one family: convicted, convictions.
FAMILY, LESS_LIKELY = 6, 3

Terms = Mapping[str, list[tuple[tuple[str, ...], str]]]


def terms_of(edition: CheckedEdition, language: str) -> Terms:
    """The words that name an indicator with a value, by their first word, the longest first."""
    terms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stated = {observation.indicator for observation in edition.vintage.index.values() if is_given(observation)}
    for indicator, words in _terms(edition, language):
        if indicator.code in stated:
            terms.setdefault(words[0], []).append((words, indicator.code))
    return {first: sorted(entries, key=lambda entry: -len(entry[0])) for first, entries in terms.items()}


def term_at(words: Sequence[str], place: int, terms: Terms) -> tuple[tuple[str, ...], str] | None:
    entries = terms.get(words[place], ())
    return next((entry for entry in entries if tuple(words[place : place + len(entry[0])]) == entry[0]), None)


def distance(place: int, start: int, term: Sequence[str]) -> int:
    return start - place if start > place else place - (start + len(term) - 1)


def figures_named(
    edition: CheckedEdition, language: str, text: str, offset: int, printed: Collection[str] = ()
) -> list[Indicator]:
    """The indicators that a sentence names, those nearest to a place first. Of those that share a word, first the ones
    that are `printed` next to it, then those with a value in the edition's year, then in another."""
    words = [match[0].lower() for match in WORD.finditer(text)]
    place = sum(1 for match in WORD.finditer(text) if match.start() < offset)
    stated = {figure.indicator for figure in edition.vintage.index.values() if is_given(figure)}
    candidates: list[tuple[tuple[int, bool, bool, bool, bool], Indicator]] = []
    for indicator, term in _terms(edition, language):
        observation = edition.vintage.observation(indicator.code, edition.year)
        unsaid = (observation is None or not is_given(observation), indicator.code not in stated)
        for start in range(len(words)):
            exact = tuple(words[start : start + len(term)]) == term
            if exact or _is_of_family(words[start], term[-1]):
                away = max(0, distance(place, start, term if exact else term[:1]))
                # A word that only shares the family is less likely meant: "records" are not persons on record.
                away += 0 if exact else LESS_LIKELY
                candidates.append(((away, not exact, indicator.code not in printed, *unsaid), indicator))
    candidates.sort(key=lambda candidate: candidate[0])
    return list({figure.code: figure for _, figure in candidates}.values())


def parts_named(edition: CheckedEdition, indicator: Indicator, language: str, text: str) -> list[str]:
    words = [match[0].lower() for match in WORD.finditer(text)]
    addresses, divided = [], edition.vintage.divided
    axes = (axis for axis in edition.vintage.catalogue.axes(indicator) if axis.code in divided)
    for member in (code for axis in axes for code in axis.codes):
        label = [match[0].lower() for match in WORD.finditer(member.label.text(language))]
        if label and any(word == label[0] or _is_of_family(word, label[0]) for word in words):
            addresses.append(f"{indicator.code}.{member.code}")
    return addresses


def _terms(edition: CheckedEdition, language: str) -> Iterator[tuple[Indicator, tuple[str, ...]]]:
    for indicator in edition.vintage.catalogue.indicators:
        for term in dict(indicator.terms).get(language, ()):
            if words := tuple(term.lower().split()):
                yield indicator, words


def _is_of_family(one: str, other: str) -> bool:
    return len(one) >= FAMILY and len(other) >= FAMILY and one[:FAMILY] == other[:FAMILY]


CASES = range(1, 5)
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Subjects:
    language: str
    terms: Terms
    labels: frozenset[str]

    def is_label(self, word: str) -> bool:
        """Return whether a small word is, or begins, the label of a part, in any grammatical case."""
        ending = known_language(self.language).case_ending
        return word[:FAMILY] in self.labels or any(
            word[:-size] in self.labels and ending.fullmatch(word[-size:]) for size in CASES
        )

    def names_figure(self, text: str) -> bool:
        prefix = known_language(self.language).denying_prefix
        words = [match[0].lower() for match in WORD.finditer(text)]
        # "Nenuteistas" (not convicted) names the convicted, too.
        bare = [re.sub(rf"^{prefix}", "", word) for word in words]
        words = [part if part in self.terms else word for part, word in zip(bare, words, strict=True)]
        return any(term_at(words, place, self.terms) for place in range(len(words)))

    def names_part(self, text: str) -> bool:
        return any(self.is_label(match[0].lower()) for match in WORD.finditer(text))


def subjects_of(edition: CheckedEdition, language: str) -> Subjects:
    """The words that name figures with a series, and their parts; counts of activities and law have no claims."""
    lexicon = known_language(language)
    series = {value.indicator for value in edition.vintage.index.values() if is_given(value) and not value.owner}
    terms = {
        first: entries
        for first, candidates in terms_of(edition, language).items()
        if (entries := [entry for entry in candidates if entry[1] in series])
    }
    indicators = filter(None, map(edition.vintage.catalogue.indicator, series))
    names = {name for indicator in indicators for name in indicator.dimensions} & edition.vintage.divided
    axes = map(edition.vintage.catalogue.dimension, names)
    labels: set[str] = set()
    for member in (code for axis in axes if axis for code in axis.codes):
        label = dict(member.label.texts).get(language, "").lower()
        named = [] if lexicon.unstated.search(label) else WORD.findall(label)[:1]
        for noun in named:
            if not lexicon.general.fullmatch(noun):
                labels |= {noun[:FAMILY], lexicon.label_stem(noun)[:FAMILY]}
    return Subjects(language, terms, frozenset(labels))


def is_of_series(edition: CheckedEdition, expression: Expression) -> bool:
    if expression.call:
        return False
    observation = edition.vintage.observation(expression.address, expression.year or edition.year)
    return observation is not None and not observation.owner


def is_claim(word: ClaimWord, sentence: Sentence, subjects: Subjects, *, prints: bool) -> bool:
    """Return whether words claim something about a figure in their paragraph (`prints`: in their sentence)."""
    lexicon, after = known_language(subjects.language), sentence.text[word.end :]
    if is_only_possible(word, sentence.text, subjects.language):
        return False
    of_part = word.claims[-1] == "amounts" and lexicon.part_follows.match(after)
    if (word.attributive or of_part) and (is_figure := _noun(word, after, subjects)) is not None:
        if word.claims[0] == "zero":
            return is_figure and bool(lexicon.happened.search(sentence.text))
        words = [match[0].lower() for match in WORD.finditer(sentence.text)]
        others = (token for place, token in enumerate(words) if not term_at(words, place, subjects.terms))
        return is_figure and (word.claims[0] != "all" or subjects.names_part(" ".join(others)))
    if word.claims[0] == "all":  # "only women were victims"
        part = WORD.search(after)
        is_of_part = part is not None and subjects.is_label(part[0].lower())
        return is_of_part and (prints or subjects.names_figure(sentence.text))
    if word.claims[0] == "zero":
        return _denies_figure(word, sentence, subjects)
    if prints or subjects.names_figure(sentence.text):
        return True
    return any(map(lexicon.counted.fullmatch, WORD.findall(sentence.text))) or subjects.names_part(sentence.text)


def is_only_possible(word: ClaimWord, text: str, language: str) -> bool:
    """Return whether words say what may be rather than what was, or what a number does not mean."""
    lexicon = known_language(language)
    return bool(lexicon.possible_before.search(text[: word.start]) or lexicon.possible_behind.match(text[word.end :]))


def _noun(word: ClaimWord, after: str, subjects: Subjects) -> bool | None:
    """Return whether the noun that follows is that of a figure, or None if no noun follows."""
    lexicon = known_language(subjects.language)
    clause = re.match(r"[^.,;:!?()]*", after)
    words = [piece.lower() for piece in WORD.findall(clause[0] if clause else "")]
    while words and lexicon.skipped.fullmatch(words[0]):
        words = words[1:]
    for place, token in enumerate(words[:MOST_WORDS]):
        if word.claims[-1] == "amounts" and lexicon.for_whom.search(token):
            continue
        if token[0] in f"{FILLER}·" or term_at(words, place, subjects.terms) or subjects.is_label(token):
            return True
        is_zero = word.claims[0] in ("zero", "all")
        if (lexicon.persons if is_zero else lexicon.counted).fullmatch(token):
            return True
        if lexicon.elsewhere.fullmatch(token):
            return None if place == 0 else False
    return False if words else None


def _denies_figure(word: ClaimWord, sentence: Sentence, subjects: Subjects) -> bool:
    """Return whether "none" or "nebuvo" is directly next to a figure."""
    lexicon = known_language(subjects.language)
    if not lexicon.is_absent.match(word.text):
        before = re.search(r"[^.,;:!?()]*$", sentence.text[: word.start])
        after = re.match(r"[^.,;:!?()]*", sentence.text[word.end :])
        text = " ".join(match[0] for match in (before, after) if match)
        behind = after[0].replace(FILLER, "") if after else ""
        if lexicon.habit.search(text) or (lexicon.nobody.fullmatch(word.text) and not lexicon.happened.search(behind)):
            return False
        named = FILLER in text or subjects.names_figure(text) or subjects.names_part(text)
        return named or bool(lexicon.not_done.search(text))
    last = WORD.findall(sentence.text[: word.start].lower())[-1:]
    later = WORD.findall(re.split(r"[.,;:!?()]", sentence.text[word.end :].lower())[0])[:MOST_WORDS]
    if any(lexicon.of_data.match(token) for token in later):
        return False
    following = [later[place:] for place in range(len(later))] if lexicon.absent_behind.match(word.text) else []
    return any(
        lexicon.absent_noun.fullmatch(tail[0]) and (term_at(tail, 0, subjects.terms) or subjects.is_label(tail[0]))
        for tail in (last, *following)
        if tail
    )
