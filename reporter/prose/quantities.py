"""Numbers, percentages and fractions that a text says. "Twenty-four", "56 %", "more than a third", "nearly half": each
with how exact it wants to be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from reporter.languages import Language, Sign, known_language
from reporter.languages.language import NONE, any_of, number_in_words
from reporter.prose.lookup import Lookup
from reporter.prose.typed_digits import names_of

TOLERANCE = Decimal("0.9")
HALF_A_POINT = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text says, and where it stands. `is_share` tells a percentage or fraction from a count,
    `is_spelt` a count in words from digits; `role` is "by", "from", "to" or empty."""

    text: str
    start: int
    end: int
    number: Decimal
    sign: Sign = Sign.EXACT
    is_share: bool = False
    is_percent: bool = False
    role: str = ""
    is_spelt: bool = False

    def fits(self, value: Decimal) -> bool:
        """Return whether a number is what the text says. A share that is said without "about" is right to half a
        percentage point."""
        near = HALF_A_POINT if self.is_share and self.sign is Sign.EXACT else Decimal(0)
        return {
            Sign.ABOVE: value > self.number,
            Sign.BELOW: value < self.number,
            Sign.LEAST: value >= self.number,
            Sign.MOST: value <= self.number,
            Sign.NEARLY: TOLERANCE * self.number <= value < self.number,
            Sign.ABOUT: TOLERANCE * self.number <= value <= self.number / TOLERANCE,
            Sign.EXACT: abs(value - self.number) <= near,
        }[self.sign]


def quantities(text: str, language: str) -> Iterator[Quantity]:
    """Find the numbers, percentages and fractions that a text says. None in a language whose numbers are not known.
    "One" alone counts nothing: "one of the"."""
    known = known_language(language)
    if known.units:
        masked = names_of(known).sub(lambda match: "·" * len(match[0]), text)
        for _, match in _lookup(known).matches(masked):
            yield _quantity(match, known, text)


def numbers_spelt(text: str, language: str) -> Iterator[re.Match[str]]:
    return (match for _, match in _spelt(known_language(language)).matches(text))


def number_of(words: str, known: Language) -> int:
    total = current = 0
    for word in re.split(r"[\s-]+", words.lower()):
        for number, each in enumerate(known.units, 1):
            current += number if re.fullmatch(each, word) else 0
        for number, each in enumerate(known.tens, 2):
            current += 10 * number if re.fullmatch(each, word) else 0
        for each, scale in known.scales.items():
            if re.fullmatch(each, word):
                total, current = total + max(current, 1) * scale, 0
    return total + current


@cache
def _spelt(known: Language) -> Lookup:
    return Lookup([*known.tens, *known.units, *known.scales])


@cache
def _lookup(known: Language) -> Lookup:
    signs = any_of(f"(?P<{sign.name}>{words})" for sign, words in known.signs)
    parts = any_of(f"(?P<f{number}>{words})" for number, (words, _, _) in enumerate(known.fractions))
    figures = r"\d+(?:[\u00a0\u202f\s,.]\d{3}(?!\d))*(?:[.,]\d+)?"
    spelt = number_in_words(known.units, known.tens, known.scales, known.glue)
    number = rf"(?:{parts})(?!\w)|(?P<count>{figures}|{spelt})(?!-\w|{known.lasting})"
    before = rf"(?:(?P<role>{any_of(known.roles)}) )?(?:(?:{signs}) )?(?:{known.leading})?"
    return Lookup([rf"{before}(?:{number}(?:\s*(?P<percent>%|{known.percent}))?)"])


def _quantity(match: re.Match[str], known: Language, text: str) -> Quantity:
    said = match["count"]
    part = next((each for each in range(len(known.fractions)) if match[f"f{each}"]), None)
    if part is not None:
        _, above, below = known.fractions[part]
        number = Decimal(above) / below
    elif said[0].isdigit():
        number = Decimal(re.sub(r"[  ]|[.,](?=\d{3}(?!\d))", "", said).replace(",", "."))
    else:
        number = Decimal(number_of(said, known))
    percent = bool(said and match["percent"])
    role = known.roles.get((match["role"] or "").lower(), "")
    if not role and (re.match(known.more, text[match.end() :], re.I) or known.by.fullmatch(match[0].split()[-1])):
        role = "by"
    return Quantity(
        text=" ".join(text[match.start() : match.end()].split()),
        start=match.start(),
        end=match.end(),
        number=number / 100 if percent else number,
        sign=next((sign for sign, _ in known.signs if match[sign.name]), Sign.EXACT),
        is_share=percent or part is not None,
        is_percent=percent,
        role=role,
        is_spelt=bool(said) and not said[0].isdigit(),
    )


def spelling(number: Decimal, language: str) -> str:
    """What a whole number below a hundred is like in words. It fits nothing for any other."""
    known = known_language(language)
    if number in range(1, len(known.units) + 1):
        return known.units[int(number) - 1]
    if number not in range(20, (len(known.tens) + 2) * 10):
        return NONE
    ten, unit = divmod(int(number), 10)
    return f"(?:{known.tens[ten - 2]})" + (f"(?:{known.glue})(?:{known.units[unit - 1]})" if unit else "")
