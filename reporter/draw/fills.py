"""The one hatch, which means: not comparable; and its legend."""

from collections.abc import Iterable, Sequence

from matplotlib.path import Path

from reporter.document.plot import Bar, Shade
from reporter.draw.canvas import KEY, Canvas
from reporter.draw.outlines import Rectangle, boxes, hatch

HATCHING = 1.15
# In mm: the side of the swatch of the legend, and the gap behind it.
SWATCH, GAP = 2.7, 1.3


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


def draw_off_series_key(canvas: Canvas, words: str, bars: Iterable[Bar], top: float) -> float:
    """Draw the legend of off-series columns, if any is drawn. Returns the y below it, `top` if there is none."""
    if not words or not any(bar.off_series and bar.value is not None for bar in bars):
        return top
    lines, y = canvas.wrap(words, KEY, canvas.width - SWATCH - GAP), top + 0.8
    draw_off_series(canvas, [Rectangle(0.0, y + 0.4, SWATCH, SWATCH)], Shade.BEFORE)
    canvas.paragraph(lines, (SWATCH + GAP, y + 0.4 + SWATCH / 2 + KEY.capital / 2), KEY)
    return y + max(len(lines), 1) * KEY.leading + 0.9
