"""How the layers of a stack are filled: a colour, and a texture where colours look alike in black and white."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.colors import to_rgb
from matplotlib.path import Path

from reporter.draw.canvas import Canvas
from reporter.draw.outlines import Point, Rectangle, boxes, hatch, segments
from reporter.theme.tokens import Theme

# Colours nearer than this in grey (0 to 1) get different textures.
NEAR = 0.08
PLAIN, PINLINES, DOTS = 0, 1, 2
SPACING = 1.7
DOT = 0.4
HATCHING = 1.15


@dataclass(frozen=True, slots=True)
class Fill:
    """A colour, the colour of the texture on it, the texture (0 plain, 1 pinlines, 2 dots), the colour of words."""

    colour: str
    second: str
    texture: int
    words: str


def fills(theme: Theme, accents: Sequence[int]) -> dict[int, Fill]:
    """The filling of each number; beyond the palette the muted hues follow, so that twice as many differ."""
    found: dict[int, Fill] = {}
    for accent in dict.fromkeys(accents):
        full, muted = theme.accent(accent), theme.muted(accent)
        if accent // len(theme.categorical) % 2:
            colour, second, words = muted, full, "ink"
        else:
            colour, second = full, muted
            words = "ink" if accent % len(theme.categorical) in theme.dark_text else "paper"
        alike = [other.texture for other in found.values() if abs(grey(other.colour) - grey(colour)) < NEAR]
        texture = min((PLAIN, PINLINES, DOTS), key=alike.count)
        found[accent] = Fill(colour, second, texture, words)
    return found


def grey(colour: str) -> float:
    """How light a printer without colours makes it, from 0 to 1."""
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def draw_filled(canvas: Canvas, drawn: Sequence[Rectangle], fill: Fill) -> None:
    """The boxes in the colour, and the texture over them."""
    canvas.boxes(drawn, fill.colour)
    if fill.texture == PINLINES and drawn:
        canvas.stroke(Path.make_compound_path(*map(_pinlines, drawn)), fill.second, 0.4)
    elif fill.texture == DOTS:
        canvas.shapes([_dots(box) for box in drawn], fill.second)


def draw_hatched(canvas: Canvas, drawn: Sequence[Rectangle]) -> None:
    """The boxes of what is not stated: outlined, with diagonal lines on paper."""
    if not drawn:
        return
    canvas.boxes(drawn, "paper")
    lines = [path for path in (hatch(box, HATCHING) for box in drawn) if len(path)]
    if lines:
        canvas.stroke(Path.make_compound_path(*lines), "rule", 0.8)
    canvas.stroke(boxes(_inset(drawn)), "secondary", 0.5)


def draw_off_series(canvas: Canvas, drawn: Sequence[Rectangle], colour: str) -> None:
    """What does not belong to its series, over boxes that are drawn: falling lines of paper, outlined in a colour."""
    draw_falling(canvas, drawn, "paper", 1.3)
    if drawn:
        canvas.stroke(boxes(_inset(drawn)), colour, 0.5)


def draw_falling(canvas: Canvas, drawn: Sequence[Rectangle], colour: str, weight: float) -> None:
    """Diagonal lines over boxes that cross those of what is not stated."""
    if lines := [path for path in (hatch(box, HATCHING, falling=True) for box in drawn) if len(path)]:
        canvas.stroke(Path.make_compound_path(*lines), colour, weight)


def _inset(drawn: Sequence[Rectangle]) -> list[Rectangle]:
    """The boxes a little smaller, so that an outline stays within them."""
    return [Rectangle(b.x + 0.1, b.y + 0.1, b.width - 0.2, max(b.height - 0.2, 0.05)) for b in drawn]


def _pinlines(box: Rectangle) -> Path:
    count = _count(box.width)
    places = [box.x + box.width / count * (n + 0.5) for n in range(count)]
    return segments(((x, box.y), (x, box.bottom)) for x in places)


def _dots(box: Rectangle) -> Path:
    across, down = _count(box.width), max(round(box.height / SPACING), 1)
    side = min(DOT, box.height / 3)
    middles: list[Point] = [
        (box.x + box.width / across * (n + 0.5), box.y + box.height / down * (m + 0.5))
        for n in range(across)
        for m in range(down)
    ]
    return boxes(Rectangle(x - side / 2, y - side / 2, side, side) for x, y in middles)


def _count(width: float) -> int:
    """How many lines or dots lie side by side; at least two, so that the swatch of a legend shows them."""
    return max(round(width / SPACING), 2)
