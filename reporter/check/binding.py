"""The expression to write for words that claim something of a figure.

It names the figure that stands beside the words, and a filter that it bears out where there is one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reporter.analysis.arithmetic import share
from reporter.check.prose_text import ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition
from reporter.check.terms import named_beside, parts_named
from reporter.errors import Mark
from reporter.model import Indicator, Observation, Passage, is_given
from reporter.prose.claims import PARTS
from reporter.prose.expression import Expression, parse
from reporter.prose.lexicon import ClaimWord
from reporter.prose.times import contradiction


@dataclass(frozen=True, slots=True)
class Bound:
    """A claim as written, and why it is untrue, if it is."""

    claim: str
    text: str
    untrue: str = ""


def bindings(edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, word: ClaimWord) -> str:
    """The expressions that bind a word to the figure beside it.

    When none of them is true, the first one with the reason.
    """
    language = parsed.passage.language
    beside = named_beside(edition, language, sentence.text, word.start)
    figures = beside or _printed(edition, parsed, sentence) or _stated(edition)[:1]
    pairs = ((claim, each) for claim in word.claims for each in _addresses(edition, claim, figures, language, sentence))
    return _told(_bound(edition, language, word.text, pairs))


def rebinding(edition: CheckedEdition, language: str, expression: Expression, claims: Sequence[str]) -> Bound | None:
    """Bind the words of an expression with a filter that fits them.

    Its figure stays; None when it has no value.
    """
    of = expression.address
    found = edition.known.catalogue.indicator(of)
    parts = [each.address for each in _parts(edition, found)] if found else []
    pairs = ((claim, each) for claim in claims for each in ((of,) if claim not in PARTS or not found else parts))
    return next(iter(_bound(edition, language, expression.words[0], pairs, expression.year)), None)


def share_beside(edition: CheckedEdition, language: str, sentence: Sentence, offset: int) -> str:
    """An expression that prints a share of the figure beside a place."""
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


def _bound(
    edition: CheckedEdition,
    language: str,
    words: str,
    pairs: Iterable[tuple[str, str]],
    year: int | None = None,
) -> list[Bound]:
    """Make expressions of claims and addresses, the true ones first."""
    found = []
    at = f" | at({year})" if year else ""
    for claim, address in pairs:
        text = f'{{{{ {address}{at} | {claim}("{words}") }}}}'
        expression = _parsed(text, language, edition.year)
        seen = edition.known.observation(address, year or edition.year)
        if expression and seen and is_given(seen):
            found.append(Bound(claim, text, contradiction(expression, language, edition.known, seen)))
        elif expression:
            found.append(Bound(claim, text, f"{address} has no value for {year or edition.year}"))
    return sorted(found, key=lambda each: bool(each.untrue))


def _told(found: Sequence[Bound]) -> str:
    # Of each filter the first one, which is of the nearest figure.
    true = {each.claim: each.text for each in reversed(found) if not each.untrue}
    if true or not found:
        return " or ".join([true[claim] for claim in dict.fromkeys(each.claim for each in found) if claim in true])
    return f"{found[0].text}; but {found[0].untrue}"


def _parsed(text: str, language: str, year: int) -> Expression | None:
    passage = Passage(section="", language=language, year=year, markdown=text, mark=Mark(""))
    pieces, refused = parse(passage)
    return next((piece.expression for piece in pieces if piece.expression), None) if not refused else None


def _addresses(
    edition: CheckedEdition, claim: str, figures: Iterable[Indicator], language: str, sentence: Sentence
) -> Iterator[str]:
    """The addresses that a claim can be made of.

    Those of parts, or of figures and the parts that are named.
    """
    for indicator in figures:
        named = parts_named(edition, indicator, language, sentence.text)
        yield from named
        if claim not in PARTS:
            yield indicator.code
        else:
            yield from (each.address for each in _parts(edition, indicator) if each.address not in named)


def _parts(edition: CheckedEdition, indicator: Indicator) -> list[Observation]:
    """The parts of an indicator in the edition's year, the largest first."""
    parts = (edition.known.parts(indicator.code, name, edition.year) for name in indicator.dimensions)
    given = [each for of_one in parts for each in of_one if is_given(each)]
    return sorted(given, key=lambda each: -(each.value or 0))


def _printed(edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence) -> list[Indicator]:
    """The indicators that a passage prints, those of a sentence first."""
    expressions = sorted(parsed.expressions, key=lambda each: each.mark not in sentence)
    seen = (edition.known.observation(each.address, edition.year) for each in expressions)
    codes = dict.fromkeys(each.indicator for each in seen if each and is_given(each) and not each.owner)
    return [found for code in codes if (found := edition.known.catalogue.indicator(code))]


def _stated(edition: CheckedEdition) -> list[Indicator]:
    """The indicators with a value in the year, key figures first."""
    found = (each for each in edition.known.catalogue.indicators if edition.known.observation(each.code, edition.year))
    return sorted(found, key=lambda each: each.key or len(edition.known.catalogue.indicators))
