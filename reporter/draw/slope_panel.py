"""Draw figures from side to side on one scale. A line joins only values that may be compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reporter.document.plot_of_sides import Slope, Slopes, Stop
from reporter.draw.axis import keep_inside
from reporter.draw.canvas import Canvas, TextStyle
from reporter.draw.outlines import Point, Rectangle, disc
from reporter.draw.spreading import spread
from reporter.draw.told_words import words_of

HEAD, HEAD_NOW = TextStyle(8.0, 400, "text"), TextStyle(8.0, 600, "ink")
NUMBER, NUMBER_NOW, NAME = TextStyle(8.0, 600, "text"), TextStyle(8.0, 700, "now"), TextStyle(8.0)
ZERO, NO_VALUE = TextStyle(7.5, 400, "secondary"), TextStyle(8.0, 400, "secondary")
NOUGHT = "0"
UNLIKE, SIGN = "\u2260", TextStyle(10.0, 600, "caution")
RADIUS, RING, LINE = 1.05, 1.5, 1.5
# In mm: from an axis to the words beside it, and from a dot to the value above it.
BESIDE, ABOVE = 2.0, 2.7
# With more sides than this only the first and the last value are printed.
MOST_NUMBERED = 5


@dataclass(frozen=True, slots=True)
class SlopeWords:
    """The names of some slopes, and the widths of their words. `before` and `after` are those of the values on the
    first and the last side, `room` is that of the names."""

    before: float
    after: float
    names: tuple[tuple[str, ...], ...]
    room: float

    @property
    def width(self) -> float:
        return self.before + BESIDE + self.after + BESIDE + self.room


@dataclass(frozen=True, slots=True)
class ScaleGroup:
    """Slopes that share a panel, with their words. They are drawn at a `ratio`th of the scale."""

    slopes: tuple[Slope, ...]
    ratio: int
    words: SlopeWords


@dataclass(frozen=True, slots=True)
class _Head:
    """A side above its axis. `x` is the middle of its lines, `half` half of their width."""

    lines: tuple[str, ...]
    x: float
    half: float
    style: TextStyle

    def meets(self, other: "_Head") -> bool:
        return abs(self.x - other.x) < self.half + other.half + 0.8


@dataclass(frozen=True, slots=True)
class SlopePanel:
    """Slopes with the axes of their sides. `unit` is the height in mm of one."""

    slopes: tuple[Slope, ...]
    xs: tuple[float, ...]
    top: float
    base: float
    unit: float
    words: SlopeWords

    @property
    def right(self) -> float:
        return self.xs[-1] + self.words.width - self.words.before

    @property
    def bottom(self) -> float:
        return self.base + 1.5

    def dot(self, slope: Slope, place: int) -> Point | None:
        """Where the value of a side lies; None without one."""
        value = slope.stops[place].value if place < len(slope.stops) else None
        return None if value is None else (self.xs[place], self.base - float(value) * self.unit)

    def given(self, slope: Slope) -> list[tuple[int, Point]]:
        return [(place, dot) for place in range(len(self.xs)) if (dot := self.dot(slope, place))]


def scale_groups(canvas: Canvas, plot: Slopes, shares: Sequence[float]) -> list[ScaleGroup]:
    """The slopes of the scale, and the larger ones. `shares` are the widest that the names of each may be, as parts of
    the drawing."""
    found = [(slopes, ratio) for slopes, ratio in ((plot.slopes, 1), (plot.larger, plot.ratio)) if slopes]
    return [
        ScaleGroup(slopes, ratio, slope_words(canvas, slopes, share))
        for (slopes, ratio), share in zip(found, shares, strict=False)
    ]


def most_of_scale(groups: Sequence[ScaleGroup]) -> float:
    return max(most_of(each.slopes) / each.ratio for each in groups)


def words_height(words: SlopeWords) -> float:
    """The height in mm that the names need below each other."""
    return sum(map(_height, words.names)) + 2.0


def draw_scale_group(
    canvas: Canvas, plot: Slopes, group: ScaleGroup, at: Point, across: float, height: float, unit: float
) -> SlopePanel:
    """Draw a panel with the sides above it. `at` is its left top corner, `across` the distance from the first side to
    the last, `unit` the height of one on the scale of which the group has a part."""
    (left, low), words = at, group.words
    first, whole = left + words.before, plot.at[-1] - plot.at[0]
    xs = tuple(first + across * (each - plot.at[0]) / whole if whole else first for each in plot.at)
    heads = _heads(canvas, plot.labels, xs, (left, xs[-1] + words.width - words.before))
    top = low + max((len(head.lines) for head in heads), default=0) * HEAD.leading + 2.0
    panel = SlopePanel(slopes=group.slopes, xs=xs, top=top, base=top + height, unit=unit / group.ratio, words=words)
    _draw(canvas, panel, heads, low)
    for slope in panel.slopes:
        for place, (x, y) in panel.given(slope):
            box = Rectangle(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS)
            canvas.tell(box, words_of(slope.label, plot.labels[place], slope.stops[place].text))
    return panel


def slope_words(canvas: Canvas, slopes: Sequence[Slope], share: float) -> SlopeWords:
    firsts = (each.stops[0].text for each in slopes if each.stops and each.stops[0].value is not None)
    lasts = (each.stops[-1].text for each in slopes if each.stops)
    names = tuple(canvas.wrap(each.label, NAME, canvas.width * share) for each in slopes)
    return SlopeWords(
        before=max([canvas.measure(NOUGHT, ZERO) + 0.3, *(canvas.measure(text, NUMBER) for text in firsts)]) + BESIDE,
        after=max((canvas.measure(text, NUMBER_NOW) for text in lasts), default=1.0),
        names=names,
        room=max((canvas.measure(line, NAME) for lines in names for line in lines), default=0.0),
    )


def _heads(canvas: Canvas, labels: Sequence[str], xs: Sequence[float], limits: tuple[float, float]) -> list[_Head]:
    """The sides above their axes, no word broken. One between is left out where it does not fit."""
    edges = [limits[0], *((one + two) / 2 for one, two in pairwise(xs)), limits[1]]
    last, found = len(xs) - 1, list[_Head]()
    for place, (x, start, end) in enumerate(zip(xs, edges, edges[1:], strict=False)):
        style = HEAD_NOW if place == last else HEAD
        room = end - start - 0.8
        if place not in (0, last) and canvas.measure(labels[place], style) > room:
            continue
        room = max(room, *(canvas.measure(word, style) for word in labels[place].split()))
        lines = canvas.wrap(labels[place], style, room)
        half = max((canvas.measure(line, style) for line in lines), default=0.0) / 2
        wide = end - start - 0.8 < 2 * half
        middle = keep_inside(x, half, limits) if wide else keep_inside(x, half, (start + 0.4, end - 0.4))
        found.append(_Head(lines, middle, half, style))
    ends = [head for head in found if head.style is HEAD_NOW or head is found[0]]
    return [head for head in found if head in ends or not any(head.meets(other) for other in ends)]


def most_of(slopes: Sequence[Slope]) -> float:
    return max((float(stop.value) for each in slopes for stop in each.stops if stop.value is not None), default=0.0)


def _height(lines: Sequence[str]) -> float:
    return max(len(lines), 1) * NAME.leading + 0.7


def _draw(canvas: Canvas, panel: SlopePanel, heads: Sequence[_Head], low: float) -> None:
    """Draw a panel: axes, lines, signs, dots, and the words last."""
    last = len(panel.xs) - 1
    canvas.lines([((x, panel.top), (x, panel.base)) for x in panel.xs], "rule", 0.5)
    canvas.lines([((panel.xs[0] - 1.0, panel.base), (panel.xs[-1] + 1.0, panel.base))], "secondary", 0.7)
    for head in heads:
        canvas.paragraph(head.lines, (head.x, low + HEAD.capital + 0.4), head.style, "center")
    for slope in panel.slopes:
        for (_, start), (place, end) in pairwise(panel.given(slope)):
            if slope.stops[place].joined:
                canvas.lines([(start, end)], _colour(place, last), LINE)
    signs = list(_draw_signs(canvas, panel))
    for slope in panel.slopes:
        for place, (x, y) in panel.given(slope):
            _draw_dot(canvas, (x, y), place, last)
    _draw_first(canvas, panel)
    if len(panel.xs) <= MOST_NUMBERED:
        for place in range(1, last):
            _draw_between(canvas, panel, place, signs)
    _draw_last(canvas, panel)


def _colour(place: int, last: int) -> str:
    return "now" if place == last else "before" if place == last - 1 else "earlier"


def _draw_dot(canvas: Canvas, at: Point, place: int, last: int) -> None:
    if place == last - 1:
        canvas.shape(disc(*at, RADIUS), "paper")
        canvas.border(disc(*at, RADIUS), "before", RING)
    else:
        canvas.shape(disc(*at, RADIUS), _colour(place, last))


def _draw_signs(canvas: Canvas, panel: SlopePanel) -> Iterator[Rectangle]:
    """The sign ≠ between two values that may not be compared. Yields the box of each."""
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
            box = Rectangle(middle - width / 2 - 0.3, y - SIGN.capital / 2 - 0.3, width + 0.6, 3.2)
            canvas.boxes([box], "paper")
            canvas.text(UNLIKE, (middle, y + SIGN.capital / 2), SIGN, "center")
            yield box


def _numbers(panel: SlopePanel, place: int, up: float = 0.0) -> Iterator[tuple[Stop, float]]:
    seen = [(slope.stops[place], dot[1] - up) for slope in panel.slopes if (dot := panel.dot(slope, place))]
    ys = spread([y for _, y in seen], [NUMBER.capital + 1.0] * len(seen), panel.top, panel.base + 1.0)
    yield from ((stop, y) for (stop, _), y in zip(seen, ys, strict=True))


def _draw_first(canvas: Canvas, panel: SlopePanel) -> None:
    free = panel.base
    if len(panel.xs) > 1:
        for stop, y in _numbers(panel, 0):
            canvas.text(stop.text, (panel.xs[0] - BESIDE, y + NUMBER.capital / 2), NUMBER, "right")
            free = min(free, panel.base - abs(panel.base - y))
            if abs(y - panel.base) < NUMBER.capital + 1.0:
                free = -1.0
    if free >= 0:
        canvas.text(NOUGHT, (panel.xs[0] - BESIDE, panel.base + ZERO.capital / 2), ZERO, "right")


def _draw_between(canvas: Canvas, panel: SlopePanel, place: int, signs: Sequence[Rectangle]) -> None:
    """The values of a side between, above their dots. Those that would cover a neighbour or a sign are left to the
    table."""
    for stop, y in _numbers(panel, place, ABOVE):
        half, x = canvas.measure(stop.text, NUMBER) / 2, panel.xs[place]
        box = Rectangle(x - half - 0.3, y - NUMBER.capital / 2 - 0.3, 2 * half + 0.6, NUMBER.capital + 0.6)
        wide = half > min(x - panel.xs[place - 1], panel.xs[place + 1] - x) + BESIDE / 2
        if not wide and not any(box.meets(sign) for sign in signs):
            canvas.boxes([box], "paper")
            canvas.text(stop.text, (x, y + NUMBER.capital / 2), NUMBER, "center")


def _draw_last(canvas: Canvas, panel: SlopePanel) -> None:
    """The values of the last side with the names of their figures. What has no value there stands at the base line with
    a colon."""
    dots = [panel.dot(slope, len(panel.xs) - 1) for slope in panel.slopes]
    names = panel.words.names
    x, indent = panel.xs[-1] + BESIDE, panel.words.after + BESIDE
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
