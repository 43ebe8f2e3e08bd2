"""All texts of a publication, and its values with their addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache

from reporter.data.records import Observation
from reporter.report.document.document import Block, Document, Figure, Proposals, Table
from reporter.text.tree import Text, paragraphs, words

SPACES = re.compile(r"[ \t\r\n\f]+")


def texts(thing: object) -> Iterator[str]:
    """Every text within a part of the document, in reading order, except texts of observations, never printed."""
    waiting = [thing]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, Text):
            waiting += reversed([SPACES.sub(" ", words(one.inside)).strip(" ") for one in paragraphs(each.nodes)])
        elif isinstance(each, tuple):
            waiting += reversed(each)
        else:
            # mypy takes the hash of an instance for that of its type.
            waiting += [getattr(each, name) for name in _parts(type(each))]  # type: ignore[arg-type]


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The names of a type's fields, last one first. Empty for observations and types that are no part of a document."""
    printed = is_dataclass(kind) and not issubclass(kind, Observation)
    return tuple(reversed([each.name for each in fields(kind)])) if printed else ()


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """A printed value: observation, section and place there ("headline", "text", or number of a table or figure)."""

    observation: Observation
    section: str
    place: str

    @property
    def address(self) -> str:
        """The name of the figure, such as `victims.identified.women`."""
        return self.observation.address

    def __str__(self) -> str:
        return f"{self.section}, {self.place}"


def printed_values(document: Document) -> Iterator[PrintedValue]:
    """Yield every value that a document prints, in reading order, once for each time it is printed."""
    for section in document.walk():
        name = f"{section.number} {section.title}".strip()
        if section.headline:
            yield from (PrintedValue(seen, name, "headline") for seen in section.headline.observations)
        for block in section.blocks:
            yield from (PrintedValue(seen, name, place) for place, seen in in_block(block))


def in_block(block: Block) -> Iterator[tuple[str, Observation]]:
    if isinstance(block, Text):
        yield from (("text", seen) for seen in block.observations)
    elif isinstance(block, Proposals):
        yield from (("text", seen) for text in block.texts() for seen in text.observations)
    elif isinstance(block, Table):
        yield from ((f"Table {block.number}", seen) for seen in _in_table(block))
    elif isinstance(block, Figure):
        headed = block.headline.observations if block.headline else ()
        yield from ((f"Figure {block.number}", seen) for seen in (*headed, *_in_table(block.table)))


def _in_table(table: Table) -> Iterator[Observation]:
    return (cell.observation for row in table.rows for cell in row.cells if cell.observation)
