"""The findings that a draft marks, each by its number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reporter.data.errors import Finding, Mark
from reporter.data.records.label import language_of
from reporter.text.tree import Inline, Link, Words

SIGN = "▲"


@dataclass(frozen=True, slots=True)
class Flags:
    """The findings that are marked, in the order of their numbers; those of a group have one. `word` is what stands
    beside the sign in running text: "Finding {n}" in `language`, that of the pages."""

    groups: tuple[tuple[Finding, ...], ...] = ()
    word: str = "{n}"
    language: str = ""

    def at(self, marks: Iterable[Mark]) -> tuple[int, ...]:
        places = set(marks)
        return tuple(n for n, group in enumerate(self.groups, 1) if any(each.mark in places for each in group))

    def on_lines(self, path: str) -> Iterator[tuple[int, int]]:
        groups = enumerate(self.groups, 1)
        found = ((each.mark.line, n) for n, group in groups for each in group if each.mark.path == path)
        return iter(dict.fromkeys(found))

    def link(self, number: int) -> tuple[Inline, ...]:
        """Sign and word, which lead to the list."""
        words = self.word.format(n=number).replace(" ", "\u00a0")
        language = language_of(self.word) or self.language
        shown = (Words(f"{SIGN}\u00a0{words}"),)
        return Words(" "), Link(shown, f"#{anchor(number)}", sort="draft-mark", language=language)


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding that a draft marks on its pages. A `grave` one stops every other edition; `weight` says so in a word.
    `message` is in the language of the document; `detail`, `hint` and `place`, file and line, are in that of the
    checks. `links` are title and anchor of where it is marked."""

    number: int
    grave: bool
    weight: str
    message: str
    detail: str
    hint: str
    place: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Remarks:
    """The list of findings at the front of a draft. `language` is that of the checks when it is not the edition's;
    `more` are lines that count what asks for nothing."""

    remarks: tuple[Remark, ...]
    more: tuple[str, ...] = ()
    language: str = ""


def anchor(number: int) -> str:
    return f"finding-{number}"


def short(number: int) -> str:
    return f"{SIGN}{number}"
