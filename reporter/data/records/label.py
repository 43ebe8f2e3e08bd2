"""Text in several languages, and text already rendered in one of them."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from reporter.data.languages import within

# The official languages of the EU.
OFFICIAL = frozenset((
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
))  # fmt: skip
# The language of the program's own text, used if others are missing.
ENGLISH = "en"
# What a spreadsheet would compute, or request from a program; a printed change such as +5 (+10%) is neither.
FORMULA = re.compile(r"[=@\t\r]|(?![+-]\d[\d.,\s]* \([+\u2212-][\d.,\s]+%\)\Z)[+-].*[(|!]", re.S)
# Collects the English texts whose translations a document prints; None while none is composed.
PRINTED: ContextVar[set[str] | None] = ContextVar("printed", default=None)
T = TypeVar("T")


class Said(str):
    """Text in one language that can be rendered in another. `language` is set if it is not the one requested. Plain
    concatenation loses this; `Locale` composes sentences from it, wholly in one language."""

    language: str
    again: Callable[[str], str]

    def __new__(cls, text: str, language: str = "", again: Callable[[str], str] | None = None) -> "Said":
        """Make the text, with its language and how to render it again (None, as from a template: never)."""
        instance = super().__new__(cls, text)
        instance.language = language
        instance.again = again or (lambda _: text)
        return instance

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


def language_of(text: object) -> str:
    """The language of a text that is not in the requested one; empty for all other text, even if composed of such."""
    return text.language if isinstance(text, Said) else ""


def rendered_in(value: T, language: str) -> T | str:
    """A text rendered in another language. Plain text and other values stay as they are."""
    return value.again(language) if isinstance(value, Said) else value


def turned(text: str, language: str) -> str:
    """A text rendered in another language than requested; the result knows that language, or is still in its own."""
    rendered_text = rendered_in(text, language)
    return Said(rendered_text, language_of(rendered_text) or language, text.again if isinstance(text, Said) else None)


def altered(text: str, alter: Callable[[str], str]) -> str:
    if not isinstance(text, Said):
        return alter(text)
    return Said(alter(text), text.language, lambda language: altered(text.again(language), alter))


def united(sign: str, texts: Iterable[str]) -> str:
    """Join rendered texts in one language: that of a text not in the requested one, if any."""
    parts = tuple(texts)
    foreign = next(filter(None, map(language_of, parts)), "")
    rendered_texts = (rendered_in(part, foreign) if foreign else part for part in parts)
    return Said(
        sign.join(map(str, rendered_texts)),
        foreign,
        lambda language: united(sign, (rendered_in(part, language) for part in parts)),
    )


@dataclass(frozen=True, slots=True)
class Label:
    """A text in one or more languages, in the order written."""

    texts: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """The text in a language, else English, else the first, as `Said`; empty if there is none."""
        text_by_language = dict(self.texts)
        if not text_by_language:
            return ""
        text_language = next((code for code in (language, ENGLISH) if text_by_language.get(code)), self.texts[0][0])
        if text_language != ENGLISH and (printed := PRINTED.get()) is not None:
            printed.add(text_by_language.get(ENGLISH, ""))
        return Said(text_by_language[text_language], "" if text_language == language else text_language, self.text)

    def __bool__(self) -> bool:
        return bool(self.texts)


# No text: the default of a text field.
NO_WORDS = Label()


def joined_labels(labels: Sequence[Label]) -> Label:
    """Labels as one: Sexual exploitation, women. It is in the languages that all of them have."""
    first, *others = (dict(label.texts) for label in labels)
    return Label(
        tuple(
            (language, ", ".join((text, *(within(other[language], language) for other in others))))
            for language, text in first.items()
            if all(language in other for other in others)
        )
    )
