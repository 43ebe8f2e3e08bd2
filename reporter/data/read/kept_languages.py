"""Leave languages that nobody asked for out of a file. All else stays as it was typed, comments included."""

from collections.abc import Container, Iterator

import yaml
from yaml import CSafeLoader, MappingNode, Node, ScalarNode, SequenceNode

from reporter.data.records.label import OFFICIAL


def in_languages(text: str, kept: Container[str]) -> str:
    """A file with its texts in some languages only. A text that has none of them stays whole."""
    node = yaml.compose(text, Loader=CSafeLoader)
    cuts = sorted(_cuts(text, node, kept), reverse=True) if node else []
    for first, last in cuts:
        text = text[:first] + text[last:]
    return text


def _cuts(text: str, node: Node, kept: Container[str]) -> Iterator[tuple[int, int]]:
    if isinstance(node, SequenceNode):
        for each in node.value:
            yield from _cuts(text, each, kept)
    elif isinstance(node, MappingNode):
        names = [str(key.value) for key, _ in node.value if isinstance(key, ScalarNode)]
        if names and OFFICIAL.issuperset(names) and any(name in kept for name in names):
            yield from (_cut(text, node, place) for place, name in enumerate(names) if name not in kept)
            return
        for _, value in node.value:
            yield from _cuts(text, value, kept)


def _cut(text: str, node: MappingNode, place: int) -> tuple[int, int]:
    key, value = node.value[place]
    if node.flow_style:
        if place:
            return node.value[place - 1][1].end_mark.index, value.end_mark.index
        return key.start_mark.index, node.value[1][0].start_mark.index
    first = text.rindex("\n", 0, key.start_mark.index) + 1
    last, end = first, first
    for line in text[first:].splitlines(keepends=True):
        inside = end == first or line[: key.start_mark.column + 1].isspace()
        if line.strip() and not inside:
            break
        end += len(line)
        last = end if line.strip() else last
    return first, last
