"""Draw a plain map of Europe with the countries that one list names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from matplotlib.path import Path

from reporter.data.i18n.territories import whole_on_map_of
from reporter.data.theme.cover import CountryOutline, Ring, countries, extent_of, joined, ring_area
from reporter.formats.svg.canvas import Canvas, Point, Rectangle, TextStyle, disc, rounded_polygon
from reporter.report.document.plot import Land, NamedLands

# In mm on paper: how far simplifying may move a border, and the side of the smallest island that is drawn.
TOLERANCE, SMALLEST = 0.27, 0.9
# A country smaller than this, in mm² on paper, needs a dot to be seen.
SPECK = 1.6


@dataclass(frozen=True, slots=True)
class View:
    """The visible part of the world: `box` on the canvas in mm, top left corner in km, scale in km per mm."""

    box: Rectangle
    left: float
    top: float
    scale: float

    def project(self, point: Point) -> Point:
        return self.box.x + (point[0] - self.left) / self.scale, self.box.y + (self.top - point[1]) / self.scale

    def contains(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point of the canvas is within the box, at least `margin` mm from the edge."""
        box = self.box
        return box.x + margin <= point[0] <= box.right - margin and box.y + margin <= point[1] <= box.bottom - margin

    def meets(self, ring: Ring) -> bool:
        reach, box = extent_of(ring), self.box
        (left, top), (right, bottom) = self.project((reach.left, reach.top)), self.project((reach.right, reach.bottom))
        return left <= box.right and right >= box.x and top <= box.bottom and bottom >= box.y

    def holds(self, ring: Ring) -> bool:
        return all(self.contains(self.project(point)) for point in ring)


def country_outlines(lands: Mapping[str, CountryOutline], view: View) -> dict[str, Path]:
    """The outline in mm of each visible country, without tiny islands and overseas parts that the view would cut."""
    rings = [ring for land in lands.values() for ring in land.rings]
    thin = simplify_borders(rings, TOLERANCE * view.scale, [ring for ring in rings if view.meets(ring)])
    box, path_by_code = view.box, dict[str, Path]()
    edges = ((0, box.x, 1), (0, box.right, -1), (1, box.y, 1), (1, box.bottom, -1))
    for code, land in lands.items():
        main, *islands = land.home_rings
        islands += [ring for ring in land.rings if ring not in land.home_rings and view.holds(ring)]
        rings = [thin[ring] for ring in (main, *islands) if ring in thin]
        least = (SMALLEST * view.scale) ** 2
        drawn_rings = [ring for ring in rings if ring is thin.get(main) or ring_area(ring) > least]
        shapes = []
        for ring in drawn_rings:
            # Cut at the edges of the view (Sutherland and Hodgman).
            cut = [view.project(point) for point in ring]
            for edge in edges:
                cut = list(_cut_at(cut, *edge))
            if len(cut) > 2:
                shapes.append(rounded_polygon(cut, [0]))
        if shapes:
            path_by_code[code] = Path.make_compound_path(*shapes)
    return path_by_code


def add_country_words(
    canvas: Canvas, outline_by_code: Mapping[str, CountryOutline], view: View, descriptions: Iterable[tuple[str, str]]
) -> None:
    """Add words (`descriptions`: codes and words) to the middle of countries. The target is a square of the country's
    area, because outlines surround each other; smaller countries are on top."""
    for code, words in sorted(descriptions, key=lambda entry: -outline_by_code[entry[0]].area):
        (x, y), half = view.project(outline_by_code[code].centre), sqrt(outline_by_code[code].area) / view.scale / 2
        if view.contains((x, y)):
            left, top = max(x - half, view.box.x), max(y - half, view.box.y)
            right, bottom = min(x + half, view.box.right), min(y + half, view.box.bottom)
            canvas.tell(Rectangle(left, top, right - left, bottom - top), words)


def simplify_borders(rings: Sequence[Ring], tolerance: float, wanted: Iterable[Ring]) -> dict[Ring, Ring]:
    """Simplify rings without gaps: a border shared by two countries is simplified once. Maps each of `wanted` to its
    simplified form; `tolerance` is in the unit of the points."""
    neighbours: dict[Point, set[Point]] = {}
    for ring in rings:
        for n, point in enumerate(ring):
            neighbours.setdefault(point, set()).update((ring[n - 1], ring[(n + 1) % len(ring)]))
    joints = {point for point, near in neighbours.items() if len(near - {point}) != 2}
    thin = {ring: tuple(_thin_ring(ring, joints, tolerance)) for ring in wanted}
    return {ring: less if len(less) > 2 else ring for ring, less in thin.items()}


