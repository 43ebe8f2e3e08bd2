"""Draw a map of Europe with the countries named in a year.

A sign for each kind of list, and arrows of one width from and to the reporting country.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot

import numpy as np
from matplotlib.path import Path

from reporter.document.plot import FlowNode, Flows
from reporter.draw.canvas import Canvas
from reporter.draw.choropleth import BOTTOM, EDGE, LEFT, RIGHT, TOP, draw_home, home_swatch, overlaps
from reporter.draw.land import View, countries, country_outlines
from reporter.draw.legend import LegendEntry, draw_legend, marker_swatch
from reporter.draw.outlines import Point, Rectangle, disc, marker, polygon
from reporter.draw.text_width import TextStyle

HEIGHT = 0.42  # of the width of the drawing; a taller map puts the longest notes of a year on a second page
STRIP = 9.0  # mm beside the map for countries outside it
RADIUS, RING, STEP = 1.15, 1.6, 2.9
CODE = TextStyle(7.0, 700, "ink")
NAMED = 0  # the class of the theme's map that all countries named have
# In km: the room beside, and above and below, the middle of each country, and the least height of the view.
BESIDE, AROUND, LEAST = 330.0, 230.0, 1900.0
APART = 4.6
STEPS = 80  # straight pieces of a curve
LINE, CASING, BEND, HEAD = 1.0, 2.4, 0.16, 2.3
# In mm: from the outline of the reporting country to its arrows, from its middle at least, from an arrow to a code.
OFF, ROUND, CLEAR = 0.9, 2.4, 0.5


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A country of the flow map and its place in mm."""

    node: FlowNode
    at: Point

    @property
    def reach(self) -> float:
        """The distance in mm from the signs' middle to their edge."""
        if not self.node.kinds:
            return 0.0
        return (len(self.node.kinds) - 1) * STEP / 2 + RADIUS * (RING if self.node.main else 1.0)

    @property
    def box(self) -> Rectangle:
        """The rectangle that its signs fill."""
        high = RADIUS * (RING if self.node.main else 1.0) if self.node.kinds else 0.0
        return Rectangle(self.at[0] - self.reach, self.at[1] - high, 2 * self.reach, 2 * high)

    def moved_inside(self, width: float) -> "PlacedNode":
        """This country, moved so that its signs stay on the canvas."""
        return replace(self, at=(min(max(self.at[0], self.reach), max(width - self.reach, self.reach)), self.at[1]))


def draw_flows(canvas: Canvas, plot: Flows) -> float:
    """Draw the map, arrows, signs and codes, then the legend.

    Returns the height in mm.
    """
    known = countries(canvas.theme.assets, "europe")
    west, east = _west_and_east(canvas, plot)
    points = [known[code].centre for code in (plot.home, *(node.code for node in plot.nodes)) if code in known]
    # The map stands between the strips for countries outside it.
    left, right = STRIP * bool(west), STRIP * bool(east)
    view = _view(points, Rectangle(left, 0.0, max(canvas.width - left - right, 1.0), canvas.width * HEIGHT))
    box, paths = view.box, country_outlines(known, view)
    _draw_lands(canvas, plot, paths)
    home = view.project(known[plot.home].centre) if plot.home in known else None
    spots = [PlacedNode(node, view.project(known[node.code].centre)) for node in plot.nodes if node.code in known]
    spots += _beside(west, STRIP / 2, view, home)
    spots += _beside(east, canvas.width - STRIP / 2, view, home)
    spots = [spot.moved_inside(canvas.width) for spot in spots]
    arrows = list(_arrows(spots, home, paths.get(plot.home)))
    _draw_arrows(canvas, arrows)
    _draw_signs(canvas, spots)
    _draw_codes(canvas, spots, arrows, box)
    return draw_legend(canvas, _entries(canvas, plot), box.bottom + 1.6) + 0.4


def _extent(points: Sequence[Point]) -> Point:
    """The width and height in km that a view of points needs.

    All of Europe when there are none.
    """
    if not points:
        return RIGHT - LEFT, TOP - BOTTOM
    xs, ys = zip(*points, strict=True)
    return max(xs) - min(xs) + 2 * BESIDE, max(ys) - min(ys) + 2 * AROUND


def _view(points: Sequence[Point], box: Rectangle) -> View:
    """The part of Europe that shows these points as large as possible."""
    xs, ys = [x for x, _ in points] or [LEFT, RIGHT], [y for _, y in points] or [BOTTOM, TOP]
    wide, high = _extent(points)
    scale = max(wide / box.width, high / box.height, LEAST / box.height)
    across, down = scale * box.width, scale * box.height
    left = _clamp((max(xs) + min(xs) - across) / 2, LEFT, RIGHT - across)
    return View(box, left, _clamp((max(ys) + min(ys) + down) / 2, BOTTOM + down, TOP + AROUND), scale)


