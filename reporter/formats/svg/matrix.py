"""Draw a matrix of dots that shows who was named when; columns are grouped by kind of list, so one sign is enough."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from matplotlib.path import Path

from reporter.formats.svg import axis
from reporter.formats.svg.axis import Field, Scale
from reporter.formats.svg.canvas import AXIS_STRONG, LABEL, NARROWEST, TITLE, Canvas, Point, Rectangle, disc
from reporter.report.document.plot import ColumnGroup, Dot, Matrix, Shade

ROW = 3.7
RADIUS = 1.15
RING = 1.6
# In mm: the widest and narrowest distance of columns, the steps between, the gap between groups.
PITCH, NARROWEST_PITCH, STEP, APART = 14.0, 1.0, 0.25, 3.0
# The least room of a heading in mm, where headings are above each other.
HEADING = 24.0
# The largest share of the drawing for the column of labels.
SHARE = 0.45
# In mm: the gap next to the label of a column, and between two parts.
ASIDE, BETWEEN = 0.9, 4.0


@dataclass(frozen=True, slots=True)
class Group:
    """A group of columns with its heading in lines; `first` is its first column, `below` counts the lines below."""

    field: Field
    first: int
    heading: tuple[str, ...]
    below: int = 0


def draw_matrix(canvas: Canvas, plot: Matrix) -> float:
    """Draw headings, column labels and rows, if narrow in a part per kind of list; return the height in mm."""
    left = min(max((canvas.measure(row, LABEL) for row in plot.rows), default=0.0) + 4, canvas.width * SHARE)
    if canvas.width > NARROWEST:
        return _draw_part(canvas, plot, left, 0.0)
    widest = max((canvas.measure(label, AXIS_STRONG) for label in plot.columns), default=0.0)
    top = 0.0
    for columns, title in _parts(plot, max(int((canvas.width - left) / (widest + ASIDE)), 1)):
        y = canvas.paragraph(canvas.wrap(title, TITLE, canvas.width), (0.0, top + TITLE.capital + 0.4), TITLE)
        top = _draw_part(canvas, _part(plot, columns, title), left, y - TITLE.leading + 1.0, bare=True) + BETWEEN
    return max(top - BETWEEN, 1.0)


def _draw_part(canvas: Canvas, plot: Matrix, left: float, start: float, *, bare: bool = False) -> float:
    """Draw a matrix from `start` down, with `left` mm of labels; a `bare` one has no headings. Returns the y below."""
    groups = _groups(canvas, [("" if bare else kind.title, kind.count) for kind in plot.groups], left)
    heading = start + max((len(group.heading) + group.below for group in groups), default=0) * AXIS_STRONG.leading
    chosen = [
        _labels(canvas, plot.columns[group.first : group.first + group.field.count], group.field.pitch)
        for group in groups
    ]
    labels = tuple(canvas.wrap(label, LABEL, left - 3) for label in plot.rows)
    edges = [heading + max(map(axis.labels_height, chosen), default=0.0)]
    for lines in labels:
        edges.append(edges[-1] + max(ROW, len(lines) * LABEL.leading + 0.3))
    for group in groups:
        field = group.field
        now = [n for n in range(field.count) if plot.shades[group.first + n] is Shade.NOW]
        lefts = [field.centre(n) - field.pitch / 2 for n in now]
        canvas.boxes((Rectangle(x, heading, field.pitch, edges[-1] - heading) for x in lefts), "tint")
    for group, words in zip(groups, chosen, strict=True):
        first = heading - (len(group.heading) + group.below - 1) * AXIS_STRONG.leading - 0.8
        widest = max((canvas.measure(line, AXIS_STRONG) for line in group.heading), default=0.0)
        canvas.paragraph(group.heading, (min(group.field.box.x, canvas.width - widest), first), AXIS_STRONG)
        strong = [n for n in range(group.field.count) if plot.shades[group.first + n] is not Shade.EARLIER]
        field = replace(group.field, box=replace(group.field.box, y=heading))
        axis.draw_labels(canvas, field, words, strong)
    right = max((group.field.right for group in groups), default=canvas.width)
    canvas.lines([((0.0, y), (right, y)) for y in edges[1:-1]], "hairline", 0.5)
    canvas.lines([((0.0, y), (right, y)) for y in (edges[0], edges[-1])], "rule", 0.75)
    middles = [sum(pair) / 2 for pair in pairwise(edges)]
    for lines, middle in zip(labels, middles, strict=True):
        canvas.centred_paragraph(lines, (0.0, middle), LABEL)
    xs = [group.field.centre(n) for group in groups for n in range(group.field.count)]
    pitch = min((group.field.pitch for group in groups), default=PITCH)
    _draw_dots(canvas, plot, [(xs[dot.column], middles[dot.row]) for dot in plot.dots], min(RADIUS, pitch / 2 / RING))
    return edges[-1] + 0.4


def _draw_dots(canvas: Canvas, plot: Matrix, places: Sequence[Point], radius: float) -> None:
    placed = list(zip(plot.dots, places, strict=True))
    for shade in Shade:
        canvas.shapes([disc(*at, radius) for dot, at in placed if plot.shades[dot.column] is shade], shade)
    if rings := [disc(*at, radius * RING) for dot, at in placed if dot.main]:
        canvas.stroke(Path.make_compound_path(*rings), "ink", 0.8)
    kinds = [group.title for group in plot.groups for _ in range(group.count)]
    for dot, (x, y) in placed:
        main = [plot.main] if dot.main and plot.main else []
        where = ", ".join((kinds[dot.column], plot.columns[dot.column], *main))
        canvas.tell(Rectangle(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS), f"{plot.rows[dot.row]}: {where}")


def _labels(canvas: Canvas, labels: Sequence[str], pitch: float) -> dict[int, tuple[str, ...]]:
    """The labels of a group's columns: years in full, else their last two figures, else the last of them only."""
    for texts in (labels, [f"\u2019{label[-2:]}" if label.isdigit() else label for label in labels]):
        if max((canvas.measure(label, AXIS_STRONG) for label in texts), default=0.0) + 0.5 <= pitch:
            return {place: (label,) for place, label in enumerate(texts)}
    fits = labels and canvas.measure(labels[-1], AXIS_STRONG) <= pitch * len(labels)
    return {len(labels) - 1: (labels[-1],)} if fits else {}


