"""CommonMark to safe HTML: no raw HTML, no images, links only to the web, mail and places in the document."""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reporter.errors import Finding, Mark, Severity

HEADING = re.compile(r"##(?!#) +(.*?)\s*#*\s*$")
LINKS = ("https://", "http://", "mailto:", "tel:", "#")
_SAFE = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline", "heading", "lheading"])
_STRICT = MarkdownIt("commonmark", {"html": True})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a passage under one level-2 heading (empty before the first), and the line it begins on."""

    title: str
    text: str
    line: int


def chunks(markdown: str, first: int) -> tuple[Chunk, ...]:
    """A passage cut at its level-2 headings; `first` is the line number of its first line."""
    found: list[tuple[str, int, list[str]]] = [("", first, [])]
    for number, line in enumerate(markdown.split("\n"), first):
        heading = HEADING.match(line)
        if heading:
            found.append((heading[1], number + 1, []))
        else:
            found[-1][2].append(line)
    return tuple(
        Chunk(title, "\n".join(lines), line)
        for title, line, lines in found
        if title or any(text.strip() for text in lines)
    )


def to_html(markdown: str) -> str:
    """Safe semantic HTML of CommonMark text; what is not allowed comes out as the characters typed."""
    return str(_SAFE.render(markdown))


def problems(markdown: str, mark: Mark) -> tuple[Finding, ...]:
    """What a passage may not contain: raw HTML, images, deep headings, links elsewhere; `mark` is its first line."""
    return tuple(
        Finding(Severity.ERROR, code, message, Mark(mark.path, mark.line + line, 1), hint)
        for line, code, message, hint in _refused(_STRICT.parse(markdown))
    )


def _refused(tokens: list[Token], line: int = 0) -> list[tuple[int, str, str, str]]:
    found = []
    for token in tokens:
        line = token.map[0] if token.map else line
        if token.type in ("html_block", "html_inline"):
            found.append(
                (line, "raw-html", "raw HTML is not allowed in text", "write Markdown: **bold**, *italic*, - lists")
            )
        elif token.type == "image":
            message = f"images are not allowed in text ({token.attrGet('src')})"
            found.append((line, "raw-html", message, "name a chart with {{ figure(…) }} instead"))
        elif token.type == "heading_open" and token.tag != "h2":
            found.append((line, "raw-html", "only headings of level 2 (##) stand within a section", "write ## Title"))
        elif token.type == "link_open" and not str(token.attrGet("href")).startswith(LINKS):
            message = f"a link may not lead to {token.attrGet('href')}"
            found.append((line, "raw-html", message, "link to https://… or mailto:…"))
        found += _refused(token.children or [], line)
    return found
