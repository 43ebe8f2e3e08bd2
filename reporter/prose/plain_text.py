"""A section as plain paragraphs, with the values one edition prints."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from reporter.document.text_tree import Code, Group, Inline, Paragraph, TextBlock, words
from reporter.i18n import N_, unbroken
from reporter.model import Observation, Passage
from reporter.model.label import altered
from reporter.prose.evaluation import Printed, Printer
from reporter.prose.expression import Expression, parse
from reporter.prose.narrative import NoteBook, compose

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
    made = [PlainParagraph(Sort.HEADLINE, _bare(narrative.headline.words))] if narrative.headline else []
    for title, text in narrative.parts:
        made += [PlainParagraph(Sort.HEADING, title)] if title else []
        made += _paragraphs(text.nodes, Sort.PARAGRAPH)
    expressions = (piece.expression for each in passages for piece in parse(each)[0] if piece.expression)
    return (*made, *(PlainParagraph(Sort.NOTE, each.argument) for each in expressions if each.call == "note"))


def _paragraphs(nodes: Iterable[TextBlock | Inline], sort: Sort) -> Iterator[PlainParagraph]:
    """The paragraphs with words. What stands in a list is an item."""
    for node in nodes:
        if isinstance(node, Group):
            yield from _paragraphs(node.inside, Sort.ITEM if node.tag == "li" else sort)
        elif isinstance(node, Paragraph | Code) and (text := _bare(words(node.inside))):
            yield PlainParagraph(sort, text)


def _bare(text: str) -> str:
    return SPACE.sub(" ", text).strip()
