"""Who was named when: a dot for each kind of list, told apart by shape and colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.path import Path

from reporter.document.plot import Dot, Matrix
from reporter.draw import axis
from reporter.draw.axis import Field, Scale
from reporter.draw.canvas import Canvas
from reporter.draw.columns import MISSING
from reporter.draw.legend import Key, draw_legend
from reporter.draw.outlines import Box, Point, disc, dot
from reporter.draw.text_width import LABEL

ROW = 3.3
RADIUS = 1.2
RING = 1.6
PITCH = 14.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Where rows and columns are: the field of the columns in mm and the top and middle of each row."""

    field: Field
    edges: tuple[float, ...]
    labels: tuple[tuple[str, ...], ...]

    def middle(self, row: int) -> float:
        """The y of the middle of a row."""
        return (self.edges[row] + self.edges[row + 1]) / 2

    def holds(self, dot: Dot) -> bool:
        """Whether the dot's row and column exist."""
        return 0 <= dot.row < len(self.labels) and 0 <= dot.column < self.field.count


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot where it is drawn: its middle and radius in mm."""

    dot: Dot
    at: Point
    radius: float


def draw_matrix(canvas: Canvas, plot: Matrix) -> float:
    """The legend, the labels of the columns, then a row each; answers the height in mm."""
    top = draw_legend(canvas, [_key(n, words) for n, words in enumerate(plot.kinds)], 0.0)
    top += 1.2 if top else 0.0
    left = _label_column(canvas, plot.rows)
    width = min(canvas.width - left, PITCH * max(len(plot.columns), 1))
    field = Field(Box(left, top, width, 0.0), 0.0, len(plot.columns), Scale(1.0, ()))
    chosen = axis.place_labels(canvas, plot.columns, field.pitch)
    head = axis.labels_height(chosen)
    axis.draw_labels(canvas, field, chosen)
    grid = _grid(canvas, plot, field, top + head)
    _draw_rules(canvas, plot, grid)
    for row, lines in enumerate(grid.labels):
        canvas.centred(lines, (0.0, grid.middle(row)), LABEL)
    _draw_dots(canvas, plot, grid)
    return grid.edges[-1] + 0.4


def _grid(canvas: Canvas, plot: Matrix, field: Field, top: float) -> Grid:
    labels = tuple(canvas.wrap(label, LABEL, field.box.x - 3) for label in plot.rows)
    edges = [top]
    for lines in labels:
        edges.append(edges[-1] + max(ROW, len(lines) * LABEL.leading + 0.1))
    return Grid(field, tuple(edges), labels)


def _draw_rules(canvas: Canvas, plot: Matrix, grid: Grid) -> None:
    """Hairlines between rows; columns without a list are a grey band with a colon in every row."""
    field, top, bottom = grid.field, grid.edges[0], grid.edges[-1]
    empty = [column for column in plot.empty if 0 <= column < field.count]
    bands = [
        Box(field.centre(column) - field.pitch / 2 + 0.4, top, field.pitch - 0.8, bottom - top) for column in empty
    ]
    canvas.boxes(bands, "tile")
    canvas.lines([((0.0, y), (field.right, y)) for y in grid.edges[1:-1]], "hairline", 0.5)
    canvas.lines([((0.0, y), (field.right, y)) for y in (top, bottom)], "rule", 0.75)
    for column in empty:
        for row in range(len(grid.labels)):
            canvas.words(":", (field.centre(column), grid.middle(row) + 0.7), MISSING, "center")


def _draw_dots(canvas: Canvas, plot: Matrix, grid: Grid) -> None:
    """All dots of a kind as one path; several in one place stand side by side and share it."""
    marks = _marks([item for item in plot.dots if grid.holds(item)], grid)
    for kind in sorted({mark.dot.kind for mark in marks}):
        outlines = [dot(kind, mark.at, mark.radius) for mark in marks if mark.dot.kind == kind]
        canvas.shapes(outlines, canvas.theme.accent(kind))
    rings = [disc(*mark.at, mark.radius * RING) for mark in marks if mark.dot.main]
    if rings:
        canvas.stroke(Path.make_compound_path(*rings), "ink", 0.8)


def _marks(dots: Sequence[Dot], grid: Grid) -> list[Mark]:
    places: dict[tuple[int, int], list[Dot]] = {}
    for item in dots:
        places.setdefault((item.row, item.column), []).append(item)
    marks: list[Mark] = []
    for (row, column), together in places.items():
        step = min(2 * RADIUS * RING + 0.2, grid.field.pitch / len(together))
        radius = min(RADIUS, step / 2 / RING)
        for number, item in enumerate(together):
            offset = (number - (len(together) - 1) / 2) * step
            marks.append(Mark(item, (grid.field.centre(column) + offset, grid.middle(row)), radius))
    return marks


def _key(kind: int, words: str) -> Key:
    def paint(canvas: Canvas, box: Box) -> None:
        canvas.shape(dot(kind, (box.x + box.width / 2, box.middle), box.width * 0.38), canvas.theme.accent(kind))

    return Key(words, paint)


def _label_column(canvas: Canvas, rows: Sequence[str]) -> float:
    """The width of the row labels in mm, at most 45 % of the canvas."""
    widest = max((canvas.measure(row, LABEL) for row in rows), default=0.0)
    return min(widest + 4, canvas.width * 0.45)
