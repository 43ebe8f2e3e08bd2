"""Write parsed Markdown as Markdown again, with values in it.

Every sign that would be read as markup is escaped, so that the same words are read back.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from textwrap import indent

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from reporter.prose.markdown import CLOSE, OPEN, parse_safe
from reporter.prose.pointers import Cut

Fill = Callable[[str], tuple[str, str]]
CutParagraph = Callable[[str], Iterable[Cut]]
Behind = Callable[[], str]

PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
BLANKS = re.compile(r"[ \t\r\n\f\v]+")
SIGNS = re.compile(r"[\\`*_\[\]<~|]|&(?=[#\w]|\Z)")
# What would begin a block, or a note's definition, at the beginning of a line.
BEGINNINGS = (
    (re.compile(r"^(\[\^\d+\])(?=:)", re.M), r"\1\\"),
    (re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))", re.M), r"\1\\"),
    (re.compile(r"^(?=[-+](?:\s|$)|#{1,6}(?:\s|$)|>|=+\s*$|-+\s*$)", re.M), r"\\"),
)
CALLS = re.compile(r"\[\^\d+\]")
_PLAIN = MarkdownIt("commonmark")


def escaped(text: str) -> str:
    """Escape what Markdown would read as markup within a line."""
    return SIGNS.sub(lambda match: f"\\{match[0]}", text)


def in_line(text: str) -> str:
    """A text as one line without markup."""
    return _no_block(escaped(BLANKS.sub(" ", text).strip()))


def _no_block(line: str) -> str:
    for pattern, instead in BEGINNINGS:
        line = pattern.sub(instead, line)
    return line


def to_blocks(markdown: str, fill: Fill, cut: CutParagraph, behind: Behind) -> Iterator[str]:
    """Write a text anew, with what its numbered places print.

    Each paragraph or list is one block; what has no words then is not written. `fill` gives the words of a place and
    the calls of the footnotes behind them; it is asked in reading order, and only for what stays. `cut` says what is
    left out of a paragraph, `behind` what Markdown is to stand at the end of one.
    """
    return filter(None, map(_BlockWriter(fill, cut, behind).block, SyntaxTreeNode(parse_safe(markdown)).children))


def defined(number: int, text: str) -> str:
    """The definition of a footnote.

    A reader that knows no footnotes must not take a note of one word for the address of a link.
    """
    line = f"[^{number}]: {escaped(BLANKS.sub(' ', text).strip())}"
    return line if _PLAIN.parse(line) else f"{line} &#32;"


def _read(markdown: str) -> str:
    """The words that a reader of Markdown sees, each block by itself."""
    nodes = SyntaxTreeNode(_PLAIN.parse(markdown)).children
    return "\0".join("".join(_texts(node)) for node in nodes)


def _texts(node: SyntaxTreeNode) -> Iterator[str]:
    if node.type in ("text", "code_inline"):
        yield node.content
    elif node.type in ("softbreak", "hardbreak"):
        yield " "
    for child in node.children:
        yield from _texts(child)


class _BlockWriter:
    """Writes the blocks of a text, and what stands in their lines."""

    def __init__(self, fill: Fill, cut: CutParagraph, behind: Behind) -> None:
        self.fill, self.cut, self.behind = fill, cut, behind

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
                return "\n".join((fence, *code.removesuffix("\n").split("\n"), fence))
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
        """A paragraph in one line.

        Where its values would make another reading of its emphasis, it has none.
        """
        kept = _kept(inline, self.cut)
        text = self._line(inline, kept, marked=True)
        plain = "".join(self._plain(inline, kept))
        if BLANKS.sub(" ", CALLS.sub("", _read(text))).strip() != BLANKS.sub(" ", plain).strip():
            text = self._line(inline, kept, marked=False)
        return f"{text}{self.behind()}" if text else ""

    def _line(self, inline: SyntaxTreeNode, kept: Mapping[int, str], *, marked: bool) -> str:
        text = self._children(inline, kept, marked=marked).strip(" ").removesuffix("\\\n").strip(" ")
        return _no_block(text)

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
        """Text with its values, and the calls of their notes."""
        made = ""
        for place, piece in enumerate(PLACE.split(text)):
            if place % 2 == 0:
                typed = escaped(BLANKS.sub(" ", piece))
                # Behind the call of a note this would be the address of a link.
                made += f"\\{typed}" if typed.startswith("(") and made.endswith("]") else typed
                continue
            words, calls = self.fill(piece)
            words = escaped(words)
            made = f"{made[:-1]}\\!" if made.endswith("!") and calls and not words else made
            made += f"{words}{calls}"
        return made

    def _code(self, text: str) -> str:
        words = BLANKS.sub(" ", self._filled(text))
        if not words:
            return ""
        calls = "".join(self.fill(number)[1] for number in PLACE.findall(text))
        fence = "`" * (1 + max(map(len, re.findall("`+", words)), default=0))
        pad = " " if words[0] in "` " or words[-1] in "` " else ""
        return f"{fence}{pad}{words}{pad}{fence}{calls}"

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
        return PLACE.sub(lambda match: self.fill(match[1])[0], text)

    def _plain(self, node: SyntaxTreeNode, kept: Mapping[int, str]) -> Iterator[str]:
        if id(node) in kept:
            yield self._filled(kept[id(node)])
        for child in node.children:
            yield from self._plain(child, kept)


def _kept(inline: SyntaxTreeNode, cut: CutParagraph) -> dict[int, str]:
    """The texts that stay of a paragraph, by their nodes."""
    leaves = [
        (node, " " if node.type.endswith("break") else node.content) for node in inline.walk() if not node.children
    ]
    starts = [0]
    for _, text in leaves:
        starts.append(starts[-1] + len(text))
    cuts = tuple(cut("".join(text for _, text in leaves)))
    return {
        id(node): _without(text, start, cuts) for (node, text), (start, _) in zip(leaves, pairwise(starts), strict=True)
    }


def _without(text: str, start: int, cuts: Iterable[Cut]) -> str:
    """What stays of a piece of a paragraph.

    The piece begins at `start` in it.
    """
    made, done, end = [], start, start + len(text)
    for each in cuts:
        if each.start < end and each.end > start:
            first = max(each.start, start)
            made += [text[done - start : first - start], each.instead if each.start >= start else ""]
            done = min(each.end, end)
    return "".join((*made, text[done - start :]))
