"""Write parsed Markdown as Markdown again, with values in it. Every sign that would be read as markup is escaped, so
that the same words are read back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from textwrap import indent
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from reporter.prose.call_places import ANY, PLACED, SET, Markup, with_calls
from reporter.prose.markdown import CLOSE, OPEN, parse_safe
from reporter.prose.pointers import Cut

PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
BLANKS = re.compile(r"[ \t\r\n\f\v]+")
SIGNS = re.compile(r"[\\`*_\[\]<~|]|&(?=[#\w]|\Z)")
# What would begin a block, or a note's definition, at the beginning of a line.
BEGINNINGS = (
    (re.compile(r"^(\[\^\d+\])(?=:)", re.M), r"\1\\"),
    (re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))", re.M), r"\1\\"),
    (re.compile(r"^(?=[-+](?:\s|$)|#{1,6}(?:\s|$)|>|=+\s*$|-[- \t]*$)", re.M), r"\\"),
)
CALLS = re.compile(r"\[\^\d+\]")
# Calls that have their place, with the signs beside them that would make a picture or a link of them.
PLACED_CALLS = re.compile(rf"(?P<mark>!?)(?P<calls>(?:{PLACED}\d+{SET})+)(?P<bracket>\(?)")
LINK_WORDS = r"\[(?P<words>(?:\\.|`[^`]*`|[^\]\\])*)\]\(<[^>]*>(?: \"(?:\\.|[^\"\\])*\")?\)"
CODE = r"(?P<code>(?P<fence>`+).*?(?<!`)(?P=fence)(?!`))"
MARK = re.compile(rf"{ANY}|{LINK_WORDS}|<(?P<address>[^>]*)>|{CODE}|\\(?P<sign>.)|\*", re.S)
_PLAIN = MarkdownIt("commonmark")


class Filling(Protocol):
    """What stands in the numbered places of a text."""

    def fill(self, number: str) -> tuple[str, str]:
        """The words of a place, and the signs of calls. It is asked in reading order, and only for what stays."""

    def cut(self, text: str) -> Iterable[Cut]:
        """What is left out of a paragraph."""

    def settled(self, line: str) -> str:
        """A paragraph in which every call has its place."""

    def call(self, number: int) -> str:
        """The Markdown of a call."""

    def behind(self) -> str:
        """What Markdown is to stand at the end of a paragraph."""


def _seen(written: str) -> str:
    return MARK.sub(
        lambda each: _seen(each["words"] or "") or each["address"] or each["code"] or each["sign"] or "", written
    )


MARKDOWN = Markup(
    re.compile(rf"{ANY}|(?P<block>\\\n)|(?P<entity>\\.)|(?P<link>{LINK_WORDS}|<[^>]*>|{CODE})|\*+"), _seen
)


def escaped(text: str) -> str:
    return SIGNS.sub(lambda match: f"\\{match[0]}", text)


def in_line(text: str) -> str:
    return _no_block(escaped(BLANKS.sub(" ", text).strip()))


def _no_block(line: str) -> str:
    for pattern, instead in BEGINNINGS:
        line = pattern.sub(instead, line)
    return line


def to_blocks(markdown: str, filling: Filling) -> Iterator[str]:
    """Write a text anew, with what its numbered places print. Each paragraph or list is one block; what has no words
    then is not written."""
    return filter(None, map(_BlockWriter(filling).block, SyntaxTreeNode(parse_safe(markdown)).children))


def defined(number: int, text: str) -> str:
    """The definition of a footnote. A reader that knows no footnotes must not take a note of one word for the address
    of a link."""
    line = f"[^{number}]: {escaped(BLANKS.sub(' ', text).strip())}"
    return line if _PLAIN.parse(line) else f"{line} &#32;"


def _texts(node: SyntaxTreeNode) -> Iterator[str]:
    if node.type in ("text", "code_inline"):
        yield node.content
    elif node.type in ("softbreak", "hardbreak"):
        yield " "
    for child in node.children:
        yield from _texts(child)


class _BlockWriter:
    """Writes the blocks of a text, and what stands in their lines."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling

    def block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "paragraph":
                return self._paragraph(node.children[0])
            case "bullet_list" | "ordered_list":
                return self._list(node)
            case "blockquote":
                inside = self._blocks(node.children, "\n\n")
                return "\n".join(f"> {line}" if line else ">" for line in inside.split("\n")) if inside else ""
            case "fence" | "code_block":
                code = self._filled(node.content)
                fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
                calls = self._with_calls(self._signs(node.content))
                return "\n".join((fence, *code.removesuffix("\n").split("\n"), fence, *(("", calls) if calls else ())))
            case "hr":
                return "___"
            case _:
                return ""

    def _blocks(self, nodes: Iterable[SyntaxTreeNode], between: str) -> str:
        return between.join(filter(None, map(self.block, nodes)))

    def _list(self, node: SyntaxTreeNode) -> str:
        tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
        between, number = "\n" if tight else "\n\n", int(node.attrs.get("start", 1))
        made = []
        for item in node.children:
            if not (inside := self._blocks(item.children, between)):
                continue
            sign = f"{number}{node.markup}" if node.type == "ordered_list" else node.markup
            number += 1
            width = len(sign) + 1
            made.append(f"{sign} {indent(inside, ' ' * width)[width:]}")
        return between.join(made)

    def _paragraph(self, inline: SyntaxTreeNode) -> str:
        """A paragraph in one line. Where its values would make another reading of its emphasis, it has none."""
        kept = _kept(inline, self.filling)
        text = self._line(inline, kept, marked=True)
        plain = "".join(self._plain(inline, kept))
        if (
            BLANKS.sub(
                " ",
                CALLS.sub(
                    "", "\x00".join("".join(_texts(node)) for node in SyntaxTreeNode(_PLAIN.parse(text)).children)
                ),
            ).strip()
            != BLANKS.sub(" ", plain).strip()
        ):
            text = self._line(inline, kept, marked=False)
        return f"{text}{self.filling.behind()}" if text else ""

    def _line(self, inline: SyntaxTreeNode, kept: Mapping[int, str], *, marked: bool) -> str:
        text = self._with_calls(self._children(inline, kept, marked=marked))
        return _no_block(text.strip(" ").removesuffix("\\\n").strip(" "))

    def _with_calls(self, line: str) -> str:
        return PLACED_CALLS.sub(self._called, self.filling.settled(line))

    def _called(self, found: re.Match[str]) -> str:
        calls = with_calls(found["calls"], self.filling.call)
        if not calls:
            return f"{found['mark']}{found['bracket']}"
        # Before a call a mark would make a picture of it, behind one a bracket would be the address of a link.
        return "".join((found["mark"] and r"\!", calls, found["bracket"] and r"\("))

    def _children(self, node: SyntaxTreeNode, kept: Mapping[int, str], *, marked: bool) -> str:
        made = [self._inline(child, kept, marked=marked) for child in node.children]
        for place, after in enumerate(made[1:]):
            # Before a bracket it would make a picture.
            if made[place].endswith("!") and after.startswith("["):
                made[place] = f"{made[place][:-1]}\\!"
        return "".join(made)

    def _inline(self, node: SyntaxTreeNode, kept: Mapping[int, str], *, marked: bool) -> str:
        text = kept.get(id(node), "")
        match node.type:
            case "text":
                return self._text(text)
            case "softbreak":
                return text
            case "hardbreak":
                return "\\\n" if text and marked else text
            case "code_inline":
                return self._code(text)
        inside = self._children(node, kept, marked=marked)
        words = inside.strip(" ")
        if not words:
            return inside
        before, after = inside[: len(inside) - len(inside.lstrip(" "))], inside[len(inside.rstrip(" ")) :]
        if node.type == "link":
            return f"{before}{self._link(node, words, kept)}{after}"
        sign = {"em": "*", "strong": "**"}[node.type] if marked else ""
        return f"{before}{sign}{words}{sign}{after}"

    def _text(self, text: str) -> str:
        made = ""
        for place, piece in enumerate(PLACE.split(text)):
            words, signs = self.filling.fill(piece) if place % 2 else (BLANKS.sub(" ", piece), "")
            made += f"{escaped(words)}{signs}"
        return made

    def _code(self, text: str) -> str:
        words = BLANKS.sub(" ", self._filled(text))
        if not words:
            return ""
        fence = "`" * (1 + max(map(len, re.findall("`+", words)), default=0))
        pad = " " if words[0] in "` " or words[-1] in "` " else ""
        return f"{fence}{pad}{words}{pad}{fence}{self._signs(text)}"

    def _link(self, node: SyntaxTreeNode, words: str, kept: Mapping[int, str]) -> str:
        address = str(node.attrs.get("href", ""))
        if address.startswith("#"):
            # A place in the profile, where this text does not stand.
            return words
        whole = "".join(kept.get(id(child), "") for child in node.children)
        if node.markup == "autolink" and address in (whole, f"mailto:{whole}"):
            return f"<{whole}>"
        title = str(node.attrs.get("title", ""))
        quoted = BLANKS.sub(" ", escaped(title)).replace('"', '\\"')
        behind = f' "{quoted}"' if title else ""
        return f"[{words}](<{address.replace('&', '&amp;')}>{behind})"

    def _filled(self, text: str) -> str:
        return PLACE.sub(lambda match: self.filling.fill(match[1])[0], text)

    def _signs(self, text: str) -> str:
        return "".join(self.filling.fill(number)[1] for number in PLACE.findall(text))

    def _plain(self, node: SyntaxTreeNode, kept: Mapping[int, str]) -> Iterator[str]:
        if id(node) in kept:
            yield self._filled(kept[id(node)])
        for child in node.children:
            yield from self._plain(child, kept)


def _kept(inline: SyntaxTreeNode, filling: Filling) -> dict[int, str]:
    leaves = [
        (node, " " if node.type.endswith("break") else node.content) for node in inline.walk() if not node.children
    ]
    starts = [0]
    for _, text in leaves:
        starts.append(starts[-1] + len(text))
    cuts = tuple(filling.cut("".join(text for _, text in leaves)))
    return {
        id(node): _without(text, start, cuts) for (node, text), (start, _) in zip(leaves, pairwise(starts), strict=True)
    }


def _without(text: str, start: int, cuts: Iterable[Cut]) -> str:
    """What stays of a piece of a paragraph. The piece begins at `start` in it."""
    made, done, end = [], start, start + len(text)
    for each in cuts:
        if each.start < end and each.end > start:
            first = max(each.start, start)
            made += [text[done - start : first - start], each.instead if each.start >= start else ""]
            done = min(each.end, end)
    return "".join((*made, text[done - start :]))
