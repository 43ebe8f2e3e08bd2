"""Draw persons by group for a phone."""

from reporter.document.plot import Crowd
from reporter.draw.canvas import Canvas
from reporter.draw.crowd import PITCH, SMALLEST, draw_people, most_people, years_room

# The symbols are no larger than this part of their full size.
LARGEST = 0.9


def draw_narrow_crowd(canvas: Canvas, plot: Crowd) -> float:
    """Draw the groups with the symbols as large as may be. The largest group stands on one line, if its symbols do not
    become too small. Returns the height in mm."""
    most = max(map(most_people, plot.groups), default=1)
    scale = (canvas.width - years_room(canvas, plot)) / most / PITCH
    return draw_people(canvas, plot, min(max(scale, SMALLEST), LARGEST))
