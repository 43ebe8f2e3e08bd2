"""Text in several languages, and what was said in one of them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

# The official languages of the EU.
OFFICIAL = frozenset((
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
))  # fmt: skip
# The language of the program's own words, which stand in where others are missing.
ENGLISH = "en"
# What a spreadsheet would work out, or ask another program for, instead of showing it.
# A change as it is printed, +5 (+10%), is neither.
FORMULA = re.compile(r"[=@\t\r]|(?![+-]\d[\d.,\s]* \([+\u2212-][\d.,\s]+%\)\Z)[+-].*[(|!]", re.S)
T = TypeVar("T")


class Said(str):
    """Text said in one language, which can be said again in another. `language` is set where it is not the one asked
    for. Put into other text, it is plain text again: a sentence that holds it is made by `Locale`, which keeps all of
    it in one language."""

    language: str
    again: Callable[[str], str]

    def __new__(cls, text: str, language: str = "", again: Callable[[str], str] | None = None) -> "Said":
        """Make the text, with its language and how to say it again. Text of which that is not known, such as a template
        puts together, stays as it is."""
        made = super().__new__(cls, text)
        made.language = language
        made.again = again or (lambda _: text)
        return made

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


def language_of(text: object) -> str:
    """Return the language of a text that is in another one. Empty for all other text, also for what such a text was put
    into."""
    return text.language if isinstance(text, Said) else ""


def said_again(value: T, language: str) -> T | str:
    """Say a text in another language. Plain text and other values stay as they are."""
    return value.again(language) if isinstance(value, Said) else value


def turned(text: str, language: str) -> str:
    """Turn a text into another language than was asked for. It knows that it is in that one, or still in its own."""
    said = said_again(text, language)
    return Said(said, language_of(said) or language, text.again if isinstance(text, Said) else None)


def altered(text: str, alter: Callable[[str], str]) -> str:
    if not isinstance(text, Said):
        return alter(text)
    return Said(alter(text), text.language, lambda language: altered(text.again(language), alter))


def united(sign: str, texts: Iterable[str]) -> str:
    """Join texts that were said already, in one language. That is the language of one that is not in the one asked
    for."""
    parts = tuple(texts)
    foreign = next(filter(None, map(language_of, parts)), "")
    said = (said_again(each, foreign) if foreign else each for each in parts)
    return Said(
        sign.join(map(str, said)),
        foreign,
        lambda language: united(sign, (said_again(each, language) for each in parts)),
    )


@dataclass(frozen=True, slots=True)
class Label:
    """A text in one or more languages, in the order written."""

    texts: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """Return the text in a language, else English, else the first. It can be said again in another language, and
        knows where it is not in the one asked for. Empty when there is no text."""
        known = dict(self.texts)
        if not known:
            return ""
        found = next((each for each in (language, ENGLISH) if known.get(each)), self.texts[0][0])
        return Said(known[found], "" if found == language else found, self.text)

    def __bool__(self) -> bool:
        return bool(self.texts)


# No text; what a field of words has when it is left out.
NO_WORDS = Label()
