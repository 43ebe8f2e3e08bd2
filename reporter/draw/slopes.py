"""Draw slope charts: one figure from side to side in each panel.

A line joins only values that may be compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reporter.document.plot import Shade, Slope, Slopes, Stop
from reporter.draw import axis
from reporter.draw.axis import Scale
from reporter.draw.canvas import Align, Canvas
from reporter.draw.columns import GAP, MISSING, panels_per_row, panels_that_fit
from reporter.draw.outlines import Point, Rectangle, disc
from reporter.draw.text_width import AXIS, STRONG, TITLE, VALUE, TextStyle

EXTENT = 15.0
RADIUS, RING, LINE = 1.0, 0.4, 1.5
# Distances: from a side to the figure beside it, from a dot to the figure above it, from the baseline to the labels.
BESIDE, ABOVE, BELOW = 1.9, 1.8, 2.4
# The least distance from the first side to the last, and the greatest from one side to the next.
SHORTEST, WIDEST = 10.0, 48.0
# Words beside the first and last side break into lines when wider than this share of the panel's width.
MARGIN = 0.2
ROUNDING = 0.01
REASON = TextStyle(VALUE.size, 400, "secondary")
# The sign between two values that may not be compared.
UNLIKE, SIGN = "\u2260", TextStyle(10.0, 600, "secondary")
# Its possible places as shares of the height: halfway, unless a figure is in its way.
HEIGHTS = (0.5, 0.35, 0.65, 0.2, 0.8)

Line = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class SlopeAxes:
    """The vertical axes, one for each side, that all panels share.

    The width of a panel in mm, the x of each axis within it, and the lines of each axis label.
    """

    width: float
    xs: tuple[float, ...]
    labels: tuple[tuple[str, ...], ...]

    @property
    def foot(self) -> float:
        """The height in mm that the labels need below the baseline."""
        return BELOW + max(map(len, self.labels), default=0) * AXIS.leading + 0.3

    def region(self, place: int) -> tuple[float, float]:
        """The range of x, within the panel, nearest to one axis."""
        edges = (0.0, *((one + other) / 2 for one, other in pairwise(self.xs)), self.width)
        return edges[place], edges[place + 1]


@dataclass(frozen=True, slots=True)
class StopLabel:
    """The words of a value in lines, and their box in mm."""

    lines: tuple[str, ...]
    style: TextStyle
    box: Rectangle
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class SlopePanel:
    """One slope on its plot area.

    `box` reaches down to the baseline; `headroom` mm of it are free above the scale.
    """

    slope: Slope
    axes: SlopeAxes
    box: Rectangle
    headroom: float = 0.0

    @property
    def stops(self) -> list[tuple[int, Stop]]:
        """The values with the numbers of their sides."""
        return list(zip(range(len(self.axes.xs)), self.slope.stops, strict=False))

    @property
    def last(self) -> int:
        """The number of the last side, whose value is emphasised."""
        return len(self.axes.xs) - 1

    @property
    def scale(self) -> Scale:
        """The scale, of this panel alone."""
        return axis.scale(stop.value for _, stop in self.stops)

    def x(self, place: int) -> float:
        """The x of a side."""
        return self.box.x + self.axes.xs[place]

    def dots(self) -> dict[int, Point]:
        """The middle of each known value's dot, by side.

        Zero lies on the baseline.
        """
        height, top = self.box.height - self.headroom, self.scale.top
        known = [(place, float(stop.value)) for place, stop in self.stops if stop.value is not None]
        return {place: (self.x(place), self.box.bottom - height * max(value, 0.0) / top) for place, value in known}

    def steps(self, *, joined: bool) -> dict[int, Line]:
        """The lines from dot to dot, by their second side.

        Those to values that are `joined`, or those to values that are not; none from or to a missing value.
        """
        dots = self.dots()
        ends = [place for place, stop in self.stops if stop.joined is joined and {place - 1, place} <= dots.keys()]
        return {place: (dots[place - 1], dots[place]) for place in ends}


def draw_slopes(canvas: Canvas, plot: Slopes) -> float:
    """Draw the panels in rows as even as they can be.

    Returns the height in mm.
    """
    if not plot.slopes:
        return 1.0
    across = panels_per_row(len(plot.slopes), max(min(plot.columns, panels_that_fit(canvas)), 1))
    axes = _axes(canvas, plot, (canvas.width - GAP * (across - 1)) / across)
    y = 0.0
    for start in range(0, len(plot.slopes), across):
        y = _draw_row(canvas, plot.slopes[start : start + across], axes, y) + GAP
    return y - GAP


def _axes(canvas: Canvas, plot: Slopes, width: float) -> SlopeAxes:
    """Place the axes alike in all panels.

    The widest words fit beside the first and the last one.
    """
    last = len(plot.labels) - 1
    left, right = (_margin(canvas, plot, place, width) for place in (0, last))
    step = min((width - left - right) / max(last, 1), WIDEST)
    axes = SlopeAxes(width, tuple(left + step * place for place in range(last + 1)), ())
    rooms = (end - start for start, end in map(axes.region, range(last + 1)))
    lines = (canvas.wrap(label, AXIS, room - 1.2) for label, room in zip(plot.labels, rooms, strict=True))
    return replace(axes, labels=tuple(lines))


def _margin(canvas: Canvas, plot: Slopes, place: int, width: float) -> float:
    """The width in mm that values' words need beside a side."""
    texts = [slope.stops[place].text for slope in plot.slopes if 0 <= place < len(slope.stops)]
    needed = max((_measure(canvas, text, width * MARGIN) for text in texts), default=0.0)
    return min(needed, (width - SHORTEST) / 2 - BESIDE) + BESIDE


