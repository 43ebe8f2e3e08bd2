"""Draw the parts of a whole on two sides for a phone. The later side stands above the earlier one."""

from reporter.document.plot import Shade, Twins
from reporter.draw.canvas import Canvas, TextStyle
from reporter.draw.legend import LegendEntry, colour_swatch, draw_legend
from reporter.draw.twins import CHANGE, HEAD_NOW, draw_cases, most_cases, tell_cases

NAME = TextStyle(8.4, 600, "ink")
# In mm: the height of a line of squares, what is free around the words and between a name and its change.
LINE, AROUND, ASIDE = 5.0, 1.4, 3.0


def draw_narrow_twins(canvas: Canvas, plot: Twins) -> float:
    """Draw each part below its name; returns the height in mm."""
    if not plot.rows:
        return 1.0
    before, after, changes = plot.heads
    width, most = canvas.width, most_cases(plot)
    keys = [LegendEntry(after, colour_swatch(Shade.NOW)), LegendEntry(before, colour_swatch(Shade.BEFORE))]
    top = draw_legend(canvas, keys, 0.0) + HEAD_NOW.leading
    canvas.text(changes, (width, top), HEAD_NOW, "right")
    top += AROUND
    for row in plot.rows:
        canvas.lines([((0.0, top), (width, top))], "rule", 0.5)
        y = top + AROUND + NAME.capital
        canvas.text(row.change, (width, y), CHANGE, "right")
        names = canvas.wrap(row.label, NAME, width - canvas.measure(row.change, CHANGE) - ASIDE)
        y = canvas.paragraph(names, (0.0, y), NAME) - NAME.leading + AROUND + LINE / 2
        now = draw_cases(canvas, row.after, (0.0, y), width, most, Shade.NOW)
        then = draw_cases(canvas, row.before, (0.0, y + LINE), width, most, Shade.BEFORE)
        tell_cases(canvas, plot, row, (then, now))
        top = y + 1.5 * LINE + AROUND / 2
    return top
