"""Draw maps of Europe side by side on one scale of colours. The colour of a country says how often it is named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin, sqrt

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from reporter.document.plot import Choropleth, Land, MapPanel
from reporter.draw.canvas import AXIS, TITLE, Canvas, TextStyle
from reporter.draw.legend import LegendEntry, colour_swatch, draw_legend, draw_legend_column
from reporter.draw.outlines import Point, Rectangle, boxes, disc, polygon
from reporter.model.geography import whole_on_map_of
from reporter.theme.atlas import CountryOutline, Extent, Ring, countries, extent_of, joined, ring_area

# In mm on paper: how far simplifying may move a border, and the side of the smallest island that is drawn.
TOLERANCE, SMALLEST = 0.27, 0.9
# A country smaller than this, in mm² on paper, is a speck that needs a dot to be seen.
SPECK = 1.6


@dataclass(frozen=True, slots=True)
class View:
    """The part of the world that a map shows. `box` is its place on the canvas in mm, `left` and `top` are the km at
    the left top corner, `scale` is km per mm."""

    box: Rectangle
    left: float
    top: float
    scale: float

    def project(self, point: Point) -> Point:
        return self.box.x + (point[0] - self.left) / self.scale, self.box.y + (self.top - point[1]) / self.scale

    def contains(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point of the canvas lies within the box. It must be `margin` mm or more from the edge."""
        box = self.box
        return box.x + margin <= point[0] <= box.right - margin and box.y + margin <= point[1] <= box.bottom - margin

    def meets(self, ring: Ring) -> bool:
        reach, box = extent_of(ring), self.box
        (left, top), (right, bottom) = self.project((reach.left, reach.top)), self.project((reach.right, reach.bottom))
        return left <= box.right and right >= box.x and top <= box.bottom and bottom >= box.y

    def holds(self, ring: Ring) -> bool:
        return all(self.contains(self.project(point)) for point in ring)


def country_outlines(lands: Mapping[str, CountryOutline], view: View) -> dict[str, Path]:
    """The outline in mm of each country that the view shows. Islands too small to be printed are left out, but never a
    country's largest piece; those overseas also where the view would cut them."""
    rings = [ring for land in lands.values() for ring in land.rings]
    thin = simplify_borders(rings, TOLERANCE * view.scale, [ring for ring in rings if view.meets(ring)])
    box, found = view.box, dict[str, Path]()
    edges = ((0, box.x, 1), (0, box.right, -1), (1, box.y, 1), (1, box.bottom, -1))
    for code, land in lands.items():
        main, *islands = land.home_rings
        islands += [ring for ring in land.rings if ring not in land.home_rings and view.holds(ring)]
        rings = [thin[ring] for ring in (main, *islands) if ring in thin]
        least = (SMALLEST * view.scale) ** 2
        kept = [ring for ring in rings if ring is thin.get(main) or ring_area(ring) > least]
        shapes = []
        for ring in kept:
            # Cut at the edges of the view (Sutherland and Hodgman).
            cut = [view.project(point) for point in ring]
            for edge in edges:
                cut = list(_cut_at(cut, *edge))
            if len(cut) > 2:
                shapes.append(polygon(cut))
        if shapes:
            found[code] = Path.make_compound_path(*shapes)
    return found


def moved_outlines(shown: tuple[View, Mapping[str, Path]], view: View) -> dict[str, Path]:
    first, paths = shown
    offset = np.array((view.box.x - first.box.x, view.box.y - first.box.y))
    return {code: Path(np.asarray(path.vertices) + offset, path.codes) for code, path in paths.items()}


def is_speck(land: CountryOutline, view: View) -> bool:
    return land.area / view.scale**2 < SPECK


def tell_countries(
    canvas: Canvas, known: Mapping[str, CountryOutline], view: View, told: Iterable[tuple[str, str]]
) -> None:
    """Say something of countries, to whoever points at their middle. `told` are their codes and words. The area to
    point at is as large as the country, but a square: outlines reach around each other. Where two meet the smaller
    country lies above."""
    for code, words in sorted(told, key=lambda each: -known[each[0]].area):
        (x, y), half = view.project(known[code].centre), sqrt(known[code].area) / view.scale / 2
        if view.contains((x, y)):
            left, top = max(x - half, view.box.x), max(y - half, view.box.y)
            right, bottom = min(x + half, view.box.right), min(y + half, view.box.bottom)
            canvas.tell(Rectangle(left, top, right - left, bottom - top), words)


