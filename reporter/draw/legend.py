"""Legends: swatch and words, flowing over as many rows as the words need."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reporter.document.plot import Bar
from reporter.draw.canvas import Canvas
from reporter.draw.fills import draw_apart
from reporter.draw.outlines import Box
from reporter.draw.text_width import KEY

SWATCH = 2.7
GAP = 1.3
APART = 4.5


@dataclass(frozen=True, slots=True)
class Key:
    """One entry: its words, and what paints the swatch into a box."""

    words: str
    paint: Callable[[Canvas, Box], None]


def draw_legend(canvas: Canvas, keys: Sequence[Key], top: float) -> float:
    """The entries from left to right, row below row; answers the y below the last row, `top` if there are none."""
    x, y, height = 0.0, top, 0.0
    for key in keys:
        lines = canvas.wrap(key.words, KEY, canvas.width - SWATCH - GAP)
        width = SWATCH + GAP + max((canvas.measure(line, KEY) for line in lines), default=0.0)
        if x > 0 and x + width > canvas.width:
            x, y, height = 0.0, y + height, 0.0
        _draw_key(canvas, key, lines, (x, y))
        x, height = x + width + APART, max(height, max(len(lines), 1) * KEY.leading + 0.9)
    return y + height


def draw_column(canvas: Canvas, keys: Sequence[Key], at: tuple[float, float]) -> float:
    """The entries below each other, to the right edge of the canvas; answers the y below the last one."""
    x, y = at
    for key in keys:
        lines = canvas.wrap(key.words, KEY, canvas.width - x - SWATCH - GAP)
        _draw_key(canvas, key, lines, (x, y))
        y += max(len(lines), 1) * KEY.leading + 1.4
    return y


def filled(colour: str) -> Callable[[Canvas, Box], None]:
    """Paints a swatch of one colour."""
    return lambda canvas, box: canvas.boxes([box], colour)


def draw_apart_key(canvas: Canvas, words: str, bars: Iterable[Bar], top: float) -> float:
    """What hatched columns mean, where any is drawn; answers the y below it, `top` if there is none."""
    if not words or not any(bar.apart and bar.value is not None for bar in bars):
        return top
    return draw_legend(canvas, [Key(words, _apart)], top + 0.8)


def _apart(canvas: Canvas, box: Box) -> None:
    canvas.boxes([box], "secondary")
    draw_apart(canvas, [box], "secondary")


def nothing(_canvas: Canvas, _box: Box) -> None:
    """Paints no swatch."""


def _draw_key(canvas: Canvas, key: Key, lines: Sequence[str], at: tuple[float, float]) -> None:
    x, y = at
    baseline = y + 0.4 + SWATCH / 2 + KEY.capital / 2
    key.paint(canvas, Box(x, y + 0.4, SWATCH, SWATCH))
    canvas.paragraph(lines, (x + SWATCH + GAP, baseline), KEY)
