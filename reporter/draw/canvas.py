"""The canvas on which a chart is drawn. Coordinates are millimetres from the left top corner, y downwards; the result
is a lean SVG, or a PNG."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from io import BytesIO
from typing import Literal

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from matplotlib.typing import RcKeyType

from reporter.draw.outlines import Point, Rectangle, boxes, segments
from reporter.draw.text_width import POINT, TextStyle, font_face, font_file, glyphs, width, wrap
from reporter.theme.tokens import Theme

# The least height and width of an area, in mm, where its neighbours leave room.
REACH = 4.0


def within_reach(areas: Sequence[Rectangle]) -> list[Rectangle]:
    """Areas at least so high and wide, none over a neighbour. Each takes at most half of the gap between it and another
    one."""
    return [_taller(_wider(area, areas), areas) for area in areas]


def _wider(area: Rectangle, others: Sequence[Rectangle]) -> Rectangle:
    if (more := (REACH - area.width) / 2) <= 0:
        return area
    beside = [each for each in others if each.y < area.bottom and area.y < each.bottom]
    left = min([more, *((area.x - each.right) / 2 for each in beside if each.right <= area.x)])
    right = min([more, *((each.x - area.right) / 2 for each in beside if each.x >= area.right)])
    return replace(area, x=area.x - left, width=area.width + left + right)


def _taller(area: Rectangle, others: Sequence[Rectangle]) -> Rectangle:
    if (more := (REACH - area.height) / 2) <= 0:
        return area
    around = [each for each in others if each.x < area.right and area.x < each.right]
    above = min([more, *((area.y - each.bottom) / 2 for each in around if each.bottom <= area.y)])
    below = min([more, *((each.y - area.bottom) / 2 for each in around if each.y >= area.bottom)])
    return replace(area, y=area.y - above, height=area.height + above + below)


Align = Literal["left", "center", "right"]

# Text stays text, ids are the same in every run, dashes are in points, and no matplotlibrc of a user has an effect.
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
# None leaves the entry out: no date and no version of a program, so that the same plot gives the same bytes.
METADATA: Mapping[str, None] = {"Date": None, "Creator": None, "Format": None, "Type": None}
# The weight in points of the outline that sets words off from a map.
HALO = 1.8
# What is told of marks lies over them, seen by nobody but found by whoever points at it.
TOLD = '<g class="told" fill="none" pointer-events="all">'


class Canvas:
    """Collects shapes and words in mm in the order they are drawn. y grows downwards. The height is given only at the
    end, to `svg`. A `titled` one, which is for screens, tells of the marks at which somebody points."""

    def __init__(self, theme: Theme, width: float, *, titled: bool = False) -> None:
        self.theme = theme
        self.width = width
        self.titled = titled
        self._told: list[tuple[Rectangle, str]] = []
        self._flip = Affine2D()
        self._figure = Figure(figsize=(1, 1), dpi=72)
        self._figure.patch.set_visible(False)

    def colour(self, name: str) -> str:
        """The hex value of a theme's colour; hex values are returned unchanged."""
        return self.theme.colours.get(name, name)

    def measure(self, words: str, style: TextStyle) -> float:
        """The width of one line of words in mm."""
        return width(words, style, self.theme)

    def wrap(self, words: str, style: TextStyle, measure: float) -> tuple[str, ...]:
        """Break words into lines no wider than the measure in mm."""
        return wrap(words, style, self.theme, max(measure, 1.0))

    def boxes(self, rectangles: Iterable[Rectangle], colour: str) -> None:
        if drawn := [box for box in rectangles if box.width > 0 and box.height > 0]:
            self.shape(boxes(drawn), colour)

    def shape(self, outline: Path, colour: str) -> None:
        self._add(outline, facecolor=self.colour(colour), linewidth=0)

    def shapes(self, outlines: Sequence[Path], colour: str) -> None:
        if outlines:
            self.shape(Path.make_compound_path(*outlines), colour)

    def shapes_with_edge(self, outlines: Sequence[Path], colour: str, edge: float) -> None:
        """Fill outlines with one colour and edge them in the paper's colour. They become one path; the edge's weight is
        in points."""
        if outlines:
            style = {"facecolor": self.colour(colour), "edgecolor": self.colour("paper"), "linewidth": edge}
            self._add(Path.make_compound_path(*outlines), joinstyle="round", **style)

    def border(self, outline: Path, colour: str, weight: float) -> None:
        """Stroke an outline with round joins; the weight is in points."""
        self._add(outline, fill=False, edgecolor=self.colour(colour), linewidth=weight, joinstyle="round")

    def stroke(self, outline: Path, colour: str, weight: float, dashes: tuple[float, ...] = ()) -> None:
        """Stroke an outline; weight and dashes (on, off …) are in points."""
        if len(outline):
            style = (0.0, dashes) if dashes else "solid"
            self._add(outline, fill=False, edgecolor=self.colour(colour), linewidth=weight, linestyle=style)

    def lines(
        self, ends: Iterable[tuple[Point, Point]], colour: str, weight: float, dashes: tuple[float, ...] = ()
    ) -> None:
        """Draw straight lines as one path; weight and dashes are in points."""
        if drawn := list(ends):
            self.stroke(segments(drawn), colour, weight, dashes)

    def text(self, words: str, at: Point, style: TextStyle, align: Align = "left") -> None:
        """Print one line of words. `at` is the start, middle or end of its baseline, as `align` says."""
        if not words:
            return
        # The font is given by its file, so that a system font of the same name can never be measured instead.
        font = FontProperties(
            family=[self.theme.family, "sans-serif"],
            weight=style.weight,
            size=style.size,
            fname=font_file(font_face(self.theme, style.weight)),
        )
        label = Text(_points(at[0]), _points(at[1]), words, ha=align, va="baseline", parse_math=False, zorder=1)
        label.set_fontproperties(font)
        label.set_color(self.colour(style.colour))
        label.set_transform(self._flip)
        self._figure.add_artist(label)

    def text_with_halo(self, words: str, at: Point, style: TextStyle, halo: str) -> None:
        """Print one centred line of words over a map. Below it lie the outlines of its letters, stroked in the colour
        of the halo."""
        left = at[0] - self.measure(words, style) / 2
        if len(under := glyphs(words, (left, at[1]), style, self.theme)):
            self.border(under, halo, HALO)
        self.text(words, at, style, "center")

    def paragraph(self, lines: Sequence[str], at: Point, style: TextStyle, align: Align = "left") -> float:
        """Print several lines below each other. `at` is on the baseline of the first; returns the baseline of the line
        that would follow the last."""
        x, y = at
        for line in lines:
            self.text(line, (x, y), style, align)
            y += style.leading
        return y

    def centred_paragraph(self, lines: Sequence[str], at: Point, style: TextStyle) -> None:
        """Print several lines as a block centred on the y of `at`. The block reaches from the capitals of its first
        line to its last baseline, as the eye sees it."""
        rise = (len(lines) - 1) * style.leading / 2 - style.capital / 2
        self.paragraph(lines, (at[0], at[1] - rise), style)

    def tell(self, box: Rectangle, words: str) -> None:
        """Say what a mark stands for, to whoever points at its box. Boxes that would be hard to hit grow where there is
        room. Nothing happens on paper, where nobody points."""
        if self.titled and words:
            self._told.append((box, words))

    def svg(self, height: float) -> bytes:
        """The chart as an SVG file of this height in mm."""
        self._cut(height)
        canvas, file = FigureCanvasSVG(self._figure), BytesIO()
        # Matplotlib's backends have no type annotations.
        canvas.print_svg(file, metadata=dict(METADATA))  # type: ignore[no-untyped-call]
        drawn = file.getvalue()
        if not self._told:
            return drawn
        before, end, after = drawn.rpartition(b"</svg>")
        return b"".join((before, self._titles().encode(), end, after))

    def png(self, height: float, dots: int) -> bytes:
        """The chart as a PNG of this height in mm. It has so many pixels to an inch."""
        self._cut(height)
        # Letters and lines grow with the dots by themselves, coordinates do not.
        self._flip.scale(dots / 72)
        self._figure.set_dpi(dots)
        self._figure.patch.set(visible=True, facecolor=self.colour("paper"), edgecolor="none")
        canvas, file = FigureCanvasAgg(self._figure), BytesIO()
        # Matplotlib's backends have no type annotations; no version of a program is written.
        canvas.print_png(file, metadata={"Software": None})  # type: ignore[no-untyped-call]
        return file.getvalue()

    def _cut(self, height: float) -> None:
        across, down = _points(self.width), _points(height)
        self._figure.set_size_inches(across / 72, down / 72)
        self._flip.clear().scale(1, -1).translate(0, down)

    def _titles(self) -> str:
        areas = within_reach([box for box, _ in self._told])
        titles = (
            f'<rect x="{_points(area.x):g}" y="{_points(area.y):g}" width="{_points(area.width):g}"'
            f' height="{_points(area.height):g}"><title>{escape(words, quote=False)}</title></rect>'
            for area, (_, words) in zip(areas, self._told, strict=True)
        )
        return f"{TOLD}{''.join(titles)}</g>\n"

    def _add(self, outline: Path, **style: object) -> None:
        rounded = Path((np.asarray(outline.vertices) / POINT).round(2), outline.codes)
        rounded.should_simplify = False
        patch = PathPatch(rounded, transform=self._flip, zorder=1, **style)
        self._figure.add_artist(patch)


def _points(millimetres: float) -> float:
    return round(millimetres / POINT, 2)
