"""Draw a map of Europe with the countries named in a year.

A sign for each kind of list, and arrows of one width from and to the reporting country.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot

import numpy as np
from matplotlib.path import Path

from reporter.document.plot import FlowNode, Flows
from reporter.draw.beyond import MapSide, entries, places
from reporter.draw.canvas import Canvas
from reporter.draw.choropleth import EDGE, HOME_DOT, draw_home, home_swatch, overlaps, shape_of
from reporter.draw.framing import closest
from reporter.draw.land import View, country_outlines, is_speck
from reporter.draw.legend import LegendEntry, draw_legend, marker_swatch
from reporter.draw.outlines import Point, Rectangle, disc, marker, polygon
from reporter.draw.text_width import TextStyle
from reporter.theme.atlas import CountryOutline, countries

HEIGHT = 0.42  # of the width of the drawing; a taller map puts the longest notes of a year on a second page
STRIP, FOOT = 9.0, 7.2  # mm beside and below the map for countries outside it
RADIUS, RING, STEP = 1.15, 1.6, 2.9
CODE = TextStyle(7.5, 700, "ink")
NAMED = 0  # the class of the theme's map that all countries named have
STEPS = 80  # straight pieces of a curve
LINE, CASING, BEND, HEAD = 1.0, 2.4, 0.16, 2.3
# In mm: a reporting country less wide or high than this has its code beside it.
CRAMPED = 5.5
# In mm: from the outline of the reporting country to its arrows, from its middle at least, from an arrow to a code.
OFF, ROUND, CLEAR = 0.9, 2.4, 0.5


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A country of the flow map and its place in mm.

    `ring` is the radius of the circle around a small reporting country.
    """

    node: FlowNode
    at: Point
    ring: float = 0.0

    @property
    def reach(self) -> float:
        """The distance in mm from the signs' middle to their edge."""
        return max(reach_of(self.node), self.ring)

    @property
    def box(self) -> Rectangle:
        """The rectangle that its signs fill."""
        high = max(RADIUS * (RING if self.node.main else 1.0) if self.node.kinds else 0.0, self.ring)
        return Rectangle(self.at[0] - self.reach, self.at[1] - high, 2 * self.reach, 2 * high)

    def moved_inside(self, width: float) -> "PlacedNode":
        """This country, moved so that its signs stay on the canvas."""
        x, y = self.at
        top = RADIUS * (RING + 0.4) if self.node.kinds else 0.0
        return replace(self, at=(min(max(x, self.reach), max(width - self.reach, self.reach)), max(y, top)))


def draw_flows(canvas: Canvas, plot: Flows) -> float:
    """Draw the map, arrows, signs and codes, then the legend.

    Returns the height in mm.
    """
    known = countries(canvas.theme.assets, "europe")
    view, spots = _placed(canvas, plot, known)
    paths = country_outlines(known, view)
    if plot.home in paths:
        paths[plot.home] = shape_of(known[plot.home], paths[plot.home], view, HOME_DOT)
    _draw_lands(canvas, plot, paths)
    home = view.project(known[plot.home].centre) if plot.home in known else None
    low = view.box.bottom + FOOT * any(spot.at[1] > view.box.bottom for spot in spots)
    arrows = list(_arrows(spots, home, paths.get(plot.home), Rectangle(0.0, 0.0, canvas.width, low)))
    _draw_arrows(canvas, arrows)
    _draw_signs(canvas, spots)
    _draw_codes(canvas, spots, arrows, view.box, low)
    return draw_legend(canvas, _entries(plot), low + 1.6) + 0.4


def reach_of(node: FlowNode) -> float:
    """How far in mm a country's signs reach from their middle."""
    if not node.kinds:
        return 0.0
    return (len(node.kinds) - 1) * STEP / 2 + RADIUS * (RING if node.main else 1.0)


def _placed(canvas: Canvas, plot: Flows, known: Mapping[str, CountryOutline]) -> tuple[View, list[PlacedNode]]:
    """The view, and every country in its place.

    Beside and below the map are strips for the countries outside it, at those sides where one of them lies.
    """
    world, named = countries(canvas.theme.assets, "world"), [node.code for node in plot.nodes]
    sides: set[MapSide] = set()
    while True:
        box = _between_strips(canvas.width, sides)
        view = closest(known, plot.home, named, box)
        home = view.project(known[plot.home].centre) if plot.home in known else (box.x + box.width / 2, box.middle)
        found = entries(plot.outside, world, plot.home, home, box)
        if sides.issuperset(each.side for each in found):
            break
        sides.update(each.side for each in found)
    spots = [PlacedNode(node, view.project(known[node.code].centre)) for node in plot.nodes if node.code in known]
    if plot.home in known:
        ring = _ring_of(known[plot.home], view)
        spots = [replace(spot, ring=ring) if spot.node.code == plot.home else spot for spot in spots]
    reach = max(map(reach_of, plot.outside), default=0.0)
    spots += [PlacedNode(node, at) for node, at in places(found, box, reach)]
    return view, [spot.moved_inside(canvas.width) for spot in spots]


def _ring_of(home: CountryOutline, view: View) -> float:
    """The radius in mm around the reporting country without its code.

    Zero where the code fits into its outline.
    """
    across, down = home.extent.width / view.scale, home.extent.height / view.scale
    if is_speck(home, view):
        return HOME_DOT + 0.4
    return max(across, down) / 2 if min(across, down) < CRAMPED else 0.0


def _between_strips(width: float, sides: Collection[MapSide]) -> Rectangle:
    """The place of the map on a canvas of this width."""
    left, right, foot = (
        STRIP * (MapSide.LEFT in sides),
        STRIP * (MapSide.RIGHT in sides),
        FOOT * (MapSide.BOTTOM in sides),
    )
    return Rectangle(left, 0.0, max(width - left - right, 1.0), max(width * HEIGHT - foot, 1.0))


