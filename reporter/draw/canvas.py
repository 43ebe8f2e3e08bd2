"""The sheet a chart is drawn on: millimetres from the left top corner in, a lean SVG out."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Literal

import numpy as np
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from matplotlib.typing import RcKeyType

from reporter.draw.outlines import Box, Point, boxes, segments
from reporter.draw.text_width import POINT, Type, face, font_file, glyphs, width, wrap
from reporter.theme.tokens import Theme

Align = Literal["left", "center", "right"]

# Words stay words, ids are the same in every run, dashes are in points, and nothing of a user's matplotlibrc shows.
SETTINGS: Mapping[RcKeyType, object] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "reporter",
    "svg.id": None,
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "font.sans-serif": [],
    "lines.scale_dashes": False,
    "text.usetex": False,
    "path.effects": [],
    "path.sketch": None,
}
# None leaves the entry out: a chart says neither when nor with what it was drawn.
METADATA: Mapping[str, None] = {"Date": None, "Creator": None, "Format": None, "Type": None}
# The weight in points of the outline that sets words off from a map.
HALO = 1.8


class Canvas:
    """Collects marks in mm (y downwards) in the order they are drawn; the height is known only at the end."""

    def __init__(self, theme: Theme, width: float) -> None:
        """A blank sheet of this width in mm."""
        self.theme = theme
        self.width = width
        self._flip = Affine2D()
        self._figure = Figure(figsize=(1, 1), dpi=72)
        self._figure.patch.set_visible(False)

    def colour(self, name: str) -> str:
        """The hex value of a colour's name in the theme; a hex value is its own name."""
        return self.theme.colours.get(name, name)

    def measure(self, words: str, style: Type) -> float:
        """The width of one line of words in mm."""
        return width(words, style, self.theme)

    def wrap(self, words: str, style: Type, measure: float) -> tuple[str, ...]:
        """The words in lines no wider than the measure in mm."""
        return wrap(words, style, self.theme, max(measure, 1.0))

    def boxes(self, rectangles: Iterable[Box], colour: str) -> None:
        """Filled rectangles of one colour, as one path."""
        if drawn := [box for box in rectangles if box.width > 0 and box.height > 0]:
            self.shape(boxes(drawn), colour)

    def shape(self, outline: Path, colour: str) -> None:
        """A filled outline without an edge."""
        self._add(outline, facecolor=self.colour(colour), linewidth=0)

    def shapes(self, outlines: Sequence[Path], colour: str) -> None:
        """Filled outlines of one colour, as one path."""
        if outlines:
            self.shape(Path.make_compound_path(*outlines), colour)

    def land(self, outlines: Sequence[Path], colour: str, edge: float) -> None:
        """Filled outlines of one colour as one path, with an edge of paper of this weight in points."""
        if outlines:
            style = {"facecolor": self.colour(colour), "edgecolor": self.colour("paper"), "linewidth": edge}
            self._add(Path.make_compound_path(*outlines), joinstyle="round", **style)

    def border(self, outline: Path, colour: str, weight: float) -> None:
        """An unfilled outline with round corners."""
        self._add(outline, fill=False, edgecolor=self.colour(colour), linewidth=weight, joinstyle="round")

    def stroke(self, outline: Path, colour: str, weight: float, dashes: tuple[float, ...] = ()) -> None:
        """An unfilled outline; weight and dashes (on, off …) in points."""
        if len(outline):
            style = (0.0, dashes) if dashes else "solid"
            self._add(outline, fill=False, edgecolor=self.colour(colour), linewidth=weight, linestyle=style)

    def lines(
        self, ends: Iterable[tuple[Point, Point]], colour: str, weight: float, dashes: tuple[float, ...] = ()
    ) -> None:
        """Straight lines as one path; weight and dashes in points."""
        if drawn := list(ends):
            self.stroke(segments(drawn), colour, weight, dashes)

    def words(self, text: str, at: Point, style: Type, align: Align = "left") -> None:
        """One line of words; `at` is the end, middle or start of its baseline."""
        if not text:
            return
        # The file itself is named, so that a system font of the same name can never be measured instead.
        font = FontProperties(
            family=[self.theme.family, "sans-serif"],
            weight=style.weight,
            size=style.size,
            fname=font_file(face(self.theme, style.weight)),
        )
        label = Text(_points(at[0]), _points(at[1]), text, ha=align, va="baseline", parse_math=False, zorder=1)
        label.set_fontproperties(font)
        label.set_color(self.colour(style.colour))
        label.set_transform(self._flip)
        self._figure.add_artist(label)

    def haloed(self, text: str, at: Point, style: Type, halo: str) -> None:
        """One line of words, centred, over a map: their outline in the colour of the halo lies below them."""
        left = at[0] - self.measure(text, style) / 2
        if len(under := glyphs(text, (left, at[1]), style, self.theme)):
            self.border(under, halo, HALO)
        self.words(text, at, style, "center")

    def paragraph(self, lines: Sequence[str], at: Point, style: Type, align: Align = "left") -> float:
        """Several lines; `at` is the baseline of the first, the answer that of the line after the last."""
        x, y = at
        for line in lines:
            self.words(line, (x, y), style, align)
            y += style.leading
        return y

    def centred(self, lines: Sequence[str], at: Point, style: Type) -> None:
        """Several lines whose block is centred on the y of `at`, as the eye sees it (by the capitals)."""
        rise = (len(lines) - 1) * style.leading / 2 - style.capital / 2
        self.paragraph(lines, (at[0], at[1] - rise), style)

    def svg(self, height: float) -> bytes:
        """The chart as an SVG file of the canvas width and this height in mm."""
        across, down = _points(self.width), _points(height)
        self._figure.set_size_inches(across / 72, down / 72)
        self._flip.clear().scale(1, -1).translate(0, down)
        canvas, file = FigureCanvasSVG(self._figure), BytesIO()
        # Matplotlib's backends carry no annotations.
        canvas.print_svg(file, metadata=dict(METADATA))  # type: ignore[no-untyped-call]
        return file.getvalue()

    def _add(self, outline: Path, **style: object) -> None:
        rounded = Path((np.asarray(outline.vertices) / POINT).round(2), outline.codes)
        rounded.should_simplify = False
        patch = PathPatch(rounded, transform=self._flip, zorder=1, **style)
        self._figure.add_artist(patch)


def _points(millimetres: float) -> float:
    return round(millimetres / POINT, 2)