def simplify_borders(rings: Sequence[Ring], tolerance: float, wanted: Iterable[Ring] | None = None) -> dict[Ring, Ring]:
    """Simplify rings without opening gaps between neighbours. A border that two countries share is simplified once and
    stays shared. Maps each ring, or each of those `wanted`, to its simplified form; `tolerance` is in the unit of the
    points."""
    neighbours: dict[Point, set[Point]] = {}
    for ring in rings:
        for n, point in enumerate(ring):
            neighbours.setdefault(point, set()).update((ring[n - 1], ring[(n + 1) % len(ring)]))
    joints = {point for point, near in neighbours.items() if len(near - {point}) != 2}
    thin = {ring: tuple(_thin_ring(ring, joints, tolerance)) for ring in (rings if wanted is None else wanted)}
    return {ring: less if len(less) > 2 else ring for ring, less in thin.items()}


def _thin_ring(ring: Ring, joints: set[Point], tolerance: float) -> Iterator[Point]:
    """Simplify each arc between the joints of a ring. A ring with less than two joints, such as an island, is divided
    at its joint or leftmost point and the point farthest from it."""
    points = ring[:-1] if ring[0] == ring[-1] else ring
    ends = [n for n, point in enumerate(points) if point in joints]
    if len(ends) < 2:
        first = ends[0] if ends else min(range(len(points)), key=lambda n: points[n])
        ends = sorted({first, max(range(len(points)), key=lambda n: _distance(points[n], points[first]))})
    for start, end in zip(ends, [*ends[1:], ends[0] + len(points)], strict=True):
        arc = tuple(points[n % len(points)] for n in range(start, end + 1))
        yield from _thin(arc, tolerance)[:-1]


def _thin(arc: Ring, tolerance: float) -> Ring:
    """Simplify an arc by the algorithm of Douglas and Peucker. The result does not depend on the direction of the
    arc."""
    if arc[0] > arc[-1]:
        return _thin(arc[::-1], tolerance)[::-1]
    if len(arc) < 3:
        return arc
    far, most = max(((n, _offset(arc[n], arc[0], arc[-1])) for n in range(1, len(arc) - 1)), key=lambda each: each[1])
    if most <= tolerance:
        return (arc[0], arc[-1])
    return (*_thin(arc[: far + 1], tolerance)[:-1], *_thin(arc[far:], tolerance))


