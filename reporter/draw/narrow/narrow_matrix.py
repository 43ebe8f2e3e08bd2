"""Draw for a phone who was named when. Lists of different kinds stand below each other, the latest first, each with
those whom it names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from reporter.document.plot import ColumnGroup, Dot, Matrix
from reporter.draw.canvas import AXIS_STRONG, TITLE, Canvas
from reporter.draw.matrix import draw_matrix_at, labels_room, tell_dots

# In mm: what is free beside the label of a column, and between two parts.
ASIDE, BETWEEN = 0.9, 4.0


def draw_narrow_matrix(canvas: Canvas, plot: Matrix) -> float:
    """Draw a part for each kind of list. It has as many columns as fit. Returns the height in mm."""
    left = labels_room(canvas, plot.rows)
    widest = max((canvas.measure(label, AXIS_STRONG) for label in plot.columns), default=0.0)
    fits = max(int((canvas.width - left) / (widest + ASIDE)), 1)
    top = 0.0
    for columns, title in _parts(plot, fits):
        y = canvas.paragraph(canvas.wrap(title, TITLE, canvas.width), (0.0, top + TITLE.capital + 0.4), TITLE)
        part = _part(plot, columns, title)
        grid = draw_matrix_at(
            canvas, replace(part, groups=(ColumnGroup("", len(columns)),)), left, y - TITLE.leading + 1.0
        )
        tell_dots(canvas, part, grid)
        top = grid.bottom + BETWEEN
    return max(top - BETWEEN, 1.0)


def _parts(plot: Matrix, fits: int) -> Iterator[tuple[Sequence[int], str]]:
    """The columns of each part by number, with the lists' kind. The latest come first. The lists of one kind are
    divided evenly where they do not fit beside each other."""
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
