"""How tightly the figures of a table must be set so that each keeps to its column, with the marks that hang over."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporter.document.document import Cell, Table

MEASURE, POINT = 174.0, 25.4 / 72
# How wide a figure is in Source Sans 3, in em.
FIGURE = 0.5
# Longer marks stand below their figure.
MOST_HANGING = 8
# The room beside figures by the letters of the longest marks, in mm; stylesheets have the same names and widths.
ROOMS = {1: 1.6, 3: 2.2, 4: 3.2, MOST_HANGING: 6.0}


@dataclass(frozen=True, slots=True)
class Setting:
    """One way of setting figures, as the stylesheet knows it: size in points, width of the stub in mm."""

    name: str
    size: float
    stub: float

    def column_width(self, table: Table) -> float:
        """The width of a column of figures in mm."""
        return (MEASURE - self.stub) / max(len(table.columns), 1)

    def figure_width(self, figures: int, marks: int) -> float:
        """The width in mm of so many letters of figures with so many of marks hanging over."""
        return self.size * POINT * FIGURE * figures + ROOMS[marks]


# The widest first; stylesheets have the same names and sizes.
SETTINGS = (Setting("", 8.0, 48.0), Setting("dense", 7.0, 48.0), Setting("denser", 6.2, 36.0))


def setting(table: Table) -> str:
    """The widest setting in which all figures of a table fit, else the tightest."""
    figures = max((len(cell.text) for cell in _cells(table)), default=0)
    marks = _hanging(table)
    fitting = (each for each in SETTINGS if each.figure_width(figures, marks) <= each.column_width(table))
    return next(fitting, SETTINGS[-1]).name


def marks_room(table: Table) -> str:
    """The name of the room that the longest marks hanging over need."""
    return f"marks-{_hanging(table)}"


def mark_class(cell: Cell) -> str:
    """Whether the marks of a figure hang over, so that digits stay below each other, or stand below it."""
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
