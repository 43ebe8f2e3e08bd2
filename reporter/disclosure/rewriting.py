"""Write a YAML file of its values alone, without what may not be told: no comment, and nothing of how it was laid out.
What is written is read again, and holds what was intended, or it is not given."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from reporter.edit.handwriting import AsWritten, Value
from reporter.load.yaml_nodes import (
    FLOW_LIST,
    FLOW_MAPPING,
    LIST,
    MAPPING,
    YamlEntry,
    YamlNode,
    yaml_nodes,
    yaml_text,
)
from reporter.load.yaml_tree import ReadError

# The first line of a file that editors read may stay: it names a schema of the program.
SCHEMA = re.compile(r"# yaml-language-server: \$schema=(?:\.\./)*schema/[a-z]+\.json[ \t]*\r?\n")
PROPERTIES = ("&", "!", "*")
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


def spot(entry: YamlEntry) -> tuple[int, int]:
    return entry.start, entry.sign


def plain_of(node: YamlNode) -> Plain:
    if node.is_text:
        return node.text
    pairs = [(each.key, plain_of(each.value)) for each in node.entries]
    return ("[", tuple((str(at), each) for at, (_, each) in enumerate(pairs))) if node.is_list else ("{", tuple(pairs))


def changed(node: YamlNode, changes: Changes) -> YamlNode:
    """What is left of a value with its changes; new values have no place. Raises RewriteError where nothing is left of
    a list or mapping."""
    pairs = ((each, changes.get(spot(each))) for each in node.entries)
    kept = [(each, change) for each, change in pairs if not isinstance(change, _Gone)]
    if node.entries and not kept:
        raise RewriteError(node.start)
    made = (replace(each, value=changed(each.value, changes) if new is None else _new(new)) for each, new in kept)
    return replace(node, entries=tuple(made))


def rewritten(text: str, path: str, root: YamlNode, changes: Changes) -> str:
    """A file with entries changed. Raises RewriteError where that cannot be written, and read as what was intended."""
    wanted, head = changed(root, changes), SCHEMA.match(text)
    made = yaml_text(wanted)
    made = f"{head[0].rstrip()}\n{made}" if head else made
    try:
        now = yaml_nodes(made, path)
    except ReadError:
        raise RewriteError from None
    if now is None or plain_of(now) != plain_of(wanted):
        raise RewriteError
    return made


def _new(value: Value) -> YamlNode:
    if isinstance(value, AsWritten):
        raise TypeError(value)
    if isinstance(value, str):
        return YamlNode(0, 0, "", value)
    pairs = value.items() if isinstance(value, Mapping) else ((str(at), each) for at, each in enumerate(value))
    inner = tuple(YamlEntry(0, 0, key, _new(each)) for key, each in pairs)
    is_flow = all(each.value.is_text for each in inner)
    if isinstance(value, Mapping):
        return YamlNode(0, 0, FLOW_MAPPING if is_flow else MAPPING, entries=inner)
    return YamlNode(0, 0, FLOW_LIST if is_flow else LIST, entries=inner)


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


def _all_entries(node: YamlNode) -> Iterator[tuple[YamlEntry, bool]]:
    for each in node.entries:
        yield each, not node.is_list
        yield from _all_entries(each.value)
