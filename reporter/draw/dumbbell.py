"""Draw a figure in two years as a dumbbell, with its scale. Each is a strip as high as a row of its table, so that the
lines of the scale run through all of them."""

from decimal import Decimal

from reporter.document.plot import Dumbbell, Gauge, Ruler
from reporter.draw.axis import HAIRLINE, keep_inside
from reporter.draw.canvas import Canvas, TextStyle
from reporter.draw.outlines import Rectangle, disc

# In mm: the height of a row, the room beside the scale, the radii of ring and dot. Weights are in points.
HEIGHT, ASIDE, RADIUS, DOT = 6.3, 3.4, 1.2, 1.0
RING, BAR = 1.4, 2.0
NUMBER = TextStyle(7.5, 400, "secondary")


def draw_ruler(canvas: Canvas, plot: Ruler) -> float:
    """Print the numbers of a scale, as many as have room. Returns the height in mm."""
    end = -1.0
    for n, text in enumerate(plot.texts):
        half = canvas.measure(text, NUMBER) / 2
        x = keep_inside(_x(canvas, plot.gauge, plot.gauge.top * n / plot.gauge.steps), half, (0.0, canvas.width))
        if x - half > end:
            canvas.text(text, (x, HEIGHT - 1.4), NUMBER, "center")
            end = x + half + 1.0
    return HEIGHT


def draw_dumbbell(canvas: Canvas, plot: Dumbbell) -> float:
    """Draw a ring for the year before, a dot for the year. Returns the height in mm."""
    lines = [_x(canvas, plot.gauge, plot.gauge.top * n / plot.gauge.steps) for n in range(plot.gauge.steps + 1)]
    canvas.lines([((x, 0.0), (x, HEIGHT)) for x in lines], "hairline", HAIRLINE)
    if plot.before is None or plot.after is None:
        return HEIGHT
    ring, dot, y = _x(canvas, plot.gauge, plot.before), _x(canvas, plot.gauge, plot.after), HEIGHT / 2
    if abs(ring - dot) > RADIUS:
        canvas.lines([((ring, y), (dot, y))], "before", BAR)
    canvas.shape(disc(ring, y, RADIUS), "paper")
    canvas.border(disc(ring, y, RADIUS), "before", RING)
    canvas.shape(disc(dot, y, DOT), "now")
    for x, words in zip((ring, dot), plot.words, strict=False):
        canvas.tell(Rectangle(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS), words)
    return HEIGHT


def _x(canvas: Canvas, gauge: Gauge, value: Decimal) -> float:
    return ASIDE + float(value / gauge.top) * (canvas.width - 2 * ASIDE)
