"""Write a text as Markdown, with every sign escaped that would be read as markup, so that it reads back unchanged."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from textwrap import indent

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from reporter.data.errors import Finding
from reporter.data.i18n import N_, Locale
from reporter.data.records import RECOMMENDATIONS, EditionStatus, Passage, Recommendation, Vintage
from reporter.text.evaluation import Printer
from reporter.text.markdown import Chunk, chunks, code_of
from reporter.text.narrative import Filler, NoteBook
from reporter.text.tree import (
    Break,
    Call,
    Group,
    Inline,
    Link,
    Marked,
    Paragraph,
    Place,
    TextBlock,
    Value,
    Words,
    calls,
    line_of,
    runs,
    words,
)

BLANKS = re.compile(r"[ \t\r\n\f\v]+")
SIGNS = re.compile(r"[\\`*_\[\]<~|]|&(?=[#\w]|\Z)")
# What would begin a block, or a note's definition, at the beginning of a line.
BEGINNINGS = (
    (re.compile(r"^(\[\^\d+\])(?=:)", re.M), r"\1\\"),
    (re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))", re.M), r"\1\\"),
    (re.compile(r"^(?=[-+](?:\s|$)|#{1,6}(?:\s|$)|>|=+\s*$|-[- \t]*$)", re.M), r"\\"),
)
CALLS = re.compile(r"\[\^\d+\]")
_PLAIN = MarkdownIt("commonmark")


def escaped(text: str) -> str:
    return SIGNS.sub(lambda match: f"\\{match[0]}", text)


def in_line(text: str) -> str:
    return _no_block(escaped(BLANKS.sub(" ", text).strip()))


def _no_block(line: str) -> str:
    for pattern, instead in BEGINNINGS:
        line = pattern.sub(instead, line)
    return line


def defined(number: int, text: str) -> str:
    """The definition of a footnote, not to be read as a link's address where footnotes are unknown."""
    line = f"[^{number}]: {escaped(BLANKS.sub(' ', text).strip())}"
    return line if _PLAIN.parse(line) else f"{line} &#32;"


def markdown(block: TextBlock, *, noted: bool = True) -> str:
    """A block as Markdown, its notes called by number where it is `noted`; empty if it has no words."""
    match block:
        case Paragraph(sort="pre"):
            code = words(block.inside)
            notes = "".join(f"[^{call.number}]" for call in calls((block,))) if noted else ""
            fence = _fence(code, 3)
            return "\n".join((fence, *code.removesuffix("\n").split("\n"), fence, *(("", notes) if notes else ())))
        case Paragraph():
            return _paragraph(block, noted=noted)
        case Group(tag="hr"):
            return "___"
        case Group(tag="ul" | "ol"):
            return _list(block, noted=noted)
    inside = _blocks(block.inside, "\n\n", noted=noted)
    return "\n".join(f"> {line}" if line else ">" for line in inside.split("\n")) if inside else ""


def _blocks(blocks: Iterable[TextBlock], between: str, *, noted: bool) -> str:
    return between.join(filter(None, (markdown(block, noted=noted) for block in blocks)))


def _list(group: Group, *, noted: bool) -> str:
    items = [entry for entry in group.inside if isinstance(entry, Group)]
    tight = all(paragraph.tight for item in items for paragraph in item.inside if isinstance(paragraph, Paragraph))
    between, number, lines = "\n" if tight else "\n\n", group.start, list[str]()
    for item in items:
        if inside := _blocks(item.inside, between, noted=noted):
            sign = f"{number}{group.sign}" if group.tag == "ol" else group.sign
            width = len(sign) + 1
            lines.append(f"{sign} {indent(inside, ' ' * width)[width:]}")
            number += 1
    return between.join(lines)


def _paragraph(paragraph: Paragraph, *, noted: bool) -> str:
    """A paragraph in one line, without emphasis where its values would change how the emphasis is read."""
    inside = paragraph.inside
    if not noted:
        inside = line_of(run for run in runs(inside) if not isinstance(run.leaf, Call))
    line, plain_text = _line(inside, marked=True), words(inside)
    read = "\0".join("".join(_read(node)) for node in SyntaxTreeNode(_PLAIN.parse(line)).children)
    if BLANKS.sub(" ", CALLS.sub("", read)).strip() != BLANKS.sub(" ", plain_text).strip():
        line = _line(inside, marked=False)
    return line


def _read(node: SyntaxTreeNode) -> Iterator[str]:
    if node.type in ("text", "code_inline"):
        yield node.content
    elif node.type in ("softbreak", "hardbreak"):
        yield " "
    for child in node.children:
        yield from _read(child)


def _line(inside: Iterable[Inline], *, marked: bool) -> str:
    return _no_block(_inside(inside, marked=marked).strip(" ").removesuffix("\\\n").strip(" "))


