"""Draw the axes of column charts: a scale from zero with round values, the places along it, and their labels."""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.formats.svg.canvas import AXIS, AXIS_STRONG, TICK, Canvas, Rectangle, shorten

# The numbers of grid lines a scale may have, the best first, and the round steps between them.
LINES = (3, 2, 4, 1)
ROUND = (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5)
WIDEST_BAR = 9.0
WIDEST_PITCH = 24.0
LOWEST_SCALE = 8.0
SLIVER = 0.35
HAIRLINE = 0.5
# Labels break into lines only where places are this far apart, in mm: narrower lines have no room for a word.
WRAPPING_PITCH = 9.0
MOST_LINES = 4
# From this many places on, the middle one has a label too, not only the first and the last.
MIDDLE_NAMED = 5
_GROUPED = re.compile(r"\d([.,'\u2019 \u00a0\u2009\u202f])\d{3}(?!\d)")
_POINTED = re.compile(r"\d([.,])\d")


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from zero to `top`, with grid lines at the round values `ticks`."""

    top: float
    ticks: tuple[float, ...]


def scale(values: Iterable[Decimal | float | None]) -> Scale:
    """Choose a scale for these values; its top is 1, without ticks, when no value is above zero."""
    top = max([float(value) for value in values if value is not None], default=0.0)
    if top <= 0:
        return Scale(1.0, ())
    power = 10.0 ** math.floor(math.log10(top))
    # Counts are whole: no line at half a person.
    steps = [step for factor in ROUND if (step := factor * power).is_integer() or top < 1]
    counts = {int(top / step + 1e-9): step for step in reversed(steps)}
    step = next(counts[count] for count in LINES if count in counts)
    return Scale(top, tuple(step * n for n in range(1, int(top / step + 1e-9) + 1)))


@dataclass(frozen=True, slots=True)
class Field:
    """The plot area of a column chart. `box` reaches down to the baseline; `gutter` (mm at the left) and `headroom` (mm
    above the scale) are for figures; `count` is the number of places for columns, each at most `widest` wide."""

    box: Rectangle
    gutter: float
    count: int
    scale: Scale
    headroom: float = 0.0
    widest: float = WIDEST_PITCH

    @property
    def pitch(self) -> float:
        """The distance between columns in mm, limited so that a few columns do not spread over the whole width."""
        return min((self.box.width - self.gutter) / max(self.count, 1), self.widest)

    @property
    def bar(self) -> float:
        return min(self.pitch * 0.76, WIDEST_BAR)

    @property
    def right(self) -> float:
        return self.box.x + self.gutter + self.pitch * self.count

    def centre(self, place: int) -> float:
        return self.box.x + self.gutter + self.pitch * (place + 0.5)

    def y(self, value: Decimal | float) -> float:
        """The y of a value; below zero nothing is drawn."""
        share = min(max(float(value), 0.0) / self.scale.top, 1.0)
        return self.box.bottom - (self.box.height - self.headroom) * share

    def column(self, place: int, value: Decimal) -> Rectangle:
        """The rectangle of a column of this value. Zero gets a sliver, because it is a figure and not a gap."""
        top = min(self.y(value), self.box.bottom - SLIVER)
        return Rectangle(self.centre(place) - self.bar / 2, top, self.bar, self.box.bottom - top)

    def with_height(self, height: float) -> "Field":
        return replace(self, box=replace(self.box, height=height))

    def with_headroom(self, headroom: float) -> "Field":
        """This field with `headroom` mm above the scale; the box grows if too little height is left for the scale."""
        headroom = max(headroom, 0.0)
        return replace(self.with_height(max(self.box.height, headroom + LOWEST_SCALE)), headroom=headroom)


def gutter(canvas: Canvas, ticks: Sequence[str]) -> float:
    widest = max((canvas.measure(text, TICK) for text in ticks), default=0.0)
    return widest + 1.4 if ticks else 0.0


def tick_texts(scale: Scale, printed: Iterable[str]) -> tuple[str, ...]:
    """Format the values of the grid lines with the thousands and decimal separators found in the figures `printed`."""
    separator, point = "", "."
    for text in printed:
        if match := _GROUPED.search(text):
            separator = match[1]
        elif match := _POINTED.search(text):
            point = match[1]
    return tuple(
        f"{value:.4f}".rstrip("0").replace(".", point)
        if value != round(value)
        else f"{round(value):,}".replace(",", separator)
        for value in scale.ticks
    )


def draw_grid(canvas: Canvas, field: Field, ticks: Sequence[str]) -> None:
    left, right = field.box.x, field.right
    heights = [field.y(value) for value in field.scale.ticks]
    canvas.lines([((left, y), (right, y)) for y in heights], "hairline", HAIRLINE)
    for text, y in zip(ticks, heights, strict=False):
        canvas.text(text, (left, y + 0.7 + TICK.capital), TICK)


def draw_baseline(canvas: Canvas, field: Field) -> None:
    """Draw the baseline, after the columns so that it is not covered."""
    y = field.box.bottom
    canvas.lines([((field.box.x, y), (field.right, y))], "secondary", 0.75)


def choose_labels(canvas: Canvas, labels: Sequence[str], pitch: float) -> dict[int, tuple[str, ...]]:
    """Choose the places with a label, and break it into lines: all if they fit, else at equal steps, else the ends."""
    last = len(labels) - 1
    widest = max((canvas.measure(label, AXIS_STRONG) for label in labels), default=0.0)
    if widest + 0.8 <= pitch:
        return {place: (label,) for place, label in enumerate(labels)}
    wrapped = {place: canvas.wrap(label, AXIS, pitch - 1.2) for place, label in enumerate(labels)}
    if pitch > WRAPPING_PITCH and all(
        len(lines) <= MOST_LINES and " ".join(lines).split() == labels[place].split()
        for place, lines in wrapped.items()
    ):
        return wrapped
    # Labels at the edges move inwards by half of what they are wider than their place.
    edge = max(widest - pitch, 0.0) / 2
    if widest + edge + 2.4 <= 2 * pitch:
        return {place: (labels[place],) for place in range(last, -1, -2)}
    if len(labels) >= MIDDLE_NAMED and widest + edge + 2.4 <= pitch * (last // 2):
        return {place: (labels[place],) for place in (0, last // 2, last)}
    ends = (0, last) if last else (last,)
    room = max(pitch * len(labels) / len(ends) - 1, 6.0)
    return {place: shorten(canvas.wrap(labels[place], AXIS, room), 3) for place in ends}


def labels_height(chosen: dict[int, tuple[str, ...]]) -> float:
    most = max((len(lines) for lines in chosen.values()), default=0)
    return 1.2 + most * AXIS.leading + 0.3


def draw_labels(canvas: Canvas, field: Field, chosen: dict[int, tuple[str, ...]], strong: Collection[int] = ()) -> None:
    """Draw the chosen labels centred under their places, in bold for `strong` ones, moved inwards where needed."""
    for place, lines in chosen.items():
        style = AXIS_STRONG if place in strong else AXIS
        half = max((canvas.measure(line, style) for line in lines), default=0.0) / 2
        x = keep_inside(field.centre(place), half, (field.box.x, max(field.right, field.box.right)))
        canvas.paragraph(lines, (x, field.box.bottom + 1.2 + style.capital), style, "center")


def keep_inside(x: float, half: float, limits: tuple[float, float]) -> float:
    """Move the centre of words, of `half` their width, to stay within limits; wider words are centred between them."""
    low, high = limits[0] + half, limits[1] - half
    return min(max(x, low), high) if low <= high else (low + high) / 2
