"""Draw the map of the cover.

Europe in the theme's dark tones, the country of the edition in gold, lines to the countries named.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from math import hypot
from typing import Any

from reporter.model.geography import iso_of
from reporter.theme.tokens import Theme

# The view in km of EPSG:3035 (ETRS89-LAEA Europe), 20 km to a millimetre of the page: 210 mm by 182 mm.
LEFT, RIGHT, BOTTOM, TOP = 2480, 6680, 1480, 5120
# A country smaller than this, in km², can hardly be seen on the cover and gets a ring.
SPECK = 4000
# The class of the theme's map that countries named have: light enough beside the land, dark enough below gold.
NAMED = 2
# How far a curve bends from the straight line, as a part of its length.
BEND = 0.17
# The land fades into the paper above and below: opaque colours, since an alpha gradient leaves a hairline.
FADE = (
    '<linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="0" y1="{top}" x2="0" y2="{bottom}">'
    '<stop offset="0" stop-color="{ground}"/><stop offset="0.24" stop-color="{land}"/>'
    '<stop offset="0.84" stop-color="{land}"/><stop offset="1" stop-color="{ground}"/></linearGradient>'
)
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="182mm" viewBox="{left} {top} {width} {height}">'
    '{fades}<g stroke="{ground}" stroke-width="9" stroke-linejoin="round">'
    '<path d="{others}" fill="url(#land)"/><path d="{named}" fill="url(#named)"/></g>'
    '<path d="{own}" fill="{gold}"/>{ring}{lines}</svg>'
)
LINE = '<path d="M{0:g},{1:g}Q{2:g},{3:g} {4:g},{5:g}" fill="none" stroke="{gold}" stroke-width="10"/>'
END = '<circle cx="{0:g}" cy="{1:g}" r="22" fill="{paper}" stroke="{gold}" stroke-width="9"/>'
Shape = Mapping[str, Any]
Shapes = Mapping[str, Shape]


def cover_map(theme: Theme, country: str, named: Sequence[str] = ()) -> bytes:
    """Draw the cover's map as an SVG.

    Countries of a comparison are joined by hyphens in `country`; one outside Europe is not marked. Lines lead from the
    first one to those `named`. Raises OSError when the map is missing.
    """
    shapes: Shapes = json.loads((theme.assets / "map" / "europe.json").read_text(encoding="utf-8"))
    marked = [each for each in map(iso_of, country.split("-")) if each in shapes]
    reached = [each for each in map(iso_of, named) if each in shapes and each not in marked]
    drawn = FRAME.format(
        left=LEFT,
        top=-TOP,
        width=RIGHT - LEFT,
        height=TOP - BOTTOM,
        fades=_fade(theme, "land", theme.cover_land) + _fade(theme, "named", theme.classes[NAMED]),
        ground=theme.colours["ground"],
        gold=theme.colours["gold"],
        others=_path(shape for key, shape in shapes.items() if key not in (*marked, *reached)),
        named=_path(shapes[each] for each in reached),
        own=_path(shapes[each] for each in marked),
        ring="".join(_ring(shapes[each], theme) for each in marked if shapes[each]["a"] < SPECK),
        lines=_lines(shapes, marked[0], reached, theme) if marked else "",
    )
    return drawn.encode()


def _fade(theme: Theme, name: str, colour: str) -> str:
    return FADE.format(name=name, land=colour, ground=theme.colours["ground"], top=-TOP, bottom=-BOTTOM)


def _path(shapes: Iterable[Shape]) -> str:
    rings = (ring for shape in shapes for polygon in shape["p"] for ring in polygon)
    return "".join("M" + "L".join(f"{x:g},{-y:g}" for x, y in ring) + "Z" for ring in rings)


def _ring(shape: Shape, theme: Theme) -> str:
    x, y = shape["c"]
    return f'<circle cx="{x:g}" cy="{-y:g}" r="70" fill="none" stroke="{theme.colours["gold"]}" stroke-width="12"/>'


def _lines(shapes: Shapes, home: str, reached: Sequence[str], theme: Theme) -> str:
    """Draw a line to each country named, with dots at the ends."""
    if not reached:
        return ""
    start, ends = shapes[home]["c"], [shapes[each]["c"] for each in reached]
    lines = (LINE.format(*_bent(start, end), gold=theme.colours["gold"]) for end in ends)
    dots = (END.format(x, -y, gold=theme.colours["gold"], paper=theme.colours["paper"]) for x, y in (start, *ends))
    return "".join((*lines, *dots))


def _bent(start: Sequence[float], end: Sequence[float]) -> tuple[float, ...]:
    """The three points of a curve bent to the north.

    Its start, its control point and its end; lines that run nearly north to south are bent to the other side.
    """
    (x1, y1), (x2, y2) = start, end
    across, up = x2 - x1, y2 - y1
    side = BEND if across >= 0 else -BEND
    if abs(across) < hypot(across, up) / 4:
        side = -side
    return x1, -y1, (x1 + x2) / 2 - up * side, -((y1 + y2) / 2 + across * side), x2, -y2
