"""Narrative as the rules read it: its expressions, and its sentences with a filler where a value will stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reporter.errors import Finding, Mark
from reporter.model import Passage
from reporter.prose.expression import PIECE, Expression, parse

FILLER = "¤"
DIGITS = re.compile(r"\d+")
YEAR = re.compile(r"(?:19|20)\d\d")
# A full stop ends a sentence unless it abbreviates; so do an empty line, and a line that begins an item or heading.
BREAK = re.compile(
    r"(?P<end>[.!?])(?<!\bArt\.)(?<!\bNo\.)(?<!\bNos\.)(?<!e\.g\.)(?<!i\.e\.)\s+"
    r"|\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t])|\n(?=\#)"
)
ITEM = re.compile(r"\s*(?:[-*+]|\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence typed by hand, from `mark` to `end`; the words of a footnote all stand at its mark."""

    text: str
    mark: Mark
    end: Mark

    def at(self, offset: int) -> Mark:
        """The place of a character of the text."""
        return self.mark if self.mark == self.end else _place(self.text, offset, self.mark)

    def __contains__(self, mark: Mark) -> bool:
        return self.mark <= mark <= self.end


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage, its text with fillers for expressions, these expressions, and what is wrong with them."""

    passage: Passage
    text: str
    expressions: tuple[Expression, ...]
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """What an `accepted:` entry calls the text: `text.victims`."""
        return f"text.{self.passage.section}"

    @property
    def footnotes(self) -> tuple[Sentence, ...]:
        """The texts of footnotes, which stand inside expressions."""
        notes = (each for each in self.expressions if each.call == "note")
        return tuple(Sentence(each.argument, each.mark, each.mark) for each in notes)

    @property
    def has_counts(self) -> bool:
        """Whether digits other than years are typed anywhere: few texts have any, and only those are cut up."""
        return any(map(has_count, (self.text, *(note.text for note in self.footnotes))))

    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order, footnotes last."""
        return (*_sentences(self.text, self.passage.mark), *self.footnotes)

    def around(self, mark: Mark) -> str:
        """The sentence at a mark; an item of a list comes after the sentence that introduces the list."""
        sentences = self.sentences()
        place = next((number for number, each in enumerate(sentences) if mark in each), None)
        if place is None:
            return ""
        lead = place
        while lead and ITEM.match(sentences[lead].text):
            lead -= 1
        return f"{sentences[lead].text} {sentences[place].text}"


def has_count(text: str) -> bool:
    """Whether there are digits other than a year's."""
    return any(not YEAR.fullmatch(digits) for digits in DIGITS.findall(text))


def read(passage: Passage) -> Reading:
    """A passage read once for all rules and editions."""
    pieces, findings = parse(passage)
    text = PIECE.sub(_filler, passage.markdown)
    return Reading(passage, text, tuple(piece.expression for piece in pieces if piece.expression), findings)


def _sentences(text: str, place: Mark) -> Iterator[Sentence]:
    start = 0
    for match in (*BREAK.finditer(text), None):
        stop, following = (match.end("end"), match.end()) if match else (len(text), len(text))
        if match and stop < 0:
            stop = match.start()
        after = _place(text[start:following], following - start, place)
        if text[start:stop].strip():
            yield Sentence(text[start:stop], place, after)
        start, place = following, after


def _filler(piece: re.Match[str]) -> str:
    return "\n".join(FILLER * len(line) for line in piece[0].split("\n"))


def _place(text: str, offset: int, start: Mark) -> Mark:
    before = text[:offset]
    lines = before.count("\n")
    column = len(before) - before.rfind("\n") if lines else start.column + len(before)
    return Mark(start.path, start.line + lines, column)
