"""The words of a sentence that name a figure, whether it makes a claim about one, and an expression for the claim, if
possible true. "More encouragement" and "may rise" claim nothing about a figure, even next to one."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporter.check.prose_text import ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition
from reporter.data.errors import Mark
from reporter.data.languages import known_language
from reporter.data.languages.sentences import FILLER
from reporter.data.records import Indicator, Observation, Passage, is_given
from reporter.figures.analysis.arithmetic import share
from reporter.text.claim_numbers import BoundClaim, since
from reporter.text.claims import CHANGES, PARTS, RANKS
from reporter.text.expression import Expression, parse
from reporter.text.lexicon import ClaimWord, claim_words, quantities

WORD = re.compile(r"\d+(?:[  .,]\d{3}(?!\d))*(?:[.,]\d+)?|[^\W\d_]+(?:['’-][^\W\d_]+)*|[¤·]+")
# Words that share so many first letters belong to one family: convicted, convictions.
FAMILY, LESS_LIKELY = 6, 3

Terms = Mapping[str, list[tuple[tuple[str, ...], str]]]


def terms_of(edition: CheckedEdition, language: str) -> Terms:
    """The words that name an indicator with a value, by their first word, the longest first."""
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
    that are `printed` next to it, then those with a value in the edition's year, then in another."""
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
                # A word that only shares the family is less likely meant: "records" are not persons on record.
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


CASES = range(1, 5)
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Subjects:
    """The words of a language that name figures and parts."""

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
        bare = [re.sub(rf"^{prefix}", "", each) for each in words]
        words = [part if part in self.terms else each for part, each in zip(bare, words, strict=True)]
        return any(term_at(words, place, self.terms) for place in range(len(words)))

    def names_part(self, text: str) -> bool:
        return any(self.is_label(match[0].lower()) for match in WORD.finditer(text))


def subjects_of(edition: CheckedEdition, language: str) -> Subjects:
    """The words that name figures with a series, and their parts; counts of activities and law have no claims."""
    known = known_language(language)
    series = {seen.indicator for seen in edition.known.index.values() if is_given(seen) and not seen.owner}
    terms = {
        first: kept
        for first, found in terms_of(edition, language).items()
        if (kept := [each for each in found if each[1] in series])
    }
    indicators = filter(None, map(edition.known.catalogue.indicator, series))
    axes = map(edition.known.catalogue.dimension, {name for each in indicators for name in each.dimensions})
    labels: set[str] = set()
    for member in (each for axis in axes if axis for each in axis.codes):
        label = dict(member.label.texts).get(language, "").lower()
        named = [] if known.unstated.search(label) else WORD.findall(label)[:1]
        for noun in named:
            if not known.general.fullmatch(noun):
                labels |= {noun[:FAMILY], known.label_stem(noun)[:FAMILY]}
    return Subjects(language, terms, frozenset(labels))


def is_of_series(edition: CheckedEdition, expression: Expression) -> bool:
    if expression.call:
        return False
    seen = edition.known.observation(expression.address, expression.year or edition.year)
    return seen is not None and not seen.owner


def is_claim(word: ClaimWord, sentence: Sentence, subjects: Subjects, *, prints: bool) -> bool:
    """Return whether words claim something about a figure in their paragraph (`prints`: in their sentence)."""
    known, after = known_language(subjects.language), sentence.text[word.end :]
    if is_only_possible(word, sentence.text, subjects.language):
        return False
    of_part = word.claims[-1] == "amounts" and known.part_follows.match(after)
    if (word.attributive or of_part) and (said := _noun(word, after, subjects)) is not None:
        if word.claims[0] == "zero":
            return said and bool(known.happened.search(sentence.text))
        words = [match[0].lower() for match in WORD.finditer(sentence.text)]
        others = (each for place, each in enumerate(words) if not term_at(words, place, subjects.terms))
        return said and (word.claims[0] != "all" or subjects.names_part(" ".join(others)))
    if word.claims[0] == "all":  # "only women were victims"
        part = WORD.search(after)
        is_of_part = part is not None and subjects.is_label(part[0].lower())
        return is_of_part and (prints or subjects.names_figure(sentence.text))
    if word.claims[0] == "zero":
        return _denied_beside(word, sentence, subjects)
    if prints or subjects.names_figure(sentence.text):
        return True
    return any(map(known.counted.fullmatch, WORD.findall(sentence.text))) or subjects.names_part(sentence.text)


