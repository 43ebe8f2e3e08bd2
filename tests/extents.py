"""What the words of a chart cover on its sheet, measured with the renderer: where they overlap or leave it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from matplotlib import rc_context
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.text import Text

from reporter.data.theme.tokens import Theme
from reporter.formats.svg import KINDS
from reporter.formats.svg.canvas import SETTINGS, Canvas
from reporter.report.document.plot import Plot

# Millimetres that two inks may share, and by which one may touch the edge: less than a printer shows.
SLACK = 0.12
POINT = 25.4 / 72
# The renderer knows whole pixels; so many to a point make them small.
FINE = 16


@dataclass(frozen=True, slots=True)
class Ink:
    """Words and the box of their ink in mm, y downwards."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Ink") -> bool:
        """Whether the inks of both share more than a hair."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > SLACK and down > SLACK


def collisions(plot: Plot, theme: Theme, width: float) -> list[str]:
    """Words of a chart that overlap or leave the sheet."""
    with rc_context(dict(SETTINGS)):
        canvas = Canvas(theme, width)
        height = KINDS[type(plot)](canvas, plot)
        canvas.svg(height)
        inks = list(_inks(canvas, height))
    pairs = [f"{a.words!r} overlaps {b.words!r}" for a, b in combinations(inks, 2) if a.overlaps(b)]
    return pairs + [f"{each.words!r} leaves the sheet" for each in inks if not _is_within(each, width, height)]


def _is_within(ink: Ink, width: float, height: float) -> bool:
    return ink.left >= -SLACK and ink.top >= -SLACK and ink.right <= width + SLACK and ink.bottom <= height + SLACK


def _inks(canvas: Canvas, height: float) -> Iterator[Ink]:
    figure = canvas._figure  # what was drawn, and not what was asked for, is measured
    renderer = RendererAgg(1, 1, 72 * FINE)
    for text in figure.findobj(Text):
        if text.get_text():
            across, up, below = renderer.get_text_width_height_descent(
                text.get_text(), text.get_fontproperties(), ismath=False
            )
            across, up, below = across / FINE, up / FINE, below / FINE
            x, y = text.get_position()
            x -= across * {"left": 0, "center": 0.5, "right": 1}[text.get_horizontalalignment()]
            points = (x, y - (up - below), x + across, y + below)
            yield Ink(text.get_text(), *(value * POINT for value in points))