def _offset(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return _distance(point, (start[0] + along * dx, start[1] + along * dy))


def _distance(one: Point, other: Point) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _cut_at(ring: Sequence[Point], axis: int, limit: float, sign: int) -> Iterable[Point]:
    for before, point in zip((*ring[-1:], *ring[:-1]), ring, strict=True):
        was, now = sign * (before[axis] - limit), sign * (point[axis] - limit)
        if (was < 0) != (now < 0):
            share = was / (was - now)
            crossing = [before[n] + share * (point[n] - before[n]) for n in (0, 1)]
            crossing[axis] = limit
            yield crossing[0], crossing[1]
        if now >= 0:
            yield point


# Around the countries at the edge of a map of all Europe.
MARGIN = 100.0
# Beside, and above and below, the reporting country and the middle of each other; and the least height of a view.
BESIDE, AROUND, LEAST = 330.0, 230.0, 1900.0


def frame_of(known: Mapping[str, CountryOutline], home: str) -> Extent:
    """How far a map of all Europe reaches. Every country is whole, the reporting country `home` too where it lies
    beside Europe."""
    return joined(known[code].extent for code in whole_on_map_of(home)).padded(MARGIN, MARGIN)


def europe(known: Mapping[str, CountryOutline], home: str, box: Rectangle) -> View:
    frame = frame_of(known, home)
    scale = frame.width / box.width
    return View(Rectangle(box.x, box.y, box.width, frame.height / scale), frame.left, frame.top, scale)


def closest(known: Mapping[str, CountryOutline], home: str, named: Sequence[str], box: Rectangle) -> View:
    """The part of Europe that fills a box. It shows the countries as large as possible: the reporting country whole,
    the others in their middle. All of Europe when there is none of them."""
    frame, drawn = frame_of(known, home), joined(extent_of(ring) for land in known.values() for ring in land.rings)
    needed = [extent_of([known[code].centre]) for code in named if code in known]
    needed += [known[home].extent] if home in known else []
    shown = joined(needed).padded(BESIDE, AROUND) if needed else frame
    scale = max(shown.width / box.width, shown.height / box.height, LEAST / box.height)
    across, down = scale * box.width, scale * box.height
    beside = ((frame.left, frame.right), (drawn.left, drawn.right))
    around = ((frame.bottom, frame.top), (drawn.bottom, drawn.top))
    left, bottom = _start((shown.left, shown.right), beside, across), _start((shown.bottom, shown.top), around, down)
    return View(box, left, bottom + down, scale)


def _start(shown: tuple[float, float], limits: Sequence[tuple[float, float]], length: float) -> float:
    """Where a view of this length begins. What it must show is in its middle, or as near to it as keeps the view within
    the first limits that hold it."""
    low, high = next(((low, high) for low, high in limits if high - low >= length), limits[-1])
    middle = (shown[0] + shown[1] - length) / 2
    return min(max(min(max(middle, low), high - length), shown[1] - length), shown[0])


GUTTER, NARROWEST, WIDEST, MOST = 6.0, 36.0, 84.0, 3
LEGEND = 42.0
EDGE = 0.4
CODE = TextStyle(7.5, 600)
DARK = 2
# How far in mm from the middle of its country a code may stand, on it and beside it; the places around it; the line
# that leads to it, in points; what is free around it, in mm, beside its country and on it.
ON, OFF, TURNS = (0.0, 0.7, 1.4, 2.1, 2.8), (3.0, 4.2, 5.4, 6.6, 8.0, 9.5), 16
LINE, ROOM, TIGHT = 0.6, 0.35, 0.12
# In mm: the radius of a country too small to show its colour, and of one that reports.
DOT, HOME_DOT = 0.9, 1.5


@dataclass(frozen=True, slots=True)
class MapGrid:
    """The arrangement of several maps in rows. `columns` maps stand in a row, each `width` mm wide; `aside`: the legend
    has a column of its own at the right."""

    columns: int
    width: float
    aside: bool

    def x(self, number: int) -> float:
        """The left edge of a map in mm."""
        return number % self.columns * (self.width + GUTTER)


def draw_choropleth(canvas: Canvas, plot: Choropleth) -> float:
    """Draw the maps in even rows, with one legend. The legend stands in the column that is left over, else above. Where
    none of the countries named lies on a map, they are listed in its place. Returns the height in mm."""
    known = countries(canvas.theme.assets, "europe")
    levels = len(plot.levels)
    classes = canvas.theme.classes
    last = len(classes) - 1
    grid, colours = (
        _grid(canvas, len(plot.maps)),
        [classes[round(n * last / (levels - 1)) if levels > 1 else last // 2] for n in range(levels)],
    )
    entries = [
        *[LegendEntry(words, colour_swatch(colour)) for words, colour in zip(plot.levels, colours, strict=True)][::-1],
        LegendEntry(plot.unnamed, colour_swatch("land")),
        *([LegendEntry(plot.home_words, home_swatch)] if plot.home else []),
    ]
    top = 0.0 if grid.aside else draw_legend(canvas, entries, 0.0) + 2.0
    aside = (grid.columns * (grid.width + GUTTER), 2 * TITLE.leading)
    low = draw_legend_column(canvas, entries, aside) if grid.aside else top
    shown: tuple[View, Mapping[str, Path]] | None = None
    for first in range(0, len(plot.maps), grid.columns):
        row = plot.maps[first : first + grid.columns]
        top = _draw_titles(canvas, row, grid, top)
        ends = [top]
        for number, panel in enumerate(row):
            if panel.beyond:
                listed = [LegendEntry(land.label, colour_swatch(colours[land.level])) for land in panel.beyond]
                ends.append(draw_legend_column(canvas, listed, (grid.x(number), top), grid.width))
                continue
            view = europe(known, plot.home, Rectangle(grid.x(number), top, grid.width, 0.0))
            shown = shown or (view, country_outlines(known, view))
            _draw_map(canvas, plot, panel, view, moved_outlines(shown, view), colours)
            ends.append(view.box.bottom)
        top = max(ends) + 3.0
    return max(top - 2.0, low, 1.0)


def _grid(canvas: Canvas, count: int) -> MapGrid:
    """At most three maps in a row; four stand two by two."""
    rows = max(-(-count // MOST), 1)
    fits = int((canvas.width + GUTTER) // (NARROWEST + GUTTER))
    columns = max(min(-(-count // rows), fits), 1)
    width = min((canvas.width - GUTTER * (columns - 1)) / columns, WIDEST)
    return MapGrid(columns, width, columns * (width + GUTTER) + LEGEND <= canvas.width)


def home_swatch(canvas: Canvas, box: Rectangle) -> None:
    draw_home(canvas, boxes([box]))


def draw_home(canvas: Canvas, outline: Path) -> None:
    """Draw the outline of the reporting country. Ink on paper, so that it stands out on every ground."""
    canvas.border(outline, "paper", 2.2)
    canvas.border(outline, "ink", 1.1)


def _draw_titles(canvas: Canvas, row: Sequence[MapPanel], grid: MapGrid, top: float) -> float:
    """Print the title and subtitle over each map of a row. Returns the y at which the maps begin."""
    low = top
    for number, panel in enumerate(row):
        at = (grid.x(number), top + TITLE.capital + 0.6)
        y = canvas.paragraph(canvas.wrap(panel.title, TITLE, grid.width), at, TITLE)
        y = canvas.paragraph(canvas.wrap(panel.subtitle, AXIS, grid.width), (at[0], y), AXIS)
        low = max(low, y)
    return low - AXIS.leading + 1.6


def _draw_map(
    canvas: Canvas, plot: Choropleth, panel: MapPanel, view: View, paths: Mapping[str, Path], colours: Sequence[str]
) -> None:
    known = countries(canvas.theme.assets, "europe")
    lands = [land for land in panel.lands if land.code in paths]
    named = {land.code for land in lands}
    canvas.shapes_with_edge([path for code, path in paths.items() if code not in named], "land", EDGE)
    for level, colour in enumerate(colours):
        shapes = [shape_of(known[land.code], paths[land.code], view, DOT) for land in lands if land.level == level]
        canvas.shapes_with_edge(shapes, colour, EDGE)
    if plot.home in paths:
        draw_home(canvas, shape_of(known[plot.home], paths[plot.home], view, HOME_DOT))
    _draw_codes(canvas, lands, view, paths, colours)
    told = ((land.code, f"{panel.title}: {land.name or land.label}, {plot.levels[land.level]}") for land in lands)
    tell_countries(canvas, known, view, told)


def shape_of(land: CountryOutline, outline: Path, view: View, radius: float) -> Path:
    """The outline of a country; a disc for a very small one."""
    return disc(*view.project(land.centre), radius) if is_speck(land, view) else outline


def _draw_codes(
    canvas: Canvas, lands: Sequence[Land], view: View, paths: Mapping[str, Path], colours: Sequence[str]
) -> None:
    """Print the codes of the countries named, the largest country first. A code stands on its country where that has
    room for all of it, else beside it, with a line to it and off the countries named; one for which there is no room is
    left out."""
    known, placed = countries(canvas.theme.assets, "europe"), list[Rectangle]()
    shapes = {land.code: shape_of(known[land.code], paths[land.code], view, DOT) for land in lands}
    for land in sorted(lands, key=lambda land: -known[land.code].area):
        size, centre = (canvas.measure(land.label, CODE), CODE.capital), view.project(known[land.code].centre)
        on = (box for box in _around(centre, size, ON) if _holds(shapes[land.code], box) and _fits(box, view, placed))
        if box := next(on, None):
            colour = colours[land.level]
            words = replace(CODE, colour="paper" if colour in canvas.theme.classes[DARK:] else "ink")
            canvas.text(land.label, (box.x + box.width / 2, box.bottom), words, "center")
        elif box := next(_beside(centre, size, shapes.values(), view, placed), None):
            end = (min(max(centre[0], box.x), box.right), min(max(centre[1], box.y), box.bottom))
            canvas.lines([(centre, end)], "ink", LINE)
            canvas.text_with_halo(land.label, (box.x + box.width / 2, box.bottom), replace(CODE, colour="ink"), "paper")
        placed += [box] if box else []


def _beside(
    centre: Point, size: tuple[float, float], shapes: Iterable[Path], view: View, placed: Sequence[Rectangle]
) -> Iterator[Rectangle]:
    """The free boxes near a country, the nearest first. They touch no country named and no other code."""
    named = list(shapes)
    for box in _around(centre, size, OFF):
        if _fits(box, view, placed) and not any(
            shape.intersects_bbox(
                Bbox.from_bounds(box.x - ROOM, box.y - ROOM, box.width + 2 * ROOM, box.height + 2 * ROOM)
            )
            for shape in named
        ):
            yield box


def _around(centre: Point, size: tuple[float, float], far: Sequence[float]) -> Iterator[Rectangle]:
    """Boxes of a size around a point, at growing distances in mm."""
    for distance in far:
        for turn in range(TURNS if distance else 1):
            angle = 2 * pi * turn / TURNS
            # Wide boxes are moved farther to the sides than up and down.
            x = centre[0] + cos(angle) * (distance + size[0] / 2 * (distance >= OFF[0]))
            y = centre[1] + sin(angle) * distance
            yield Rectangle(x - size[0] / 2, y - size[1] / 2, *size)


def _holds(shape: Path, box: Rectangle) -> bool:
    across = [box.x - TIGHT + (box.width + 2 * TIGHT) * n / 4 for n in range(5)]
    down = (box.y - TIGHT, box.middle, box.bottom + TIGHT)
    points = [(x, y) for x in across for y in down]
    # One piece of the country at a time: between its islands lies sea.
    return any(Path(piece).contains_points(points).all() for piece in shape.to_polygons())


def _fits(box: Rectangle, view: View, placed: Sequence[Rectangle]) -> bool:
    within = view.contains((box.x, box.y), 0.3) and view.contains((box.right, box.bottom), 0.6)
    return within and not any(overlaps(box, other) for other in placed)


def overlaps(one: Rectangle, other: Rectangle) -> bool:
    beside = one.right + 0.3 <= other.x or other.right + 0.3 <= one.x
    return not beside and one.y < other.bottom + 0.5 and other.y < one.bottom + 0.5
