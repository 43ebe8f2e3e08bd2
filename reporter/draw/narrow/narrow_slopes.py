"""Draw slopes for a phone. Two sides are a slope chart; of more sides each figure has a small one of its own, on one
scale."""

from dataclasses import replace

from reporter.document.plot_of_sides import Slope, Slopes
from reporter.draw.canvas import Canvas, TextStyle
from reporter.draw.slope_panel import NO_VALUE, draw_scale_group, most_of, most_of_scale, scale_groups, words_height

TITLE = TextStyle(8.2, 600, "ink")
# The widest that names beside their lines may be, as a part of the drawing.
SHARE = 0.42
# In mm: the height of a scale, of the highest of several small ones, what is free above the highest dot, between two.
HEIGHT, SMALL, FREE, BETWEEN = 52.0, 16.0, 5.0, 2.2


def draw_narrow_slopes(canvas: Canvas, plot: Slopes) -> float:
    """Draw the panels below each other; returns the height in mm."""
    groups = scale_groups(canvas, plot, (SHARE, SHARE))
    if not plot.labels or not groups:
        return 1.0
    most, low = most_of_scale(groups), 0.0
    if len(plot.labels) > 2:
        unit = SMALL / most if most else 0.0
        for group in groups:
            for slope in group.slopes:
                low = _draw_one(canvas, plot, slope, group.ratio, low, unit)
        return low - BETWEEN
    height = max(HEIGHT, *(words_height(group.words) for group in groups))
    unit = (height - 2.0) / most if most else 0.0
    for group in groups:
        across = canvas.width - group.words.width
        height = max(most_of(group.slopes) / group.ratio * unit + 2.0, words_height(group.words))
        low = draw_scale_group(canvas, plot, group, (0.0, low), across, height, unit).bottom + BETWEEN
    return low - BETWEEN


def _draw_one(canvas: Canvas, plot: Slopes, slope: Slope, ratio: int, top: float, unit: float) -> float:
    """Draw one figure below its name; returns where the next begins."""
    low = canvas.paragraph(canvas.wrap(slope.label, TITLE, canvas.width), (0.0, top + TITLE.capital + 0.4), TITLE)
    (alone,) = scale_groups(canvas, replace(plot, slopes=(replace(slope, label=""),), larger=()), (0.0,))
    height = most_of((slope,)) / ratio * unit + FREE
    at, across = (0.0, low - TITLE.leading + 1.2), canvas.width - alone.words.width
    panel = draw_scale_group(canvas, plot, replace(alone, slopes=(slope,), ratio=ratio), at, across, height, unit)
    for x, stop in zip(panel.xs[:-1], slope.stops, strict=False):
        if stop.value is None:
            canvas.text(stop.text, (x, panel.base - 0.9), NO_VALUE, "center")
    return panel.bottom + BETWEEN