def is_only_possible(word: ClaimWord, text: str, language: str) -> bool:
    """Return whether words say what may be rather than what was, or what a number does not mean."""
    known = known_language(language)
    return bool(known.possible_before.search(text[: word.start]) or known.possible_behind.match(text[word.end :]))


def _noun(word: ClaimWord, after: str, subjects: Subjects) -> bool | None:
    """Return whether the noun that follows is that of a figure, or None if no noun follows."""
    known = known_language(subjects.language)
    clause = re.match(r"[^.,;:!?()]*", after)
    words = [each.lower() for each in WORD.findall(clause[0] if clause else "")]
    while words and known.skipped.fullmatch(words[0]):
        words = words[1:]
    for place, each in enumerate(words[:MOST_WORDS]):
        if word.claims[-1] == "amounts" and known.for_whom.search(each):
            continue
        if each[0] in f"{FILLER}·" or term_at(words, place, subjects.terms) or subjects.is_label(each):
            return True
        is_zero = word.claims[0] in ("zero", "all")
        if (known.persons if is_zero else known.counted).fullmatch(each):
            return True
        if known.elsewhere.fullmatch(each):
            return None if place == 0 else False
    return False if words else None


def _denied_beside(word: ClaimWord, sentence: Sentence, subjects: Subjects) -> bool:
    """Return whether "none" or "nebuvo" is directly next to a figure."""
    known = known_language(subjects.language)
    if not known.is_absent.match(word.text):
        before = re.search(r"[^.,;:!?()]*$", sentence.text[: word.start])
        after = re.match(r"[^.,;:!?()]*", sentence.text[word.end :])
        text = " ".join(each[0] for each in (before, after) if each)
        behind = after[0].replace(FILLER, "") if after else ""
        if known.habit.search(text) or (known.nobody.fullmatch(word.text) and not known.happened.search(behind)):
            return False
        named = FILLER in text or subjects.names_figure(text) or subjects.names_part(text)
        return named or bool(known.not_done.search(text))
    last = WORD.findall(sentence.text[: word.start].lower())[-1:]
    later = WORD.findall(re.split(r"[.,;:!?()]", sentence.text[word.end :].lower())[0])[:MOST_WORDS]
    if any(known.of_data.match(each) for each in later):
        return False
    following = [later[place:] for place in range(len(later))] if known.absent_behind.match(word.text) else []
    return any(
        known.absent_noun.fullmatch(each[0]) and (term_at(each, 0, subjects.terms) or subjects.is_label(each[0]))
        for each in (last, *following)
        if each
    )


# A share in words is that of a part, as a majority is.
OF_PARTS = (*PARTS, "amounts")
FILLED = re.compile(rf"{FILLER}+(?:\n{FILLER}+)*")
CLAUSE = re.compile(r"[.,;:!?()]")
# Verdicts that state what the data are; the others state what is not known.
CONTRARY = re.compile(
    r" is not true of [\w.]+: (?:it (?:went|was|is) (?!measured|not known|in doubt)|\d+ is not so|\D?.* is \d)"
)
NO_VALUE = re.compile(r"^[\w.]+ has no value for \d+$")


@dataclass(frozen=True, slots=True)
class Bound:
    """A claim as an expression, with the reason if it is untrue."""

    claim: str
    address: str
    text: str
    untrue: str = ""


