"""Challenges, what the figures say of them, and what is recommended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporter.document.document import Text


@dataclass(frozen=True, slots=True)
class Recommended:
    """A recommendation with its lines: addressed to whom, by when. One without a title and text is still to be written,
    which `waits` says. `language` is that of the title when it is not the edition's."""

    title: str
    text: "Text | None"
    lines: tuple[str, ...]
    waits: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge, what the figures say, and what is recommended. `number` is its place among the challenges;
    `language` is that of the title when it is not the edition's. `squares` are a part of a small whole that the figures
    tell, one for each, filled or not; `counted` says it in words."""

    number: int
    code: str
    title: str
    text: "Text | None"
    evidence: "Text | None"
    recommended: tuple[Recommended, ...]
    language: str = ""
    squares: tuple[bool, ...] = ()
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """The challenges of a year, a row each, below heads of columns. A head is empty where no row has anything in its
    column. The caption is for a table, which must have one."""

    caption: str
    heads: tuple[str, str, str]
    rows: tuple[Challenge, ...]

    def texts(self) -> "Iterator[Text]":
        """The running texts in reading order."""
        for row in self.rows:
            told = (row.text, row.evidence, *(each.text for each in row.recommended))
            yield from (text for text in told if text)

    def with_texts(self, change: "Callable[[Text], Text]") -> "Proposals":
        """Change the running texts."""

        def changed(text: "Text | None") -> "Text | None":
            return change(text) if text else None

        rows = tuple(
            replace(
                row,
                text=changed(row.text),
                evidence=changed(row.evidence),
                recommended=tuple(replace(each, text=changed(each.text)) for each in row.recommended),
            )
            for row in self.rows
        )
        return replace(self, rows=rows)
