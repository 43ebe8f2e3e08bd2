"""The figures printed above columns: placed so that none runs into a column, another figure or the edge."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporter.draw.axis import Field, inside
from reporter.draw.canvas import Canvas
from reporter.draw.outlines import Box
from reporter.draw.text_width import Type

ABOVE = 0.9
ASIDE = 0.3
APART = 0.45


@dataclass(frozen=True, slots=True)
class Tag:
    """A figure to be printed above a place."""

    place: int
    text: str
    style: Type


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure and its box in mm; the lower edge of the box is the baseline."""

    tag: Tag
    box: Box


def place(canvas: Canvas, field: Field, tags: Sequence[Tag], tops: Sequence[float]) -> tuple[Placed, ...]:
    """Every figure above what stands below it; `tops` are the y of each place, lower figures go first."""
    free = [_above_columns(canvas, field, tag, tops) for tag in tags if tag.text]
    done: list[Placed] = []
    for candidate in sorted(free, key=lambda placed: (-placed.box.y, -placed.tag.place)):
        done.append(_above_figures(candidate, done))
    return tuple(done)


def head(placed: Sequence[Placed], field: Field) -> float:
    """How many mm the field must leave free above its scale so that the highest figure stays within its box."""
    return field.head + max((field.box.y - figure.box.y for figure in placed), default=-field.head)


def draw(canvas: Canvas, field: Field, placed: Sequence[Placed], breaks: Sequence[float] = ()) -> None:
    """The figures; paper is put under those that a hairline or a break would cross."""
    lines = [field.y(value) for value in field.scale.ticks]
    crossed = [
        _grown(figure.box)
        for figure in placed
        if any(figure.box.y - 0.3 < y < figure.box.bottom + 0.3 for y in lines)
        or any(figure.box.x < x < figure.box.right for x in breaks)
    ]
    canvas.boxes(crossed, "paper")
    for figure in placed:
        middle = figure.box.x + figure.box.width / 2
        canvas.words(figure.tag.text, (middle, figure.box.bottom), figure.tag.style, "center")


def _above_columns(canvas: Canvas, field: Field, tag: Tag, tops: Sequence[float]) -> Placed:
    """Centred on its column, unless a taller neighbour would lift it away; then flush with one of its edges."""
    width, centre, half = canvas.measure(tag.text, tag.style), field.centre(tag.place), field.bar / 2
    limits = (field.box.x, max(field.right, field.box.right))
    middles = (centre, centre + half - width / 2, centre - half + width / 2)
    free = [(_free(field, inside(x, width / 2, limits), width, tops), x) for x in middles]
    # The lowest place is the nearest to the column; of equal ones the first, centred, is the best.
    baseline, middle = max(free, key=lambda place: round(min(place[0], tops[tag.place]), 3))
    x = inside(middle, width / 2, limits) - width / 2
    bottom = min(baseline, tops[tag.place]) - ABOVE
    return Placed(tag, Box(x, bottom - tag.style.capital, width, tag.style.capital))


def _free(field: Field, middle: float, width: float, tops: Sequence[float]) -> float:
    """The y above which words of this width around this x touch no column."""
    reach = (field.bar + width) / 2 - 0.1
    under = [top for place, top in enumerate(tops) if abs(field.centre(place) - middle) < reach]
    return min(under, default=field.box.bottom)


def _above_figures(candidate: Placed, done: Sequence[Placed]) -> Placed:
    box = candidate.box
    for other in sorted(done, key=lambda placed: -placed.box.y):
        beside = box.right + ASIDE <= other.box.x or other.box.right + ASIDE <= box.x
        if not beside and box.bottom + APART > other.box.y and box.y < other.box.bottom + APART:
            box = Box(box.x, other.box.y - 2 * APART - box.height, box.width, box.height)
    return Placed(candidate.tag, box)


def _grown(box: Box) -> Box:
    return Box(box.x - 0.25, box.y - 0.3, box.width + 0.5, box.height + 0.6)
