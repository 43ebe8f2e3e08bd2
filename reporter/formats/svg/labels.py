"""Place the figures above columns. None runs into a column, another figure or the edge."""

from collections.abc import Sequence
from typing import NamedTuple

from reporter.formats.svg.axis import Field, keep_inside
from reporter.formats.svg.canvas import Canvas, TextStyle
from reporter.formats.svg.outlines import Rectangle

ABOVE = 0.9
ASIDE = 0.3
APART = 0.45


class DataLabel(NamedTuple):
    """A figure to be printed above the column number `place`."""

    place: int
    text: str
    style: TextStyle


class PlacedLabel(NamedTuple):
    """A figure and its box in mm. The lower edge of the box is the baseline of the figure."""

    label: DataLabel
    box: Rectangle


def place(
    canvas: Canvas, field: Field, unplaced: Sequence[DataLabel], tops: Sequence[float]
) -> tuple[PlacedLabel, ...]:
    """Place every figure above its column and above figures below it. `tops` are the y of the columns' tops. Figures
    that stand lower are placed first."""
    free = [_above_columns(canvas, field, label, tops) for label in unplaced if label.text]
    done: list[PlacedLabel] = []
    for label, box in sorted(free, key=lambda placed: (-placed.box.y, -placed.label.place)):
        for _, other in sorted(done, key=lambda placed: -placed.box.y):
            beside = box.right + ASIDE <= other.x or other.right + ASIDE <= box.x
            if not beside and box.bottom + APART > other.y and box.y < other.bottom + APART:
                box = Rectangle(box.x, other.y - 2 * APART - box.height, box.width, box.height)  # noqa: PLW2901
        done.append(PlacedLabel(label, box))
    return tuple(done)


def headroom(placed: Sequence[PlacedLabel], field: Field) -> float:
    """The mm to leave free above a field's scale for its figures. With so many the highest figure stays within the
    field's box."""
    return field.headroom + max((field.box.y - figure.box.y for figure in placed), default=-field.headroom)


def draw(
    canvas: Canvas, placed: Sequence[PlacedLabel], breaks: Sequence[float] = (), lines: Sequence[float] = ()
) -> None:
    """Print the figures. Those that a grid line at one of the y in `lines`, or a break, would cross get paper below
    them."""
    paper = []
    for box in (figure.box for figure in placed):
        if any(box.y - 0.3 < y < box.bottom + 0.3 for y in lines) or any(box.x < x < box.right for x in breaks):
            left, right = max(box.x - 0.25, 0.0), min(box.right + 0.25, canvas.width)
            paper.append(Rectangle(left, box.y - 0.3, right - left, box.height + 0.6))
    canvas.boxes(paper, "paper")
    for figure in placed:
        middle = figure.box.x + figure.box.width / 2
        canvas.text(figure.label.text, (middle, figure.box.bottom), figure.label.style, "center")


def _above_columns(canvas: Canvas, field: Field, label: DataLabel, tops: Sequence[float]) -> PlacedLabel:
    """Centre a figure above its column. Where a taller neighbour would lift it away, it stands flush with an edge of
    its column."""
    width, centre, half = canvas.measure(label.text, label.style), field.centre(label.place), field.bar / 2
    limits = (field.box.x, max(field.right, field.box.right))
    middles = (centre, centre + half - width / 2, centre - half + width / 2)
    reach, free = (field.bar + width) / 2 - 0.1, list[tuple[float, float]]()
    for middle in middles:
        # The y above which words around this x touch no column.
        x = keep_inside(middle, width / 2, limits)
        under = [top for place, top in enumerate(tops) if abs(field.centre(place) - x) < reach]
        free.append((min(under, default=field.box.bottom), middle))
    # The lowest position is the nearest to the column; of equally low ones the first, centred, is the best.
    baseline, middle = max(free, key=lambda each: round(min(each[0], tops[label.place]), 3))
    x = keep_inside(middle, width / 2, limits) - width / 2
    bottom = min(baseline, tops[label.place]) - ABOVE
    return PlacedLabel(label, Rectangle(x, bottom - label.style.capital, width, label.style.capital))
