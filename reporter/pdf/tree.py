"""The tag tree as plain values: what the repairs take and give."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from reporter.pdf.origin import Origin

TABLE_ROWS = ("THead", "TBody", "TFoot")
CELLS = ("TH", "TD")


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content: its page, counted from 0, and its number there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """The active area of a link: its page and the number of its object in the file."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Node:
    """A tag with what it holds; `frame` is the box of a figure in points, `rows` and `columns` the span of a cell."""

    role: str
    kids: "tuple[Kid, ...]" = ()
    origin: Origin | None = None
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
    def tag(self) -> str:
        """The HTML element it comes from; empty for text and for what is made by a stylesheet."""
        return self.origin.tag if self.origin and self.origin.tag == self.box else ""

    def attribute(self, name: str) -> str:
        """An attribute of its HTML element."""
        return self.origin.attributes.get(name, "") if self.tag and self.origin else ""

    def nodes(self) -> "Iterator[Node]":
        """The tags directly in it."""
        return (kid for kid in self.kids if isinstance(kid, Node))

    def walk(self) -> "Iterator[Node]":
        """It and every tag below, in reading order."""
        yield self
        for kid in self.nodes():
            yield from kid.walk()

    def contents(self) -> Iterator[Content]:
        """All marked content below, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Content):
                yield kid
            elif isinstance(kid, Node):
                yield from kid.contents()


Kid = Node | Content | Annotation


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with every tag changed, from the leaves to the root."""
    kids = tuple(rebuilt(kid, change) if isinstance(kid, Node) else kid for kid in node.kids)
    return change(replace(node, kids=kids) if kids != node.kids else node)