def _draw_lands(canvas: Canvas, plot: Flows, paths: Mapping[str, Path]) -> None:
    named = {node.code for node in plot.nodes if node.kinds}
    colour = canvas.theme.classes[NAMED]
    canvas.shapes_with_edge([path for code, path in paths.items() if code not in named], "land", EDGE)
    canvas.shapes_with_edge([path for code, path in paths.items() if code in named], colour, EDGE)
    if plot.home in paths:
        draw_home(canvas, paths[plot.home])


def _arrows(
    spots: Iterable[PlacedNode], home: Point | None, outline: Path | None, sheet: Rectangle
) -> Iterator[list[Point]]:
    """The arrows as points from tail to tip.

    They are cut at the outline of the reporting country, and stay on the sheet.
    """
    if home is None:
        return
    for spot in spots:
        if spot.node.outward:
            yield _off_home(_arc(home, spot.at, (ROUND, spot.reach + 0.9), sheet), home, outline)
        if spot.node.inward:
            yield _off_home(_arc(spot.at, home, (spot.reach + 0.6, ROUND), sheet), home, outline)


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


def _arc(start: Point, end: Point, gaps: tuple[float, float], sheet: Rectangle) -> list[Point]:
    """The points of an arrow's curve, bent to the north.

    To the other side, or straight, where it would leave the sheet. Points nearer to an end than its gap are left out;
    empty when the rest is too short for an arrow.
    """
    north = BEND if end[0] < start[0] else -BEND
    curves = [_curve(start, end, bend) for bend in (north, -north, 0.0)]
    points = next((curve for curve in curves if all(_is_on(sheet, at) for at in curve)), curves[-1])
    kept = [at for at in points if _distance(at, start) >= gaps[0] and _distance(at, end) >= gaps[1]]
    return kept if kept and _distance(kept[0], kept[-1]) > HEAD else []


def _is_on(sheet: Rectangle, at: Point) -> bool:
    return sheet.x + CLEAR <= at[0] <= sheet.right - CLEAR and sheet.y + CLEAR <= at[1] <= sheet.bottom - CLEAR


def _curve(start: Point, end: Point, bend: float) -> list[Point]:
    """Points of a curve, bent by a part of its length."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    control = ((start[0] + end[0]) / 2 - dy * bend, (start[1] + end[1]) / 2 + dx * bend)
    return [_on_curve(start, control, end, n / STEPS) for n in range(STEPS + 1)]


def _on_curve(start: Point, control: Point, end: Point, share: float) -> Point:
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
        canvas.shapes([marker(kind, at, RADIUS) for each, at in marks if each == kind], "now")
    if rings := [
        disc(*_place(spot, n), RADIUS * RING) for spot in spots if spot.node.main for n in range(len(spot.node.kinds))
    ]:
        canvas.stroke(Path.make_compound_path(*rings), "ink", 0.8)


def _place(spot: PlacedNode, number: int) -> Point:
    return spot.at[0] + (number - (len(spot.node.kinds) - 1) / 2) * STEP, spot.at[1]


def _draw_codes(
    canvas: Canvas, spots: Sequence[PlacedNode], arrows: Sequence[list[Point]], frame: Rectangle, low: float
) -> None:
    """Print the code of each country beside its signs.

    Of the places above `low` that are free the one that covers the least of the arrows; no code where none is free.
    """
    taken = {spot.node.code: [spot.box] for spot in spots}
    for spot in spots:
        width, others = canvas.measure(spot.node.label, CODE), [box for code in taken for box in taken[code]]
        sides = [
            box
            for box in _sides_of(spot, width)
            if box.x >= 0 and box.right <= canvas.width and box.y >= 0 and box.bottom <= low
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
    if not frame.x <= spot.at[0] <= frame.right or spot.at[1] > frame.bottom:
        return "paper"
    return canvas.theme.classes[NAMED] if spot.node.kinds else "land"


def _sides_of(spot: PlacedNode, width: float) -> Iterator[Rectangle]:
    """The rectangles in which a code may stand, the best first.

    Below the signs, above, right, left, then aslant; in the middle first where there are no signs.
    """
    (x, y), box, high = spot.at, spot.box, CODE.capital
    if not spot.node.kinds and not spot.ring:
        yield Rectangle(x - width / 2, y - high / 2, width, high)
    lefts = (x - width / 2, box.right + 0.8, box.x - 0.8 - width)
    tops = (box.bottom + 0.8, box.y - 0.8 - high, y - high / 2)
    order = ((0, 0), (0, 1), (1, 2), (2, 2), (1, 0), (2, 0), (1, 1), (2, 1))
    yield from (Rectangle(lefts[across], tops[down], width, high) for across, down in order)


def _covers(box: Rectangle, at: Point) -> bool:
    return box.x - CLEAR <= at[0] <= box.right + CLEAR and box.y - CLEAR <= at[1] <= box.bottom + CLEAR


def _entries(plot: Flows) -> list[LegendEntry]:
    nodes = (*plot.nodes, *plot.outside)
    used = sorted({kind for node in nodes for kind in node.kinds})
    entries = [LegendEntry(plot.kinds[kind], marker_swatch(kind)) for kind in used]
    if any(node.main for node in nodes):
        entries.append(LegendEntry(plot.main_words, _ring))
    if plot.home:
        entries.append(LegendEntry(plot.home_words, home_swatch))
    return entries


def _ring(canvas: Canvas, box: Rectangle) -> None:
    canvas.stroke(disc(box.x + box.width / 2, box.middle, box.width * 0.45), "ink", 0.8)
