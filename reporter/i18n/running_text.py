"""Forms that words take in running text. English writes numbers below ten as words, and the Netherlands with an
article. Other languages print what they print elsewhere: Lithuanian, which declines its numerals, keeps figures."""

import re
from decimal import Decimal
from unicodedata import normalize

from babel.core import get_global

from reporter.languages import known_language

# The codes of all currencies (ISO 4217).
CURRENCIES: tuple[str, ...] = tuple(sorted(get_global("all_currencies")))
IN_SMALL_LETTERS = re.compile("(?<=[α-ω])[\u0300-\u036f]+|(?<=i)\u0307")


def numeral(value: Decimal | int, language: str) -> str:
    """The word for a whole number from one to nine. Empty for any other number, and in a language without such
    words."""
    words = known_language(language).numerals
    return words[int(value) - 1] if value in range(1, len(words) + 1) else ""


def with_article(name: str, language: str) -> str:
    known = known_language(language)
    return known.article.format(name) if known.with_article.fullmatch(name) else name


def folded(text: str) -> str:
    """A text to compare with one in capitals: without forms of letters, without the accents that Greek has in small
    letters alone, and without the dot of i, which Turkish has in capitals too."""
    plain = normalize("NFD", normalize("NFKC", text).casefold().replace("ı", "i"))
    return IN_SMALL_LETTERS.sub("", plain)


def opening(text: str) -> str:
    """A text that begins a sentence. A code or a file at its head stays as it is."""
    first = text.partition(" ")[0].rstrip(".,:;")
    return text if "." in first else text[:1].upper() + text[1:]


def within(text: str, language: str) -> str:
    """A text as it goes on within a sentence. An abbreviation keeps its capitals, and a noun where the language wants
    one."""
    is_word = text[1:2].islower() or text[1:2] == " "
    return text[:1].lower() + text[1:] if is_word and not known_language(language).has_capital_nouns else text
