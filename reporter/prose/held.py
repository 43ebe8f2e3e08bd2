"""Hold claims to the data: their words for multiples and amounts, years, streaks and numbers. A filter looks at one
change or rank; what words such as "every year since 2017" or "doubled" say besides is held here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from reporter.analysis import arithmetic
from reporter.i18n import N_
from reporter.i18n.words import BOUND_WORDS
from reporter.languages import Sign, known_language
from reporter.languages.language import any_of
from reporter.model import Observation, Qualifier, Vintage, is_given
from reporter.model.telling import At, Told, tell
from reporter.prose.claims import CHANGES, RANKS, STATES, because, beginning, next_best, why_untrue
from reporter.prose.expression import Expression
from reporter.prose.lexicon import Quantity, quantities

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


ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Streak:
    """That something holds in each of some years. `steps` is 0 where their number is not said."""

    text: str
    start: int
    end: int
    steps: int = 0


def streaks(text: str, language: str) -> Iterator[Streak]:
    """Find the words of a known language that say "every year"."""
    for match in known_language(language).every_year.finditer(text):
        found = {name: value for name, value in match.groupdict().items() if value}
        digits = next((int(value) for name, value in found.items() if name.startswith("digits")), 0)
        steps = digits or next((int(re.sub(r"\D", "", name)) for name in found), 0)
        yield Streak(match[0], match.start(), match.end(), steps)


def since(text: str, language: str) -> int | None:
    found = known_language(language).since.search(text)
    return int(found["since"]) if found else None


def disproof(expression: Expression, language: str, vintage: Vintage, seen: Observation) -> str:
    """Say why a claim is not true in all that it says. Empty when it is true in every word that is known."""
    if found := contradiction(expression, language, vintage, seen):
        return found
    reason = next(filter(None, _excesses(expression, language, vintage, seen)), "")
    return untrue(expression, reason) if reason else ""


def _excesses(expression: Expression, language: str, vintage: Vintage, seen: Observation) -> Iterator[str]:
    words, claim, base = expression.words[0], expression.filter, expression.base
    streak = next(streaks(words, language), None)
    if streak is None and base is not None and claim in STATES:
        streak = Streak(f"since {base}", 0, 0)
    if streak:
        base = base if base is not None or streak.steps else since(words, language)
        yield _broken(expression, language, vintage, seen, base, streak)
        base = seen.year - streak.steps if base is None and streak.steps else base
    yield _other_years(claim, language, words, vintage, seen, base)
    yield from _unheld(claim, language, words, vintage, seen, base)


def _broken(
    expression: Expression, language: str, vintage: Vintage, seen: Observation, base: int | None, streak: Streak
) -> str:
    claim = expression.filter
    if claim not in (*CHANGES, *STATES):
        return tell(N_("{claim} does not look at '{words}'"), claim=claim, words=streak.text)
    # Three years running are three changes, or a state of three years.
    first = seen.year - streak.steps + (claim in STATES) if streak.steps else base
    if first is None:
        return tell(N_("'{words}' needs the first year: write it after the words"), words=streak.text)
    if base not in (None, first):
        return tell(N_("'{words}' begins in {first}, not in {base}"), words=streak.text, first=first, base=base)
    if first >= seen.year:
        frame = N_("'{words}' is measured from {first}, which is not before {year}")
        return tell(frame, words=streak.text, first=first, year=seen.year)
    alone = replace(expression, base=None)
    for year in range(first, seen.year + 1):
        now = vintage.observation(seen.address, year)
        if now is None or not is_given(now):
            return tell(N_("nothing is known for {year}"), year=year)
        moved = arithmetic.change(vintage.series(seen.indicator, seen.code), year, year - 1)
        if year > first and moved.obstacle:
            apart = N_("{one} and {other} cannot be compared ({obstacle})")
            return tell(apart, one=year - 1, other=year, obstacle=because(moved.obstacle))
        found = contradiction(alone, language, vintage, now) if year > first or claim in STATES else None
        if found:
            return tell(N_("{reason} ({year})"), reason=found.parts["reason"], year=year)
    return ""


def _other_years(claim: str, language: str, words: str, vintage: Vintage, seen: Observation, base: int | None) -> str:
    said = since(words, language)
    start = beginning(claim, vintage, seen) if base is None else base
    if said is not None and said != start:
        follows = claim == "first" and start == said + 1
        wider = claim in RANKS and start <= said < seen.year
        if not (follows or wider):
            frame = N_("the words say {said}, {claim} looks at {base}: write {said} after the words")
            return tell(frame, said=said, claim=claim, base=start)
    known = {seen.year, start, said}
    other = next((int(each) for each in ANY_YEAR.findall(words) if int(each) not in known), None)
    return (
        tell(N_("the words say {said}, {claim} looks at {base}"), said=other, claim=claim, base=seen.year)
        if other
        else ""
    )


def _unheld(
    claim: str, language: str, words: str, vintage: Vintage, seen: Observation, base: int | None
) -> Iterator[str]:
    masked = words
    for pattern in (known_language(language).every_year, factors(language)):
        masked = pattern.sub(lambda match: "·" * len(match[0]), masked)
    for quantity in quantities(masked, language) if claim != "amounts" else ():
        if quantity.number != 1 or quantity.is_share or quantity.role:
            looked_at = [each for each in _numbers(claim, quantity, vintage, seen, base) if each is not None]
            if not any(map(quantity.fits, looked_at)):
                if looked_at:
                    number = shown(looked_at[0], quantity)
                    yield tell(N_("'{words}' is {number}"), words=quantity.text, number=number)
                else:
                    yield tell(N_("'{words}' is nothing that {claim} looks at"), words=quantity.text, claim=claim)


def _numbers(
    claim: str, quantity: Quantity, vintage: Vintage, seen: Observation, base: int | None
) -> Iterator[Decimal | None]:
    if claim in ("rose", "fell"):
        start = beginning(claim, vintage, seen) if base is None else base
        moved = arithmetic.change(vintage.series(seen.indicator, seen.code), seen.year, start)
        if moved.difference is None or moved.before is None or moved.after is None:
            return
        before, after = moved.before.value or Decimal(0), moved.after.value or Decimal(0)
        if quantity.role == "from":
            yield None if quantity.is_share else before
        elif quantity.role == "to":
            yield (after / before if before else None) if quantity.is_share else after
        elif quantity.is_share:
            large = vintage.settings.allows_percent(before) or not quantity.is_percent
            yield (
                abs(moved.difference) / before if before and large and (quantity.role or quantity.is_percent) else None
            )
        else:
            yield abs(moved.difference)
            yield after if not quantity.role else None
    elif quantity.is_share:
        yield share_of(vintage, seen, quantity)
    else:
        yield seen.value
