"""Which values a paragraph tells."""

import re
from collections.abc import Iterator
from decimal import Decimal

from reporter.i18n import Locale
from reporter.model import Observation, Vintage
from reporter.prose.markdown_text import Block
from reporter.prose.markdown_writer import escaped
from reporter.prose.quantities import ENGLISH_TENS, ENGLISH_UNITS, in_words, quantities

# An address, its year and its value; of a list of countries there is none.
Fact = tuple[str, int, Decimal | None]
COUNTRIES = "countries."
DIGITS = re.compile(r"(?<!\d)(?![12]\d{3}(?!\d))\d")
SPELT = re.compile(rf"\b(?:{'|'.join((*ENGLISH_UNITS.split(), *ENGLISH_TENS.split()))})\b", re.IGNORECASE)


def told(seen: Observation) -> Fact:
    """What a value is known by when it has been told."""
    return seen.address, seen.year, seen.value


def told_values(block: Block, vintage: Vintage, locale: Locale) -> Iterator[Fact]:
    """The values and lists of countries that a paragraph tells. What is only claimed of a value, or printed as a
    percentage, does not tell it."""
    for shown in block.shown:
        if shown.address.startswith(COUNTRIES):
            yield shown.address, vintage.year, None
        for each in shown.observations:
            if each.value is None:
                continue
            words = "|".join(re.escape(word) for word in (locale.number(each.value), *in_words(each.value)))
            if re.search(rf"(?<![\w.,\u2212-])(?:{words})(?![\w%]|[.,]\d|\s?%)", shown.text, re.IGNORECASE):
                yield told(each)


def has_typed_numbers(block: Block, language: str) -> bool:
    """Return whether a paragraph says a number that somebody typed. In digits or words; those that figures print are
    none, nor are years."""
    text = block.markdown
    for shown in block.shown:
        text = text.replace(escaped(shown.text), " ", 1)
    return says_number(text, language)


def says_number(text: str, language: str) -> bool:
    """Return whether a text says any number but a year. Also how long, how often, and "one", which `quantities` reads
    as no count."""
    return bool(DIGITS.search(text) or SPELT.search(text) or next(quantities(text, language), None))
