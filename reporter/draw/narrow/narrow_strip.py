"""Draw the years of a key figure with their axis."""

from reporter.document.plot import Shade, YearStrip
from reporter.draw import axis
from reporter.draw.axis import Field, Scale
from reporter.draw.canvas import Canvas
from reporter.draw.outlines import Rectangle
from reporter.draw.strip import draw_strip


def draw_narrow_strip(canvas: Canvas, plot: YearStrip) -> float:
    """Draw a strip and the years below it. All of them where there is room, else the last two or some. Returns the
    height in mm."""
    height = draw_strip(canvas, plot)
    count = len(plot.labels)
    if not count:
        return height
    pitch = canvas.width / count
    field = Field(Rectangle(0.0, 0.0, canvas.width, height - 0.3), 0.0, count, Scale(1.0, ()))
    chosen = axis.choose_labels(canvas, plot.labels, pitch)
    strong = [place for place, bar in enumerate(plot.bars) if bar.shade is not Shade.EARLIER]
    axis.draw_labels(canvas, field, chosen, strong)
    return height + axis.labels_height(chosen)
