"""Lines of a YAML file, and guesses at what is wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

BLOCK_TEXT = re.compile(r".*: +[>|][+-]?\d?[+-]? *(?:#.*)?")
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Repair:
    """A guess at a fault: its place, and the lines without it. Lines and columns are counted from 0."""

    line: int
    column: int
    message: str
    hint: str
    lines: Mapping[int, str] = field(default_factory=dict)

    @property
    def moves_lines(self) -> bool:
        """Return whether it makes two lines of one."""
        return any("\n" in each for each in self.lines.values())


def shown(line: str) -> str:
    """A line as a hint prints it, shortened in its middle."""
    text = line.strip()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 35]} … {text[-30:]}"


def quoted(text: str) -> str:
    """A text in the quotes that suit what stands in it."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def within_text(lines: Sequence[str], line: int) -> bool:
    """Return whether a line belongs to a text after > or |."""
    depth = depth_of(lines[line])
    above = next((n for n in range(line - 1, -1, -1) if is_line(lines, n) and depth_of(lines[n]) < depth), None)
    return above is not None and bool(BLOCK_TEXT.fullmatch(lines[above]))


def is_line(lines: Sequence[str], line: int) -> bool:
    """Return whether there is a line with more than a comment."""
    return line < len(lines) and bool(lines[line].strip()) and not lines[line].lstrip().startswith("#")


def indent_of(line: str) -> str:
    """What a line begins with before its words."""
    return line[: len(line) - len(line.lstrip())]


def depth_of(line: str) -> int:
    """The number of blanks that a line begins with."""
    return len(line) - len(line.lstrip(" "))
