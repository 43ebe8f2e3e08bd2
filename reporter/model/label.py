"""A text in several languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A text in one or more languages, in the order written."""

    texts: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """The text in this language, or in the first language that has one; empty when there is none."""
        return dict(self.texts).get(language) or (self.texts[0][1] if self.texts else "")

    def __bool__(self) -> bool:
        return bool(self.texts)
