"""A YAML text as nodes that know where each begins and ends. For who writes into a file by hand. What a file means is
said by `reporter.data.read.yaml_tree`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml import CollectionNode, CSafeDumper, MappingNode, Node, ScalarNode, SequenceNode

from reporter.data.errors import Mark
from reporter.data.read.yaml_tree import TOO_DEEP, ReadError, composed

BLANK_LINES = re.compile(r"(?:\r?\n[ \t]*)+\Z")
LAST_BREAK = re.compile(r"\r?\n\Z")
# What may stand between two values: blanks, comments, and the sign that is looked for.
COLON = re.compile(r"(?:\s|#[^\n]*+)*+:")
DASH = re.compile(r"(?:\s|#[^\n]*+)*+-")
LIST, MAPPING, FLOW_LIST, FLOW_MAPPING, ALIAS = "-", ":", "[", "{", "*"
BLOCK_TEXTS = ("|", ">")
ALIAS_AT = re.compile(r"(?:\s|,|#[^\n]*+)*+(\*[^\s,\[\]{}]+)")
WIDTH = 120
TEXT_TAG, LIST_TAG, MAPPING_TAG = (f"tag:yaml.org,2002:{each}" for each in ("str", "seq", "map"))


@dataclass(frozen=True, slots=True)
class YamlNode:
    """A value as it stands in a text, from `start` to `end`. `style` is `-` or `:` for a list or mapping of lines, `[`
    or `{` for one within brackets, `*` for an alias, and of a text its quotes, `|`, `>`, or nothing. Comments and blank
    lines around it are not part of it."""

    start: int
    end: int
    style: str
    text: str = ""
    entries: tuple["YamlEntry", ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.start == self.end

    @property
    def is_text(self) -> bool:
        return self.style not in (LIST, MAPPING, FLOW_LIST, FLOW_MAPPING, ALIAS)

    @property
    def is_flow(self) -> bool:
        return self.style in (FLOW_LIST, FLOW_MAPPING)

    @property
    def is_list(self) -> bool:
        return self.style in (LIST, FLOW_LIST)


@dataclass(frozen=True, slots=True)
class YamlEntry:
    """An entry of a mapping or an item of a list. It begins at its key or hyphen. Its value belongs behind `sign`, the
    place after its colon or hyphen."""

    start: int
    sign: int
    key: str
    value: YamlNode

    @property
    def end(self) -> int:
        return max(self.value.end, self.sign)


def yaml_nodes(text: str, path: str) -> YamlNode | None:
    """Read a text without byte order mark; None when it holds nothing. Raises ReadError with the place of what is no
    YAML, or is nested too deeply."""
    try:
        root = composed(text, path)
        return None if root is None else _node(text, root, 0, set())
    except RecursionError:
        raise ReadError.at(Mark(path), *TOO_DEEP) from None


def _node(text: str, node: Node, at: int, seen: set[int]) -> YamlNode:
    """A value below a place. One that was met before is an alias, and may contain itself."""
    if id(node) in seen:
        found = ALIAS_AT.match(text, at)
        return YamlNode(*(found.span(1) if found else (at, at)), ALIAS, found[1] if found else "")
    seen.add(id(node))
    start, end = node.start_mark.index, node.end_mark.index
    if not isinstance(node, CollectionNode):
        style = getattr(node, "style", None) or ""
        if style in BLOCK_TEXTS:
            # It ends with its last line. Blank lines belong to it only where its sign says so.
            head = text[start:end].partition("\n")[0].partition("#")[0]
            end = start + len((LAST_BREAK if "+" in head else BLANK_LINES).sub("", text[start:end]))
        return YamlNode(start, end, style, node.value)
    if isinstance(node, MappingNode):
        entries, style = tuple(_entries(text, node, seen)), FLOW_MAPPING if node.flow_style else MAPPING
    else:
        entries, style = tuple(_items(text, node, seen)), FLOW_LIST if node.flow_style else LIST
    return YamlNode(start, end if node.flow_style else entries[-1].end, style, entries=entries)


def _entries(text: str, holder: CollectionNode, seen: set[int]) -> Iterator[YamlEntry]:
    before = holder.start_mark.index
    for key_node, value_node in holder.value:
        key = _node(text, key_node, before, seen)
        colon = COLON.match(text, key.end)
        sign = colon.end() if colon else key.end
        value = _node(text, value_node, sign, seen)
        entry = YamlEntry(key.start, sign, key.text, YamlNode(sign, sign, "") if value.is_empty else value)
        before = entry.end
        yield entry


def _items(text: str, holder: CollectionNode, seen: set[int]) -> Iterator[YamlEntry]:
    before = holder.start_mark.index
    for number, each in enumerate(holder.value):
        dash = None if holder.flow_style else DASH.match(text, before)
        value = _node(text, each, dash.end() if dash else before + (not number), seen)
        sign = dash.end() if dash else value.start
        value = YamlNode(sign, sign, "") if value.is_empty and not holder.flow_style else value
        entry = YamlEntry(sign - 1 if dash else sign, sign, str(number), value)
        before = entry.end
        yield entry


class _PlainDumper(CSafeDumper):
    """Writes every text as the file has it, even a number or a date."""


_PlainDumper.yaml_implicit_resolvers = {}


def yaml_text(root: YamlNode) -> str:
    """A text that holds what nodes say, in the quotes and braces that they have."""
    return str(yaml.serialize(_as_parsed(root), Dumper=_PlainDumper, allow_unicode=True, width=WIDTH))


def _as_parsed(node: YamlNode) -> Node:
    if node.is_text:
        return ScalarNode(TEXT_TAG, node.text, style=node.style or None)
    inner = [(each.key, _as_parsed(each.value)) for each in node.entries]
    if node.is_list:
        return SequenceNode(LIST_TAG, [each for _, each in inner], flow_style=node.is_flow)
    return MappingNode(MAPPING_TAG, [(ScalarNode(TEXT_TAG, key), each) for key, each in inner], flow_style=node.is_flow)
