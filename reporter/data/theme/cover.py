"""Outlines of countries, in km, and the map on the cover: Europe (or the world) in the theme's dark tones, the country
of the edition in gold, lines to the countries named."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import hypot
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote

from reporter.data.files.sources import NO_SOURCES, TEMPLATES, SourceFile, Sources, packaged_file
from reporter.data.i18n.territories import iso_of, whole_on_map_of
from reporter.data.theme.tokens import Theme

Point = tuple[float, float]
Ring = tuple[Point, ...]
# In km: islands farther from the mainland, such as the Canaries, do not count for a country's extent.
OVERSEAS = 250.0


@dataclass(frozen=True, slots=True)
class Extent:
    """The extent of an area, in km."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> Point:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def padded(self, side_margin: float, around: float) -> "Extent":
        return Extent(self.left - side_margin, self.bottom - around, self.right + side_margin, self.top + around)

    def within(self, other: "Extent") -> bool:
        across = other.left <= self.left and self.right <= other.right
        return across and other.bottom <= self.bottom and self.top <= other.top

    def gap(self, other: "Extent") -> float:
        across = max(self.left - other.right, other.left - self.right, 0.0)
        down = max(self.bottom - other.top, other.bottom - self.top, 0.0)
        return float((across**2 + down**2) ** 0.5)


@dataclass(frozen=True, slots=True)
class CountryOutline:
    """A country in km: its rings, those near the mainland first; the position of its name; its area in km²."""

    rings: tuple[Ring, ...]
    home_rings: tuple[Ring, ...]
    centre: Point
    area: float

    @property
    def extent(self) -> Extent:
        return joined(map(extent_of, self.home_rings))


@lru_cache(maxsize=4)
def countries(assets: Path, name: str) -> Mapping[str, CountryOutline]:
    shapes = json.loads((assets / "map" / f"{name}.json").read_text(encoding="utf-8"))
    return {code: _outline(shape) for code, shape in shapes.items()}


def _outline(shape: Mapping[str, Any]) -> CountryOutline:
    rings = tuple(tuple((x, y) for x, y in ring) for parts in shape["p"] for ring in parts)
    main, *others = sorted(rings, key=ring_area, reverse=True)
    around = extent_of(main)
    home = (main, *(ring for ring in others if extent_of(ring).gap(around) <= OVERSEAS))
    return CountryOutline(rings, home, (shape["c"][0], shape["c"][1]), shape.get("a") or sum(map(ring_area, rings)))


def extent_of(points: Iterable[Point]) -> Extent:
    xs, ys = zip(*points, strict=True)
    return Extent(min(xs), min(ys), max(xs), max(ys))


def joined(extents: Iterable[Extent]) -> Extent:
    return extent_of(corner for area in extents for corner in ((area.left, area.bottom), (area.right, area.top)))


def ring_area(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise((*ring, ring[0])))) / 2


# In mm: the size of the map, and its lower part left free by the longest title.
WIDTH, HEIGHT, FREE = 210.0, 165.0, 138.0
# In mm: the least space beside, below and above what is marked.
BESIDE, BELOW, ABOVE = 14.0, 13.0, 14.0
# In km: the centre of a map of Europe, and the least distance per mm.
MIDDLE, LEAST = (4580.0, 3400.0), 20.0
# A country smaller than this, in mm², is hardly visible on the cover and gets a ring.
SPECK = 10.0
# How far a curve deviates from the straight line, as a fraction of its length.
BEND = 0.17
# The land fades into the paper above and below, in opaque colours: an alpha gradient leaves a hairline.
FADE = (
    '<linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="0" y1="{top:g}" x2="0" y2="{bottom:g}">'
    '<stop offset="0.05" stop-color="{ground}"/><stop offset="0.2" stop-color="{land}"/>'
    '<stop offset="0.86" stop-color="{land}"/><stop offset="1" stop-color="{ground}"/></linearGradient>'
)
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{across:g}mm" height="{down:g}mm" '
    'viewBox="{left:g} {top:g} {width:g} {height:g}">'
    '{fades}<g stroke="{ground}" stroke-width="{border:g}" stroke-linejoin="round">'
    '<path d="{others}" fill="url(#land)"/><path d="{named}" fill="url(#named)"/></g>'
    '<path d="{own}" fill="{gold}"/>{marks}</svg>'
)
LINE = '<path d="M{0:g},{1:g}Q{2:g},{3:g} {4:g},{5:g}" fill="none" stroke="{gold}" stroke-width="{width:g}"/>'
END = '<circle cx="{0:g}" cy="{1:g}" r="{r:g}" fill="{paper}" stroke="{gold}" stroke-width="{width:g}"/>'
RING = '<circle cx="{0:g}" cy="{1:g}" r="{r:g}" fill="none" stroke="{gold}" stroke-width="{width:g}"/>'
Known = Mapping[str, CountryOutline]


