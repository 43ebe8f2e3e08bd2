"""Fill boxes with colours, textures and hatching.

Colours that look alike in black and white get different textures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.colors import to_rgb
from matplotlib.path import Path

from reporter.draw.canvas import Canvas
from reporter.draw.outlines import Point, Rectangle, boxes, hatch, segments
from reporter.theme.tokens import Theme

# Colours nearer than this in lightness (0 to 1) get different textures: colour is not the only means, WCAG 2.1 1.4.1.
NEAR = 0.08
PLAIN, PINLINES, DOTS = 0, 1, 2
SPACING = 1.7
DOT = 0.4
HATCHING = 1.15


@dataclass(frozen=True, slots=True)
class Fill:
    """How the boxes of a layer are filled.

    The colour, the colour `second` of the texture on it, the texture (0 plain, 1 pinlines, 2 dots), and the colour of
    words upon it.
    """

    colour: str
    second: str
    texture: int
    words: str


def fills(theme: Theme, accents: Sequence[int]) -> dict[int, Fill]:
    """Choose a fill for each accent, a number into the palette.

    Numbers beyond the palette get the muted colours, so that twice as many can be told apart.
    """
    found: dict[int, Fill] = {}
    for accent in dict.fromkeys(accents):
        full, muted = theme.accent(accent), theme.muted(accent)
        if accent // len(theme.categorical) % 2:
            colour, second, words = muted, full, "ink"
        else:
            colour, second = full, muted
            words = "ink" if theme.takes_ink(accent) else "paper"
        alike = [other.texture for other in found.values() if abs(grey(other.colour) - grey(colour)) < NEAR]
        texture = min((PLAIN, PINLINES, DOTS), key=alike.count)
        found[accent] = Fill(colour, second, texture, words)
    return found


def grey(colour: str) -> float:
    """The lightness of a colour printed in black and white.

    From 0 to 1, with the weights of ITU-R BT.601.
    """
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def draw_filled(canvas: Canvas, drawn: Sequence[Rectangle], fill: Fill) -> None:
    """Draw boxes in a fill's colour with its texture over them."""
    canvas.boxes(drawn, fill.colour)
    if fill.texture == PINLINES and drawn:
        canvas.stroke(Path.make_compound_path(*map(_pinlines, drawn)), fill.second, 0.4)
    elif fill.texture == DOTS:
        canvas.shapes([_dots(box) for box in drawn], fill.second)


def draw_hatched(canvas: Canvas, drawn: Sequence[Rectangle]) -> None:
    """Draw the boxes of a remainder, which is not stated.

    Diagonal lines on paper, outlined.
    """
    if not drawn:
        return
    canvas.boxes(drawn, "paper")
    lines = [path for path in (hatch(box, HATCHING) for box in drawn) if len(path)]
    if lines:
        canvas.stroke(Path.make_compound_path(*lines), "rule", 0.8)
    canvas.stroke(boxes(_inset(drawn)), "secondary", 0.5)


def draw_off_series(canvas: Canvas, drawn: Sequence[Rectangle], colour: str) -> None:
    """Hatch boxes already drawn, whose values do not belong to their series.

    Falling diagonal lines of paper, and an outline in the colour.
    """
    draw_falling_lines(canvas, drawn, "paper", 1.3)
    if drawn:
        canvas.stroke(boxes(_inset(drawn)), colour, 0.5)


def draw_falling_lines(canvas: Canvas, drawn: Sequence[Rectangle], colour: str, weight: float) -> None:
    """Draw diagonal lines that cross those of `draw_hatched`."""
    if lines := [path for path in (hatch(box, HATCHING, falling=True) for box in drawn) if len(path)]:
        canvas.stroke(Path.make_compound_path(*lines), colour, weight)


def _inset(drawn: Sequence[Rectangle]) -> list[Rectangle]:
    """The boxes a little smaller, so that outlines stay within them."""
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
    """The number of lines or dots side by side on this width.

    At least two, so that even the swatch of a legend shows the texture.
    """
    return max(round(width / SPACING), 2)
