"""Find what a narrative says to one audience only. Lines of their own part it from the rest: `::: restricted` or `:::
public` before, `:::` after. Marks within a comment are none."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reporter.errors import Finding, Mark, error_at
from reporter.model import Audience

# ATX headings and line endings as in CommonMark 4.2 and 2.1.
HEADING = re.compile(r"#[ \t]+([^\s#].*)")
# The heading of a part with a code.
PART = re.compile(r"##[ \t]+[^{}]*[^{}\s][ \t]+\{#[a-z]")
COMMENT = re.compile(r"<!--.*?-->", re.S)
CLOSED = "-->"
LINE = re.compile(r"\r\n|\r|\n")


def without_comments(text: str) -> str:
    """Leave out comments, but not their lines. No blank stays at an end of their lines, where it would say something to
    Markdown."""
    blank = replace_comments(text, lambda found: "\n" * len(LINE.findall(found[0])))
    if blank == text:
        return text
    bare = LINE.split(blank)
    pairs = zip(bare, LINE.split(text), strict=True)
    return "\n".join(line if line == typed else line.strip() for line, typed in pairs)


def replace_comments(text: str, made: Callable[[re.Match[str]], str]) -> str:
    """Replace the comments of a text. Behind the last one that is closed nothing is looked for: each that is opened
    there would be sought to the end."""
    end = text.rfind(CLOSED) + len(CLOSED)
    return text if end < len(CLOSED) else COMMENT.sub(made, text[:end]) + text[end:]


SIGN = ":::"
CODE = "wording-block"
OPENING = re.compile(rf"[ \t]*{SIGN}[ \t]*({'|'.join(Audience)})[ \t]*")
CLOSING = re.compile(rf"[ \t]*{SIGN}[ \t]*")
BLOCKS = "::: restricted\nwhat only a restricted edition says\n:::\n::: public\nwhat everybody may read\n:::"


@dataclass(frozen=True, slots=True)
class WordingBlock:
    """Lines for one audience, those of its marks included. Both are counted from 0."""

    audience: Audience
    first: int
    last: int


# What a text says to one audience, and wrong marks.
WordingBlocks = tuple[tuple[WordingBlock, ...], tuple[Finding, ...]]


def wording_blocks(text: str, path: str) -> WordingBlocks:
    if SIGN not in text:
        return (), ()
    blocks: list[WordingBlock] = []
    findings: list[Finding] = []
    opened: tuple[Audience, int] | None = None
    for number, line in _telling(text):
        opening = OPENING.fullmatch(line)
        if opened and CLOSING.fullmatch(line):
            blocks.append(WordingBlock(*opened, number))
            opened = None
        elif opened:
            # Nobody knows where it was meant to end.
            findings.append(_unclosed(path, opened))
            opened = (Audience(opening[1]), number) if opening else None
        elif opening:
            opened = (Audience(opening[1]), number)
        elif SIGN in line:
            findings.append(_unknown(path, number, line))
    findings += [_unclosed(path, opened)] if opened else []
    return tuple(blocks), tuple(findings)


def without_marks(text: str, blocks: Sequence[WordingBlock]) -> str:
    """A text with blank lines in the place of marks. So it reads where it is made for no audience yet."""
    if not blocks:
        return text
    marks = {number for each in blocks for number in (each.first, each.last)}
    return "\n".join("" if number in marks else line for number, line in enumerate(LINE.split(text)))


def _telling(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(LINE.split(without_comments(text))):
        if SIGN in line or HEADING.match(line) or PART.match(line):
            yield number, line


def _unclosed(path: str, opened: tuple[Audience, int]) -> Finding:
    audience, number = opened
    message = f"{SIGN} {audience} is not closed before the next mark, section or part"
    hint = f"write {SIGN} alone on the line below the last one that it is about; headings of parts stand outside"
    return error_at(Mark(path, number + 1), CODE, message, hint)


def _unknown(path: str, number: int, line: str) -> Finding:
    mark = Mark(path, number + 1)
    if CLOSING.fullmatch(line):
        return error_at(mark, CODE, f"{SIGN} closes nothing", "delete the line")
    hint = "write each of these marks alone on a line:\n" + BLOCKS
    return error_at(mark, CODE, f"{SIGN} is no mark that says to whom something is told", hint)
