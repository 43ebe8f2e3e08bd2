"""Record which HTML element each tag of the PDF comes from. This is the one hook into a private part of WeasyPrint,
which writes tags page by page and forgets what they were made of. Without knowing it, the halves of a table that goes
over two pages cannot be put together again."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.layout.absolute import AbsolutePlaceholder  # type: ignore[import-untyped]
from weasyprint.pdf import tags  # type: ignore[import-untyped]

from reporter.pdf.tree import HtmlElement

LINK = "a"
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class TagSource:
    """The HTML element that a tag comes from, and its box. A box is named as in CSS, such as `span` or
    `span::footnote-call`."""

    origin: HtmlElement
    box: str


TagSources = Mapping[int, TagSource]


@contextmanager
def recording() -> Iterator[TagSources]:
    """Record the sources of all tags that WeasyPrint writes meanwhile. They are found by the object number of the tag.
    Only one thread records at a time."""
    sources: dict[int, TagSource] = {}
    origins: dict[int, HtmlElement] = {}
    with _ONE_AT_A_TIME:
        build = tags._build_box_tree

        def recorded(box: Any, *rest: Any) -> Iterator[Any]:
            for tag in build(box, *rest):
                source = _source(box, origins)
                if source is not None:
                    sources.setdefault(tag.number, source)
                yield tag

        tags._build_box_tree = recorded
        try:
            yield sources
        finally:
            tags._build_box_tree = build


def _source(box: Any, origins: dict[int, HtmlElement]) -> TagSource | None:
    """Return the source of a box. None for pages, margins and the areas of footnotes, which no element made."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    element = box.element
    if not isinstance(element, Element) or box.element_tag in (None, "html", "body"):
        return None
    if id(element) not in origins:
        words = element.get("title") or "".join(element.itertext())
        text = " ".join(words.split()) if element.tag == LINK else ""
        origins[id(element)] = HtmlElement(len(origins), element.tag, dict(element.attrib), text)
    return TagSource(origins[id(element)], box.element_tag)
