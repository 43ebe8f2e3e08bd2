"""Draw slope charts: figures from side to side on one scale.

Sides stand at their distance; a line joins only values that may be compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reporter.document.plot import Slope, Slopes, Stop
from reporter.draw.canvas import Align, Canvas
from reporter.draw.outlines import Point, Rectangle, disc
from reporter.draw.spreading import spread
from reporter.draw.text_width import TextStyle

HEAD, HEAD_NOW = TextStyle(8.0, 400, "text"), TextStyle(8.0, 600, "ink")
NUMBER, NUMBER_NOW, NAME = TextStyle(8.0, 600, "text"), TextStyle(8.0, 700, "now"), TextStyle(8.0)
ZERO, NO_VALUE = TextStyle(7.5, 400, "secondary"), TextStyle(8.0, 400, "secondary")
NOUGHT = "0"
UNLIKE, SIGN = "\u2260", TextStyle(10.0, 600, "caution")
RADIUS, RING, LINE = 1.05, 1.5, 1.5
# Distances in mm: from an axis to the words beside it, between panels, from one axis to the next in a second panel.
BESIDE, GUTTER, STEP = 2.0, 6.0, 9.0
# The widest that names of figures may be, as shares of the drawing, in the first and in the second panel.
SHARES = (0.28, 0.17)
ABOVE = 2.7
# With more sides than this only the first and the last value are printed.
MOST_NUMBERED = 5


@dataclass(frozen=True, slots=True)
class _Panel:
    """Slopes with the axes of their sides.

    `unit` is the height in mm of one; `room` is the width of the names at the right.
    """

    slopes: tuple[Slope, ...]
    xs: tuple[float, ...]
    top: float
    base: float
    unit: float
    room: float

    def dot(self, slope: Slope, place: int) -> Point | None:
        """Where the value of a side lies; None without one."""
        value = slope.stops[place].value if place < len(slope.stops) else None
        return None if value is None else (self.xs[place], self.base - float(value) * self.unit)

    def given(self, slope: Slope) -> list[tuple[int, Point]]:
        """The places that have a value, with their dots."""
        return [(place, dot) for place in range(len(self.xs)) if (dot := self.dot(slope, place))]


def draw_slopes(canvas: Canvas, plot: Slopes) -> float:
    """Draw the panels beside each other; returns the height in mm."""
    top = HEAD.leading + 2.0
    groups = [each for each in (plot.slopes, plot.larger) if each]
    if not plot.labels or not groups:
        return 1.0
    ratios = [1, plot.ratio][-len(groups) :] if plot.slopes else [plot.ratio]
    names = [_rooms(canvas, group, SHARES[n]) for n, group in enumerate(groups)]
    height = max(plot.height, *(sum(map(_height, lines)) + 2.0 for lines, _ in names))
    most = max((_most(group) / ratio for group, ratio in zip(groups, ratios, strict=True)), default=0.0)
    left = 0.0
    for group, ratio, (lines, room), across in zip(
        groups, ratios, names, _spans(canvas, plot, groups, [room for _, room in names]), strict=True
    ):
        x = left + _before(canvas, group)
        panel = _Panel(
            slopes=group,
            xs=_places(plot.at, x, across),
            top=top,
            base=top + height,
            unit=(height - 2.0) / most / ratio if most else 0.0,
            room=room,
        )
        _draw(canvas, panel, plot.labels, lines)
        left = panel.xs[-1] + BESIDE + _after(canvas, group) + BESIDE + room + GUTTER
    return top + height + 1.5


def _spans(canvas: Canvas, plot: Slopes, groups: Sequence[tuple[Slope, ...]], rooms: Sequence[float]) -> list[float]:
    """How far the last side is from the first, in each panel."""
    words = sum(_before(canvas, each) + _after(canvas, each) + 2 * BESIDE for each in groups)
    rest = canvas.width - words - sum(rooms) - GUTTER * (len(groups) - 1)
    steps = max(len(plot.labels) - 1, 1)
    if len(groups) == 1:
        return [max(rest, STEP * steps / 2)]
    second = min(STEP * steps, rest / 2.5)
    return [max(rest - second, STEP / 2), max(second, STEP / 2)]


def _places(at: Sequence[int], left: float, across: float) -> tuple[float, ...]:
    whole = at[-1] - at[0]
    return tuple(left + across * (each - at[0]) / whole if whole else left for each in at)


def _most(slopes: Sequence[Slope]) -> float:
    return max((float(stop.value) for each in slopes for stop in each.stops if stop.value is not None), default=0.0)


def _before(canvas: Canvas, slopes: Sequence[Slope]) -> float:
    """The width of the values left of the first side."""
    texts = (each.stops[0].text for each in slopes if each.stops and each.stops[0].value is not None)
    return max((canvas.measure(text, NUMBER) for text in texts), default=1.0) + BESIDE


def _after(canvas: Canvas, slopes: Sequence[Slope]) -> float:
    """The width of the values right of the last side."""
    return max((canvas.measure(each.stops[-1].text, NUMBER_NOW) for each in slopes if each.stops), default=1.0)


def _rooms(canvas: Canvas, slopes: Sequence[Slope], share: float) -> tuple[list[tuple[str, ...]], float]:
    """The lines of the names, and how wide they are."""
    lines = [canvas.wrap(each.label, NAME, canvas.width * share) for each in slopes]
    return lines, max((canvas.measure(line, NAME) for each in lines for line in each), default=0.0)


def _height(lines: Sequence[str]) -> float:
    return max(len(lines), 1) * NAME.leading + 0.7


def _draw(canvas: Canvas, panel: _Panel, labels: Sequence[str], names: Sequence[Sequence[str]]) -> None:
    """Draw a panel: axes, lines, signs, dots, and the words last."""
    last = len(panel.xs) - 1
    canvas.lines([((x, panel.top), (x, panel.base)) for x in panel.xs], "rule", 0.5)
    canvas.lines([((panel.xs[0] - 1.0, panel.base), (panel.xs[-1] + 1.0, panel.base))], "secondary", 0.7)
    _draw_heads(canvas, panel, labels)
    for slope in panel.slopes:
        for (_, start), (place, end) in pairwise(panel.given(slope)):
            if slope.stops[place].joined:
                canvas.lines([(start, end)], _colour(place, last), LINE)
    _draw_signs(canvas, panel)
    for slope in panel.slopes:
        for place, (x, y) in panel.given(slope):
            _draw_dot(canvas, (x, y), place, last)
    _draw_first(canvas, panel)
    if len(panel.xs) <= MOST_NUMBERED:
        for place in range(1, last):
            _draw_between(canvas, panel, place)
    _draw_last(canvas, panel, names)


def _colour(place: int, last: int) -> str:
    return "now" if place == last else "before" if place == last - 1 else "earlier"


def _draw_dot(canvas: Canvas, at: Point, place: int, last: int) -> None:
    """A ring for the side before the last, a dot for any other."""
    if place == last - 1:
        canvas.shape(disc(*at, RADIUS), "paper")
        canvas.border(disc(*at, RADIUS), "before", RING)
    else:
        canvas.shape(disc(*at, RADIUS), _colour(place, last))


def _draw_heads(canvas: Canvas, panel: _Panel, labels: Sequence[str]) -> None:
    """Print the sides above their axes.

    The first and the last always, one between where it meets no other.
    """
    taken: list[tuple[float, float]] = []
    last = len(panel.xs) - 1
    for place in sorted(range(last + 1), key=lambda place: (place not in (0, last), -place)):
        style = HEAD_NOW if place == last else HEAD
        half, x = canvas.measure(labels[place], style) / 2, panel.xs[place]
        x = min(max(x, half), canvas.width - half)
        if all(x + half + 0.8 <= start or end + 0.8 <= x - half for start, end in taken) or place in (0, last):
            align: Align = "center"
            if place in (0, last) and any(x + half > start and end > x - half for start, end in taken):
                # The axes of a narrow panel: the first side's words end where those of the last begin.
                x, align = (x + 1.0, "right") if place == 0 else (x - 1.0, "left")
            canvas.text(labels[place], (x, HEAD.capital), style, align)
            taken.append((x - half, x + half))


def _draw_signs(canvas: Canvas, panel: _Panel) -> None:
    """The sign ≠ between two values that may not be compared."""
    for start, end in pairwise(panel.xs):
        middle = (start + end) / 2
        heights = [
            (one[1] + two[1]) / 2
            for slope in panel.slopes
            for (_, one), (place, two) in pairwise(panel.given(slope))
            if not slope.stops[place].joined and abs(two[0] - end) < 0.01
        ]
        for y in spread(heights, [SIGN.capital + 1.2] * len(heights), panel.top, panel.base):
            width = canvas.measure(UNLIKE, SIGN)
            canvas.boxes([Rectangle(middle - width / 2 - 0.3, y - SIGN.capital / 2 - 0.3, width + 0.6, 3.2)], "paper")
            canvas.text(UNLIKE, (middle, y + SIGN.capital / 2), SIGN, "center")


def _numbers(panel: _Panel, place: int, up: float = 0.0) -> Iterator[tuple[Stop, float]]:
    """The values of a side that are given, spread along its axis."""
    seen = [(slope.stops[place], dot[1] - up) for slope in panel.slopes if (dot := panel.dot(slope, place))]
    ys = spread([y for _, y in seen], [NUMBER.capital + 1.0] * len(seen), panel.top, panel.base + 1.0)
    yield from ((stop, y) for (stop, _), y in zip(seen, ys, strict=True))


def _draw_first(canvas: Canvas, panel: _Panel) -> None:
    """The values of the first side, left of it, and the zero of the scale."""
    free = panel.base
    if len(panel.xs) > 1:
        for stop, y in _numbers(panel, 0):
            canvas.text(stop.text, (panel.xs[0] - BESIDE, y + NUMBER.capital / 2), NUMBER, "right")
            free = min(free, panel.base - abs(panel.base - y))
            if abs(y - panel.base) < NUMBER.capital + 1.0:
                free = -1.0
    if free >= 0:
        canvas.text(NOUGHT, (panel.xs[0] - BESIDE, panel.base + ZERO.capital / 2), ZERO, "right")


def _draw_between(canvas: Canvas, panel: _Panel, place: int) -> None:
    """The values of a side between, above their dots."""
    for stop, y in _numbers(panel, place, ABOVE):
        half = canvas.measure(stop.text, NUMBER) / 2
        box = Rectangle(
            panel.xs[place] - half - 0.3, y - NUMBER.capital / 2 - 0.3, 2 * half + 0.6, NUMBER.capital + 0.6
        )
        canvas.boxes([box], "paper")
        canvas.text(stop.text, (panel.xs[place], y + NUMBER.capital / 2), NUMBER, "center")


def _draw_last(canvas: Canvas, panel: _Panel, names: Sequence[Sequence[str]]) -> None:
    """The values of the last side with the names of their figures.

    What has no value there stands at the base line with a colon.
    """
    dots = [panel.dot(slope, len(panel.xs) - 1) for slope in panel.slopes]
    x, indent = panel.xs[-1] + BESIDE, _after(canvas, panel.slopes) + BESIDE
    heights = [_height(lines) for lines in names]
    middles = [
        dot[1] + (height - NAME.leading) / 2 if dot else panel.base for dot, height in zip(dots, heights, strict=True)
    ]
    for slope, dot, lines, height, y in zip(
        panel.slopes, dots, names, heights, spread(middles, heights, panel.top, panel.base + 1.0), strict=True
    ):
        line = y - height / 2 + NAME.leading / 2 + NAME.capital / 2
        text = slope.stops[-1].text if slope.stops else ":"
        canvas.text(text, (x, line), NUMBER_NOW if dot else NO_VALUE)
        canvas.paragraph(lines, (x + indent, line), NAME)
