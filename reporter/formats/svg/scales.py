"""Draw values on a scale from zero: a figure in two years as a dumbbell, in strips as high as a table row so that the
lines of the scale connect; countries as codes over their values, stacked where they would touch, so that the stack
shows where most countries are."""

from collections.abc import Sequence
from decimal import Decimal

from reporter.formats.svg.axis import HAIRLINE, keep_inside, scale, tick_texts
from reporter.formats.svg.canvas import TICK, Canvas, Rectangle, TextStyle, disc
from reporter.report.document.plot import Dumbbell, Gauge, Ruler, Standings

# In mm: the height of a row, the margin of the scale, the radii of ring and dot. Weights are in points.
HEIGHT, ASIDE, RING_RADIUS, DOT = 6.3, 3.4, 1.2, 1.0
RING, BAR = 1.4, 2.0
NUMBER = TextStyle(7.5, 400, "secondary")


def draw_ruler(canvas: Canvas, plot: Ruler) -> float:
    """Print the numbers of a scale, as many as have room; return the height in mm."""
    end = -1.0
    for n, text in enumerate(plot.texts):
        half = canvas.measure(text, NUMBER) / 2
        x = keep_inside(_x(canvas, plot.gauge, plot.gauge.top * n / plot.gauge.steps), half, (0.0, canvas.width))
        if x - half > end:
            canvas.text(text, (x, HEIGHT - 1.4), NUMBER, "center")
            end = x + half + 1.0
    return HEIGHT


def draw_dumbbell(canvas: Canvas, plot: Dumbbell) -> float:
    """Draw a ring for the year before, a dot for the year; return the height in mm."""
    lines = [_x(canvas, plot.gauge, plot.gauge.top * n / plot.gauge.steps) for n in range(plot.gauge.steps + 1)]
    canvas.lines([((x, 0.0), (x, HEIGHT)) for x in lines], "hairline", HAIRLINE)
    if plot.before is None or plot.after is None:
        return HEIGHT
    ring, dot, y = _x(canvas, plot.gauge, plot.before), _x(canvas, plot.gauge, plot.after), HEIGHT / 2
    if abs(ring - dot) > RING_RADIUS:
        canvas.lines([((ring, y), (dot, y))], "before", BAR)
    canvas.shape(disc(ring, y, RING_RADIUS), "paper")
    canvas.border(disc(ring, y, RING_RADIUS), "before", RING)
    canvas.shape(disc(dot, y, DOT), "now")
    for x, words in zip((ring, dot), plot.words, strict=False):
        canvas.tell(Rectangle(x - RING_RADIUS, y - RING_RADIUS, 2 * RING_RADIUS, 2 * RING_RADIUS), words)
    return HEIGHT


def _x(canvas: Canvas, gauge: Gauge, value: Decimal) -> float:
    return ASIDE + float(value / gauge.top) * (canvas.width - 2 * ASIDE)


CODE, MIDDLE = TextStyle(7.6, 600, "ink"), TextStyle(7.6, 600, "text")
# In mm: the gap between codes, from the lowest to the scale, at the ends of the scale, between stacked codes.
APART, ABOVE, END, STEP = 0.9, 2.0, 3.0, 2.75
RADIUS, HAIR, EDGE = 1.05, 0.45, 0.6
ZERO = "0"


def draw_standings(canvas: Canvas, plot: Standings) -> float:
    """Draw the scale, with dots on it and codes above them; return the height in mm."""
    value_scale = scale([standing.value for standing in plot.standings])
    unit = (canvas.width - 2 * END) / value_scale.top
    xs = [END + float(standing.value) * unit for standing in plot.standings]
    wide = max((canvas.measure(standing.code, CODE) for standing in plot.standings), default=0.0) + APART
    # The row of each code, lowest first: the first where the previous code ends before it.
    rows, ends = list[int](), list[float]()
    for x in xs:
        rows.append(next((n for n, end in enumerate(ends) if end <= x - wide / 2), len(ends)))
        ends[rows[-1] : rows[-1] + 1] = [x + wide / 2]
    base = ABOVE + STEP * max(len(ends), 1)
    canvas.lines([((0.0, base), (canvas.width, base))], "rule", 0.6)
    canvas.shapes_with_edge([disc(x, base, RADIUS) for x in xs], "now", EDGE)
    for mark, x, row in zip(plot.standings, xs, rows, strict=True):
        foot, half = base - ABOVE - row * STEP, canvas.measure(mark.code, CODE) / 2
        canvas.text(mark.code, (x, foot), CODE, "center")
        canvas.tell(Rectangle(x - half, foot - CODE.capital, 2 * half, CODE.capital), f"{mark.name}: {mark.text}")
    texts = tick_texts(value_scale, [standing.text for standing in plot.standings])
    ticks = [(ZERO, END), *((text, END + value * unit) for text, value in zip(texts, value_scale.ticks, strict=True))]
    return _draw_words(canvas, plot, END + float(plot.middle) * unit, base, ticks)


def _draw_words(
    canvas: Canvas, plot: Standings, middle: float, base: float, ticks: Sequence[tuple[str, float]]
) -> float:
    line = base + 1.9 + TICK.capital
    canvas.lines([((x, base), (x, base + 1.2)) for _, x in ticks], "secondary", HAIR)
    free = 0.0
    for text, x in ticks:
        half, at = canvas.measure(text, TICK) / 2, _inside(canvas, text, x, TICK)
        # A number that would touch another, or that the line of the middle would cross, is left out.
        if at - half >= free and abs(at - middle) > half + RADIUS:
            canvas.text(text, (at, line), TICK, "center")
            free = at + half + APART
    words = line + 1.5 + MIDDLE.capital
    canvas.lines([((middle, base + RADIUS), (middle, line + 0.9))], "ink", 1.1)
    canvas.text(plot.middle_text, (_inside(canvas, plot.middle_text, middle, MIDDLE), words), MIDDLE, "center")
    return words + 1.0


def _inside(canvas: Canvas, text: str, x: float, style: TextStyle) -> float:
    return keep_inside(x, canvas.measure(text, style) / 2, (0.0, canvas.width))
