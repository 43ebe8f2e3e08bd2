"""Write a YAML text anew without what may not be told.

Everything else stays as it is written; no comment stays. What is written is read again, and holds what was intended, or
it is not given.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reporter.edit.block import column_of
from reporter.edit.handwriting import AsWritten, Hand, Value, flow_text
from reporter.edit.splice import line_break, line_end, line_start, next_line, past_blank
from reporter.load.yaml_nodes import BLOCK_TEXTS, YamlEntry, YamlNode, yaml_nodes
from reporter.load.yaml_tree import ReadError

# The first line of a file that editors read may stay: it names a schema of the program.
SCHEMA = re.compile(r"# yaml-language-server: \$schema=(?:\.\./)*schema/[a-z]+\.json[ \t]*\r?\n")
BEFORE = re.compile(r"(?:%YAML 1\.[12]\s+)?(?:---\s*)?\s*")
AFTER = re.compile(r"\s*(?:\.\.\.\s*)?")
PROPERTIES = ("&", "!", "*")
BLANK_ENDS = re.compile(r"[ \t]+(?=\r?\n)")
TWO_BLANK = re.compile(r"((?:\r?\n){2})(?:\r?\n)+")
ODD_KEYS = (*PROPERTIES, "{", "[", "|", ">", "?")


class _Gone:
    """What stands for an entry that is taken out."""


GONE = _Gone()
Change = Value | _Gone
Changes = Mapping[tuple[int, int], Change]
Plain = str | tuple[str, tuple[tuple[str, "Plain"], ...]]


class RewriteError(Exception):
    """A text of which nobody can prove what it tells.

    `at` is the place.
    """

    def __init__(self, at: int = 0) -> None:
        super().__init__(at)
        self.at = at


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str = ""


def spot(entry: YamlEntry) -> tuple[int, int]:
    """What tells an entry from all others of its text."""
    return entry.start, entry.sign


def plain_of(node: YamlNode, changes: Changes) -> Plain:
    """What stands at a node when changes are made, in its order."""
    if node.is_text:
        return node.text
    entries = ((each, changes.get(spot(each))) for each in node.entries)
    kept = [(each, change) for each, change in entries if not isinstance(change, _Gone)]
    pairs = ((each.key, plain_of(each.value, changes) if new is None else _plain(new)) for each, new in kept)
    return ("[", tuple((str(at), each) for at, (_, each) in enumerate(pairs))) if node.is_list else ("{", tuple(pairs))


def rewritten(text: str, path: str, root: YamlNode, changes: Changes) -> str:
    """A text with entries changed and without comments.

    Raises RewriteError where that cannot be proven.
    """
    made = _applied(text, [*_edits(text, root, changes), *_remarks(text, root)])
    made = _tidied(made, _read(made, path))
    now = _read(made, path)
    if plain_of(now, {}) != plain_of(root, changes) or any(_remarks(made, now)):
        raise RewriteError
    return made


def refuse_oddities(text: str, root: YamlNode) -> None:
    """Refuse what may hide something.

    Raises RewriteError for anchors, aliases, tags, keys that are no words, directives and further documents.
    """
    if text[root.start : root.start + 1] in PROPERTIES:
        raise RewriteError(root.start)
    for entry, is_key in _all_entries(root):
        first = text[entry.value.start : entry.value.start + 1]
        if first in PROPERTIES and not entry.value.is_empty:
            raise RewriteError(entry.value.start)
        if is_key and (not entry.key or text[entry.start] in ODD_KEYS):
            raise RewriteError(entry.start)


def _read(text: str, path: str) -> YamlNode:
    try:
        root = yaml_nodes(text, path)
    except ReadError:
        raise RewriteError from None
    if root is None or not root.entries:
        raise RewriteError
    before, after = text[_head(text) : root.start], text[root.end :]
    if not (BEFORE.fullmatch(before) and AFTER.fullmatch(after)):
        raise RewriteError
    return root


def _plain(value: Value) -> Plain:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "{", tuple((key, _plain(each)) for key, each in value.items())
    if isinstance(value, AsWritten):
        raise TypeError(value)
    return "[", tuple((str(at), _plain(each)) for at, each in enumerate(value))


def _all_entries(node: YamlNode) -> Iterator[tuple[YamlEntry, bool]]:
    """Every entry, and whether it has a key."""
    for each in node.entries:
        yield each, not node.is_list
        yield from _all_entries(each.value)


def _edits(text: str, holder: YamlNode, changes: Changes) -> Iterator[_Edit]:
    gone = [number for number, each in enumerate(holder.entries) if isinstance(changes.get(spot(each)), _Gone)]
    if gone and len(gone) == len(holder.entries):
        raise RewriteError(holder.start)
    for number, each in enumerate(holder.entries):
        new = changes.get(spot(each))
        if number in gone:
            yield _cut(text, holder, number, kept_before=any(at not in gone for at in range(number)))
        elif new is not None and not isinstance(new, _Gone):
            yield _written(text, holder, each, new)
        else:
            yield from _edits(text, each.value, changes)


def _cut(text: str, holder: YamlNode, number: int, *, kept_before: bool) -> _Edit:
    entries = holder.entries
    entry = entries[number]
    if holder.is_flow:
        if kept_before:
            return _Edit(entries[number - 1].end, entry.end)
        return _Edit(entry.start, entries[number + 1].start)
    start = line_start(text, entry.start)
    if text[start : entry.start].strip():
        raise RewriteError(entry.start)
    return _Edit(start, past_blank(text, next_line(text, entry.end)))


def _written(text: str, holder: YamlNode, entry: YamlEntry, new: Value) -> _Edit:
    if holder.is_flow:
        blank = "" if holder.is_list else " "
        end = entry.end
        while text[end : end + 1] in (" ", "\t"):
            end += 1
        # What aligned a number with those below it would tell how long it is.
        end = end if text[end : end + 1] == "," else entry.end
        return _Edit(entry.sign, end, f"{blank}{flow_text(new)}")
    column, end = column_of(text, holder), line_end(text, entry.end)
    lines = Hand().item(new, column)[1:] if holder.is_list else Hand().behind(entry.key, new, column)
    end = entry.end if text[entry.end : end].strip() else end
    return _Edit(entry.sign, end, lines.replace("\n", line_break(text)))


def _texts(node: YamlNode, text: str) -> Iterator[tuple[int, int]]:
    """Where texts begin and end, keys among them; comments stand between."""
    if not node.entries and node.is_text and not node.is_empty:
        start = node.start
        if node.style in BLOCK_TEXTS:
            # A comment may stand behind the sign of a text on lines of its own.
            start = line_end(text, start)
        yield start, node.end
    for each in node.entries:
        if not node.is_list and each.sign > each.start:
            yield from _keys(text, each)
        yield from _texts(each.value, text)


def _keys(text: str, entry: YamlEntry) -> Iterator[tuple[int, int]]:
    first = text[entry.start]
    if first in "\"'":
        yield entry.start, _closing(text, entry.start, first)
    else:
        # A key without quotes is on one line, and has no comment in it.
        end = entry.start + len(entry.key)
        yield entry.start, end if text[entry.start : end] == entry.key else entry.sign


def _closing(text: str, start: int, quote: str) -> int:
    pattern = r'"(?:\\.|[^"\\])*"' if quote == '"' else r"'(?:''|[^'])*'"
    found = re.compile(pattern, re.S).match(text, start)
    if found is None:
        raise RewriteError(start)
    return found.end()


def _head(text: str) -> int:
    """Where the first line ends that may stay."""
    head = SCHEMA.match(text)
    return head.end() if head else 0


def _gaps(text: str, root: YamlNode) -> Iterator[tuple[int, int]]:
    """What stands between texts."""
    at = _head(text)
    for begin, end in _texts(root, text):
        if begin > at:
            yield at, begin
        at = max(at, end)
    yield at, len(text)


def _remarks(text: str, root: YamlNode) -> Iterator[_Edit]:
    """Every comment, with its line where it stands alone."""
    for begin, end in _gaps(text, root):
        at = begin
        while (found := text.find("#", at, end)) >= 0:
            line = line_start(text, found)
            if text[line:found].strip():
                yield _Edit(line + len(text[line:found].rstrip()), line_end(text, found))
            else:
                yield _Edit(line, next_line(text, found))
            at = next_line(text, found)


def _tidied(text: str, root: YamlNode) -> str:
    """A text without needless blanks and blank lines."""
    edits = []
    for begin, end in _gaps(text, root):
        gap = text[begin:end]
        tidy = TWO_BLANK.sub(r"\1", BLANK_ENDS.sub("", gap))
        if begin == _head(text):
            tidy = tidy.lstrip("\r\n")
        if end == len(text):
            tidy = tidy.rstrip() + (line_break(text) if "\n" in gap else "")
        edits += [_Edit(begin, end, tidy)] if tidy != gap else []
    return _applied(text, edits)


def _applied(text: str, edits: list[_Edit]) -> str:
    """The text with edits; one within another is part of that."""
    made: list[str] = []
    at = 0
    for each in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if each.start >= at:
            made += [text[at : each.start], each.text]
        elif each.end > at and each.text:
            raise RewriteError(each.start)
        at = max(at, each.end)
    return "".join((*made, text[at:]))
