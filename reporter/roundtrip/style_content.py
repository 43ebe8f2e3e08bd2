"""Find what a stylesheet of a web page would load."""

from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2  # type: ignore[import-untyped]

INSIDE = ("#", "data:image/", "data:font/")
RULES = frozenset({"font-face", "media", "page", "supports", "layer", "container", "keyframes", "property"})
# What loads something, or runs in browsers of another day.
FUNCTIONS = frozenset(
    {
        "url",
        "src",
        "image",
        "image-set",
        "-webkit-image-set",
        "cross-fade",
        "-webkit-cross-fade",
        "element",
        "expression",
    }
)
PROPERTIES = frozenset({"behavior", "-moz-binding"})


def sheet_flaws(css: str) -> Iterator[str]:
    """Find what a stylesheet has that none of ours has."""
    if "<" in css:
        yield "a tag within a stylesheet"
    yield from declaration_flaws(css)


def declaration_flaws(css: str) -> Iterator[str]:
    """Find the same in any piece of a stylesheet. It is looked at token by token, whatever rule a browser would make of
    them."""
    yield from _flaws(tinycss2.parse_component_value_list(css))


def _flaws(nodes: Iterable[Any]) -> Iterator[str]:
    for node in nodes:
        yield from _flaw(node)
        for name in ("content", "arguments"):
            inner = getattr(node, name, None)
            if isinstance(inner, list):
                yield from _flaws(inner)


def _flaw(node: Any) -> Iterator[str]:
    if node.type == "url" and not node.value.lower().startswith(INSIDE):
        yield f"an address that is loaded: url({node.value[:40]!r})"
    elif node.type == "function" and node.lower_name == "url":
        given = [each.value for each in node.arguments if each.type == "string"]
        if len(given) != 1 or not given[0].lower().startswith(INSIDE):
            yield "an address that is loaded: url()"
    elif node.type == "function" and node.lower_name in FUNCTIONS:
        yield f"an address that may be loaded: {node.lower_name}()"
    elif node.type == "at-keyword" and node.value.lower() not in RULES:
        yield f"a rule that no page of ours has: @{node.value[:20]}"
    elif node.type == "ident" and node.lower_value in PROPERTIES:
        yield f"a property that no page of ours has: {node.value}"
    elif node.type == "error":
        yield f"a stylesheet that cannot be read: {node.message[:40]}"