def _clamp(value: float, low: float, high: float) -> float:
    """Limit a value to a range.

    The upper limit wins when they cross: a map narrower than its view then stands at the right, for the west is sea.
    """
    return min(max(value, low), high) if low <= high else high


def _west_and_east(canvas: Canvas, plot: Flows) -> tuple[list[FlowNode], list[FlowNode]]:
    """Divide the countries outside the map into west and east.

    The middle is Switzerland. Both lists run from north to south; unknown codes are in the east.
    """
    world = countries(canvas.theme.assets, "world")
    middle = world["CH"].centre[0]
    west = [node for node in plot.outside if node.code in world and world[node.code].centre[0] < middle]
    east = [node for node in plot.outside if node not in west]
    order = {node: -world[node.code].centre[1] if node.code in world else 0.0 for node in plot.outside}
    return sorted(west, key=order.__getitem__), sorted(east, key=order.__getitem__)


def _beside(nodes: Sequence[FlowNode], x: float, view: View, home: Point | None) -> Iterator[PlacedNode]:
    """Place the countries outside the map below each other at an x.

    They begin below the reporting country, or higher where that takes too much room; those for which even the whole
    map is too low are left out.
    """
    top, bottom = view.box.y + APART, view.box.bottom - APART
    start = min(max((home[1] if home else top) + APART, top), max(bottom - (len(nodes) - 1) * APART * 1.6, top))
    for number, node in enumerate(nodes):
        y = start + number * APART * 1.6
        if y <= bottom:
            yield PlacedNode(node, (x, y))


def _draw_lands(canvas: Canvas, plot: Flows, paths: Mapping[str, Path]) -> None:
    named = {node.code for node in plot.nodes if node.kinds}
    colour = canvas.theme.classes[NAMED]
    canvas.shapes_with_edge([path for code, path in paths.items() if code not in named], "not-named", EDGE)
    canvas.shapes_with_edge([path for code, path in paths.items() if code in named], colour, EDGE)
    if plot.home in paths:
        draw_home(canvas, paths[plot.home])


def _arrows(spots: Iterable[PlacedNode], home: Point | None, outline: Path | None) -> Iterator[list[Point]]:
    """The arrows as points from tail to tip.

    They are cut at the outline of the reporting country.
    """
    if home is None:
        return
    for spot in spots:
        if spot.node.outward:
            yield _off_home(_arc(home, spot.at, (ROUND, spot.reach + 0.9)), home, outline)
        if spot.node.inward:
            yield _off_home(_arc(spot.at, home, (spot.reach + 0.6, ROUND)), home, outline)


def _off_home(arrow: list[Point], home: Point, outline: Path | None) -> list[Point]:
    """Cut off the part of an arrow within the outline of home.

    The whole arrow is kept where too little would be left.
    """
    if outline is None or not arrow:
        return arrow
    within = zip(arrow, outline.contains_points(np.array(arrow)), strict=True)
    edge = max((_distance(at, home) for at, inside in within if inside), default=0.0)
    kept = [at for at in arrow if _distance(at, home) >= edge + OFF]
    return kept if kept and _distance(kept[0], kept[-1]) > 2 * HEAD else arrow


