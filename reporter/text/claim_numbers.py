"""Check claims against the data: words for multiples and amounts, years, streaks and numbers. A filter checks one
change or rank; what words such as "every year since 2017" or "doubled" add is checked here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from reporter.data.i18n import N_
from reporter.data.i18n.words import BOUND_WORDS
from reporter.data.languages import Sign, known_language
from reporter.data.languages.language import any_of
from reporter.data.records import Observation, Qualifier, Vintage, is_given
from reporter.data.records.message import At, Told, tell
from reporter.figures.analysis import arithmetic
from reporter.text.claims import CHANGES, RANKS, STATES, because, beginning, next_best, why_untrue
from reporter.text.expression import Expression
from reporter.text.lexicon import TOLERANCE, Quantity, quantities

ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Streak:
    """A statement about each of some years; `steps` is 0 where their number is not given."""

    text: str
    start: int
    end: int
    steps: int = 0


def streaks(text: str, language: str) -> Iterator[Streak]:
    """Find the words of a known language for "every year"."""
    for match in known_language(language).every_year.finditer(text):
        groups = {name: value for name, value in match.groupdict().items() if value}
        digits = next((int(value) for name, value in groups.items() if name.startswith("digits")), 0)
        steps = digits or next((int(re.sub(r"\D", "", name)) for name in groups), 0)
        yield Streak(match[0], match.start(), match.end(), steps)


def since(text: str, language: str) -> int | None:
    match = known_language(language).since.search(text)
    return int(match["since"]) if match else None


def signs_before(text: str, language: str) -> set[Sign]:
    """How exact the words after a text are: nearly, at least."""
    signs = known_language(language).signs
    return {sign for sign, words in signs if re.search(rf"\b(?:{words})(?:\s+\w+)?\s+$", text, re.I)}


@cache
def factors(language: str) -> re.Pattern[str]:
    return re.compile(any_of(rf"\b(?:{pattern})\b" for _, pattern in known_language(language).multiples), re.I)


def digits(number: Decimal, quantity: Quantity) -> str:
    return f"{100 * number:.1f} %" if quantity.is_share else f"{number.normalize():f}"


@dataclass(frozen=True, slots=True)
class BoundClaim:
    """Words that are bound to a figure of an edition by the filter of a claim."""

    expression: Expression
    language: str
    vintage: Vintage
    value: Observation

    @property
    def claim(self) -> str:
        return self.expression.filter

    @property
    def words(self) -> str:
        return self.expression.words[0]

    def contradiction(self) -> Told | None:
        """Say why its words are not true of the figure, or None."""
        reason = why_untrue(self.claim, self.vintage, self.value, self.expression.base)
        if not reason:
            reason = self._wrong_amount() if self.claim == "amounts" else self._wrong_times() or self._wrong_since()
        return self._untrue(reason) if reason else None

    def disproof(self) -> str:
        """Say why it is not true in all that it says; empty when every known word is true."""
        if message := self.contradiction():
            return message
        reason = next(filter(None, self._excesses()), "")
        return self._untrue(reason) if reason else ""

    def share(self, quantity: Quantity) -> Decimal | None:
        """The share of a part; None where there is none, or its base is too small for a stated percentage."""
        observation = self.value
        total = self.vintage.observation(observation.figure, observation.year) if observation.code else None
        share = arithmetic.share(observation, total) if total else None
        if share is None or (quantity.is_percent and not self.vintage.settings.allows_percent(share.base)):
            return None
        return share.value

    def _untrue(self, reason: str) -> Told:
        figure = At(self.expression.address)
        return tell(N_("'{words}' is not true of {figure}: {reason}"), words=self.words, figure=figure, reason=reason)

    def _change(self, base: int) -> arithmetic.Change:
        return arithmetic.change(self.vintage.series(self.value.indicator, self.value.code), self.value.year, base)

    def _wrong_times(self) -> str:
        """Why a number is not the multiple that the words say; empty when it is, and when they name no multiple."""
        multiples = known_language(self.language).multiples
        matches = ((number, re.search(rf"\b(?:{pattern})\b", self.words, re.I)) for number, pattern in multiples)
        factor, match = next((hit for hit in matches if hit[1]), (0, None))
        signs = signs_before(self.words[: match.start()], self.language) if match else set()
        pair = self._pair() if factor else None
        if pair is None:
            return ""
        less, more = pair
        # With a word such as "nearly" before it, a multiple may be a little lower.
        least = factor * (TOLERANCE if {Sign.NEARLY, Sign.ABOUT} & signs else 1)
        if less > 0 and least <= more / less and (more / less < factor + 1 or {Sign.LEAST, Sign.ABOVE} & signs):
            return ""
        return tell(N_("{more} is not so many times {less}"), more=more, less=less)

    def _pair(self) -> tuple[Decimal, Decimal] | None:
        """The two numbers it compares, the supposedly smaller one first, or None where it compares nothing."""
        change = self._change(self.expression.base or self.value.year - 1)
        pairs = {
            "most": (next_best(self.vintage, self.value), self.value),
            "rose": (change.before, change.after),
            "fell": (change.after, change.before),
        }
        less, more = (observation.value if observation else None for observation in pairs.get(self.claim, (None, None)))
        return None if less is None or more is None else (less, more)

    def _wrong_since(self) -> str:
        """Why it is not the highest or lowest since a year: the series begins then, or a later year equals it."""
        base, item = self.expression.base, self.value
        if base is None or self.claim not in RANKS or not known_language(self.language).since_word.search(self.words):
            return ""
        if base <= beginning(self.claim, self.vintage, item):
            return tell(N_("the series begins in {base}: say so, and leave the year out"), base=base)
        between = (other for other in self.vintage.series(item.indicator, item.code) if base < other.year < item.year)
        equal = next((other for other in between if is_given(other) and other.value == item.value), None)
        return tell(N_("it was {value} in {year} too"), value=item.value, year=equal.year) if equal else ""

    def _wrong_amount(self) -> str:
        amounts, item = tuple(quantities(self.words, self.language)), self.value
        if not amounts:
            return tell(N_("no number is read in the words"))
        for amount in amounts:
            number = self.share(amount) if amount.is_share else item.value
            if number is None:
                return tell(N_("there is no share for '{words}' in {year}"), words=amount.text, year=item.year)
            is_meant = {Qualifier.EXACT: True, Qualifier.AT_LEAST: amount.sign in (Sign.ABOVE, Sign.LEAST)}.get(
                item.qualifier, amount.sign is Sign.ABOUT
            )
            if not (amount.fits(number) and is_meant):
                text = tell(BOUND_WORDS[item.qualifier], n=digits(number, amount))
                return tell(N_("it is {value} in {year}, not '{words}'"), value=text, year=item.year, words=amount.text)
        return ""

    def _excesses(self) -> Iterator[str]:
        """What its words say and the filter does not check, where that is not true."""
        base = self.expression.base
        streak = next(streaks(self.words, self.language), None)
        if streak is None and base is not None and self.claim in STATES:
            streak = Streak(f"since {base}", 0, 0)
        if streak:
            base = base if base is not None or streak.steps else since(self.words, self.language)
            yield self._broken(base, streak)
            base = self.value.year - streak.steps if base is None and streak.steps else base
        start = beginning(self.claim, self.vintage, self.value) if base is None else base
        yield self._other_years(start)
        yield from self._unheld(start)

    def _broken(self, base: int | None, streak: Streak) -> str:
        claim, observation = self.claim, self.value
        if claim not in (*CHANGES, *STATES):
            return tell(N_("{claim} does not check '{words}'"), claim=claim, words=streak.text)
        # Three years running are three changes, or a state of three years.
        first = observation.year - streak.steps + (claim in STATES) if streak.steps else base
        if first is None:
            return tell(N_("'{words}' needs a first year: add it after the words"), words=streak.text)
        if base not in (None, first):
            return tell(N_("'{words}' begins in {first}, not in {base}"), words=streak.text, first=first, base=base)
        if first >= observation.year:
            frame = N_("'{words}' is measured from {first}, which is not before {year}")
            return tell(frame, words=streak.text, first=first, year=observation.year)
        for year in range(first, observation.year + 1):
            now = self.vintage.observation(observation.address, year)
            if now is None or not is_given(now):
                return tell(N_("nothing is known for {year}"), year=year)
            moved = arithmetic.change(self.vintage.series(observation.indicator, observation.code), year, year - 1)
            if year > first and moved.obstacle:
                obstacle_frame = N_("{one} and {other} cannot be compared ({obstacle})")
                return tell(obstacle_frame, one=year - 1, other=year, obstacle=because(moved.obstacle))
            alone = replace(self, expression=replace(self.expression, base=None), value=now)
            if contradiction := alone.contradiction() if year > first or claim in STATES else None:
                return tell(N_("{reason} ({year})"), reason=contradiction.parts["reason"], year=year)
        return ""

    def _other_years(self, start: int) -> str:
        claim, year, word_year = self.claim, self.value.year, since(self.words, self.language)
        if word_year is not None and word_year != start:
            follows = claim == "first" and start == word_year + 1
            wider = claim in RANKS and start <= word_year < year
            if not (follows or wider):
                frame = N_("the words say {said}, but {claim} checks {base}: add {said} after the words")
                return tell(frame, said=word_year, claim=claim, base=start)
        other = next((n for n in map(int, ANY_YEAR.findall(self.words)) if n not in (year, start, word_year)), None)
        frame = N_("the words say {said}, but {claim} checks {base}")
        return tell(frame, said=other, claim=claim, base=year) if other else ""

    def _unheld(self, start: int) -> Iterator[str]:
        masked = self.words
        for pattern in (known_language(self.language).every_year, factors(self.language)):
            masked = pattern.sub(lambda match: "·" * len(match[0]), masked)
        for quantity in quantities(masked, self.language) if self.claim != "amounts" else ():
            if quantity.number != 1 or quantity.is_share or quantity.role:
                looked_at = [number for number in self._numbers(quantity, start) if number is not None]
                if looked_at and not any(map(quantity.fits, looked_at)):
                    yield tell(N_("'{words}' is {number}"), words=quantity.text, number=digits(looked_at[0], quantity))
                elif not looked_at:
                    frame = N_("'{words}' is not checked by {claim}")
                    yield tell(frame, words=quantity.text, claim=self.claim)

    def _numbers(self, quantity: Quantity, start: int) -> Iterator[Decimal | None]:
        """What a number in the words may be."""
        if self.claim not in ("rose", "fell"):
            yield self.share(quantity) if quantity.is_share else self.value.value
            return
        moved = self._change(start)
        if moved.difference is None or moved.before is None or moved.after is None:
            return
        before, after = moved.before.value or Decimal(0), moved.after.value or Decimal(0)
        if quantity.role == "from":
            yield None if quantity.is_share else before
        elif quantity.role == "to":
            yield (after / before if before else None) if quantity.is_share else after
        elif quantity.is_share:
            large = self.vintage.settings.allows_percent(before) or not quantity.is_percent
            is_said = before and large and (quantity.role or quantity.is_percent)
            yield abs(moved.difference) / before if is_said else None
        else:
            yield abs(moved.difference)
            yield after if not quantity.role else None
