"""The map of the cover: Europe in the theme's dark tones, the country of the edition in gold."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from reporter.model.geography import iso_of
from reporter.theme import Theme

# The view in km of EPSG:3035, 20 km to a millimetre of the page: 210 mm by 182 mm.
LEFT, RIGHT, BOTTOM, TOP = 2480, 6680, 1480, 5120
# A country smaller than this, in km², is a speck on the cover and gets a ring.
SPECK = 4000
# The land fades into the paper above and below: opaque colours, since an alpha gradient leaves a hairline.
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="182mm" viewBox="{left} {top} {width} {height}">'
    '<linearGradient id="fade" gradientUnits="userSpaceOnUse" x1="0" y1="{top}" x2="0" y2="{bottom}">'
    '<stop offset="0" stop-color="{ground}"/><stop offset="0.24" stop-color="{land}"/>'
    '<stop offset="0.84" stop-color="{land}"/><stop offset="1" stop-color="{ground}"/></linearGradient>'
    '<path d="{others}" fill="url(#fade)" stroke="{ground}" stroke-width="9" stroke-linejoin="round"/>'
    '<path d="{own}" fill="{gold}"/>{ring}</svg>'
)


def cover_map(theme: Theme, country: str) -> bytes:
    """An SVG for the cover; a country outside Europe is not marked. Raises OSError when the map is missing."""
    shapes = _shapes(theme.assets / "map" / "europe.json")
    code = iso_of(country)
    drawn = FRAME.format(
        left=LEFT,
        top=-TOP,
        bottom=-BOTTOM,
        width=RIGHT - LEFT,
        height=TOP - BOTTOM,
        ground=theme.colours["ground"],
        gold=theme.colours["gold"],
        land=theme.cover_land,
        others=_path(polygon for key, shape in shapes.items() if key != code for polygon in shape["p"]),
        own=_path(shapes[code]["p"]) if code in shapes else "",
        ring=_ring(shapes[code], theme) if code in shapes and shapes[code]["a"] < SPECK else "",
    )
    return drawn.encode()


def _shapes(path: Path) -> dict[str, Any]:
    shapes: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return shapes


def _path(polygons: Iterable[Iterable[Iterable[tuple[float, float]]]]) -> str:
    return "".join(_rings(polygons))


def _rings(polygons: Iterable[Iterable[Iterable[tuple[float, float]]]]) -> Iterator[str]:
    for polygon in polygons:
        for ring in polygon:
            yield "M" + "L".join(f"{x:g},{-y:g}" for x, y in ring) + "Z"


def _ring(shape: dict[str, Any], theme: Theme) -> str:
    x, y = shape["c"]
    return f'<circle cx="{x:g}" cy="{-y:g}" r="70" fill="none" stroke="{theme.colours["gold"]}" stroke-width="12"/>'
