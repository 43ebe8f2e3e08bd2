"""Splices of entries that stand on lines of their own."""

from dataclasses import dataclass

from reporter.edit.splice import Splice, is_blank, line_break, line_end, line_start, next_line, past_blank
from reporter.load.yaml_nodes import YamlEntry, YamlNode


@dataclass(frozen=True, slots=True)
class OwnLines:
    """The lines of an entry with its own comments. Its own are those directly above it, behind it, and indented deeper
    below it. `content` is its first sign, or that of its comments; where another entry begins its line, such as `- a:
    1`, it is `joined` and begins at its key."""

    start: int
    content: int
    end: int
    joined: bool


def own_lines(text: str, holder: YamlNode, number: int, *, is_root: bool) -> OwnLines:
    entry = holder.entries[number]
    start = line_start(text, entry.start)
    joined = bool(text[start : entry.start].strip())
    end = end_of(text, entry)
    if joined:
        return OwnLines(entry.start, entry.start, end, joined)
    floor = end_of(text, holder.entries[number - 1]) if number else 0
    start = _own_comments(text, start, entry.start - start, floor)
    # What a file begins with is told of the file, not of its first key.
    if is_root and not number and not start:
        start = line_start(text, entry.start)
    return OwnLines(start, start + _indent(text, start), end, joined)


def column_of(text: str, holder: YamlNode) -> int:
    """The column, counted from 0, at which the entries begin."""
    start = holder.entries[0].start
    return start - line_start(text, start)


def end_of(text: str, entry: YamlEntry) -> int:
    column = entry.start - line_start(text, entry.start)
    end = next_line(text, entry.end)
    while True:
        below = past_blank(text, end)
        if not (_is_comment(text, below) and _indent(text, below) > column):
            return end
        end = next_line(text, below)


def insert_lines(text: str, holder: YamlNode, number: int, entry: str, *, is_root: bool) -> Splice:
    new, count = line_break(text), len(holder.entries)
    indent = " " * column_of(text, holder)
    if number:
        at = own_lines(text, holder, number - 1, is_root=is_root).end
        parted = count > 1 and all(
            is_blank(text, end_of(text, each)) and end_of(text, each) < len(text) for each in holder.entries[:-1]
        )
        blank = new if parted else ""
        if text[:at].endswith("\n"):
            return Splice(at, "", f"{blank}{indent}{entry}{new}")
        return Splice(at, "", f"{new}{blank}{indent}{entry}")
    first = own_lines(text, holder, 0, is_root=is_root)
    return Splice(first.start, "", f"{entry}{new}{indent}" if first.joined else f"{indent}{entry}{new}")


def remove_lines(text: str, holder: YamlNode, number: int, *, is_root: bool) -> Splice:
    own = own_lines(text, holder, number, is_root=is_root)
    start, end = own.start, own.end
    if own.joined:
        end = past_blank(text, end)
        return _cut(text, start, end + _indent(text, end))
    floor = end_of(text, holder.entries[number - 1]) if number else 0
    if not number or (start > floor and is_blank(text, line_start(text, start - 1))):
        # Of the blank lines before and after it, those before stay; at the end of a file none.
        end = past_blank(text, end)
        while end == len(text) and start > floor and is_blank(text, line_start(text, start - 1)):
            start = line_start(text, start - 1)
    if end == len(text) and start and not text.endswith("\n"):
        start = line_end(text, start - 1)
    return _cut(text, start, end)


def empty_lines(text: str, parent: YamlEntry, sign: str) -> Splice | None:
    """Take out the only entry: an empty `sign`, {} or [], stays. None where something else than a comment stands behind
    the key."""
    own = own_lines(text, parent.value, 0, is_root=False)
    if own.joined:
        end = line_end(text, parent.end)
        return Splice(parent.sign, text[parent.sign : end], f" {sign}")
    head = text[parent.sign : own.start]
    if head.partition("\n")[0].partition("#")[0].strip():
        return None
    if own.end == len(text) and not text.endswith("\n"):
        head = head.removesuffix(line_break(text))
    return Splice(parent.sign, text[parent.sign : own.end], f" {sign}{head}")


def fill_lines(text: str, parent: YamlEntry, entry: str, column: int) -> Splice:
    new, end = line_break(text), line_end(text, parent.end)
    rest = text[parent.end : end].rstrip()
    return Splice(parent.sign, text[parent.sign : end], f"{rest}{new}{' ' * column}{entry}")


def _cut(text: str, start: int, end: int) -> Splice:
    return Splice(start, text[start:end], "")


def _own_comments(text: str, start: int, column: int, floor: int) -> int:
    while start > floor:
        above = line_start(text, start - 1)
        if above < floor or not _is_comment(text, above) or _indent(text, above) > column:
            return start
        start = above
    return start


def _is_comment(text: str, start: int) -> bool:
    return text[start : line_end(text, start)].lstrip().startswith("#")


def _indent(text: str, start: int) -> int:
    line = text[start : line_end(text, start)]
    return len(line) - len(line.lstrip())