def bindings(edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, word: ClaimWord) -> list[Bound]:
    """The expressions that bind a word and a year or number after it to the figure next to it, the true ones first."""
    language, after = parsed.passage.language, sentence.text[word.end :]
    # No filter checks how a share changed; the count may have changed the other way.
    clause = CLAUSE.split(sentence.text[: word.start])[-1]
    if word.claims[0] in CHANGES and known_language(language).shares.search(clause):
        return []
    near = _nearest(parsed, sentence, word)
    year = near[0].year if near else None
    figures = _beside(edition, parsed, sentence, word) or _printed(edition, (*near, *parsed.expressions))
    figures = figures or _stated(edition)[:1]
    words = " ".join(f"{word.text}{numbers_behind(after, language)}".split())
    # The expression does not support what further words say of other years or parts.
    alone = [each.claims for each in claim_words(words, language)]
    claims = [claim for claim in word.claims if all(claim in each for each in alone)]
    pairs = (
        (claim, each) for claim in claims for each in _addresses(edition, claim, figures, language, sentence, year)
    )
    first = since(word.text, language) or since(CLAUSE.split(after)[0], language)
    return verdicts(edition, language, words, pairs, year, first)


def contrary(
    edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, word: ClaimWord, found: Sequence[Bound]
) -> tuple[str, str]:
    """How the data contradict a word, and an expression that they support. Both are "" where this is unknown, where a
    binding is true, or where the sentence does not say which figure or part it means."""
    known = [each for each in found if not NO_VALUE.search(each.untrue)]
    if not known or known[0] is not found[0] or not all(CONTRARY.search(each.untrue) for each in known):
        return "", ""
    language, near = parsed.passage.language, _nearest(parsed, sentence, word)
    year = near[0].year if near else None
    meant = _beside(edition, parsed, sentence, word) or _printed(edition, near)
    named = {each for indicator in meant for each in parts_named(edition, indicator, language, sentence.text)}
    if not meant or (set(word.claims) <= set(OF_PARTS) and found[0].address not in named):
        return "", ""
    kinds = next((kind for kind in (CHANGES, RANKS) if found[0].claim in kind), ())
    others = verdicts(edition, language, "…", ((claim, found[0].address) for claim in kinds), year)
    return found[0].untrue, next((each.text for each in others if not each.untrue), "")


def told(found: Sequence[Bound]) -> str:
    """The true bindings in one line, for each filter the nearest; if none is true, the first with the reason."""
    true = {each.claim: each.text for each in reversed(found) if not each.untrue}
    if true or not found:
        return " or ".join([true[claim] for claim in dict.fromkeys(each.claim for each in found) if claim in true])
    return f"{found[0].text}; but {found[0].untrue}"


def rebinding(edition: CheckedEdition, language: str, expression: Expression, claims: Sequence[str]) -> Bound | None:
    """Bind the words of an expression to the same figure by a filter that fits, or None when it has no value."""
    of = expression.address
    found = edition.known.catalogue.indicator(of)
    parts = [each.address for each in _parts(edition, found)] if found else []
    pairs = ((claim, each) for claim in claims for each in ((of,) if claim not in OF_PARTS or not found else parts))
    return next(iter(verdicts(edition, language, expression.words[0], pairs, expression.year)), None)


def share_beside(edition: CheckedEdition, language: str, sentence: Sentence, offset: int) -> str:
    beside = [each for each in named_beside(edition, language, sentence.text, offset) if each.dimensions]
    for indicator in beside[:1] or _stated(edition):
        named = parts_named(edition, indicator, language, sentence.text)
        for seen in sorted(_parts(edition, indicator), key=lambda each: each.address not in named):
            total = edition.known.observation(seen.figure, seen.year)
            if total and share(seen, total):
                return f"{{{{ {seen.address} | share }}}}"
        if named:  # the year has no value for the part yet
            return f"{{{{ {named[0]} | share }}}}"
    return ""


