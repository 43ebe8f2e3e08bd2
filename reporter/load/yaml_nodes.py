"""A YAML text as nodes that know where each begins and ends. For who writes into a file by hand. What a file means is
said by `reporter.load.yaml_tree`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import AliasEvent, CSafeLoader, Event, MappingStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent

from reporter.load.yaml_mistakes import mistake
from reporter.load.yaml_tree import ReadError

BLANK_LINES = re.compile(r"(?:\r?\n[ \t]*)+\Z")
LAST_BREAK = re.compile(r"\r?\n\Z")
# What may stand between two values: blanks, comments, and the sign that is looked for.
COLON = re.compile(r"(?:\s|#[^\n]*+)*+:")
DASH = re.compile(r"(?:\s|#[^\n]*+)*+-")
LIST, MAPPING, FLOW_LIST, FLOW_MAPPING, ALIAS = "-", ":", "[", "{", "*"
BLOCK_TEXTS = ("|", ">")


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
        events = (each for each in yaml.parse(text, Loader=CSafeLoader) if isinstance(each, NodeEvent) or _ends(each))
        first = next(events, None)
        return None if first is None else _node(text, first, events)
    except yaml.YAMLError as problem:
        raise ReadError(mistake(text, path, problem)) from None


def _index(mark: Any) -> int:
    return mark.index if mark else 0


def _ends(event: Event) -> bool:
    return isinstance(event, yaml.CollectionEndEvent)


def _node(text: str, event: Event, events: Iterator[Event]) -> YamlNode:
    start, end = _index(event.start_mark), _index(event.end_mark)
    if isinstance(event, ScalarEvent):
        style = event.style or ""
        return YamlNode(start, _end_of_text(text, start, end) if style in BLOCK_TEXTS else end, style, event.value)
    if isinstance(event, MappingStartEvent):
        entries, end = _entries(text, event, events)
        return YamlNode(start, end, FLOW_MAPPING if event.flow_style else MAPPING, entries=entries)
    if isinstance(event, SequenceStartEvent):
        entries, end = _items(text, event, events)
        return YamlNode(start, end, FLOW_LIST if event.flow_style else LIST, entries=entries)
    return YamlNode(start, end, ALIAS, f"*{event.anchor}" if isinstance(event, AliasEvent) else "")


def _entries(text: str, opening: MappingStartEvent, events: Iterator[Event]) -> tuple[tuple[YamlEntry, ...], int]:
    found: list[YamlEntry] = []
    for event in events:
        if _ends(event):
            return tuple(found), _index(event.end_mark) if opening.flow_style else found[-1].end
        key = _node(text, event, events)
        value = _node(text, next(events), events)
        colon = COLON.match(text, key.end)
        sign = colon.end() if colon else key.end
        value = YamlNode(sign, sign, "") if value.is_empty else value
        found.append(YamlEntry(key.start, sign, key.text, value))
    raise AssertionError("a mapping has an end")


def _items(text: str, opening: SequenceStartEvent, events: Iterator[Event]) -> tuple[tuple[YamlEntry, ...], int]:
    found: list[YamlEntry] = []
    for event in events:
        if _ends(event):
            return tuple(found), _index(event.end_mark) if opening.flow_style else found[-1].end
        value = _node(text, event, events)
        start = sign = value.start
        if not opening.flow_style:
            before = found[-1].end if found else _index(opening.start_mark)
            dash = DASH.match(text, before)
            sign = dash.end() if dash else value.start
            start = sign - 1 if dash else value.start
            value = YamlNode(sign, sign, "") if value.is_empty else value
        found.append(YamlEntry(start, sign, str(len(found)), value))
    raise AssertionError("a list has an end")


def _end_of_text(text: str, start: int, end: int) -> int:
    """Where a text behind > or | ends: with its last line. Blank lines belong to it only where its sign says so."""
    raw = text[start:end]
    head = raw.partition("\n")[0].partition("#")[0]
    return start + len((LAST_BREAK if "+" in head else BLANK_LINES).sub("", raw))
