"""Write a YAML text anew without what may not be told. Everything else stays as it is written; no comment stays. What
is written is read again, and holds what was intended, or it is not given."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

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
# A comment to the end of its line, or the blanks there.
REMARK = re.compile(r"[ \t]*#[^\r\n]*|[ \t]+(?=\r?\Z)")
ODD_KEYS = (*PROPERTIES, "{", "[", "|", ">", "?")


class _Gone:
    """What stands for an entry that is taken out."""

    def __repr__(self) -> str:
        return "gone"


GONE = _Gone()
Change = Value | _Gone
Changes = Mapping[tuple[int, int], Change]
Plain = str | tuple[str, tuple[tuple[str, "Plain"], ...]]


class RewriteError(Exception):
    """A text of which nobody can prove what it tells. `at` is the place."""

    def __init__(self, at: int = 0) -> None:
        super().__init__(at)
        self.at = at


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str = ""


def spot(entry: YamlEntry) -> tuple[int, int]:
    return entry.start, entry.sign


def plain_of(node: YamlNode, changes: Changes) -> Plain:
    if node.is_text:
        return node.text
    entries = ((each, changes.get(spot(each))) for each in node.entries)
    kept = [(each, change) for each, change in entries if not isinstance(change, _Gone)]
    pairs = ((each.key, plain_of(each.value, changes) if new is None else _plain(new)) for each, new in kept)
    return ("[", tuple((str(at), each) for at, (_, each) in enumerate(pairs))) if node.is_list else ("{", tuple(pairs))


def rewritten(text: str, path: str, root: YamlNode, changes: Changes) -> str:
    """A text with entries changed and without comments. Raises RewriteError where that cannot be proven."""
    changed = _applied(text, _edits(text, root, changes)) if changes else text
    made = _bare(changed, _read(changed, path) if changes else root)
    now = _read(made, path)
    if plain_of(now, {}) != plain_of(root, changes):
        raise RewriteError
    # Nothing may be before and after what was read, and no comment.
    around = BEFORE.fullmatch(made, _head(made), now.start) and AFTER.fullmatch(made, now.end)
    if not around or any("#" in made[start:end] for start, end in _gaps(made, now)):
        raise RewriteError
    return made


def refuse_oddities(text: str, root: YamlNode) -> None:
    """Refuse what may hide something. Raises RewriteError for anchors, aliases, tags, keys that are no words,
    directives and further documents."""
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
    column = column_of(text, holder)
    lines = Hand().item(new, column)[1:] if holder.is_list else Hand().behind(entry.key, new, column)
    # Nothing but a comment can stand behind it.
    return _Edit(entry.sign, line_end(text, entry.end), lines.replace("\n", line_break(text)))


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
    head = SCHEMA.match(text)
    return head.end() if head else 0


def _gaps(text: str, root: YamlNode) -> Iterator[tuple[int, int]]:
    at = _head(text)
    for begin, end in _texts(root, text):
        if begin > at:
            yield at, begin
        at = max(at, end)
    yield at, len(text)


def _bare(text: str, root: YamlNode) -> str:
    made: list[str] = []
    at = 0
    for start, end in _gaps(text, root):
        is_first, is_last = start == _head(text), end == len(text)
        made += [text[at:start], _bare_gap(text[start:end], is_first=is_first, is_last=is_last)]
        at = end
    return "".join(made)


def _bare_gap(gap: str, *, is_first: bool, is_last: bool) -> str:
    """What stands between two texts, without its comments. Of lines without anything one stays, and none beside a
    comment."""
    if "\n" not in gap and "#" not in gap:
        return gap
    lines = gap.split("\n")
    head = [] if is_first else [REMARK.sub("", lines.pop(0))]
    tail = [] if is_last or not lines else [lines.pop()]
    kept: list[str] = []
    for is_empty, run in groupby(lines, lambda line: not line.partition("#")[0].strip()):
        these = list(run)
        if not is_empty:
            kept += [REMARK.sub("", each) for each in these]
        elif (head or kept) and not any("#" in each for each in these):
            kept.append(these[0].strip(" \t"))
    bare = "\n".join((*head, *kept, *tail))
    return bare.rstrip() + ("\r\n" if "\r" in gap else "\n") if is_last and "\n" in gap else bare


def _applied(text: str, edits: Iterable[_Edit]) -> str:
    made: list[str] = []
    at = 0
    for each in edits:
        if each.start < at:
            raise RewriteError(each.start)
        made += [text[at : each.start], each.text]
        at = each.end
    return "".join((*made, text[at:]))