def verdicts(
    edition: CheckedEdition,
    language: str,
    words: str,
    pairs: Iterable[tuple[str, str]],
    year: int | None = None,
    base: int | None = None,
) -> list[Bound]:
    """Make expressions of claims and addresses, each with its verdict, the true ones first."""
    found = []
    at = f" | at({year})" if year else ""
    for claim, address in pairs:
        # What occurs for the first time since a year occurred in that year.
        first = base + (claim == "first") if base and base < (year or edition.year) - (claim == "first") else None
        text = f'{{{{ {address}{at} | {claim}("{words}"{f", {first}" if first else ""}) }}}}'
        passage = Passage(section="", language=language, year=edition.year, markdown=text, mark=Mark(""))
        pieces, refused = parse(passage)
        expression = next((piece.expression for piece in pieces if piece.expression), None) if not refused else None
        seen = edition.known.observation(address, year or edition.year)
        if expression and seen and is_given(seen):
            untrue = BoundClaim(expression, language, edition.known, seen).disproof()
            found.append(Bound(claim, address, text, untrue))
        elif expression:
            found.append(Bound(claim, address, text, f"{address} has no value for {year or edition.year}"))
    return sorted(found, key=lambda each: bool(each.untrue))


def _addresses(
    edition: CheckedEdition,
    claim: str,
    figures: Iterable[Indicator],
    language: str,
    sentence: Sentence,
    year: int | None,
) -> Iterator[str]:
    """The addresses that a claim can be about: parts, or figures and the parts that are named."""
    for indicator in figures:
        named = [
            each
            for each in parts_named(edition, indicator, language, sentence.text)
            if is_given(edition.known.observation(each, year or edition.year))
        ]
        yield from named
        if claim not in OF_PARTS:
            yield indicator.code
        else:
            yield from (each.address for each in _parts(edition, indicator) if each.address not in named)


def _parts(edition: CheckedEdition, indicator: Indicator) -> list[Observation]:
    parts = (edition.known.parts(indicator.code, name, edition.year) for name in indicator.dimensions)
    given = [each for of_one in parts for each in of_one if is_given(each)]
    return sorted(given, key=lambda each: -(each.value or 0))


def numbers_behind(after: str, language: str) -> str:
    """The numbers that directly follow a claim, such as "by a third" or "from 39 to 24"."""
    end = 0
    for number in quantities(after, language):
        if not number.role or after[end : number.start].strip():
            break
        end = number.end
    return after[:end]


def _nearest(parsed: ParsedPassage, sentence: Sentence, word: ClaimWord) -> list[Expression]:
    found = {sentence.at(each.start()): each for each in FILLED.finditer(sentence.text)}
    inside = [each for each in parsed.expressions if each.mark in found and not each.call]
    return sorted(
        inside, key=lambda each: max(found[each.mark].start() - word.end, word.start - found[each.mark].end())
    )


def _beside(edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, word: ClaimWord) -> list[Indicator]:
    """The indicators that a sentence names, nearest first, printed ones before others; not counts of activities."""
    near = _nearest(parsed, sentence, word) or parsed.expressions
    printed = {each.code for each in _printed(edition, near)[:1]}
    owned = {seen.indicator: seen.owner for seen in edition.known.index.values()}
    # "A record level" does not mean persons on record.
    text = f"{sentence.text[: word.start]}{'·' * (word.end - word.start)}{sentence.text[word.end :]}"
    found = named_beside(edition, parsed.passage.language, text, word.start, printed)
    return [each for each in found if not owned.get(each.code)]


def _printed(edition: CheckedEdition, expressions: Iterable[Expression]) -> list[Indicator]:
    seen = (edition.known.observation(each.address, each.year or edition.year) for each in expressions)
    codes = dict.fromkeys(each.indicator for each in seen if each and is_given(each) and not each.owner)
    return [found for code in codes if (found := edition.known.catalogue.indicator(code))]


def _stated(edition: CheckedEdition) -> list[Indicator]:
    found = (each for each in edition.known.catalogue.indicators if edition.known.observation(each.code, edition.year))
    return sorted(found, key=lambda each: each.key or len(edition.known.catalogue.indicators))
