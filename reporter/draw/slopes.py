"""Draw slope charts: figures from side to side on one scale. Sides stand at their distance; a line joins only values
that may be compared."""

from reporter.document.plot_of_sides import Slopes
from reporter.draw.canvas import Canvas
from reporter.draw.slope_panel import draw_scale_group, most_of_scale, scale_groups, words_height

# In mm: between panels, and from one axis to the next in a second panel; the least distance from the first side to
# the last.
GUTTER, STEP, LEAST = 6.0, 9.0, 12.0
# The widest that names of figures may be, as shares of the drawing, in the first and in the second panel.
SHARES = (0.28, 0.17)


def draw_slopes(canvas: Canvas, plot: Slopes) -> float:
    """Draw the panels beside or, without room, below each other. Returns the height in mm."""
    groups = scale_groups(canvas, plot, SHARES)
    if not plot.labels or not groups:
        return 1.0
    most = most_of_scale(groups)
    height = max(plot.height, *(words_height(each.words) for each in groups))
    unit = (height - 2.0) / most if most else 0.0
    rest = canvas.width - sum(each.words.width for each in groups) - GUTTER * (len(groups) - 1)
    rows = [groups]
    if len(groups) > 1 and rest < LEAST * len(groups):
        rows = [[each] for each in scale_groups(canvas, plot, SHARES[:1] * 2)]
    low = 0.0
    for row in rows:
        free = canvas.width - sum(each.words.width for each in row) - GUTTER * (len(row) - 1)
        second = min(STEP * (len(plot.labels) - 1), free / 2.5) if len(row) > 1 else 0.0
        left, ends = 0.0, [low]
        for group, across in zip(row, (max(free - second, LEAST / 2), second), strict=False):
            panel = draw_scale_group(canvas, plot, group, (left, low), across, height, unit)
            left = panel.right + GUTTER
            ends.append(panel.bottom)
        low = max(ends) + (2.0 if len(rows) > 1 else 0.0)
    return low
