"""The tag tree as plain values, which the repairs take and give."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

TABLE_ROWS = ("THead", "TBody", "TFoot")
CELLS = ("TH", "TD")


@dataclass(frozen=True, slots=True)
class HtmlElement:
    """An element of the HTML, with a number of its own. `text` is that of a link, else empty."""

    number: int
    tag: str
    attributes: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A piece of marked content on a page. `page` is counted from 0, `number` is its MCID there (ISO 32000-1,
    14.7.4.2)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """The active area of a link. `page` is counted from 0, `number` is that of its object in the file (ISO 32000-1,
    14.7.4.3); once a piece is drawn, its place among those of its page. `words` say where it leads."""

    page: int
    number: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class TagNode:
    """A tag (structure element) with all that is below it. `box` is the box of its HTML element that it stands for,
    `alt` its alternative text, `identity` its ID. `frame` is the box of a figure in points, `rows` and `columns` are
    the span of a cell, `headers` the identities of its headers. `anchor` is the id of its element, when that is known
    no more."""

    role: str
    kids: "tuple[Kid, ...]" = ()
    origin: HtmlElement | None = None
    box: str = ""
    alt: str = ""
    identity: str = ""
    language: str = ""
    frame: tuple[float, ...] = ()
    rows: int = 1
    columns: int = 1
    scope: str = ""
    headers: tuple[str, ...] = ()
    numbering: str = ""
    anchor: str = ""

    @property
    def html_tag(self) -> str:
        """The name of its HTML element. Empty for text, and for what a stylesheet makes."""
        return self.origin.tag if self.origin and self.origin.tag == self.box else ""

    def attribute(self, name: str) -> str:
        return self.origin.attributes.get(name, "") if self.html_tag and self.origin else ""

    def nodes(self) -> "Iterator[TagNode]":
        return (kid for kid in self.kids if isinstance(kid, TagNode))

    def walk(self) -> "Iterator[TagNode]":
        yield self
        for kid in self.nodes():
            yield from kid.walk()


Kid = TagNode | MarkedContent | Annotation


def map_tags(node: TagNode, change: Callable[[TagNode], TagNode]) -> TagNode:
    kids = tuple(map_tags(kid, change) if isinstance(kid, TagNode) else kid for kid in node.kids)
    return change(replace(node, kids=kids) if kids != node.kids else node)