def cover_map(theme: Theme, country: str, named: Sequence[str] = ()) -> bytes:
    """Draw the cover's map as SVG, with lines from the first country to those `named`. `country` may be several, joined
    by hyphens. If one is far from Europe, the map is of the world; codes without a map are not marked. Raises OSError
    if the map is missing."""
    codes, world = [iso_of(code) for code in country.split("-")], countries(theme.assets, "world")
    afar = any(code in world and code not in whole_on_map_of(code) for code in codes)
    outline_by_code = world if afar else countries(theme.assets, "europe")
    marked = [code for code in codes if code in outline_by_code]
    reached = [code for code in map(iso_of, named) if code in outline_by_code and code not in marked]
    view = world_view(outline_by_code) if afar else europe_view(outline_by_code, marked, reached)
    others = [land for code, land in outline_by_code.items() if code not in (*marked, *reached)]
    # Outlines overseas are marked only where no title can cover them.
    free = replace(view, top=view.bottom + FREE * view.width / WIDTH)
    lands = [outline_by_code[code] for code in marked]
    own = (ring for land in lands for ring in land.rings if ring in land.home_rings or extent_of(ring).within(free))
    return FRAME.format(
        across=WIDTH,
        down=HEIGHT,
        left=view.left,
        top=-view.top,
        width=view.width,
        height=view.height,
        fades=_fade(theme, "land", theme.cover_land, view) + _fade(theme, "named", theme.cover_named, view),
        ground=theme.colours["ground"],
        gold=theme.colours["gold"],
        border=0.45 * view.width / WIDTH,
        others=_path((ring for land in others for ring in land.rings), view),
        named=_path((ring for code in reached for ring in outline_by_code[code].rings), view),
        own=_path(own, view),
        marks=_marks(theme, outline_by_code, marked, reached, view.width / WIDTH),
    ).encode()


def europe_view(outline_by_code: Known, marked: Sequence[str], reached: Sequence[str]) -> Extent:
    """The part of Europe on a cover: all of the marked countries above the longest title, and those reached."""
    own = [outline_by_code[code].extent for code in marked]
    every = joined([*own, *(extent_of([outline_by_code[code].centre]) for code in reached)]) if own else None
    if every is None:
        return _around(MIDDLE, LEAST)
    whole = joined(own)
    scale = max(
        LEAST,
        every.width / (WIDTH - 2 * BESIDE),
        every.height / (HEIGHT - ABOVE - BELOW),
        (whole.top - every.bottom) / (FREE - BELOW),
    )
    view = _around(MIDDLE, scale)
    left = min(max(view.left, every.right - (WIDTH - BESIDE) * scale), every.left - BESIDE * scale)
    least = max(whole.top - FREE * scale, every.top - (HEIGHT - ABOVE) * scale)
    bottom = min(max(view.bottom, least), every.bottom - BELOW * scale)
    return Extent(left, bottom, left + view.width, bottom + view.height)


def world_view(outline_by_code: Known) -> Extent:
    world = joined(extent_of(ring) for land in outline_by_code.values() for ring in land.rings)
    scale = max(world.width / (WIDTH - 2 * BESIDE), world.height / (FREE - BELOW))
    x, y = world.middle
    return _around((x, y + (HEIGHT - FREE) / 2 * scale), scale)


def _around(middle: Point, scale: float) -> Extent:
    return extent_of([middle]).padded(WIDTH / 2 * scale, HEIGHT / 2 * scale)


def _fade(theme: Theme, name: str, colour: str, view: Extent) -> str:
    return FADE.format(name=name, land=colour, ground=theme.colours["ground"], top=-view.top, bottom=-view.bottom)


