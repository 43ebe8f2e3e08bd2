"""Text in several languages."""

from dataclasses import dataclass

# The official languages of the EU.
OFFICIAL = frozenset((
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
))  # fmt: skip


class Foreign(str):
    """Text taken from another language, which it remembers.

    Put into other text, it is plain text again.
    """

    language: str

    def __new__(cls, text: str, language: str) -> "Foreign":
        """Make the text, with the code of its language."""
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Pickle as plain text, which is all that the drawing process needs."""
        return str, (str(self),)


def language_of(text: str) -> str:
    """Return the language of a text taken from another language.

    Empty for all other text, also for what such a text was put into.
    """
    return text.language if isinstance(text, Foreign) else ""


@dataclass(frozen=True, slots=True)
class Label:
    """A text in one or more languages, in the order written."""

    texts: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """Return the text in a language, else in the first one written.

        The latter knows its language, as `Foreign`. Empty when there is no text.
        """
        found = dict(self.texts).get(language)
        if found or not self.texts:
            return found or ""
        other, words = self.texts[0]
        return Foreign(words, other)

    def __bool__(self) -> bool:
        return bool(self.texts)


# No text; what a field of words has when it is left out.
NO_WORDS = Label()
