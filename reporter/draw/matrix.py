"""Draw a matrix of dots that shows who was named when.

The columns stand in groups, one kind of list each, with its name above: so one sign is enough.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.path import Path

from reporter.document.plot import Dot, Matrix, Shade
from reporter.draw import axis
from reporter.draw.axis import Field, Scale
from reporter.draw.canvas import Canvas
from reporter.draw.outlines import Point, Rectangle, disc
from reporter.draw.text_width import AXIS_STRONG, LABEL

ROW = 3.7
RADIUS = 1.15
RING = 1.6
# In mm: the widest and narrowest distance of columns, the steps between, the space between groups.
PITCH, NARROWEST, STEP, APART = 14.0, 1.0, 0.25, 3.0
# A column of labels takes no more of the drawing.
SHARE = 0.45


@dataclass(frozen=True, slots=True)
class Group:
    """A group of columns with its heading in lines; `first` is the number of its first column."""

    field: Field
    first: int
    heading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows and columns of a matrix in mm.

    `edges` are the y of the rows' edges, one more than there are rows; `labels` the rows' labels in lines.
    """

    groups: tuple[Group, ...]
    edges: tuple[float, ...]
    labels: tuple[tuple[str, ...], ...]

    def middle(self, row: int) -> float:
        """The y of the middle of a row."""
        return (self.edges[row] + self.edges[row + 1]) / 2

    def place(self, dot: Dot) -> Point | None:
        """The middle of a dot; None when its row or column does not exist."""
        group = next((each for each in self.groups if 0 <= dot.column - each.first < each.field.count), None)
        if group is None or not 0 <= dot.row < len(self.labels):
            return None
        return group.field.centre(dot.column - group.first), self.middle(dot.row)


def draw_matrix(canvas: Canvas, plot: Matrix) -> float:
    """Draw headings and column labels, then a line for each row.

    Returns the height in mm.
    """
    widest = max((canvas.measure(row, LABEL) for row in plot.rows), default=0.0)
    left = min(widest + 4, canvas.width * SHARE)
    groups = list(_groups(canvas, plot, left))
    heading = max((len(group.heading) for group in groups), default=0) * AXIS_STRONG.leading
    chosen = [axis.choose_labels(canvas, _columns(plot, group), group.field.pitch) for group in groups]
    top = heading + max(map(axis.labels_height, chosen), default=0.0)
    labels = tuple(canvas.wrap(label, LABEL, left - 3) for label in plot.rows)
    edges = [top]
    for lines in labels:
        edges.append(edges[-1] + max(ROW, len(lines) * LABEL.leading + 0.3))
    grid = Grid(tuple(groups), tuple(edges), labels)
    _draw_tints(canvas, plot, grid, heading)
    for group, words in zip(groups, chosen, strict=True):
        first = heading - (len(group.heading) - 1) * AXIS_STRONG.leading - 0.8
        canvas.paragraph(group.heading, (group.field.box.x, first), AXIS_STRONG)
        strong = [n for n in range(group.field.count) if plot.shades[group.first + n] is not Shade.EARLIER]
        axis.draw_labels(canvas, _at(group.field, heading), words, strong)
    right = max((group.field.right for group in groups), default=canvas.width)
    canvas.lines([((0.0, y), (right, y)) for y in grid.edges[1:-1]], "hairline", 0.5)
    canvas.lines([((0.0, y), (right, y)) for y in (grid.edges[0], grid.edges[-1])], "rule", 0.75)
    for row, lines in enumerate(grid.labels):
        canvas.centred_paragraph(lines, (0.0, grid.middle(row)), LABEL)
    _draw_dots(canvas, plot, grid)
    return grid.edges[-1] + 0.4


def _at(field: Field, y: float) -> Field:
    box = Rectangle(field.box.x, y, field.box.width, 0.0)
    return Field(box, field.gutter, field.count, field.scale)


def _columns(plot: Matrix, group: Group) -> Sequence[str]:
    return plot.columns[group.first : group.first + group.field.count]


def _groups(canvas: Canvas, plot: Matrix, left: float) -> Iterator[Group]:
    """The groups from left to right, all columns equally far apart.

    A group is at least as wide as the longest word of its heading.
    """
    room = canvas.width - left - APART * max(len(plot.groups) - 1, 0)
    least = [max((canvas.measure(word, AXIS_STRONG) for word in g.title.split()), default=0.0) for g in plot.groups]
    counts = [group.count for group in plot.groups]
    steps = int((PITCH - NARROWEST) / STEP)
    pitches = (PITCH - STEP * n for n in range(steps + 1))
    fits = (each for each in pitches if sum(map(max, least, (each * count for count in counts))) <= room)
    pitch = next(fits, 0.0)
    widths = [max(word, pitch * count) for word, count in zip(least, counts, strict=True)]
    if not pitch:
        widths = [room * count / max(sum(counts), 1) for count in counts]
        pitch = room / max(sum(counts), 1)
    x, first = left, 0
    for group, width in zip(plot.groups, widths, strict=True):
        field = Field(Rectangle(x, 0.0, pitch * group.count, 0.0), 0.0, group.count, Scale(1.0, ()))
        yield Group(field, first, canvas.wrap(group.title, AXIS_STRONG, max(width, 1.0)))
        x, first = x + width + APART, first + group.count


def _draw_tints(canvas: Canvas, plot: Matrix, grid: Grid, top: float) -> None:
    """Tint the columns of the year reported."""
    for group in grid.groups:
        field = group.field
        lefts = [
            field.centre(n) - field.pitch / 2 for n in range(field.count) if plot.shades[group.first + n] is Shade.NOW
        ]
        canvas.boxes((Rectangle(x, top, field.pitch, grid.edges[-1] - top) for x in lefts), "tint")


def _draw_dots(canvas: Canvas, plot: Matrix, grid: Grid) -> None:
    """Draw all dots of a shade as one path, and the rings."""
    placed = [(dot, at) for dot in plot.dots if (at := grid.place(dot))]
    pitch = min((group.field.pitch for group in grid.groups), default=PITCH)
    radius = min(RADIUS, pitch / 2 / RING)
    for shade in Shade:
        canvas.shapes([disc(*at, radius) for dot, at in placed if plot.shades[dot.column] is shade], shade)
    if rings := [disc(*at, radius * RING) for dot, at in placed if dot.main]:
        canvas.stroke(Path.make_compound_path(*rings), "ink", 0.8)