def _groups(canvas: Canvas, kinds: Sequence[tuple[str, int]], left: float) -> list[Group]:
    """The groups of titles and numbers of columns from left to right, columns equally far apart. A group is as wide as
    the longest word of its heading; where that is too narrow, headings are above each other, the first lowest, each
    with the room to its right."""
    room = canvas.width - left - APART * max(len(kinds) - 1, 0)
    least = [max((canvas.measure(word, AXIS_STRONG) for word in title.split()), default=0.0) for title, _ in kinds]
    counts = [count for _, count in kinds]
    pitches = (PITCH - STEP * n for n in range(int((PITCH - NARROWEST_PITCH) / STEP) + 1))
    pitch = next((step for step in pitches if sum(map(max, least, (step * count for count in counts))) <= room), 0.0)
    stepped = not pitch
    gap = APART if pitch else min(APART, canvas.width * 0.02)
    if stepped:
        pitch = (canvas.width - left - gap * max(len(counts) - 1, 0)) / max(sum(counts), 1)
        least = [0.0] * len(counts)
    groups, x, first, below = list[Group](), left, 0, 0
    for (title, count), word in zip(kinds, least, strict=True):
        width = max(word, pitch * count)
        field = Field(Rectangle(x, 0.0, pitch * count, 0.0), 0.0, count, Scale(1.0, ()))
        measure = max(canvas.width - x, min(HEADING, canvas.width)) if stepped else width
        heading = canvas.wrap(title, AXIS_STRONG, measure) if title else ()
        groups.append(Group(field, first, heading, below))
        x, first, below = x + width + gap, first + count, below + len(heading) * stepped
    return groups


def _parts(plot: Matrix, fits: int) -> Iterator[tuple[Sequence[int], str]]:
    """The columns of each part by number, with the kind of list, latest first, split evenly where they do not fit."""
    ends = accumulate(group.count for group in plot.groups)
    kinds = [(range(end - group.count, end)[::-1], group.title) for end, group in zip(ends, plot.groups, strict=True)]
    for columns, title in sorted(kinds, key=lambda kind: max(plot.columns[n] for n in kind[0]), reverse=True):
        parts = -(-len(columns) // fits)
        size = -(-len(columns) // parts)
        yield from ((columns[first : first + size], title) for first in range(0, len(columns), size))


def _part(plot: Matrix, columns: Sequence[int], title: str) -> Matrix:
    dots = [dot for dot in plot.dots if dot.column in columns and dot.row < len(plot.rows)]
    rows = sorted({dot.row for dot in dots})
    return Matrix(
        rows=tuple(plot.rows[row] for row in rows),
        columns=tuple(plot.columns[n] for n in columns),
        shades=tuple(plot.shades[n] for n in columns),
        groups=(ColumnGroup(title, len(columns)),),
        dots=tuple(Dot(rows.index(dot.row), columns.index(dot.column), dot.main) for dot in dots),
        main=plot.main,
    )
