"""Draw a timeline for a phone."""

from dataclasses import replace

from reporter.document.plot import Spans
from reporter.draw.canvas import Canvas
from reporter.draw.spans import draw_spans


def draw_narrow_spans(canvas: Canvas, plot: Spans) -> float:
    """Draw the last range first, each below its name. Returns the height in mm."""
    return draw_spans(canvas, replace(plot, spans=plot.spans[::-1]))
