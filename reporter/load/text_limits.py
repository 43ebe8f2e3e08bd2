"""How much a narrative may hold: more than a book does. Reading takes longer than in proportion to some of it: a
paragraph, its brackets. What comes from elsewhere must end."""

import re

from reporter.errors import Finding, Mark, Severity

CODE = "too-large"
# The longest narrative of the Lithuanian profile has 54,000 bytes in 200 lines, and no paragraph of 2,000 characters.
LINES, PARAGRAPH = 10_000, 10_000
# Signs of Markdown and of expressions: those that wait for another one, and all the others.
OPENING, MARKS = re.compile(r"[\[<`]"), re.compile(r"[*_{}&\\]")
OPENINGS, MOST_MARKS = 2_000, 20_000
END = re.compile(r"\r\n|\r|\n")


def beyond_limits(text: str, path: str) -> Finding | None:
    """Find the first thing of which a narrative has too much."""
    ends = [each.start() for each in END.finditer(text)]
    if len(ends) > LINES:
        return _finding(path, LINES + 1, f"the text has more than {LINES:,} lines", "part it, or leave some out")
    for signs, most, what in (
        (OPENING, OPENINGS, "[, < and `"),
        (MARKS, MOST_MARKS, "*, _, &, braces and backslashes"),
    ):
        found = [each.start() for each in signs.finditer(text)]
        if len(found) > most:
            line = text.count("\n", 0, found[most]) + 1
            return _finding(path, line, f"the text has more than {most:,} of the signs {what}", "leave them out")
    return _long_paragraph(text, path, ends)


def _long_paragraph(text: str, path: str, ends: list[int]) -> Finding | None:
    start, begun, begins = 0, 0, 1
    for number, end in enumerate((*ends, len(text)), 1):
        if not text[start:end].strip():
            begun, begins = end, number + 1
        elif end - begun > PARAGRAPH:
            message = f"a paragraph has more than {PARAGRAPH:,} characters"
            return _finding(path, begins, message, "part it by empty lines")
        start = end
    return None


def _finding(path: str, line: int, message: str, hint: str) -> Finding:
    return Finding(severity=Severity.ERROR, code=CODE, message=message, mark=Mark(path, line), hint=hint)
