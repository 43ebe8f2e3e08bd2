"""The expression to write for words that claim something of a figure. It names the figure that stands beside the words,
and a filter that it bears out where there is one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reporter.check.prose_text import ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition
from reporter.check.subjects import named_beside, parts_named
from reporter.data.errors import Mark
from reporter.data.languages import known_language
from reporter.data.languages.sentences import FILLER
from reporter.data.records import Indicator, Observation, Passage, is_given
from reporter.figures.analysis.arithmetic import share
from reporter.text.claim_numbers import BoundClaim, since
from reporter.text.claims import CHANGES, PARTS, RANKS
from reporter.text.expression import Expression, parse
from reporter.text.lexicon import ClaimWord, claim_words, quantities

# A share that words say is one of a part, as a majority is.
OF_PARTS = (*PARTS, "amounts")
FILLED = re.compile(rf"{FILLER}+(?:\n{FILLER}+)*")
CLAUSE = re.compile(r"[.,;:!?()]")
# Reasons that say what the data are; the others say what they do not know.
CONTRARY = re.compile(
    r" is not true of [\w.]+: (?:it (?:went|was|is) (?!measured|not known|in doubt)|\d+ is not so|\D?.* is \d)"
)
NO_VALUE = re.compile(r"^[\w.]+ has no value for \d+$")


@dataclass(frozen=True, slots=True)
class Bound:
    """A claim as written, and why it is untrue, if it is."""

    claim: str
    address: str
    text: str
    untrue: str = ""


def bindings(edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, word: ClaimWord) -> list[Bound]:
    """The expressions that bind a word to the figure beside it. The true ones come first. A year or number that follows
    the word goes with it."""
    language, after = parsed.passage.language, sentence.text[word.end :]
    # No filter looks at how a share changed: that of its count may have changed otherwise.
    clause = CLAUSE.split(sentence.text[: word.start])[-1]
    if word.claims[0] in CHANGES and known_language(language).shares.search(clause):
        return []
    near = _nearest(parsed, sentence, word)
    year = near[0].year if near else None
    figures = _beside(edition, parsed, sentence, word) or _printed(edition, (*near, *parsed.expressions))
    figures = figures or _stated(edition)[:1]
    words = " ".join(f"{word.text}{numbers_behind(after, language)}".split())
    # What is said of other years or parts by words beyond these is not borne out by these alone.
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
    """What the data say against a word, and what they bear out. Both are empty where they do not know, where a binding
    is true, or where the sentence does not say which figure or part it means."""
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
    """The true ones of some bindings, in one line. Of each filter the first, which is of the nearest figure. When none
    is true, the first one with the reason."""
    true = {each.claim: each.text for each in reversed(found) if not each.untrue}
    if true or not found:
        return " or ".join([true[claim] for claim in dict.fromkeys(each.claim for each in found) if claim in true])
    return f"{found[0].text}; but {found[0].untrue}"


def rebinding(edition: CheckedEdition, language: str, expression: Expression, claims: Sequence[str]) -> Bound | None:
    """Bind the words of an expression with a filter that fits them. Its figure stays; None when it has no value."""
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
        if named:  # a part that the year has still to state
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
    """Make expressions of claims and addresses, each with its verdict. The true ones come first."""
    found = []
    at = f" | at({year})" if year else ""
    for claim, address in pairs:
        # What is said for the first time since a year was there in that year.
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
    """The addresses that a claim can be made of. Those of parts, or of figures and the parts that are named."""
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
    """The numbers that follow a claim at once, such as "by a third" or "from 39 to 24"."""
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
    """The indicators that a sentence names, the nearest first. Of these first the one that is printed. Nothing can be
    claimed of what is counted of activities alone."""
    near = _nearest(parsed, sentence, word) or parsed.expressions
    printed = {each.code for each in _printed(edition, near)[:1]}
    owned = {seen.indicator: seen.owner for seen in edition.known.index.values()}
    # "A record level" names no persons on record.
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