def _path(rings: Iterable[Ring], view: Extent) -> str:
    visible_rings = (ring for ring in rings if extent_of(ring).gap(view) == 0)
    return "".join("M" + "L".join(f"{x:g},{-y:g}" for x, y in ring) + "Z" for ring in visible_rings)


def _marks(theme: Theme, outline_by_code: Known, marked: Sequence[str], reached: Sequence[str], scale: float) -> str:
    """Rings around very small countries, and lines with end dots to the countries named."""
    gold, paper = theme.colours["gold"], theme.colours["paper"]
    small = [outline_by_code[code].centre for code in marked if outline_by_code[code].area / scale**2 < SPECK]
    marks = [RING.format(x, -y, r=3.5 * scale, width=0.6 * scale, gold=gold) for x, y in small]
    if marked and reached:
        start, ends = outline_by_code[marked[0]].centre, [outline_by_code[code].centre for code in reached]
        marks += [LINE.format(*_bent(start, end), width=0.5 * scale, gold=gold) for end in ends]
        size = {"r": 1.1 * scale, "width": 0.45 * scale}
        marks += [END.format(x, -y, **size, gold=gold, paper=paper) for x, y in (start, *ends)]
    return "".join(marks)


def _bent(start: Point, end: Point) -> tuple[float, ...]:
    """The start, control and end point of a curve bent north, or aside for lines nearly north to south."""
    (x1, y1), (x2, y2) = start, end
    across, up = x2 - x1, y2 - y1
    side = BEND if across >= 0 else -BEND
    if abs(across) < hypot(across, up) / 4:
        side = -side
    return x1, -y1, (x1 + x2) / 2 - up * side, -((y1 + y2) / 2 + across * side), x2, -y2


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates of the program, overridden by those of the workspace."""

    brought: Path
    own: Sources = NO_SOURCES

    def find(self, name: str) -> SourceFile | None:
        path = f"{TEMPLATES}/{name}"
        return self.own[path] if path in self.own else packaged_file(self.brought, name)


TYPES = {".svg": "image/svg+xml", ".css": "text/css", ".ttf": "font/ttf", ".png": "image/png", ".jpg": "image/jpeg"}
SHEET = ".css"
REFUSED = "only chart:, asset:, map:, theme: and template: addresses are loaded"


class Loaded(NamedTuple):
    """The content of an address and its media type."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """What addresses in one document refer to: `images` are its charts by name, `templates` its stylesheets."""

    images: Mapping[str, bytes]
    theme: Theme
    templates: Templates

    def load(self, address: str) -> Loaded:
        """Load an address of this document. Raises ValueError for any other."""
        scheme, _, name = address.partition(":")
        name = unquote(name)
        match scheme:
            case "chart":
                if name not in self.images:
                    raise ValueError(f"no chart of this name was drawn: {name}")
                content, suffix = self.images[name], ".svg"
            case "asset":
                content, suffix = _read(self.theme.assets, name, (".svg", ".png", ".jpg", ".ttf"))
            case "map":
                # The map of the cover: `map:LT`, or with lines to countries `map:LT?named=DE,UK`.
                country, _, named = name.partition("?named=")
                content, suffix = cover_map(self.theme, country, [code for code in named.split(",") if code]), ".svg"
            case "theme":
                content, suffix = self._theme(name)
            case "template":
                content, suffix = self._template(name)
            case _:
                raise ValueError(f"refused, {REFUSED}")
        return Loaded(content, TYPES[suffix])

    def _theme(self, name: str) -> tuple[bytes, str]:
        suffix = PurePosixPath(name).suffix
        if suffix not in TYPES or name not in self.theme.files:
            raise ValueError(f"no such file: {name}")
        return self.theme.files[name], suffix

    def _template(self, name: str) -> tuple[bytes, str]:
        template = self.templates.find(name) if name.endswith(SHEET) else None
        if template is None:
            raise ValueError(f"no such file: {name}")
        if template.finding:
            raise ValueError(template.finding.message)
        return template.content, SHEET


def _read(folder: Path, name: str, suffixes: tuple[str, ...]) -> tuple[bytes, str]:
    """Read a file of a folder. Raises ValueError if it does not exist or is outside, even by a symbolic link."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"refused, {name} lies outside its folder")
    if path.suffix not in suffixes or not path.is_file():
        raise ValueError(f"no such file: {name}")
    return path.read_bytes(), path.suffix