def _arc(start: Point, end: Point, gaps: tuple[float, float]) -> list[Point]:
    """The points of an arrow's curve, bent to the north.

    Points nearer to an end than its gap are left out; empty when the rest is too short for an arrow.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    bend = BEND if dx < 0 else -BEND
    control = ((start[0] + end[0]) / 2 - dy * bend, (start[1] + end[1]) / 2 + dx * bend)
    points = [_curve(start, control, end, n / STEPS) for n in range(STEPS + 1)]
    kept = [at for at in points if _distance(at, start) >= gaps[0] and _distance(at, end) >= gaps[1]]
    return kept if kept and _distance(kept[0], kept[-1]) > HEAD else []


def _curve(start: Point, control: Point, end: Point, share: float) -> Point:
    one, two, three = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return one * start[0] + two * control[0] + three * end[0], one * start[1] + two * control[1] + three * end[1]


def _distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _draw_arrows(canvas: Canvas, arrows: Iterable[list[Point]]) -> None:
    drawn = [arrow for arrow in arrows if arrow]
    if not drawn:
        return
    curves, heads = zip(*map(_shaft_and_head, drawn), strict=True)
    shafts = Path.make_compound_path(*curves)
    canvas.border(shafts, "paper", CASING)
    canvas.shapes_with_edge(heads, "paper", CASING - LINE)
    canvas.border(shafts, "ink", LINE)
    canvas.shapes(heads, "ink")


def _shaft_and_head(arrow: Sequence[Point]) -> tuple[Path, Path]:
    """The curve of an arrow without its head, and the head."""
    tip = arrow[-1]
    back = next((at for at in arrow[::-1] if _distance(at, tip) >= HEAD), arrow[0])
    length, half = _distance(back, tip), HEAD * 0.4
    dx, dy = (tip[0] - back[0]) / length, (tip[1] - back[1]) / length
    foot = tip[0] - dx * HEAD, tip[1] - dy * HEAD
    shaft = Path([*(at for at in arrow if _distance(at, tip) > HEAD), foot])
    return shaft, polygon([tip, (foot[0] - dy * half, foot[1] + dx * half), (foot[0] + dy * half, foot[1] - dx * half)])


def _draw_signs(canvas: Canvas, spots: Sequence[PlacedNode]) -> None:
    """Draw the signs of each kind as one path, edged in paper.

    The signs of a main country have a ring.
    """
    marks = [(kind, _place(spot, n)) for spot in spots for n, kind in enumerate(spot.node.kinds)]
    canvas.shapes([marker(kind, at, RADIUS * 1.45) for kind, at in marks], "paper")
    for kind in sorted({kind for kind, _ in marks}):
        canvas.shapes([marker(kind, at, RADIUS) for each, at in marks if each == kind], canvas.theme.accent(kind))
    if rings := [
        disc(*_place(spot, n), RADIUS * RING) for spot in spots if spot.node.main for n in range(len(spot.node.kinds))
    ]:
        canvas.stroke(Path.make_compound_path(*rings), "ink", 0.8)


def _place(spot: PlacedNode, number: int) -> Point:
    return spot.at[0] + (number - (len(spot.node.kinds) - 1) / 2) * STEP, spot.at[1]


def _draw_codes(canvas: Canvas, spots: Sequence[PlacedNode], arrows: Sequence[list[Point]], frame: Rectangle) -> None:
    """Print the code of each country beside its signs.

    Of the places that are free the one that covers the least of the arrows; no code where none is free.
    """
    taken = {spot.node.code: [spot.box] for spot in spots}
    for spot in spots:
        width, others = canvas.measure(spot.node.label, CODE), [box for code in taken for box in taken[code]]
        sides = [
            box
            for box in _sides_of(spot, width)
            if box.x >= 0 and box.right <= canvas.width and box.y >= 0 and box.bottom <= frame.bottom
        ]
        free = [box for box in sides if not any(overlaps(box, other) for other in others if other != spot.box)]
        if free:
            best = min(free, key=lambda box: sum(_covers(box, at) for arrow in arrows for at in arrow))
            taken[spot.node.code].append(best)
            canvas.text_with_halo(
                spot.node.label, (best.x + width / 2, best.bottom), CODE, _ground(canvas, spot, frame)
            )


def _ground(canvas: Canvas, spot: PlacedNode, frame: Rectangle) -> str:
    """The colour of the map below a country's code."""
    if not frame.x <= spot.at[0] <= frame.right:
        return "paper"
    return canvas.theme.classes[NAMED] if spot.node.kinds else "not-named"


def _sides_of(spot: PlacedNode, width: float) -> Iterator[Rectangle]:
    """The rectangles in which a code may stand, the best first.

    Below the signs, above, right, left, then aslant; in the middle first where there are no signs.
    """
    (x, y), box, high = spot.at, spot.box, CODE.capital
    if not spot.node.kinds:
        yield Rectangle(x - width / 2, y - high / 2, width, high)
    lefts = (x - width / 2, box.right + 0.8, box.x - 0.8 - width)
    tops = (box.bottom + 0.8, box.y - 0.8 - high, y - high / 2)
    order = ((0, 0), (0, 1), (1, 2), (2, 2), (1, 0), (2, 0), (1, 1), (2, 1))
    yield from (Rectangle(lefts[across], tops[down], width, high) for across, down in order)


def _covers(box: Rectangle, at: Point) -> bool:
    return box.x - CLEAR <= at[0] <= box.right + CLEAR and box.y - CLEAR <= at[1] <= box.bottom + CLEAR


def _entries(canvas: Canvas, plot: Flows) -> list[LegendEntry]:
    nodes = (*plot.nodes, *plot.outside)
    used = sorted({kind for node in nodes for kind in node.kinds})
    entries = [LegendEntry(plot.kinds[kind], marker_swatch(kind)) for kind in used]
    if any(node.main for node in nodes):
        entries.append(LegendEntry(plot.main_words, _ring))
    if plot.home in countries(canvas.theme.assets, "europe"):
        entries.append(LegendEntry(plot.home_words, home_swatch))
    return entries


def _ring(canvas: Canvas, box: Rectangle) -> None:
    canvas.stroke(disc(box.x + box.width / 2, box.middle, box.width * 0.45), "ink", 0.8)
