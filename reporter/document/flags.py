"""The findings that a draft marks on its pages, each by its number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from reporter.errors import Finding, Mark

SIGN = "▲"


@dataclass(frozen=True, slots=True)
class Flags:
    """The findings that are marked, in the order of their numbers.

    `word` is what stands beside the sign in running text: "Finding {n}" in the language of the pages.
    """

    findings: tuple[Finding, ...] = ()
    word: str = "{n}"

    def at(self, marks: Iterable[Mark]) -> tuple[int, ...]:
        """The numbers of findings about the values at some places."""
        places = set(marks)
        return tuple(n for n, each in enumerate(self.findings, 1) if each.mark in places)

    def on_lines(self, path: str) -> Iterator[tuple[int, int]]:
        """The line and number of each finding in a file."""
        return ((each.mark.line, n) for n, each in enumerate(self.findings, 1) if each.mark.path == path)

    def link(self, number: int) -> str:
        """HTML of sign and word, which lead to the finding in the list at the front."""
        words = escape(self.word.format(n=number)).replace(" ", "\u00a0")
        return f' <a class="draft-mark" href="#{anchor(number)}">{SIGN}\u00a0{words}</a>'


def anchor(number: int) -> str:
    """The id of a finding in the list at the front."""
    return f"finding-{number}"


def short(number: int) -> str:
    """The mark of a finding in a table or below a chart."""
    return f"{SIGN}{number}"