def _thin_ring(ring: Ring, joints: set[Point], tolerance: float) -> Iterator[Point]:
    """Simplify arcs between joints; a ring with less than two is split at its joint or leftmost and farthest point."""
    points = ring[:-1] if ring[0] == ring[-1] else ring
    ends = [n for n, point in enumerate(points) if point in joints]
    if len(ends) < 2:
        first = ends[0] if ends else min(range(len(points)), key=lambda n: points[n])
        ends = sorted({first, max(range(len(points)), key=lambda n: _distance(points[n], points[first]))})
    for start, end in zip(ends, [*ends[1:], ends[0] + len(points)], strict=True):
        yield from _thin(tuple(points[n % len(points)] for n in range(start, end + 1)), tolerance)[:-1]


def _thin(arc: Ring, tolerance: float) -> Ring:
    """Simplify an arc by the algorithm of Douglas and Peucker; its direction does not matter."""
    if arc[0] > arc[-1]:
        return _thin(arc[::-1], tolerance)[::-1]
    if len(arc) < 3:
        return arc
    far, most = max(((n, _offset(arc[n], arc[0], arc[-1])) for n in range(1, len(arc) - 1)), key=lambda pair: pair[1])
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
# In km: the margins at the sides, and above and below, of the countries to show; and the least height of a view.
BESIDE, AROUND, LEAST = 330.0, 230.0, 1900.0


def closest(outline_by_code: Mapping[str, CountryOutline], home: str, named: Sequence[str], box: Rectangle) -> View:
    """The view that fits a box: the reporting country, the middle of the others; without others all of Europe."""
    # On a map of all Europe every country is whole, the reporting country too if it is outside Europe.
    frame = joined(outline_by_code[code].extent for code in whole_on_map_of(home)).padded(MARGIN, MARGIN)
    drawn = joined(extent_of(ring) for land in outline_by_code.values() for ring in land.rings)
    needed = [extent_of([outline_by_code[code].centre]) for code in named if code in outline_by_code]
    needed += [outline_by_code[home].extent] if home in outline_by_code else []
    extent = joined(needed).padded(BESIDE, AROUND) if needed else frame
    scale = max(extent.width / box.width, extent.height / box.height, LEAST / box.height)
    across, down = scale * box.width, scale * box.height
    sides = ((frame.left, frame.right), (drawn.left, drawn.right))
    around = ((frame.bottom, frame.top), (drawn.bottom, drawn.top))
    left, bottom = _start((extent.left, extent.right), sides, across), _start((extent.bottom, extent.top), around, down)
    return View(box, left, bottom + down, scale)


def _start(interval: tuple[float, float], limits: Sequence[tuple[float, float]], length: float) -> float:
    """Where a view of this length starts: centred on what it must show, within the first limits that fit it."""
    low, high = next(((low, high) for low, high in limits if high - low >= length), limits[-1])
    middle = (interval[0] + interval[1] - length) / 2
    return min(max(min(max(middle, low), high - length), interval[1] - length), interval[0])


EDGE = 0.4


def shape_of(land: CountryOutline, outline: Path, view: View, radius: float) -> Path:
    """The outline of a country; a disc for a very small one."""
    return disc(*view.project(land.centre), radius) if land.area / view.scale**2 < SPECK else outline


def overlaps(one: Rectangle, other: Rectangle) -> bool:
    is_aside = one.right + 0.3 <= other.x or other.right + 0.3 <= one.x
    return not is_aside and one.y < other.bottom + 0.5 and other.y < one.bottom + 0.5


# The map's height as a share of its width, and in mm: the radius of a dot, the distance of a code from a country.
HEIGHT, DOT, AWAY = 0.74, 1.1, 0.7
CODE = TextStyle(7.6, 700, "ink")
# How far from the middle of its country a code next to it may be, in mm.
RINGS = (2.4, 3.6, 5.0)
# The room around a code on its country, and the size (mm) and number of the steps by which it is moved.
ROOM, NUDGE, REACH = 0.35, 0.5, 10


