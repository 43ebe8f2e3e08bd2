"""Which values a paragraph tells."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from reporter.i18n import Locale
from reporter.model import Observation, Vintage
from reporter.prose.markdown_text import Block
from reporter.prose.quantities import ENGLISH_TENS, ENGLISH_UNITS, quantities

# An address, its year and its value; of a list of countries there is none.
Told = tuple[str, int, Decimal | None]
COUNTRIES = "countries."
UNITS, TENS = ENGLISH_UNITS.split(), ENGLISH_TENS.split()
HUNDRED = 100


def told(seen: Observation) -> Told:
    """What a value is known by when it has been told."""
    return seen.address, seen.year, seen.value


def told_values(block: Block, vintage: Vintage, locale: Locale) -> Iterator[Told]:
    """The values whose numbers stand in a paragraph, and its lists of countries.

    What is only claimed of a value, or printed as a percentage, does not tell it.
    """
    for shown in block.shown:
        if shown.address.startswith(COUNTRIES):
            yield shown.address, vintage.year, None
        yield from (
            told(each)
            for each in shown.observations
            if each.value is not None and _says(shown.text, each.value, locale)
        )


def is_told(values: Collection[Decimal], text: str, language: str) -> bool:
    """Return whether a text says any of some numbers, in figures or words."""
    if not values:
        return False
    said = {each.number for each in quantities(text, language)}
    figures = {Decimal(each.replace(",", "")) for each in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    return bool((said | figures) & set(values))


def _says(text: str, value: Decimal, locale: Locale) -> bool:
    words = "|".join(re.escape(each) for each in (locale.number(value), *_in_words(value)))
    return bool(re.search(rf"(?<![\w.,\u2212-])(?:{words})(?![\w%]|[.,]\d|\s?%)", text, re.IGNORECASE))


def _in_words(value: Decimal) -> Iterator[str]:
    """A number as an English sentence spells it."""
    if value != int(value) or not 0 < value < HUNDRED:
        return
    tens, units = divmod(int(value), 10)
    if value <= len(UNITS):
        yield UNITS[int(value) - 1]
    elif tens > 1:
        yield "-".join((TENS[tens - 2], *UNITS[units - 1 : units]) if units else (TENS[tens - 2],))
