"""The axes of columns: a scale from zero with round values, the places along it, and their labels."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.draw.canvas import Canvas
from reporter.draw.outlines import Rectangle
from reporter.draw.text_width import AXIS, TICK, shorten

# The numbers of lines in a scale, the best first, and the round steps between them.
LINES = (3, 2, 4, 1)
ROUND = (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5)
WIDEST_BAR = 9.0
WIDEST_PITCH = 24.0
LOWEST_SCALE = 8.0
SLIVER = 0.35
HAIRLINE = 0.5
# Labels are set in several lines only where these many mm give each line a word.
WRAPPING_PITCH = 9.0
MOST_LINES = 4
# From so many places on, the middle one is named beside the first and the last.
MIDDLE_NAMED = 5
_GROUPED = re.compile(r"\d([.,'\u2019 \u00a0\u2009\u202f])\d{3}(?!\d)")
_POINTED = re.compile(r"\d([.,])\d")


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from zero to `top`, and the round values at which it has lines."""

    top: float
    ticks: tuple[float, ...]


def scale(values: Iterable[Decimal | float | None]) -> Scale:
    """The scale on which all these values fit; its top is 1 when there is nothing above zero."""
    known = [float(value) for value in values if value is not None]
    top = max(known, default=0.0)
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
    """Where columns stand: a box down to the baseline; its gutter and its head (mm) are free for figures."""

    box: Rectangle
    gutter: float
    count: int
    scale: Scale
    headroom: float = 0.0

    @property
    def pitch(self) -> float:
        """From one place to the next in mm; few columns stay together instead of spreading out."""
        return min((self.box.width - self.gutter) / max(self.count, 1), WIDEST_PITCH)

    @property
    def bar(self) -> float:
        """The width of a column in mm."""
        return min(self.pitch * 0.76, WIDEST_BAR)

    @property
    def right(self) -> float:
        """The x at which the last place ends."""
        return self.box.x + self.gutter + self.pitch * self.count

    def centre(self, place: int) -> float:
        """The x of the middle of a place."""
        return self.box.x + self.gutter + self.pitch * (place + 0.5)

    def y(self, value: Decimal | float) -> float:
        """The y of a value; below zero nothing is drawn."""
        share = min(max(float(value), 0.0) / self.scale.top, 1.0)
        return self.box.bottom - (self.box.height - self.headroom) * share

    def column(self, place: int, value: Decimal) -> Rectangle:
        """The column of a value; zero is a sliver, because it is a figure and not a gap."""
        top = min(self.y(value), self.box.bottom - SLIVER)
        return Rectangle(self.centre(place) - self.bar / 2, top, self.bar, self.box.bottom - top)

    def with_height(self, height: float) -> "Field":
        """The same field with a box of this height in mm."""
        return replace(self, box=replace(self.box, height=height))

    def with_headroom(self, headroom: float) -> "Field":
        """The same field with so many mm free above the scale; it grows where too little would be left for it."""
        headroom = max(headroom, 0.0)
        return replace(self.with_height(max(self.box.height, headroom + LOWEST_SCALE)), headroom=headroom)


def gutter(canvas: Canvas, ticks: Sequence[str]) -> float:
    """The room in mm that the figures of the scale need to the left of the columns."""
    widest = max((canvas.measure(text, TICK) for text in ticks), default=0.0)
    return widest + 1.4 if ticks else 0.0


def tick_texts(scale: Scale, printed: Iterable[str]) -> tuple[str, ...]:
    """The values of the lines, grouped and pointed as the figures that the chart prints are."""
    separator, point = _separators(printed)
    return tuple(_number(value, separator, point) for value in scale.ticks)


def draw_grid(canvas: Canvas, field: Field, ticks: Sequence[str]) -> None:
    """Hairlines at the round values with small figures under them."""
    left, right = field.box.x, field.right
    heights = [field.y(value) for value in field.scale.ticks]
    canvas.lines([((left, y), (right, y)) for y in heights], "hairline", HAIRLINE)
    for text, y in zip(ticks, heights, strict=False):
        canvas.text(text, (left, y + 0.7 + TICK.capital), TICK)


def draw_baseline(canvas: Canvas, field: Field) -> None:
    """The line on which the columns stand; drawn after them, so that it is whole."""
    y = field.box.bottom
    canvas.lines([((field.box.x, y), (field.right, y))], "rule", 0.75)


def choose_labels(canvas: Canvas, labels: Sequence[str], pitch: float) -> dict[int, tuple[str, ...]]:
    """Which places get their label, and in which lines: all if they fit, else a regular choice of them."""
    last = len(labels) - 1
    widest = max((canvas.measure(label, AXIS) for label in labels), default=0.0)
    if widest + 1.0 <= pitch:
        return {place: (label,) for place, label in enumerate(labels)}
    wrapped = {place: canvas.wrap(label, AXIS, pitch - 1.2) for place, label in enumerate(labels)}
    if pitch > WRAPPING_PITCH and all(_is_whole(labels[place], lines) for place, lines in wrapped.items()):
        return wrapped
    # Labels at the edges are moved inwards by half of what they are wider than their place.
    edge = max(widest - pitch, 0.0) / 2
    if widest + edge + 2.4 <= 2 * pitch:
        return {place: (labels[place],) for place in range(last, -1, -2)}
    if len(labels) >= MIDDLE_NAMED and widest + edge + 2.4 <= pitch * (last // 2):
        return {place: (labels[place],) for place in (0, last // 2, last)}
    ends = (0, last) if last else (last,)
    room = max(pitch * len(labels) / len(ends) - 1, 6.0)
    return {place: shorten(canvas.wrap(labels[place], AXIS, room), 3) for place in ends}


def labels_height(chosen: dict[int, tuple[str, ...]]) -> float:
    """The room in mm below the baseline for the labels of the places."""
    most = max((len(lines) for lines in chosen.values()), default=0)
    return 1.2 + most * AXIS.leading + 0.3


def draw_labels(canvas: Canvas, field: Field, chosen: dict[int, tuple[str, ...]]) -> None:
    """The chosen labels, centred under their places, moved inwards where they would leave the field."""
    for place, lines in chosen.items():
        half = max((canvas.measure(line, AXIS) for line in lines), default=0.0) / 2
        x = keep_inside(field.centre(place), half, (field.box.x, max(field.right, field.box.right)))
        canvas.paragraph(lines, (x, field.box.bottom + 1.2 + AXIS.capital), AXIS, "center")


def keep_inside(x: float, half: float, limits: tuple[float, float]) -> float:
    """The x nearest to this one at which words of this half width stay within the limits."""
    low, high = limits[0] + half, limits[1] - half
    return min(max(x, low), high) if low <= high else (low + high) / 2


def _is_whole(label: str, lines: Sequence[str]) -> bool:
    """Whether a label stands in few lines without a broken word."""
    return len(lines) <= MOST_LINES and " ".join(lines).split() == label.split()


def _separators(printed: Iterable[str]) -> tuple[str, str]:
    """The grouping and decimal marks of the language, read off the figures it has already written."""
    separator, point = "", "."
    for text in printed:
        if found := _GROUPED.search(text):
            separator = found[1]
        elif found := _POINTED.search(text):
            point = found[1]
    return separator, point


def _number(value: float, separator: str, point: str) -> str:
    if value != round(value):
        return f"{value:.4f}".rstrip("0").replace(".", point)
    return f"{round(value):,}".replace(",", separator)