def draw_named_lands(canvas: Canvas, plot: NamedLands) -> float:
    """Draw the named countries in one colour, each with its code, the others in grey; return the height in mm."""
    outline_by_code = countries(canvas.theme.assets, "europe")
    lands = [land for land in plot.lands if land.code in outline_by_code]
    box = Rectangle(0.0, 0.0, canvas.width, canvas.width * HEIGHT)
    view = closest(outline_by_code, plot.home, [land.code for land in lands], box)
    paths, named = country_outlines(outline_by_code, view), {land.code for land in lands}
    canvas.shapes_with_edge([path for code, path in paths.items() if code not in named], "land", EDGE)
    drawn = {code: shape_of(outline_by_code[code], path, view, DOT) for code, path in paths.items() if code in named}
    canvas.shapes_with_edge(list(drawn.values()), "now", EDGE)
    _draw_codes(canvas, lands, view, drawn)
    add_country_words(canvas, outline_by_code, view, ((land.code, land.name) for land in lands))
    return box.bottom


def _draw_codes(canvas: Canvas, lands: Sequence[Land], view: View, drawn: Mapping[str, Path]) -> None:
    """Print the codes, largest country first: on the country if there is room, else close by, free of other codes and
    preferably off the named countries; else the code is only in the words under the map."""
    outline_by_code = countries(canvas.theme.assets, "europe")
    spots = {land.code: view.project(outline_by_code[land.code].centre) for land in lands}
    placed: list[Rectangle] = []
    for land in sorted(lands, key=lambda item: -outline_by_code[item.code].area):
        size, outline = (canvas.measure(land.label, CODE), CODE.capital), drawn.get(land.code)
        others = [
            *placed,
            *(Rectangle(at[0] - DOT, at[1] - DOT, 2 * DOT, 2 * DOT) for code, at in spots.items() if code != land.code),
        ]
        within = [box for box in _on(outline, spots[land.code], size) if _is_free(box, view, placed)] if outline else []
        near_boxes = [
            box
            for far in (RINGS[:-1], RINGS[-1:])
            for box in sorted(
                _label_boxes(spots[land.code], size, far),
                key=lambda box: any(bool(path.contains_points(_points(box)).any()) for path in drawn.values()),
            )
            if _is_free(box, view, others)
        ]
        if box := next(iter((*within, *near_boxes)), None):
            placed.append(box)
            style, halo = (replace(CODE, colour="paper"), "now") if box in within else (CODE, "paper")
            canvas.text_with_halo(land.label, (box.x + box.width / 2, box.bottom), style, halo)


def _is_free(box: Rectangle, view: View, others: Iterable[Rectangle]) -> bool:
    within = view.contains((box.x, box.y), 0.4) and view.contains((box.right, box.bottom), 0.4)
    return within and not any(overlaps(box, other) for other in others)


def _on(outline: Path, centre: Point, size: tuple[float, float]) -> Iterator[Rectangle]:
    shifts = sorted(
        ((dx * NUDGE, dy * NUDGE) for dx in range(-REACH, REACH + 1) for dy in range(-REACH, REACH + 1)),
        key=lambda shift: shift[0] ** 2 + shift[1] ** 2,
    )
    for dx, dy in shifts:
        box = _box((centre[0] + dx, centre[1] + dy), size)
        padded = Rectangle(box.x - ROOM, box.y - ROOM, box.width + 2 * ROOM, box.height + 2 * ROOM)
        if outline.contains_points(_points(padded)).all():
            yield box


def _label_boxes(centre: Point, size: tuple[float, float], rings: Sequence[float]) -> Iterator[Rectangle]:
    x, y = centre
    for far in rings:
        aside = far + (size[0] - size[1]) / 2 + AWAY
        yield from (_box(at, size) for at in ((x, y + far), (x, y - far), (x + aside, y), (x - aside, y)))
        yield from (_box((x + dx * aside * 0.75, y + dy * far * 0.75), size) for dx in (1, -1) for dy in (1, -1))


def _box(middle: Point, size: tuple[float, float]) -> Rectangle:
    return Rectangle(middle[0] - size[0] / 2, middle[1] - size[1] / 2, *size)


def _points(box: Rectangle) -> list[Point]:
    across, down = (box.x, box.x + box.width / 2, box.right), (box.y, box.middle, box.bottom)
    return [(x, y) for x in across for y in down]
