"""Hold years, streaks and numbers in a claim to its figure. A filter looks at one change or rank. Words that say more,
such as "every year since 2017" or "by 13", are held here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.analysis import arithmetic
from reporter.i18n import N_
from reporter.languages import known_language
from reporter.model import Observation, Vintage, is_given
from reporter.model.telling import tell
from reporter.prose.claims import CHANGES, RANKS, STATES, because, beginning
from reporter.prose.expression import Expression
from reporter.prose.quantities import Quantity, quantities
from reporter.prose.times import contradiction, factors, share_of, shown, untrue

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