def _inside(inside: Iterable[Inline], *, marked: bool) -> str:
    # A value looks like the words around it.
    flat = [one for inline in inside for one in (inline.inside if isinstance(inline, Value) else (inline,))]
    parts = [_inline(inline, marked=marked) for inline in flat]
    for place, (before, after) in enumerate(pairwise(parts)):
        # Before a bracket it would make an image; after a call, the address of a link.
        if before.endswith("!") and after.startswith("["):
            parts[place] = f"{before[:-1]}\\!"
        if isinstance(flat[place], Call) and after.startswith("("):
            parts[place + 1] = f"\\{after}"
    return "".join(parts)


def _inline(node: Inline, *, marked: bool) -> str:
    match node:
        case Words():
            return escaped(BLANKS.sub(" ", node.text))
        case Break():
            return "\\\n" if marked else " "
        case Call():
            return f"[^{node.number}]"
        case Place():
            return ""
        case Marked(tag="code"):
            return _code(BLANKS.sub(" ", words(node.inside)))
    inside = _inside(node.inside, marked=marked)
    content = inside.strip(" ")
    if not content:
        return inside
    before, after = inside[: len(inside) - len(inside.lstrip(" "))], inside[len(inside.rstrip(" ")) :]
    if isinstance(node, Link):
        return f"{before}{_link(node, content)}{after}"
    sign = {"em": "*", "strong": "**"}[node.tag] if marked and isinstance(node, Marked) else ""
    return f"{before}{sign}{content}{sign}{after}"


def _fence(code: str, least: int) -> str:
    return "`" * max(least, 1 + max(map(len, re.findall("`+", code)), default=0))


def _code(code: str) -> str:
    if not code:
        return ""
    pad = " " if code[0] in "` " or code[-1] in "` " else ""
    return f"{_fence(code, 1)}{pad}{code}{pad}{_fence(code, 1)}"


def _link(link: Link, content: str) -> str:
    if link.address.startswith("#"):
        # A place in the profile, which is not in this document.
        return content
    whole = words(link.inside)
    if link.bare and link.address in (whole, f"mailto:{whole}"):
        return f"<{whole}>"
    quoted = BLANKS.sub(" ", escaped(link.title)).replace('"', '\\"')
    behind = f' "{quoted}"' if link.title else ""
    return f"[{content}](<{link.address.replace('&', '&amp;')}>{behind})"


# The placeholder of a draft for text still to be written; no other edition has it.
OPEN = "[…]"


def is_draft(vintage: Vintage) -> bool:
    return vintage.edition.status is EditionStatus.DRAFT


def addressed(advice: Recommendation | None, vintage: Vintage, locale: Locale) -> Iterator[str]:
    """The recipients and the date of a recommendation, a line each; in a draft even where they are open."""
    names = locale.joined("; ", (office.text(locale.language) for office in advice.offices)) if advice else ""
    day = locale.date(advice.by) if advice and advice.by else ""
    for frame, value in ((N_("Addressed to: {names}"), names), (N_("By: {date}"), day)):
        if value or is_draft(vintage):
            yield locale.text(frame, names=value or OPEN, date=value or OPEN)


def addressed_markdown(chunk: Chunk, passage: Passage, vintage: Vintage, locale: Locale) -> str:
    """A list of the recipients and the date of a recommendation; empty for other texts."""
    if passage.section != RECOMMENDATIONS or not chunk.title:
        return ""
    asked = (passage.year, code_of(chunk, passage))
    recommendations = (advice for advice in vintage.data.recommendations if (advice.year, advice.code) == asked)
    return "\n".join(f"- {in_line(line)}" for line in addressed(next(recommendations, None), vintage, locale))


def markdown_text(
    title: str, remarks: Sequence[str], passages: Sequence[Passage], printer: Printer
) -> tuple[str, tuple[Finding, ...]]:
    """Write the passages of a section as CommonMark below its title: remarks, the headline in bold, text, footnotes
    (`[^1]`) with their definitions. Also returns what could not be printed."""
    notes = NoteBook()
    filler = Filler(printer, notes, with_figures=False)
    headlines = [filler.headline(entry.headline) for entry in passages if entry.headline]
    lines = [f"# {escaped(title)}", *(f"> {escaped(remark)}" for remark in remarks)]
    lines += [f"**{escaped(' '.join(headline.words.split(' '))).strip()}**" for headline in headlines[:1]]
    findings = [*filler.findings]
    filler.findings.clear()
    for passage in passages:
        for chunk in chunks(passage.markdown, passage.mark.line):
            filled_blocks = tuple(filler.blocks(chunk, passage))
            texts = [text for item in filled_blocks if item.block and (text := markdown(item.block))]
            if chunk.title and (texts or not chunk.text.strip()):
                lines.append(f"## {escaped(chunk.title)}")
            lines += texts
            lines.append(addressed_markdown(chunk, passage, printer.vintage, printer.locale))
            findings += (finding for filled_block in filled_blocks for finding in filled_block.findings)
    lines += [defined(note.number, note.text) for note in notes.notes]
    return "\n\n".join(filter(None, lines)) + "\n", tuple(findings)