def _measure(canvas: Canvas, text: str, room: float) -> float:
    """The width in mm of a value's words, broken into lines.

    As wide as the room, or wider where a single word is: no figure or word is broken.
    """
    widths = [canvas.measure(word, STRONG) for word in text.split(" ")]
    return max(*widths, min(canvas.measure(text, STRONG), room)) + ROUNDING


def _draw_row(canvas: Canvas, slopes: Sequence[Slope], axes: SlopeAxes, top: float) -> float:
    """Draw panels beside each other, equally high.

    Returns the y of the lower edge.
    """
    lefts = [number * (axes.width + GAP) for number in range(len(slopes))]
    top = max(_draw_head(canvas, slope, (left, top), axes) for slope, left in zip(slopes, lefts, strict=True))
    panels = [
        SlopePanel(slope, axes, Rectangle(left, top, axes.width, EXTENT))
        for slope, left in zip(slopes, lefts, strict=True)
    ]
    tallest = max((label.box.height for panel in panels for label in _stop_labels(canvas, panel)), default=0.0)
    headroom = tallest + ABOVE
    height = max(EXTENT, headroom + axis.LOWEST_SCALE)
    for panel in panels:
        _draw_panel(canvas, replace(panel, box=replace(panel.box, height=height), headroom=headroom))
    return top + height + axes.foot


def _draw_head(canvas: Canvas, slope: Slope, at: Point, axes: SlopeAxes) -> float:
    """Print a panel's title and, below it, the change.

    A reason why no change is given is printed lighter. Returns the y below both.
    """
    x, y = at
    title = canvas.wrap(slope.title, TITLE, axes.width)
    style = STRONG if slope.stops and slope.stops[-1].joined else REASON
    change = canvas.wrap(slope.change, style, axes.width)
    canvas.paragraph(title, (x, y + TITLE.capital + 0.4), TITLE)
    y += len(title) * TITLE.leading
    canvas.paragraph(change, (x, y + style.capital + 0.8), style)
    return y + len(change) * style.leading + 1.6


def _draw_panel(canvas: Canvas, panel: SlopePanel) -> None:
    """Draw a slope: axes, baseline, signs, lines, dots, figures, labels.

    In this order, so that what matters most lies on top.
    """
    top, base = panel.box.y, panel.box.bottom
    canvas.lines([((x, top), (x, base)) for x in map(panel.x, range(panel.last + 1))], "hairline", axis.HAIRLINE)
    if panel.last >= 0:
        canvas.lines([((panel.x(0), base), (panel.x(panel.last), base))], "rule", 0.75)
    labels = _stop_labels(canvas, panel)
    _draw_signs(canvas, panel, labels)
    centred = (label.box for label in labels if label.align == "center")
    canvas.boxes((Rectangle(b.x - 0.3, b.y - 0.4, b.width + 0.6, b.height + 0.8) for b in centred), "paper")
    _draw_lines(canvas, panel)
    for label in labels:
        box, across = label.box, {"left": 0.0, "center": 0.5, "right": 1.0}[label.align]
        at = (box.x + box.width * across, box.y + label.style.capital)
        canvas.paragraph(label.lines, at, label.style, label.align)
    _draw_labels(canvas, panel)


def _draw_signs(canvas: Canvas, panel: SlopePanel, labels: Sequence[StopLabel]) -> None:
    """Draw the sign ≠ on a dashed line between incomparable values.

    The line is dashed as where a series breaks.
    """
    for (left, _), (right, _) in panel.steps(joined=False).values():
        x = (left + right) / 2
        canvas.lines([((x, panel.box.y), (x, panel.box.bottom))], "caution", 0.8, (1.8, 1.5))
        width = canvas.measure(UNLIKE, SIGN)
        places = [panel.box.bottom - panel.box.height * share for share in HEIGHTS]
        boxes = [Rectangle(x - width / 2, y - SIGN.capital / 2, width, SIGN.capital) for y in places]
        box = next((box for box in boxes if not any(_meet(box, label.box) for label in labels)), boxes[0])
        canvas.boxes([Rectangle(x - width / 2, box.y - 0.6, width, box.height + 1.2)], "paper")
        canvas.text(UNLIKE, (x, box.bottom), SIGN, "center")


