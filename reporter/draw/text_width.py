"""Words in millimetres: how wide they will be printed, and where they break so that nothing is clipped."""

import atexit
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path as File
from tempfile import NamedTemporaryFile

from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path

from reporter.theme.tokens import FontFace, Theme

POINT = 25.4 / 72
_EM = 64.0
# A long word breaks after a hyphen, slash or dash of its own without another one.
BREAK_AFTER = "-/\u2013"
# Lines break at plain spaces only; the fixed spaces of the language ("12 345", "35 %") hold.
_BREAKS = re.compile(r"[ \t\n]+")


@dataclass(frozen=True, slots=True)
class Type:
    """How words are set: size in points, weight, and a colour (a name of the theme or a hex value)."""

    size: float
    weight: int = 400
    colour: str = "text"

    @property
    def leading(self) -> float:
        """From one baseline to the next, in mm."""
        return self.size * 1.24 * POINT

    @property
    def capital(self) -> float:
        """The height of capitals and figures in mm; Source Sans draws them 0.66 em high."""
        return self.size * 0.66 * POINT


TITLE = Type(8.2, 600, "ink")
LABEL = Type(7.6)
KEY = Type(7.2)
VALUE = Type(7.0)
STRONG = Type(7.0, 700, "ink")
AXIS = Type(6.6, 400, "secondary")
TICK = Type(6.3, 400, "secondary")


def face(theme: Theme, weight: int) -> FontFace:
    """The upright face of the theme's first family that is nearest to this weight."""
    upright = [font for font in theme.fonts if font.style == "normal"]
    family = [font for font in upright if font.family == theme.family] or upright
    return min(family, key=lambda font: abs(font.weight - weight))


def font_file(font: FontFace) -> str:
    """Where the file of a font lies; one that came in memory is laid down for as long as this process runs."""
    return str(font.path) if font.path else _laid_down(font.content)


@cache
def _laid_down(content: bytes) -> str:
    with NamedTemporaryFile(suffix=".ttf", delete=False) as file:
        file.write(content)
    atexit.register(File(file.name).unlink, missing_ok=True)
    return file.name


def width(words: str, style: Type, theme: Theme) -> float:
    """The width of one line of words in mm: letter by letter and without kerning, as WeasyPrint sets SVG."""
    path = font_file(face(theme, style.weight))
    return sum(_advance(path, letter) for letter in words) * style.size * POINT


def glyphs(words: str, at: tuple[float, float], style: Type, theme: Theme) -> Path:
    """The outlines of a line of words that begins at this point, letter by letter as `width` measures it."""
    path, (x, y) = font_file(face(theme, style.weight)), at
    scale, outlines = style.size * POINT / _EM, []
    for letter in words:
        font = _font(path)
        font.load_glyph(font.get_char_index(ord(letter)), flags=LoadFlags.NO_HINTING)
        vertices, codes = font.get_path()
        if len(vertices):
            outlines.append(Path(vertices * (scale, -scale) + (x, y), codes))
        x += _advance(path, letter) * style.size * POINT
    return Path.make_compound_path(*outlines)


def wrap(words: str, style: Type, theme: Theme, measure: float) -> tuple[str, ...]:
    """The words in as few lines as this measure (mm) allows; a word that is wider than a line is broken."""
    lines: list[str] = []
    for word in _BREAKS.split(words.strip()):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, style, theme) <= measure:
            lines[-1] = joined
        else:
            lines.extend(_pieces(word, style, theme, measure))
    return tuple(lines)


def shorten(lines: tuple[str, ...], limit: int) -> tuple[str, ...]:
    """At most so many lines; an ellipsis takes the place of the last letter where words were left out."""
    return lines if len(lines) <= limit else (*lines[: limit - 1], lines[limit - 1][:-1].rstrip() + "…")


def _pieces(word: str, style: Type, theme: Theme, measure: float) -> list[str]:
    pieces: list[str] = []
    while len(word) > 1 and width(word, style, theme) > measure:
        keep = max(1, _longest(word, style, theme, measure))
        pieces.append(word[:keep] + ("" if word[keep - 1] in BREAK_AFTER else "-"))
        word = word[keep:]
    return [*pieces, word]


def _longest(word: str, style: Type, theme: Theme, measure: float) -> int:
    """How many letters fit; a break after a hyphen or slash of the word itself is preferred."""
    fits = [n for n in range(1, len(word)) if width(word[:n] + "-", style, theme) <= measure]
    own = [n for n in fits if word[n - 1] in BREAK_AFTER]
    return max(own or fits, default=1)


@lru_cache(maxsize=16)
def _font(path: str) -> FT2Font:
    font = FT2Font(path)
    font.set_size(_EM, 72)
    return font


@lru_cache(maxsize=4096)
def _advance(path: str, letter: str) -> float:
    """The advance of one letter in em."""
    font = _font(path)
    glyph = font.load_glyph(font.get_char_index(ord(letter)), flags=LoadFlags.NO_HINTING)
    return glyph.linearHoriAdvance / 65536 / _EM
