"""A section as plain paragraphs, with the values one edition prints."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from html import unescape

from reporter.i18n import N_, unbroken
from reporter.model import Observation, Passage
from reporter.model.label import altered
from reporter.prose.evaluation import Printed, Printer
from reporter.prose.expression import Expression, parse
from reporter.prose.narrative import NoteBook, compose

# Calls of notes are removed from a sentence; notes written by hand follow at the end.
NOTE = re.compile(r'\u00a0?(?:<span class="note".*?</span>|<a class="note-call".*?</a>)', re.S)
BLOCK = re.compile(r"<(/?)(p|ul|ol|li|blockquote|pre|hr)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
SPACE = re.compile(r"[ \t\r\n]+")


class Sort(StrEnum):
    """The kinds of paragraphs."""

    HEADLINE = "headline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class PlainParagraph:
    """A paragraph without its markup."""

    sort: Sort
    text: str


class _Unnumbered(Printer):
    """Prints references without a number, and claims without judging them. Each edition numbers them anew; what was
    published may claim what is refused today."""

    def _reference(self, expression: Expression) -> Printed:
        word = N_("Figure {n}") if expression.call == "figure" else N_("Table {n}")
        return Printed(altered(self.locale.text(word, n="…"), unbroken))

    def _claim(self, expression: Expression, seen: Observation) -> Printed:
        return Printed(expression.words[0], (seen,))


def plain_paragraphs(passages: Sequence[Passage], printer: Printer) -> tuple[PlainParagraph, ...]:
    """The paragraphs of a section's passages in reading order. Its headline comes first, the notes written in it
    last."""
    unnumbered = _Unnumbered(*(getattr(printer, each.name) for each in fields(printer)))
    narrative = compose(passages, unnumbered, NoteBook())
    made = [PlainParagraph(Sort.HEADLINE, _bare(narrative.headline.html))] if narrative.headline else []
    for title, text in narrative.parts:
        made += [PlainParagraph(Sort.HEADING, title)] if title else []
        made += _paragraphs(text.html)
    expressions = (piece.expression for each in passages for piece in parse(each)[0] if piece.expression)
    return (*made, *(PlainParagraph(Sort.NOTE, each.argument) for each in expressions if each.call == "note"))


def _paragraphs(html: str) -> Iterator[PlainParagraph]:
    """The text between the tags of blocks. What stands in a list is an item."""
    depth, end = 0, 0
    text = NOTE.sub("", html)
    for tag in BLOCK.finditer(text):
        if words := _bare(text[end : tag.start()]):
            yield PlainParagraph(Sort.ITEM if depth else Sort.PARAGRAPH, words)
        end = tag.end()
        if tag[2] in ("ul", "ol"):
            depth += -1 if tag[1] else 1


def _bare(html: str) -> str:
    return SPACE.sub(" ", unescape(TAG.sub("", html))).strip()