def _draw_lines(canvas: Canvas, panel: SlopePanel) -> None:
    """Draw lines and dots.

    The last side's dot and the line to it are darkest, those of the side before paler, then of earlier ones.
    """
    dots, shades = panel.dots(), {panel.last: Shade.NOW, panel.last - 1: Shade.BEFORE}
    colours = [shades.get(place, Shade.EARLIER) for place in range(panel.last + 1)]
    for place, line in panel.steps(joined=True).items():
        canvas.lines([line], colours[place], LINE)
    canvas.shapes([disc(*at, RADIUS + RING) for at in dots.values()], "paper")
    for place, at in dots.items():
        canvas.shape(disc(*at, RADIUS), colours[place])


def _draw_labels(canvas: Canvas, panel: SlopePanel) -> None:
    for place, lines in enumerate(panel.axes.labels):
        half = max((canvas.measure(line, AXIS) for line in lines), default=0.0) / 2
        start, end = panel.axes.region(place)
        x = axis.keep_inside(panel.x(place), half, (panel.box.x + start, panel.box.x + end))
        canvas.paragraph(lines, (x, panel.box.bottom + BELOW + AXIS.capital), AXIS, "center")


def _stop_labels(canvas: Canvas, panel: SlopePanel) -> list[StopLabel]:
    """The words of the values, placed.

    Left of the first side, right of the last, above or below the dots between.
    """
    found: list[StopLabel] = []
    for place, stop in panel.stops:
        style = MISSING if stop.value is None else STRONG if place == panel.last else VALUE
        lines = canvas.wrap(stop.text, style, _room(canvas, panel, place))
        width = max((canvas.measure(line, style) for line in lines), default=0.0)
        size = Rectangle(0.0, 0.0, width, (len(lines) - 1) * style.leading + style.capital)
        if place in (0, panel.last):
            found.append(_beside(panel, place, StopLabel(lines, style, size)))
        else:
            found.append(_between(panel, place, StopLabel(lines, style, size)))
    return found


def _room(canvas: Canvas, panel: SlopePanel, place: int) -> float:
    """The width in mm that the words of a value may fill.

    Beside the panel's first and last side, above the others.
    """
    xs, width = panel.axes.xs, panel.axes.width
    if place == panel.last:
        return width - xs[-1] - BESIDE
    if place == 0:
        return xs[0] - BESIDE
    return min(_measure(canvas, panel.slope.stops[place].text, xs[place] - xs[place - 1]), xs[-1] - xs[0] - 2.0)


def _beside(panel: SlopePanel, place: int, label: StopLabel) -> StopLabel:
    """Place a label beside the first or the last side.

    At the height of its dot, or of the baseline for a missing value, but above the labels of the axes.
    """
    x, size, dot = panel.x(place), label.box, panel.dots().get(place)
    lowest = panel.box.bottom - 0.9 if dot is None else panel.box.bottom + label.style.capital / 2
    y = lowest - size.height if dot is None else min(dot[1] - size.height / 2, lowest - size.height)
    if place == panel.last:
        return replace(label, box=replace(size, x=x + BESIDE, y=y), align="left")
    return replace(label, box=replace(size, x=x - BESIDE - size.width, y=y), align="right")


def _between(panel: SlopePanel, place: int, label: StopLabel) -> StopLabel:
    """Place a label above, below or aslant of its dot.

    Where no line crosses the words, if there is such a place. A missing value's sign stands on the baseline.
    """
    x, size, dot = panel.x(place), label.box, panel.dots().get(place)
    if dot is None:
        return replace(label, box=replace(size, x=x - size.width / 2, y=panel.box.bottom - 0.9 - size.height))
    limits = (panel.x(0) + 1.0, panel.x(panel.last) - 1.0)
    lefts = [
        axis.keep_inside(x + size.width * share, size.width / 2, limits) - size.width / 2 for share in (0.0, -0.6, 0.6)
    ]
    tops = (dot[1] - ABOVE - size.height, dot[1] + ABOVE)
    boxes = [replace(size, x=left, y=top) for left in lefts for top in tops]
    # Between the arms of a steep valley there is room only higher up.
    boxes.append(replace(boxes[0], y=boxes[0].y - 2 * ABOVE))
    lines = panel.steps(joined=True).values()
    free = [
        box for box in boxes if box.bottom < panel.box.bottom - 0.5 and not any(_cross(box, each) for each in lines)
    ]
    return replace(label, box=free[0] if free else boxes[0])


def _cross(box: Rectangle, line: Line) -> bool:
    """Whether a line touches or nearly touches a box."""
    (x, y), (right, end) = line
    start, stop = max(x, box.x - 0.4), min(right, box.right + 0.4)
    if start >= stop:
        return False
    ys = [y + (end - y) * (at - x) / (right - x) for at in (start, stop)]
    return min(ys) < box.bottom + 0.4 and max(ys) > box.y - 0.4


def _meet(one: Rectangle, other: Rectangle) -> bool:
    """Whether two boxes overlap or nearly touch."""
    across = min(one.right, other.right) - max(one.x, other.x)
    return across > -0.4 and min(one.bottom, other.bottom) - max(one.y, other.y) > -0.6
