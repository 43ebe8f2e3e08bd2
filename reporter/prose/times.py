"""Check claims against the data, with their words for multiples and amounts. "Doubled" and "half as many" say how many
times one number is another, "more than a third" what part of it."""

import re
from decimal import Decimal
from functools import cache

from reporter.analysis import arithmetic
from reporter.i18n import N_
from reporter.i18n.words import BOUND_WORDS
from reporter.languages import Sign, known_language
from reporter.languages.language import any_of
from reporter.model import Observation, Qualifier, Vintage, is_given
from reporter.model.telling import At, Told, tell
from reporter.prose.claims import RANKS, beginning, next_best, why_untrue
from reporter.prose.expression import Expression
from reporter.prose.quantities import Quantity, quantities

# With a word such as "nearly" before it, a multiple may be a little lower.
TOLERANCE = Decimal("0.9")


def contradiction(expression: Expression, language: str, vintage: Vintage, seen: Observation) -> Told | None:
    """Say why a claim's words are not true of a figure. None when they are true."""
    claim, words, base = expression.filter, expression.words[0], expression.base
    reason = why_untrue(claim, vintage, seen, base) or (
        _wrong_amount(words, language, vintage, seen)
        if claim == "amounts"
        else _wrong_times(words, language, claim, vintage, seen, base)
        or _wrong_since(words, language, claim, vintage, seen, base)
    )
    return untrue(expression, reason) if reason else None


def _wrong_times(words: str, language: str, claim: str, vintage: Vintage, seen: Observation, base: int | None) -> str:
    """Why a number is not the multiple that the words say. Empty when it is, and when the words name no multiple."""
    multiples = known_language(language).multiples
    said = ((number, re.search(rf"\b(?:{each})\b", words, re.I)) for number, each in multiples)
    factor, match = next((each for each in said if each[1]), (0, None))
    signs = signs_before(words[: match.start()], language) if match else set()
    pair = _pair(claim, vintage, seen, base) if factor else None
    if pair is None:
        return ""
    less, more = pair
    least = factor * (TOLERANCE if {Sign.NEARLY, Sign.ABOUT} & signs else 1)
    if less > 0 and least <= more / less and (more / less < factor + 1 or {Sign.LEAST, Sign.ABOVE} & signs):
        return ""
    return tell(N_("{more} is not so many times {less}"), more=more, less=less)


def _wrong_since(words: str, language: str, claim: str, vintage: Vintage, seen: Observation, base: int | None) -> str:
    """Why a number is not the highest or lowest since a year. With a year the words say that it was as high or low
    then: not so where the series begins, nor where another year lies between."""
    if base is None or claim not in RANKS or not known_language(language).since_word.search(words):
        return ""
    if base <= beginning(claim, vintage, seen):
        return tell(N_("the series begins in {base}: say so, and leave the year out"), base=base)
    between = (each for each in vintage.series(seen.indicator, seen.code) if base < each.year < seen.year)
    equal = next((each for each in between if is_given(each) and each.value == seen.value), None)
    return tell(N_("it was {value} in {year} too"), value=seen.value, year=equal.year) if equal else ""


def _wrong_amount(words: str, language: str, vintage: Vintage, seen: Observation) -> str:
    said = tuple(quantities(words, language))
    if not said:
        return tell(N_("no number is read in the words"))
    for each in said:
        number = share_of(vintage, seen, each) if each.is_share else seen.value
        if number is None:
            return tell(N_("it has no share to be '{words}' in {year}"), words=each.text, year=seen.year)
        if not (
            each.fits(number)
            and (
                each.sign in (Sign.ABOVE, Sign.LEAST)
                if seen.qualifier is Qualifier.AT_LEAST
                else seen.qualifier is Qualifier.EXACT or each.sign is Sign.ABOUT
            )
        ):
            held = tell(BOUND_WORDS[seen.qualifier], n=shown(number, each))
            return tell(N_("it is {value} in {year}, not '{words}'"), value=held, year=seen.year, words=each.text)
    return ""


def share_of(vintage: Vintage, seen: Observation, said: Quantity) -> Decimal | None:
    """The share of a part. None where there is none, or its base is too small for a percentage that is said."""
    total = vintage.observation(seen.figure, seen.year) if seen.code else None
    share = arithmetic.share(seen, total) if total else None
    if share is None or (said.is_percent and not vintage.settings.allows_percent(share.base)):
        return None
    return share.value


def signs_before(text: str, language: str) -> set[Sign]:
    """How exactly the words are meant that follow a text: nearly, at least."""
    known = known_language(language).signs
    return {sign for sign, words in known if re.search(rf"\b(?:{words})(?:\s+\w+)?\s+$", text, re.I)}


def untrue(expression: Expression, reason: str) -> Told:
    words, figure = expression.words[0], At(expression.address)
    return tell(N_("'{words}' is not true of {figure}: {reason}"), words=words, figure=figure, reason=reason)


def shown(number: Decimal, said: Quantity) -> str:
    return f"{100 * number:.1f} %" if said.is_share else f"{number.normalize():f}"


@cache
def factors(language: str) -> re.Pattern[str]:
    return re.compile(any_of(rf"\b(?:{each})\b" for _, each in known_language(language).multiples), re.I)


def _pair(claim: str, vintage: Vintage, seen: Observation, base: int | None) -> tuple[Decimal, Decimal] | None:
    """The two numbers a claim compares, the supposedly smaller one first. None where it compares nothing."""
    if claim == "most":
        other = next_best(vintage, seen)
        return (other.value, seen.value) if other and other.value is not None and seen.value is not None else None
    if claim not in ("rose", "fell"):
        return None
    found = arithmetic.change(vintage.series(seen.indicator, seen.code), seen.year, base or seen.year - 1)
    values = [each.value for each in (found.before, found.after) if each and each.value is not None]
    if len(values) < 2:
        return None
    before, after = values
    return (before, after) if claim == "rose" else (after, before)
