"""Lines of narrative files: where they end, headings and comments."""

import re

# ATX headings and line endings as in CommonMark 4.2 and 2.1.
HEADING = re.compile(r"#[ \t]+([^\s#].*)")
# The heading of a part with a code.
PART = re.compile(r"##[ \t]+[^{}]*[^{}\s][ \t]+\{#[a-z]")
COMMENT = re.compile(r"<!--.*?-->", re.S)
LINE = re.compile(r"\r\n|\r|\n")


def without_comments(text: str) -> str:
    """Leave out comments, but not their lines.

    No blank stays at an end of their lines, where it would say something to Markdown.
    """
    if not COMMENT.search(text):
        return text
    bare = LINE.split(COMMENT.sub(lambda found: "\n" * len(LINE.findall(found[0])), text))
    pairs = zip(bare, LINE.split(text), strict=True)
    return "\n".join(line if line == typed else line.strip() for line, typed in pairs)
