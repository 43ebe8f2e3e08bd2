"""Choose how tightly the figures of a table are set. Each must keep to its column, with the marks that hang over."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporter.report.document.document import Cell, Table

POINT = 25.4 / 72
# How wide a figure is in Source Sans 3, in em, and one of a head.
FIGURE, HEAD = 0.5, 0.53
# What stays free between two columns, in mm.
GAP = 0.6
# Longer marks stand below their figure.
MOST_HANGING = 8
# The room beside figures by the letters of the longest marks, in mm; stylesheets have the same names and widths.
ROOMS = {0: 1.6, 1: 2.4, 2: 3.8, 4: 6.2, MOST_HANGING: 9.6}


@dataclass(frozen=True, slots=True)
class Setting:
    """One way of setting figures, as the stylesheet knows it. `size` is that of the letters in points, `stub` the width
    of the first column, `measure` that of the table in mm."""

    name: str
    size: float
    stub: float
    measure: float = 174.0


# The widest first; stylesheets have the same names and sizes.
SETTINGS = (
    Setting("", 8.6, 60.0),
    Setting("narrower", 8.6, 48.0),
    Setting("dense", 7.5, 48.0),
    Setting("denser", 7.5, 30.0),
    Setting("widest", 7.5, 48.0, 261.0),
)


def setting(table: Table) -> str:
    """Return the name of the widest setting that fits a table. It is the tightest one when none fits."""
    figures = max((len(cell.text) for cell in _cells(table)), default=0) * FIGURE
    heads = max((len(word) for column in table.columns for word in column.label.split()), default=0) * HEAD
    marks, columns = ROOMS[_hanging(table)], max(len(table.columns), 1)
    for each in SETTINGS:
        if each.size * POINT * max(figures, heads) + marks + GAP <= (each.measure - each.stub) / columns:
            return each.name
    return SETTINGS[-1].name


def marks_room(table: Table) -> str:
    return f"marks-{_hanging(table)}"


def mark_class(cell: Cell) -> str:
    """Return how the stylesheet places the marks of a figure. They hang over, so that digits stay below each other, or
    are stacked below the figure."""
    return "hanging" if _length(cell) <= MOST_HANGING else "stacked"


def _hanging(table: Table) -> int:
    longest = max((_length(cell) for cell in _cells(table) if _length(cell) <= MOST_HANGING), default=0)
    return next(letters for letters in ROOMS if longest <= letters)


def _cells(table: Table) -> Iterator[Cell]:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=False):
            if not column.text:
                yield cell


def _length(cell: Cell) -> int:
    return len("".join(cell.marks))
