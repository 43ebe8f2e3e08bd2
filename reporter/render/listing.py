"""Divide the lists of figures and tables into columns.

Each must fit a page: a float that is higher runs into what follows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reporter.document.document import Document, Figure, Section, Table
from reporter.render.arrange import halves

# Heights in mm, as in the stylesheet: an entry of one line, each further line, a heading; what a column holds.
ONE, MORE, HEAD, FULL = 6.4, 4.1, 12.0, 225.0
# A caption of more letters takes another line.
MOST_ON_A_LINE = 42
# The contents, likewise: a chapter, each further line of its title, letters on a line; what a page holds.
CHAPTER, CHAPTER_MORE, MOST_OF_CHAPTER, CONTENTS = 13.1, 4.7, 34, 222.0


@dataclass(frozen=True, slots=True)
class ListPart:
    """The part of a list that stands in one column.

    `kind` is `figure` or `table`; `opens` says that the list begins here.
    """

    kind: str
    blocks: tuple[Figure | Table, ...]
    opens: bool


ListColumn = tuple[ListPart, ...]


def listing(document: Document) -> tuple[tuple[ListColumn, ListColumn], ...]:
    """Return the columns of each page of the lists.

    They are as even as possible where one page is enough.
    """
    entries: list[Figure | Table] = [*document.figures(), *document.tables()]
    firsts: list[Figure | Table] = [*document.figures()[:1], *document.tables()[:1]]
    columns = [tuple(_parts(column, firsts)) for column in _columns(entries)]
    columns += [()] * (len(columns) % 2)
    return tuple(zip(columns[::2], columns[1::2], strict=True))


def is_tall(sections: tuple[Section, ...]) -> bool:
    """Return whether the contents are longer than a page.

    This is measured in the usual setting.
    """
    return max(map(_contents_height, halves(sections)), default=0) > CONTENTS


def _contents_height(sections: Iterable[Section]) -> float:
    return sum(
        CHAPTER
        + CHAPTER_MORE * ((len(each.title) - 1) // MOST_OF_CHAPTER)
        + sum(ONE + MORE * ((len(below.title) - 1) // MOST_ON_A_LINE) for below in each.sections)
        for each in sections
    )


def _columns(entries: list[Figure | Table]) -> list[list[Figure | Table]]:
    """Divide the entries into columns.

    These are two halves where one page holds them, else as many full columns as it takes.
    """
    half = _height(entries) / 2
    if half > FULL:
        return list(_cut(entries, FULL))
    first = next(_cut(entries, half), [])
    return [first, entries[len(first) :]]


def _cut(entries: list[Figure | Table], limit: float) -> Iterator[list[Figure | Table]]:
    column: list[Figure | Table] = []
    for entry in entries:
        if column and _height(column) + _entry(entry) / 2 > limit:
            yield column
            column = []
        column.append(entry)
    if column:
        yield column


def _height(entries: Iterable[Figure | Table]) -> float:
    return sum(_entry(each) for each in entries)


def _entry(each: Figure | Table) -> float:
    further = (len(each.caption) - 1) // MOST_ON_A_LINE
    return ONE + MORE * further + (HEAD if each.number == 1 else 0)


def _parts(column: list[Figure | Table], firsts: Sequence[Figure | Table]) -> Iterator[ListPart]:
    for kind, found in groupby(column, lambda each: "figure" if isinstance(each, Figure) else "table"):
        blocks = tuple(found)
        yield ListPart(kind, blocks, opens=blocks[0] in firsts)
