"""A text in several languages."""

from dataclasses import dataclass


class Foreign(str):
    """Words that had to be taken from another language; they know which, as long as they are not put into others."""

    language: str

    def __new__(cls, text: str, language: str) -> "Foreign":
        """The words and the code of their language."""
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Another process, which draws them, needs the words alone."""
        return str, (str(self),)


def language_of(text: str) -> str:
    """The language of words that are not in the edition's own, as far as it is known; else empty."""
    return text.language if isinstance(text, Foreign) else ""


@dataclass(frozen=True, slots=True)
class Label:
    """A text in one or more languages, in the order written."""

    texts: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """The text in this language, or in the first language that has one; empty when there is none."""
        found = dict(self.texts).get(language)
        if found or not self.texts:
            return found or ""
        other, words = self.texts[0]
        return Foreign(words, other)

    def __bool__(self) -> bool:
        return bool(self.texts)
