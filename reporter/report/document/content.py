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
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, Text):
            waiting += reversed([SPACES.sub(" ", words(one.inside)).strip(" ") for one in paragraphs(part.nodes)])
        elif isinstance(part, tuple):
            waiting += reversed(part)
        else:
            # mypy takes the hash of an instance for that of its type.
            waiting += [getattr(part, name) for name in _parts(type(part))]  # type: ignore[arg-type]


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The names of a type's fields, last one first. Empty for observations and types that are no part of a document."""
    printed = is_dataclass(kind) and not issubclass(kind, Observation)
    return tuple(reversed([field.name for field in fields(kind)])) if printed else ()


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
            yield from (PrintedValue(observation, name, "headline") for observation in section.headline.observations)
        for block in section.blocks:
            yield from (PrintedValue(observation, name, place) for place, observation in in_block(block))


def in_block(block: Block) -> Iterator[tuple[str, Observation]]:
    if isinstance(block, Text):
        yield from (("text", observation) for observation in block.observations)
    elif isinstance(block, Proposals):
        yield from (("text", observation) for text in block.texts() for observation in text.observations)
    elif isinstance(block, Table):
        yield from ((f"Table {block.number}", observation) for observation in _in_table(block))
    elif isinstance(block, Figure):
        headed = block.headline.observations if block.headline else ()
        yield from ((f"Figure {block.number}", observation) for observation in (*headed, *_in_table(block.table)))


def _in_table(table: Table) -> Iterator[Observation]:
    return (cell.observation for row in table.rows for cell in row.cells if cell.observation)
