"""Repairs of lines that begin too far left or right."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from reporter.load.yaml_lines import Repair, depth_of, is_line, within_text

KEY = re.compile(r" *(?:(?:- +)?[^\s#][^#]*:(?: |$)|- )")
COUNTS = ("one", "two", "three", "four")


def moves(lines: Sequence[str], near: Sequence[int]) -> Iterator[Repair]:
    """Move lines that begin too far left or right. First those that move least, and whose depth hardly any other line
    has."""
    depths = Counter(depth_of(lines[n]) for n in range(len(lines)) if is_line(lines, n))
    found = list(chain.from_iterable(_moved(lines, line) for line in near[:5]))
    found.sort(key=lambda each: (abs(each.by), each.depth % 2, depths[each.was] - depths[each.depth]))
    for line, was, depth, end, like in found:
        by = depth - was
        count = f"{COUNTS[abs(by) - 1]} blank{'s' if abs(by) > 1 else ''}"
        verb, side = ("add", "short") if by > 0 else ("take away", "too deep")
        hint = f"{verb} {count} before {_word(lines[line])!r}, to begin below {_word(lines[like])!r} of line {like + 1}"
        in_text = not _is_key(lines[line])
        moved = {n: _shifted(lines[n], depth - depth_of(lines[n]) if in_text else by) for n in range(line, end)}
        yield Repair(line=line, column=was, message=f"line {line + 1} is {count} {side}", hint=hint, lines=moved)


def _word(line: str) -> str:
    """The key of a line, or the first words of a text."""
    return line.strip().removeprefix("- ").partition(":")[0][:30]


class _Move(NamedTuple):
    """Lines from `line` to `end` that get the depth of another, `like`."""

    line: int
    was: int
    depth: int
    end: int
    like: int

    @property
    def by(self) -> int:
        return self.depth - self.was


def _moved(lines: Sequence[str], line: int) -> Iterator[_Move]:
    """Find other depths for a line, alone or with those below it."""
    was, is_key = depth_of(lines[line]), _is_key(lines[line])
    above, below = range(line - 1, max(-1, line - 20), -1), range(line + 1, line + 4)
    targets: dict[int, int] = {}
    for each in (n for n in (*above, *below) if is_line(lines, n)):
        deep = depth_of(lines[each])
        if is_key or within_text(lines, each):
            targets.setdefault(deep, each)
        if is_key and lines[each].lstrip().startswith("- "):
            targets.setdefault(deep + 2, each)
    # A key moves alone or with what stands below it, a line of a text with the lines that follow.
    rest = (n for n in range(line + 1, len(lines)) if is_line(lines, n))
    end = next((n for n in rest if (depth_of(lines[n]) <= was if is_key else _is_key(lines[n]))), len(lines))
    for depth, like in targets.items():
        if depth != was and abs(depth - was) <= len(COUNTS):
            for last in dict.fromkeys((line + 1, end)):
                yield _Move(line=line, was=was, depth=depth, end=last, like=like)


def _is_key(line: str) -> bool:
    return bool(KEY.match(line))


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return line
    return " " * by + line if by > 0 else line[min(-by, depth_of(line)) :]
