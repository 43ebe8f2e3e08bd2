"""Write a YAML file of its values alone, without what may not be told: no comment, and nothing of how it was laid out.
What is written is read again, and holds what was intended, or it is not given."""

import re
from collections.abc import Iterator, Mapping, Sequence

import yaml
from yaml import CSafeDumper, MappingNode, Node, ScalarNode, SequenceNode

from reporter.edit.handwriting import AsWritten, Value
from reporter.load.yaml_nodes import YamlEntry, YamlNode, yaml_nodes
from reporter.load.yaml_tree import ReadError

# The first line of a file that editors read may stay: it names a schema of the program.
SCHEMA = re.compile(r"# yaml-language-server: \$schema=(?:\.\./)*schema/[a-z]+\.json[ \t]*\r?\n")
PROPERTIES = ("&", "!", "*")
ODD_KEYS = (*PROPERTIES, "{", "[", "|", ">", "?")
WIDTH = 120
TEXT, LIST, MAPPING = (f"tag:yaml.org,2002:{each}" for each in ("str", "seq", "map"))


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


def plain_of(node: YamlNode, changes: Changes) -> Plain:
    if node.is_text:
        return node.text
    entries = ((each, changes.get(spot(each))) for each in node.entries)
    kept = [(each, change) for each, change in entries if not isinstance(change, _Gone)]
    pairs = ((each.key, plain_of(each.value, changes) if new is None else _plain(new)) for each, new in kept)
    return ("[", tuple((str(at), each) for at, (_, each) in enumerate(pairs))) if node.is_list else ("{", tuple(pairs))


class _PlainDumper(CSafeDumper):
    """Writes every text as it stands in the file, be it a number or a date."""


_PlainDumper.yaml_implicit_resolvers = {}


def rewritten(text: str, path: str, root: YamlNode, changes: Changes) -> str:
    """A file with entries changed. Raises RewriteError where nothing is left of a list or mapping, and where what is
    written cannot be read as what was intended."""
    head = SCHEMA.match(text)
    made = yaml.serialize(_node(root, changes), Dumper=_PlainDumper, allow_unicode=True, width=WIDTH)
    made = f"{head[0].rstrip()}\n{made}" if head else made
    try:
        now = yaml_nodes(made, path)
    except ReadError:
        raise RewriteError from None
    if now is None or plain_of(now, {}) != plain_of(root, changes):
        raise RewriteError
    return made


def _node(node: YamlNode, changes: Changes) -> Node:
    """A value as it is to be written, in the quotes and braces that it has."""
    if node.is_text:
        return ScalarNode(TEXT, node.text, style=node.style or None)
    new = [(each.key, changes.get(spot(each)), each.value) for each in node.entries]
    kept = [
        (key, _node(value, changes) if change is None else _new_node(change))
        for key, change, value in new
        if not isinstance(change, _Gone)
    ]
    if node.entries and not kept:
        raise RewriteError(node.start)
    return _holder(kept, is_list=node.is_list, is_flow=node.is_flow)


def _new_node(value: Value) -> Node:
    if isinstance(value, str):
        return ScalarNode(TEXT, value)
    if isinstance(value, AsWritten):
        raise TypeError(value)
    pairs = value.items() if isinstance(value, Mapping) else (("", each) for each in value)
    inner = [(key, _new_node(each)) for key, each in pairs]
    is_flow = all(isinstance(each, ScalarNode) for _, each in inner)
    return _holder(inner, is_list=not isinstance(value, Mapping), is_flow=is_flow)


def _holder(inner: Sequence[tuple[str, Node]], *, is_list: bool, is_flow: bool) -> Node:
    if is_list:
        return SequenceNode(LIST, [each for _, each in inner], flow_style=is_flow)
    return MappingNode(MAPPING, [(ScalarNode(TEXT, key), each) for key, each in inner], flow_style=is_flow)


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
