"""Texts made of Markdown, and as HTML."""

import re
from dataclasses import replace

from reporter.data.errors import Mark
from reporter.formats.html.html import HtmlWriter
from reporter.text.expression import Piece
from reporter.text.markdown import tree
from reporter.text.tree import Call, Paragraph, Place, Text, TextBlock, line_of, runs

NOTE = "Of its own. And more of it."


def blocks(markdown: str) -> tuple[TextBlock, ...]:
    """The blocks of a text. At each @ there is a place."""
    found, _ = tree([each if each == "@" else Piece(each, Mark("")) for each in re.split("(@)", markdown)])
    return found


def text(markdown: str, language: str = "") -> Text:
    """A text that calls a note at each @."""
    return Text(tuple(map(_called, blocks(markdown))), (), language)


def _called(block: TextBlock) -> TextBlock:
    if not isinstance(block, Paragraph):
        return block
    found = (run._replace(leaf=Call(1, NOTE)) if isinstance(run.leaf, Place) else run for run in runs(block.inside))
    return replace(block, inside=line_of(found))


def html(text: Text | None) -> str:
    """The HTML of a text on paper."""
    return str(HtmlWriter("en")(text))
