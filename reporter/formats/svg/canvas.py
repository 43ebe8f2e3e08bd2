"""The canvas of a chart, and outlines of shapes. Coordinates are mm from the top left; output is lean SVG, or PNG."""

import atexit
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from io import BytesIO
from pathlib import Path as File
from tempfile import NamedTemporaryFile
from typing import Literal

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from matplotlib.typing import RcKeyType

from reporter.data.theme.line_ends import JOINER, syllables, with_no_breaks
from reporter.data.theme.tokens import FontFace, Theme

Point = tuple[float, float]
Edge = tuple[Point, Point]
_KAPPA = 0.5523


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle in mm: its top left corner, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def boxes(rectangles: Iterable[Rectangle]) -> Path:
    """All rectangles as one path, which costs the reader of the SVG far less than many."""
    corners = [[(b.x, b.y), (b.right, b.y), (b.right, b.bottom), (b.x, b.bottom)] for b in rectangles]
    return Path.make_compound_path_from_polys(np.array(corners))


def segments(lines: Iterable[Edge]) -> Path:
    ends = [point for line in lines for point in line]
    codes = np.tile(np.array((Path.MOVETO, Path.LINETO), dtype=Path.code_type), len(ends) // 2)
    return Path(np.array(ends), codes)


def rounded_polygon(points: Sequence[Point], radii: Sequence[float]) -> Path:
    """A closed outline with rounded corners. The radii are used in turn; short edges limit them."""
    vertices: list[Point] = []
    codes: list[int] = []
    for index, corner in enumerate(points):
        radius = radii[index % len(radii)]
        if radius <= 0:
            vertices, codes = [*vertices, corner], [*codes, int(Path.LINETO)]
            continue
        before, after = points[index - 1], points[(index + 1) % len(points)]
        vertices += [_towards(corner, before, radius), corner, _towards(corner, after, radius)]
        codes += [int(Path.LINETO), int(Path.CURVE3), int(Path.CURVE3)]
    codes[0] = int(Path.MOVETO)
    return Path(np.array([*vertices, vertices[0]]), [*codes, int(Path.CLOSEPOLY)])


def disc(x: float, y: float, radius: float) -> Path:
    k = radius * _KAPPA
    quarter = [(0, -radius), (k, -radius), (radius, -k), (radius, 0), (radius, k), (k, radius), (0, radius)]
    half = [(-k, radius), (-radius, k), (-radius, 0), (-radius, -k), (-k, -radius), (0, -radius)]
    points = [(x + dx, y + dy) for dx, dy in (*quarter, *half)]
    return Path(np.array([*points, points[0]]), [Path.MOVETO, *[Path.CURVE4] * 12, Path.CLOSEPOLY])


def hatch(box: Rectangle, spacing: float) -> Path:
    """Diagonal lines across a box, cut at its edges: cheaper for readers of the SVG than a clip path or pattern."""
    lines: list[Edge] = []
    # Lines of x + y = c, on one grid for the whole canvas so that neighbours match.
    first = int((box.x + box.y) // spacing) + 1
    for step in range(first, int((box.right + box.bottom) // spacing) + 1):
        c = step * spacing
        left, right = max(box.x, c - box.bottom), min(box.right, c - box.y)
        if right > left:
            lines.append(((left, c - left), (right, c - right)))
    return segments(lines)


CHILDREN = frozenset({"child", "girl", "boy"})


def person(symbol: str, x: float, foot: float, height: float) -> Path:
    """The outline of a woman, man (default), girl, boy or child at `foot`, centred on x; children are smaller."""
    scale = height * (0.68 if symbol in CHILDREN else 1.0) / 10
    head, body = _PEOPLE.get(symbol, _PEOPLE["man"])
    both = (*body, *((-across, up, radius) for across, up, radius in body[::-1]))
    outline, radii = [(x + across * scale, foot - up * scale) for across, up, _ in both], [r * scale for *_, r in both]
    return Path.make_compound_path(disc(x, foot - (10 - head) * scale, head * scale), rounded_polygon(outline, radii))


def _towards(corner: Point, other: Point, radius: float) -> Point:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = float(np.hypot(dx, dy))
    part = min(radius, length / 2) / length if length else 0.0
    return corner[0] + dx * part, corner[1] + dy * part


# The right half of each body from the neck down: across, up and corner radius, in tenths of the height, after the
# radius of the head. Outlines differ enough to be told apart in black and white.
_LEG = ((0.14, 0, 0), (0.14, 3.8, 0))
_MAN = ((2, 7.7, 1), (2, 3.9, 0.35), (1.4, 3.9, 0.35), (1.4, 6.4, 0), (1.2, 6.4, 0), (1.2, 0, 0.35), *_LEG)
_WOMAN = ((1.05, 7.7, 0.7), (2.2, 3.1, 0.35), (1.05, 3.1, 0.0), (1.05, 0.0, 0.3), (0.14, 0.0, 0.0), (0.14, 3.1, 0.0))
_CHILD = ((2.1, 7.1, 0.9), (2.1, 3.4, 0.5), (1.3, 3.4, 0.0), (1.3, 0.0, 0.35), (0.17, 0.0, 0.0), (0.17, 2.9, 0.0))
_GIRL = ((1.1, 7.1, 0.7), (2.4, 2.9, 0.35), (1.3, 2.9, 0.0), (1.3, 0.0, 0.35), (0.17, 0.0, 0.0), (0.17, 2.9, 0.0))
_PEOPLE: Mapping[str, tuple[float, tuple[tuple[float, float, float], ...]]] = {
    "man": (1.0, _MAN),
    "woman": (1.0, _WOMAN),
    "child": (1.25, _CHILD),
    "girl": (1.25, _GIRL),
    "boy": (1.25, _CHILD),
}


POINT = 25.4 / 72
_EM = 64.0
# A long word breaks after these characters without an added hyphen.
BREAK_AFTER = "-/\u2013"
# Lines break at plain spaces only; the fixed spaces of the language ("12 345", "35 %") do not break.
_BREAKS = re.compile(r"[ \t\n]+")
# Words may break between letters, but no number does.
_PLACES = re.compile(rf"(?<=[^\W\d_])(?=[^\W\d_])|(?<=[{BREAK_AFTER}])(?=[^\s{JOINER}])")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The look of words: size in points, weight, and colour (a name of the theme or a hex value)."""

    size: float
    weight: int = 400
    colour: str = "text"

    @property
    def leading(self) -> float:
        """The distance from one baseline to the next, in mm."""
        return self.size * 1.24 * POINT

    @property
    def capital(self) -> float:
        """The height of capitals and figures in mm: 0.66 em in Source Sans."""
        return self.size * 0.66 * POINT


# In mm: a chart no wider than this has no room for items that a page sets side by side.
NARROWEST = 72.0
# Nothing in a chart is smaller than 7.5 pt.
TITLE = TextStyle(8.6, 600, "ink")
LABEL = TextStyle(8.0)
KEY = VALUE = TextStyle(7.6)
STRONG = TextStyle(7.6, 700, "ink")
AXIS = TICK = TextStyle(7.5, 400, "secondary")
AXIS_STRONG = TextStyle(7.5, 700, "ink")


def font_face(theme: Theme, weight: int) -> FontFace:
    upright = [font for font in theme.fonts if font.style == "normal"]
    family = [font for font in upright if font.family == theme.family] or upright
    return min(family, key=lambda font: abs(font.weight - weight))


def font_file(font: FontFace) -> str:
    """The path of a font; one in memory is written to a temporary file, deleted when the process ends."""
    return str(font.path) if font.path else _temporary_file(font.content)


@cache
def _temporary_file(content: bytes) -> str:
    with NamedTemporaryFile(suffix=".ttf", delete=False) as file:
        file.write(content)
    atexit.register(File(file.name).unlink, missing_ok=True)
    return file.name


def width(words: str, style: TextStyle, theme: Theme) -> float:
    """The width in mm of a line of words, letter by letter and without kerning, as WeasyPrint sets text of SVG."""
    path = font_file(font_face(theme, style.weight))
    return sum(_advance(path, letter) for letter in words if letter != JOINER) * style.size * POINT


def glyphs(words: str, at: tuple[float, float], style: TextStyle, theme: Theme) -> Path:
    """The outlines of the letters of a line that starts `at` a point, spaced as `width` measures them."""
    path, (x, y) = font_file(font_face(theme, style.weight)), at
    scale, outlines = style.size * POINT / _EM, []
    for letter in words:
        font = _font(path)
        font.load_glyph(font.get_char_index(ord(letter)), flags=LoadFlags.NO_HINTING)
        vertices, codes = font.get_path()
        if len(vertices):
            outlines.append(Path(vertices * (scale, -scale) + (x, y), codes))
        x += _advance(path, letter) * style.size * POINT
    return Path.make_compound_path(*outlines)


def wrap(words: str, style: TextStyle, theme: Theme, measure: float, language: str = "") -> tuple[str, ...]:
    lines: list[str] = []
    for word in _BREAKS.split(with_no_breaks(words.strip(), language)):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, style, theme) <= measure:
            lines[-1] = joined
        else:
            lines.extend(_pieces(word, style, theme, measure, language))
    return tuple(line.replace(JOINER, "") for line in lines)


def shorten(lines: tuple[str, ...], limit: int) -> tuple[str, ...]:
    """Keep at most `limit` lines; an ellipsis replaces the last letter where words were left out."""
    return lines if len(lines) <= limit else (*lines[: limit - 1], lines[limit - 1][:-1].rstrip() + "…")


def _pieces(word: str, style: TextStyle, theme: Theme, measure: float, language: str) -> list[str]:
    pieces: list[str] = []
    places = [match.start() for match in _PLACES.finditer(word)]
    while places and width(word, style, theme) > measure:
        fits = [n for n in places if width(word[:n] + "-", style, theme) <= measure]
        # A break after a hyphen or slash of the word itself is preferred, next one between its syllables.
        own = [n for n in fits if word[n - 1] in BREAK_AFTER]
        keep = max(own or [n for n in fits if n in syllables(word, language)] or fits, default=places[0])
        pieces.append(word[:keep] + ("" if word[keep - 1] in BREAK_AFTER else "-"))
        word, places = word[keep:], [n - keep for n in places if n > keep]
    return [*pieces, word]


@lru_cache(maxsize=16)
def _font(path: str) -> FT2Font:
    font = FT2Font(path)
    font.set_size(_EM, 72)
    return font


@lru_cache(maxsize=4096)
def _advance(path: str, letter: str) -> float:
    font = _font(path)
    glyph = font.load_glyph(font.get_char_index(ord(letter)), flags=LoadFlags.NO_HINTING)
    return glyph.linearHoriAdvance / 65536 / _EM


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
# None omits the entry: without date and version, the same plot gives the same bytes.
METADATA: Mapping[str, None] = {"Date": None, "Creator": None, "Format": None, "Type": None}
# The weight in points of the outline that separates words from a map.
HALO = 1.8
# The words of marks are in invisible shapes above them, which react to the pointer.
WORDS, FITTED = re.compile(rb"<text "), '<text textLength="{:g}" lengthAdjust="spacingAndGlyphs" '
TOLD = '<g class="told" fill="none" pointer-events="all">'


class Canvas:
    """Collects shapes and words in mm in drawing order; y grows downwards. `titled` adds words to marks on screens."""

    def __init__(self, theme: Theme, width: float, *, titled: bool = False, language: str = "") -> None:
        self.theme, self.width = theme, width
        self.titled, self.language = titled, language
        self._told: list[tuple[Rectangle, str]] = []
        self._widths: list[float] = []
        self._flip = Affine2D()
        self._figure = Figure(figsize=(1, 1), dpi=72)
        self._figure.patch.set_visible(False)

    def colour(self, name: str) -> str:
        """The hex value of a theme's colour; hex values are returned unchanged."""
        return self.theme.colours.get(name, name)

    def measure(self, words: str, style: TextStyle) -> float:
        return width(words, style, self.theme)

    def wrap(self, words: str, style: TextStyle, measure: float) -> tuple[str, ...]:
        return wrap(words, style, self.theme, max(measure, 1.0), self.language)

    def boxes(self, rectangles: Iterable[Rectangle], colour: str) -> None:
        if drawn := [box for box in rectangles if box.width > 0 and box.height > 0]:
            self.shape(boxes(drawn), colour)

    def shape(self, outline: Path, colour: str) -> None:
        self._add(outline, facecolor=self.colour(colour), linewidth=0)

    def shapes(self, outlines: Sequence[Path], colour: str) -> None:
        if outlines:
            self.shape(Path.make_compound_path(*outlines), colour)

    def shapes_with_edge(self, outlines: Sequence[Path], colour: str, edge: float) -> None:
        """Fill outlines, as one path, with a colour and an edge of `edge` points in the paper's colour."""
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

    def lines(self, ends: Iterable[Edge], colour: str, weight: float, dashes: tuple[float, ...] = ()) -> None:
        if drawn := list(ends):
            self.stroke(segments(drawn), colour, weight, dashes)

    def text(self, words: str, at: Point, style: TextStyle, align: Align = "left") -> None:
        """Print one line of words; `at` is the start, middle or end of its baseline, according to `align`."""
        if not words:
            return
        self._widths.append(self.measure(words, style))
        # The font is given by its file, so that a system font of the same name can never be measured instead.
        family, path = [self.theme.family, "sans-serif"], font_file(font_face(self.theme, style.weight))
        font = FontProperties(family=family, weight=style.weight, size=style.size, fname=path)
        label = Text(_points(at[0]), _points(at[1]), words, ha=align, va="baseline", parse_math=False, zorder=1)
        label.set_fontproperties(font)
        label.set_color(self.colour(style.colour))
        label.set_transform(self._flip)
        self._figure.add_artist(label)

    def text_with_halo(self, words: str, at: Point, style: TextStyle, halo: str) -> None:
        """Print one centred line of words over a map, with the letters' outlines in the colour `halo` below it."""
        if len(under := glyphs(words, (at[0] - self.measure(words, style) / 2, at[1]), style, self.theme)):
            self.border(under, halo, HALO)
        self.text(words, at, style, "center")

    def paragraph(self, lines: Sequence[str], at: Point, style: TextStyle, align: Align = "left") -> float:
        """Print lines below each other from the baseline `at`; return the baseline of the next line."""
        x, y = at
        for line in lines:
            self.text(line, (x, y), style, align)
            y += style.leading
        return y

    def centred_paragraph(self, lines: Sequence[str], at: Point, style: TextStyle) -> None:
        """Print lines as a block centred optically, from first capitals to last baseline, on the y of `at`."""
        rise = (len(lines) - 1) * style.leading / 2 - style.capital / 2
        self.paragraph(lines, (at[0], at[1] - rise), style)

    def tell(self, box: Rectangle, words: str) -> None:
        """Add the words of a mark, for the pointer over its box; none on paper."""
        if self.titled and words:
            self._told.append((box, words))

    def svg(self, height: float) -> bytes:
        self._cut(height)
        canvas, file = FigureCanvasSVG(self._figure), BytesIO()
        canvas.print_svg(file, metadata=dict(METADATA))  # type: ignore[no-untyped-call]
        drawn = file.getvalue()
        if not self.titled:
            return drawn
        # Where the typeface is missing, another fills the same width.
        widths = iter(self._widths)
        drawn = WORDS.sub(lambda _: FITTED.format(_points(next(widths))).encode(), drawn)
        if not self._told:
            return drawn
        titles = "".join(
            f'<rect x="{_points(area.x):g}" y="{_points(area.y):g}" width="{_points(area.width):g}"'
            f' height="{_points(area.height):g}"><title>{escape(words, quote=False)}</title></rect>'
            for area, words in self._told
        )
        before, end, after = drawn.rpartition(b"</svg>")
        return b"".join((before, f"{TOLD}{titles}</g>\n".encode(), end, after))

    def png(self, height: float, dots: int) -> bytes:
        """The chart as a PNG of this height in mm, at `dots` pixels per inch."""
        self._cut(height)
        # Letters and lines scale with the resolution by themselves, coordinates do not.
        self._flip.scale(dots / 72)
        self._figure.set_dpi(dots)
        self._figure.patch.set(visible=True, facecolor=self.colour("paper"), edgecolor="none")
        canvas, file = FigureCanvasAgg(self._figure), BytesIO()
        # No version of a program is written.
        canvas.print_png(file, metadata={"Software": None})  # type: ignore[no-untyped-call]
        return file.getvalue()

    def _cut(self, height: float) -> None:
        across, down = _points(self.width), _points(height)
        self._figure.set_size_inches(across / 72, down / 72)
        self._flip.clear().scale(1, -1).translate(0, down)

    def _add(self, outline: Path, **style: object) -> None:
        rounded = Path((np.asarray(outline.vertices) / POINT).round(2), outline.codes)
        rounded.should_simplify = False
        self._figure.add_artist(PathPatch(rounded, transform=self._flip, zorder=1, **style))


def _points(millimetres: float) -> float:
    return round(millimetres / POINT, 2)
