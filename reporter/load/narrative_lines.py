"""Lines of narrative files: where they end, headings and comments."""

import re
from collections.abc import Callable

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
