"""Splices of entries within braces and brackets."""

import re

from reporter.edit.handwriting import WIDTH
from reporter.edit.splice import Splice, line_break, line_end, line_start
from reporter.load.yaml_nodes import YamlNode

COMMA = re.compile(r"(?:\s|#[^\n]*+)*+(,)")
# A comment behind an entry, and the line breaks and blanks after what ends a line.
COMMENT = re.compile(r"[ \t]*(#[^\r\n]*)")
NEW_LINE = re.compile(r"[ \t]*(?:#[^\r\n]*)?\r?\n[ \t\r\n]*")


def insert_within(text: str, holder: YamlNode, number: int, entry: str) -> Splice:
    """Put a new entry before that with a number, or last."""
    if not holder.entries:
        return Splice(holder.start + 1, text[holder.start + 1 : holder.end - 1], entry)
    if number < len(holder.entries):
        at = _own_start(text, holder, number)
        return Splice(at, "", f"{entry},{_parting(text, holder, number)}")
    return _append(text, holder, entry)


def remove_within(text: str, holder: YamlNode, number: int) -> Splice:
    """Take out an entry with the comma that parted it from another."""
    entries = holder.entries
    if len(entries) == 1:
        return _cut(text, holder.start + 1, holder.end - 1)
    if number + 1 < len(entries):
        return _cut(text, _own_start(text, holder, number), _own_start(text, holder, number + 1))
    before, end = entries[-2].end, entries[-1].end
    gap = text[before : _own_start(text, holder, number)]
    kept = gap.replace(",", "", 1).rstrip() if "#" in gap else ""
    # Where nothing stands behind a colon, the blank after it keeps it a colon.
    kept = kept or (" " if text[before - 1] == ":" else "")
    comma = COMMA.match(text, end, holder.end - 1)
    comment = COMMENT.match(text, comma.end(1) if comma else end, holder.end - 1)
    if comment:
        return Splice(before, text[before : comment.end()], f"{',' if comma else ''}{kept}")
    # Without its line the comment would hide what closes the braces.
    after = text[end : line_end(text, end)].strip(" \t,")
    new = f"{line_break(text)}{' ' * _column(text, holder.start)}" if "#" in kept and after else ""
    return Splice(before, text[before:end], kept + new)


def _append(text: str, holder: YamlNode, entry: str) -> Splice:
    last = holder.entries[-1].end
    parting = _parting(text, holder, len(holder.entries) - 1)
    if line_end(text, last) - line_start(text, last) + len(entry) > WIDTH - 2:
        # Where some entries begin a line, so does one for which the last line has no room.
        partings = (_parting(text, holder, number) for number in range(len(holder.entries)))
        parting = next((each for each in partings if "\n" in each), parting)
    comma = COMMA.match(text, last, holder.end - 1)
    at = comma.end(1) if comma else last
    comment = COMMENT.match(text, at, holder.end - 1)
    if comment:
        parting = parting if "\n" in parting else f"{line_break(text)}{' ' * _column(text, holder.entries[0].start)}"
        kept = text[at : comment.end()]
        return Splice(at, kept, f"{'' if comma else ','}{kept}{parting}{entry}{',' if comma else ''}")
    return Splice(at, "", f"{parting}{entry}," if comma else f",{parting}{entry}")


def _own_start(text: str, holder: YamlNode, number: int) -> int:
    start = holder.entries[number].start
    after = _after_comma(text, holder, number)
    line = NEW_LINE.match(text, after, start)
    return line.end() if line and "#" in text[line.end() : start] else start


def _after_comma(text: str, holder: YamlNode, number: int) -> int:
    if not number:
        return holder.start + 1
    end = holder.entries[number - 1].end
    comma = COMMA.match(text, end)
    return comma.end(1) if comma else end


def _parting(text: str, holder: YamlNode, number: int) -> str:
    start = holder.entries[number].start
    if "\n" in text[_after_comma(text, holder, number) : start]:
        return f"{line_break(text)}{text[line_start(text, start) : start]}"
    return " "


def _column(text: str, at: int) -> int:
    return at - line_start(text, at)


def _cut(text: str, start: int, end: int) -> Splice:
    return Splice(start, text[start:end], "")
