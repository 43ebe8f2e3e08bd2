"""Write a YAML file of its values alone, without what may not be told: no comment, and nothing of how it was laid out.
What is written is read again, and holds what was intended, or it is not given."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from reporter.data.read.yaml_tree import (
    FLOW_LIST,
    FLOW_MAPPING,
    LIST,
    MAPPING,
    ReadError,
    YamlEntry,
    YamlNode,
    yaml_nodes,
    yaml_text,
)
from reporter.data.write.yaml_format import AsWritten, Value

# The first line of a file that editors read may stay: it names a schema of the program.
SCHEMA = re.compile(r"# yaml-language-server: \$schema=(?:\.\./)*schema/[a-z]+\.json[ \t]*\r?\n")
PROPERTIES = ("&", "!", "*")
ODD_KEYS = (*PROPERTIES, "{", "[", "|", ">", "?")
# An entry as it is left, None where it goes.
Change = Callable[[YamlEntry], YamlEntry | None]


class RewriteError(Exception):
    """A text of which nobody can prove what it tells. `at` is the place."""

    def __init__(self, at: int = 0) -> None:
        super().__init__(at)
        self.at = at


def changed(node: YamlNode, change: Change) -> YamlNode | None:
    """A list or mapping with its entries changed. None where nothing is left of them."""
    kept = tuple(filter(None, map(change, node.entries)))
    return replace(node, entries=kept) if kept or not node.entries else None


def changed_within(entry: YamlEntry, change: Change) -> YamlEntry | None:
    value = changed(entry.value, change)
    return replace(entry, value=value) if value else None


def changed_below(root: YamlNode, key: str, change: Change) -> YamlNode | None:
    """A file with the entries below a key changed."""
    return changed(root, lambda top: changed_within(top, change) if top.key == key else top)


def put(entry: YamlEntry, value: Value) -> YamlEntry:
    return replace(entry, value=_new(value))


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


# Proving takes longer than all else, and the same files are asked for again and again.
@lru_cache(maxsize=512)
def rewritten(head: str, path: str, wanted: YamlNode) -> str:
    """A file of what is left of it, below its first line. Raises RewriteError where that cannot be written, and read as
    what was intended."""
    made = yaml_text(wanted)
    schema = SCHEMA.match(head)
    made = f"{schema[0].rstrip()}\n{made}" if schema else made
    try:
        now = yaml_nodes(made, path)
    except ReadError:
        raise RewriteError from None
    if now is None or _plain(now) != _plain(wanted):
        raise RewriteError
    return made


def _plain(node: YamlNode) -> object:
    """What a value says, without its place and style."""
    if node.is_text:
        return node.text
    return node.is_list, [("" if node.is_list else each.key, _plain(each.value)) for each in node.entries]


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
