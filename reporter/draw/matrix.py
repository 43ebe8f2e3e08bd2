"""Draw a matrix of dots that shows who was named when.

A dot for each kind of list; kinds differ in shape and colour, for colour is not the only means (WCAG 2.1 1.4.1).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.path import Path

from reporter.document.plot import Dot, Matrix
from reporter.draw import axis
from reporter.draw.axis import Field, Scale
from reporter.draw.canvas import Canvas
from reporter.draw.columns import MISSING
from reporter.draw.legend import LegendEntry, draw_legend, marker_swatch
from reporter.draw.outlines import Point, Rectangle, disc, marker
from reporter.draw.text_width import LABEL

ROW = 3.3
RADIUS = 1.2
RING = 1.6
PITCH = 14.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows and columns of a matrix in mm.

    `edges` are the y of the rows' edges, one more than there are rows; `labels` the rows' labels in lines.
    """

    field: Field
    edges: tuple[float, ...]
    labels: tuple[tuple[str, ...], ...]

    def middle(self, row: int) -> float:
        """The y of the middle of a row."""
        return (self.edges[row] + self.edges[row + 1]) / 2

    def contains(self, dot: Dot) -> bool:
        """Whether the dot's row and column exist."""
        return 0 <= dot.row < len(self.labels) and 0 <= dot.column < self.field.count


@dataclass(frozen=True, slots=True)
class PlacedDot:
    """A dot with its middle and radius in mm."""

    dot: Dot
    at: Point
    radius: float


def draw_matrix(canvas: Canvas, plot: Matrix) -> float:
    """Draw the legend, the column labels, and a line for each row.

    Returns the height in mm.
    """
    top = draw_legend(canvas, [LegendEntry(words, marker_swatch(n)) for n, words in enumerate(plot.kinds)], 0.0)
    top += 1.2 if top else 0.0
    widest = max((canvas.measure(row, LABEL) for row in plot.rows), default=0.0)
    left = min(widest + 4, canvas.width * 0.45)
    width = min(canvas.width - left, PITCH * max(len(plot.columns), 1))
    field = Field(Rectangle(left, top, width, 0.0), 0.0, len(plot.columns), Scale(1.0, ()))
    chosen = axis.choose_labels(canvas, plot.columns, field.pitch)
    head = axis.labels_height(chosen)
    axis.draw_labels(canvas, field, chosen)
    grid = _grid(canvas, plot, field, top + head)
    _draw_rules(canvas, plot, grid)
    for row, lines in enumerate(grid.labels):
        canvas.centred_paragraph(lines, (0.0, grid.middle(row)), LABEL)
    _draw_dots(canvas, plot, grid)
    return grid.edges[-1] + 0.4


def _grid(canvas: Canvas, plot: Matrix, field: Field, top: float) -> Grid:
    labels = tuple(canvas.wrap(label, LABEL, field.box.x - 3) for label in plot.rows)
    edges = [top]
    for lines in labels:
        edges.append(edges[-1] + max(ROW, len(lines) * LABEL.leading + 0.1))
    return Grid(field, tuple(edges), labels)


def _draw_rules(canvas: Canvas, plot: Matrix, grid: Grid) -> None:
    """Draw hairlines between rows, and grey bands for columns without a list.

    A band has a colon in every row.
    """
    field, top, bottom = grid.field, grid.edges[0], grid.edges[-1]
    empty = [column for column in plot.empty if 0 <= column < field.count]
    bands = [
        Rectangle(field.centre(column) - field.pitch / 2 + 0.4, top, field.pitch - 0.8, bottom - top)
        for column in empty
    ]
    canvas.boxes(bands, "tile")
    canvas.lines([((0.0, y), (field.right, y)) for y in grid.edges[1:-1]], "hairline", 0.5)
    canvas.lines([((0.0, y), (field.right, y)) for y in (top, bottom)], "rule", 0.75)
    for column in empty:
        for row in range(len(grid.labels)):
            canvas.text(":", (field.centre(column), grid.middle(row) + 0.7), MISSING, "center")


def _draw_dots(canvas: Canvas, plot: Matrix, grid: Grid) -> None:
    """Draw all dots of a kind as one path, and the rings."""
    placed = _place_dots([dot for dot in plot.dots if grid.contains(dot)], grid)
    for kind in sorted({each.dot.kind for each in placed}):
        outlines = [marker(kind, each.at, each.radius) for each in placed if each.dot.kind == kind]
        canvas.shapes(outlines, canvas.theme.accent(kind))
    rings = [disc(*each.at, each.radius * RING) for each in placed if each.dot.main]
    if rings:
        canvas.stroke(Path.make_compound_path(*rings), "ink", 0.8)


def _place_dots(dots: Sequence[Dot], grid: Grid) -> list[PlacedDot]:
    places: dict[tuple[int, int], list[Dot]] = {}
    for dot in dots:
        places.setdefault((dot.row, dot.column), []).append(dot)
    placed: list[PlacedDot] = []
    for (row, column), together in places.items():
        step = min(2 * RADIUS * RING + 0.2, grid.field.pitch / len(together))
        radius = min(RADIUS, step / 2 / RING)
        for number, dot in enumerate(together):
            offset = (number - (len(together) - 1) / 2) * step
            placed.append(PlacedDot(dot, (grid.field.centre(column) + offset, grid.middle(row)), radius))
    return placed
