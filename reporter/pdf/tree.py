"""The tag tree as plain values: what the repairs take and give."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from reporter.pdf.origin import HtmlElement

TABLE_ROWS = ("THead", "TBody", "TFoot")
CELLS = ("TH", "TD")


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """Marked content: its page, counted from 0, and its number there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """The active area of a link: its page and the number of its object in the file."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class TagNode:
    """A tag with what it holds; `frame` is the box of a figure in points, `rows` and `columns` the span of a cell."""

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

    @property
    def html_tag(self) -> str:
        """The HTML element it comes from; empty for text and for what is made by a stylesheet."""
        return self.origin.tag if self.origin and self.origin.tag == self.box else ""

    def attribute(self, name: str) -> str:
        """An attribute of its HTML element."""
        return self.origin.attributes.get(name, "") if self.html_tag and self.origin else ""

    def nodes(self) -> "Iterator[TagNode]":
        """The tags directly in it."""
        return (kid for kid in self.kids if isinstance(kid, TagNode))

    def walk(self) -> "Iterator[TagNode]":
        """It and every tag below, in reading order."""
        yield self
        for kid in self.nodes():
            yield from kid.walk()

    def contents(self) -> Iterator[MarkedContent]:
        """All marked content below, in reading order."""
        for kid in self.kids:
            if isinstance(kid, MarkedContent):
                yield kid
            elif isinstance(kid, TagNode):
                yield from kid.contents()


Kid = TagNode | MarkedContent | Annotation


def map_tags(node: TagNode, change: Callable[[TagNode], TagNode]) -> TagNode:
    """The tree with every tag changed, from the leaves to the root."""
    kids = tuple(map_tags(kid, change) if isinstance(kid, TagNode) else kid for kid in node.kids)
    return change(replace(node, kids=kids) if kids != node.kids else node)
