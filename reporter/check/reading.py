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
    """A passage with its expressions, what is wrong with them, its sentences, and those with numbers."""

    passage: Passage
    expressions: tuple[Expression, ...]
    findings: tuple[Finding, ...]
    sentences: tuple[Sentence, ...]
    numbers: tuple[Sentence, ...]

    @property
    def name(self) -> str:
        """What an `accepted:` entry calls the text: `text.victims`."""
        return f"text.{self.passage.section}"

    def around(self, mark: Mark) -> str:
        """The sentence at a mark; an item of a list comes after the sentence that introduces the list."""
        place = next((number for number, each in enumerate(self.sentences) if mark in each), None)
        if place is None:
            return ""
        lead = place
        while lead and ITEM.match(self.sentences[lead].text):
            lead -= 1
        return f"{self.sentences[lead].text} {self.sentences[place].text}"


def read(passage: Passage) -> Reading:
    """A passage read once for all rules and editions."""
    pieces, findings = parse(passage)
    expressions = tuple(piece.expression for piece in pieces if piece.expression)
    notes = (each for each in expressions if each.call == "note")
    footnotes = (Sentence(each.argument, each.mark, each.mark) for each in notes)
    sentences = (*_sentences(passage), *footnotes)
    return Reading(passage, expressions, findings, sentences, tuple(filter(_has_number, sentences)))


def _has_number(sentence: Sentence) -> bool:
    return any(not YEAR.fullmatch(digits) for digits in DIGITS.findall(sentence.text))


def _sentences(passage: Passage) -> Iterator[Sentence]:
    text = PIECE.sub(_filler, passage.markdown)
    start, place = 0, passage.mark
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
