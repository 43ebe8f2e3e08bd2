"""Render CommonMark as safe HTML. No raw HTML, no images, links only to the web, mail, telephone and places in the
document."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reporter.errors import Finding, Mark, Severity
from reporter.prose.expression import PIECE

# Unicode noncharacters: no text contains them, and markdown-it makes them from no entity.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
IN_LINK = "print the value in the text of the link, or beside it"
TABLE = re.compile(r"\s*+(?:\|\s*+)?:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)++(?:\|\s*+)?")
# CommonMark 4.2: a heading needs a space after its signs. Such a line would be text, and its part of the section would
# vanish into the one before.
GLUED = re.compile(r" {0,3}(#{1,6})\u00a0?(?=[^\W\d_])(.*)")
LINKS = ("https://", "http://", "mailto:", "tel:", "#")
# What the program itself writes; headings in it are headings.
_WRITTEN = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
_SAFE = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline", "heading", "lheading"])


class _AnyLink(MarkdownIt):
    """A parser that reads every address as a link. So those which may not be are refused rather than printed as
    typed."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - as the library has it
        return True


_STRICT = _AnyLink("commonmark", {"html": True})


@dataclass(frozen=True, slots=True)
class Chunk:
    """The text of a passage under one level-2 heading. `title` is empty before the first heading; `line` is the line
    the chunk begins on."""

    title: str
    text: str
    line: int


@lru_cache(maxsize=1024)
def chunks(markdown: str, first: int) -> tuple[Chunk, ...]:
    """Cut a passage at its level-2 headings. `first` is the line number of its first line."""
    titles = {
        token.map[0]: "".join(child.content for child in inline.children or ())
        for token, inline in pairwise(_STRICT.parse(markdown))
        if token.type == "heading_open" and _is_title(token) and token.map
    }
    found: list[tuple[str, int, list[str]]] = [("", first, [])]
    for number, line in enumerate(markdown.split("\n")):
        if number in titles:
            found.append((titles[number], first + number + 1, []))
        else:
            found[-1][2].append(line)
    return tuple(
        Chunk(title, "\n".join(lines), line)
        for title, line, lines in found
        if title or any(text.strip() for text in lines)
    )


def to_html(markdown: str, signs: Iterable[tuple[int, str]] = ()) -> str:
    """Render CommonMark text as safe semantic HTML. What is not allowed comes out as the characters typed. `signs` are
    safe HTML for the end of the paragraphs that have lines, counted from 0."""
    tokens = parse_safe(markdown)
    paragraphs = [each for each in tokens if each.type == "inline" and each.map and each.children is not None]
    for line, html in signs if paragraphs else ():
        above = [each for each in paragraphs if each.map and each.map[0] <= line]
        children = (above or paragraphs[:1])[-1].children or []
        children.append(Token("html_inline", "", 0, content=html))
    return str(_SAFE.renderer.render(tokens, _SAFE.options, {}))


def as_fragment(markdown: str) -> str:
    return str(_WRITTEN.render(markdown))


def parse_safe(markdown: str) -> list[Token]:
    """Parse CommonMark text; what is not allowed is text."""
    return _SAFE.parse(markdown)


def problems(markdown: str, mark: Mark) -> tuple[Finding, ...]:
    """Find what a passage may not contain. Raw HTML, images, tables, other headings than `## Title`, links elsewhere.
    `mark` is its first line."""
    # An expression is of as many lines as what stands in for it.
    masked = PIECE.sub(lambda match: OPEN + CLOSE + "\n" * match[0].count("\n"), markdown)
    return tuple(
        Finding(
            severity=Severity.ERROR,
            code="raw-html",
            message=message,
            mark=Mark(mark.path, mark.line + line, 1),
            hint=hint,
        )
        for line, message, hint in (*_refused(_STRICT.parse(masked)), *_misread(masked))
    )


def _misread(markdown: str) -> Iterator[tuple[int, str, str]]:
    """Find tables, and headings without a breaking space after their signs. By CommonMark both are text and would be
    printed as typed."""
    for number, line in enumerate(markdown.split("\n")):
        if TABLE.fullmatch(line):
            yield number, "tables are not allowed in text", "write a list; tables are made from the data"
        if glued := GLUED.fullmatch(line):
            heading = f"{glued[1]} {glued[2]}".strip()
            yield number, "a heading needs a blank behind its signs", f"write {heading!r}"


def _is_title(token: Token) -> bool:
    return token.tag == "h2" and token.markup == "##" and token.level == 0


def _refused(tokens: list[Token], line: int = 0) -> Iterator[tuple[int, str, str]]:
    for number, token in enumerate(tokens):
        line = token.map[0] if token.map else line
        if refusal := _refusal(token, tokens[number + 1 : number + 2]):
            yield line, *refusal
        yield from _refused(token.children or [], line)


def _refusal(token: Token, following: list[Token]) -> tuple[str, str] | None:
    """What is wrong with a token, and the remedy. `following` holds the token after it, which has the words of a
    heading."""
    match token.type:
        case "html_block" | "html_inline":
            return "raw HTML is not allowed in text", "write Markdown: **bold**, *italic*, - lists"
        case "image":
            message = f"images are not allowed in text ({token.attrGet('src')})"
            return message, "name a chart with {{ figure(…) }} instead"
        case "heading_open" if not _is_title(token):
            return "only headings of level 2 (##) stand within a section", "write ## Title"
        case "heading_open" if not all(
            OPEN not in heading.content and all(child.type == "text" for child in heading.children or ())
            for heading in following
        ):
            return "a heading is plain text without values and emphasis", "write ## Title"
        case "link_open" if OPEN in unquote(f"{token.attrGet('href')} {token.attrGet('title')}"):
            return "an expression may not stand in the address or title of a link", IN_LINK
        case "link_open" if not str(token.attrGet("href")).lower().startswith(LINKS):
            return f"a link may not lead to {token.attrGet('href')}", "link to https://… or mailto:…"
    return None
