"""Make a chart a picture of its own, to be taken along. It holds its number, title and source."""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from reporter.document.document import Edition, Figure
from reporter.document.note_lines import as_sentence
from reporter.render.arrange import plain_text
from reporter.render.html import Words
from reporter.render.inline_svg import ROOT, lean

START = "data:image/svg+xml;charset=utf-8,"
# What an address may have as it is, and what programs take for the words where the typeface is not there.
KEPT, FALLBACK = "/:;=,!$'()*+-._~@?", "Source Sans Pro, Calibri, Carlito, Arial, sans-serif"
# In points: around all, between the parts, and the least width.
MARGIN, APART, LEAST = 12.0, 9.0, 280.0
TAG, PATH = re.compile(r"<[^<>]*>"), re.compile(r' d="([^"]*)"')
TOLD = re.compile(r'<g class="told".*?</g>', re.S)
# A letter of text is about so wide, in parts of its size.
LETTER = 0.54


@dataclass(frozen=True, slots=True)
class PictureLook:
    family: str
    ink: str
    text: str
    paper: str


def picture_of(figure: Figure, edition: Edition, drawing: bytes, words: Words, look: PictureLook) -> str:
    """Return the address of a picture that holds all it shows. It has the words of the page, and of the drawing what is
    seen. In an attribute it stands as it is."""
    root = ROOT.search(drawing.decode())
    if root is None:
        raise ValueError(f"the chart {figure.code} is no drawing with a viewBox")
    _, _, across, down = map(float, root["box"].split())
    inner, _, _ = drawing.decode()[root.end() :].rpartition("</svg>")
    wide = max(across, LEAST)
    above, top = _lines(_over(figure, words), wide, MARGIN, look)
    below, bottom = _lines(_under(figure, edition, words), wide, top + down + APART, look)
    width, height = wide + 2 * MARGIN, bottom + MARGIN - APART
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" height="{height:g}pt"'
    drawn = f'<g transform="translate({MARGIN:g} {top:g})">{lean(TOLD.sub("", inner)).strip()}</g>'
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{escape(look.family)}, {FALLBACK}"'
        f' stroke-linejoin="round" stroke-linecap="butt" role="img">'
        f"<title>{escape(figure.caption, quote=False)}</title><desc>{escape(figure.alt, quote=False)}</desc>"
        f'<rect width="{width:g}" height="{height:g}" fill="{look.paper}"/>{above}{drawn}{below}</svg>'
    )
    # An address has apostrophes and commas as they are, and three characters for a quotation mark or a space.
    brief = TAG.sub(
        lambda tag: PATH.sub(lambda path: f' d="{path[1].replace(" ", ",")}"', tag[0]).replace('"', "'"), picture
    )
    return START + quote(brief, safe=KEPT)


def _over(figure: Figure, words: Words) -> Iterable[tuple[str, float, int]]:
    """What stands over a figure: text, size and weight of each part."""
    yield words("Figure {n}", n=figure.number), 8.5, 600
    if figure.headline:
        yield plain_text(figure.headline.html), 12.0, 600
        yield " ".join(filter(None, (as_sentence(figure.caption), figure.unit_line))), 8.5, 400
    else:
        yield figure.caption, 12.0, 600
        yield figure.unit_line, 8.5, 400


def _under(figure: Figure, edition: Edition, words: Words) -> Iterable[tuple[str, float, int]]:
    """What stands under it: its source, and where it was taken from."""
    yield f"{words('Source:')} {as_sentence(figure.source_note)}", 7.5, 400
    told = words(
        "{country}: {subtitle} – {title}", country=edition.country_name, subtitle=edition.subtitle, title=edition.title
    )
    notes = (told, edition.publisher, edition.unpublished, edition.restricted)
    yield ". ".join(filter(None, notes)), 7.5, 400


def _lines(parts: Iterable[tuple[str, float, int]], wide: float, top: float, look: PictureLook) -> tuple[str, float]:
    made: list[str] = []
    for words, size, weight in parts:
        colour = look.ink if weight > 400 else look.text
        for line in textwrap.wrap(words, max(int(wide / size / LETTER), 20)):
            top += size * 1.25
            made.append(
                f'<text x="{MARGIN:g}" y="{top:g}" font-size="{size:g}" font-weight="{weight}" fill="{colour}">'
                f"{escape(line, quote=False)}</text>"
            )
    return "".join(made), top + APART
