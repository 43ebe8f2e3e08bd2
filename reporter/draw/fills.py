"""Fill boxes with the one hatch, which means: not comparable."""

from collections.abc import Sequence

from matplotlib.path import Path

from reporter.draw.canvas import Canvas
from reporter.draw.outlines import Rectangle, boxes, hatch

HATCHING = 1.15


def draw_off_series(canvas: Canvas, drawn: Sequence[Rectangle], colour: str) -> None:
    """Draw the boxes of values that do not belong to their series. Diagonal lines on paper, and an outline."""
    if not drawn:
        return
    canvas.boxes(drawn, "paper")
    if lines := [path for path in (hatch(box, HATCHING) for box in drawn) if len(path)]:
        canvas.stroke(Path.make_compound_path(*lines), colour, 0.6)
    canvas.stroke(
        boxes([Rectangle(b.x + 0.1, b.y + 0.1, b.width - 0.2, max(b.height - 0.2, 0.05)) for b in drawn]), colour, 0.6
    )
