"""Draw legends: swatches with words, in as many rows as they need."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reporter.document.plot import Bar, Shade
from reporter.draw.canvas import KEY, Canvas
from reporter.draw.fills import draw_off_series
from reporter.draw.outlines import Rectangle

SWATCH = 2.7
GAP = 1.3
APART = 4.5


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """An entry of a legend: its words, and what paints its swatch."""

    words: str
    paint: Callable[[Canvas, Rectangle], None]


def draw_legend(canvas: Canvas, entries: Sequence[LegendEntry], top: float) -> float:
    """Draw the entries from left to right, row below row. Returns the y below the last row, `top` if there are no
    entries."""
    x, y, height = 0.0, top, 0.0
    for entry in entries:
        lines = canvas.wrap(entry.words, KEY, canvas.width - SWATCH - GAP)
        width = SWATCH + GAP + max((canvas.measure(line, KEY) for line in lines), default=0.0)
        if x > 0 and x + width > canvas.width:
            x, y, height = 0.0, y + height, 0.0
        _draw_entry(canvas, entry, lines, (x, y))
        x, height = x + width + APART, max(height, max(len(lines), 1) * KEY.leading + 0.9)
    return y + height


def draw_legend_column(
    canvas: Canvas, entries: Sequence[LegendEntry], at: tuple[float, float], measure: float = 0.0
) -> float:
    """Draw the entries below each other, no wider than the measure. Without one they reach to the right edge of the
    canvas. Returns the y below the last one."""
    x, y = at
    for entry in entries:
        lines = canvas.wrap(entry.words, KEY, (measure or canvas.width - x) - SWATCH - GAP)
        _draw_entry(canvas, entry, lines, (x, y))
        y += max(len(lines), 1) * KEY.leading + 1.4
    return y


def colour_swatch(colour: str) -> Callable[[Canvas, Rectangle], None]:
    return lambda canvas, box: canvas.boxes([box], colour)


def draw_off_series_key(canvas: Canvas, words: str, bars: Iterable[Bar], top: float) -> float:
    """Draw the legend of off-series columns, if any is drawn. Returns the y below it, `top` if there is none."""
    if not words or not any(bar.off_series and bar.value is not None for bar in bars):
        return top
    entry = LegendEntry(words, lambda swatches, box: draw_off_series(swatches, [box], Shade.BEFORE))
    return draw_legend(canvas, [entry], top + 0.8)


def _draw_entry(canvas: Canvas, entry: LegendEntry, lines: Sequence[str], at: tuple[float, float]) -> None:
    x, y = at
    baseline = y + 0.4 + SWATCH / 2 + KEY.capital / 2
    entry.paint(canvas, Rectangle(x, y + 0.4, SWATCH, SWATCH))
    canvas.paragraph(lines, (x + SWATCH + GAP, baseline), KEY)
