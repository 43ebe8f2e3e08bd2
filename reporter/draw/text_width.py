"""Measure words in millimetres and break them into lines. Words are measured as they will be printed, so that nothing
is clipped."""

import atexit
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path as File
from tempfile import NamedTemporaryFile

from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path

from reporter.theme.line_ends import held_together
from reporter.theme.tokens import FontFace, Theme

POINT = 25.4 / 72
_EM = 64.0
# After these characters a long word breaks without an added hyphen.
BREAK_AFTER = "-/\u2013"
# Lines break at plain spaces only; the fixed spaces of the language ("12 345", "35 %") hold.
_BREAKS = re.compile(r"[ \t\n]+")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How words are set: size in points, weight, and colour. The colour is a name of the theme or a hex value."""

    size: float
    weight: int = 400
    colour: str = "text"

    @property
    def leading(self) -> float:
        """The distance from one baseline to the next, in mm."""
        return self.size * 1.24 * POINT

    @property
    def capital(self) -> float:
        """The height of capitals and figures in mm. Source Sans draws them 0.66 em high."""
        return self.size * 0.66 * POINT


# Nothing in a chart is smaller than 7.5 pt.
TITLE = TextStyle(8.6, 600, "ink")
LABEL = TextStyle(8.0)
KEY = TextStyle(7.6)
VALUE = TextStyle(7.6)
STRONG = TextStyle(7.6, 700, "ink")
AXIS = TextStyle(7.5, 400, "secondary")
AXIS_STRONG = TextStyle(7.5, 700, "ink")
TICK = TextStyle(7.5, 400, "secondary")


def font_face(theme: Theme, weight: int) -> FontFace:
    """The upright face of the theme's first family nearest to a weight."""
    upright = [font for font in theme.fonts if font.style == "normal"]
    family = [font for font in upright if font.family == theme.family] or upright
    return min(family, key=lambda font: abs(font.weight - weight))


def font_file(font: FontFace) -> str:
    """The path of a font's file. A font in memory is written to a temporary file, which is deleted when this process
    ends."""
    return str(font.path) if font.path else _temporary_file(font.content)


@cache
def _temporary_file(content: bytes) -> str:
    with NamedTemporaryFile(suffix=".ttf", delete=False) as file:
        file.write(content)
    atexit.register(File(file.name).unlink, missing_ok=True)
    return file.name


def width(words: str, style: TextStyle, theme: Theme) -> float:
    """The width of one line of words in mm. Letter by letter and without kerning, as WeasyPrint sets the text of
    SVG."""
    path = font_file(font_face(theme, style.weight))
    return sum(_advance(path, letter) for letter in words) * style.size * POINT


def glyphs(words: str, at: tuple[float, float], style: TextStyle, theme: Theme) -> Path:
    """The outlines of the letters of one line. The line begins at the point `at`; the letters stand as `width` measures
    them."""
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


def wrap(words: str, style: TextStyle, theme: Theme, measure: float) -> tuple[str, ...]:
    """Break words into as few lines as a measure in mm allows. A word that is wider than a line is broken."""
    lines: list[str] = []
    for word in _BREAKS.split(held_together(words.strip())):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, style, theme) <= measure:
            lines[-1] = joined
        else:
            lines.extend(_pieces(word, style, theme, measure))
    return tuple(lines)


def shorten(lines: tuple[str, ...], limit: int) -> tuple[str, ...]:
    """Keep at most so many lines. An ellipsis replaces the last letter where words were left out."""
    return lines if len(lines) <= limit else (*lines[: limit - 1], lines[limit - 1][:-1].rstrip() + "…")


def _pieces(word: str, style: TextStyle, theme: Theme, measure: float) -> list[str]:
    pieces: list[str] = []
    while len(word) > 1 and width(word, style, theme) > measure:
        fits = [n for n in range(1, len(word)) if width(word[:n] + "-", style, theme) <= measure]
        # A break after a hyphen or slash of the word itself is preferred.
        keep = max([n for n in fits if word[n - 1] in BREAK_AFTER] or fits, default=1)
        pieces.append(word[:keep] + ("" if word[keep - 1] in BREAK_AFTER else "-"))
        word = word[keep:]
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
