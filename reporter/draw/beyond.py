"""Where countries that lie beyond a map enter it.

At the side where they really lie: each stands where a line from it, on a map of the world, enters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from reporter.document.plot import FlowNode
from reporter.draw.outlines import Point, Rectangle
from reporter.theme.atlas import CountryOutline

# The direction of a code that no map knows, and where lines begin when the map does not show the reporting country.
EAST, MIDDLE = (1.0, 0.0), "CH"
# In mm: how far from the map they stand, from its corners, and from each other beside and below it, at best and least.
OUT, CORNER, BESIDE, BELOW, LEAST = 2.2, 4.0, 7.4, 8.0, 4.2


class MapSide(Enum):
    """A side of a map at which countries enter.

    The north has none: hardly anybody lies there.
    """

    LEFT = "left"
    RIGHT = "right"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where a country that lies beyond a map enters it."""

    node: FlowNode
    side: MapSide
    at: float


def way_to(world: Mapping[str, CountryOutline], start: str, code: str) -> Point:
    """The direction from one country to another.

    On a map of the world, x to the east, y to the south.
    """
    if code not in world:
        return EAST
    (x, y), (to_x, to_y) = world[start if start in world else MIDDLE].centre, world[code].centre
    return to_x - x, y - to_y


def entry(way: Point, start: Point, box: Rectangle) -> tuple[MapSide, float]:
    """The side of a box at which a line enters it.

    And where on that side. The line comes to a point of the box: from below when it comes more from the south than from
    west or east, from the upper end of the left or right side when it comes from the north.
    """
    (dx, dy), (x, y) = way, start
    if dy > abs(dx):
        return MapSide.BOTTOM, _within(x + dx * (box.bottom - y) / dy, box.x, box.right)
    edge, side = (box.right, MapSide.RIGHT) if dx > 0 else (box.x, MapSide.LEFT)
    return side, _within(y + dy * (edge - x) / dx, box.y, box.bottom) if dx else box.y


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def entries(
    nodes: Iterable[FlowNode], world: Mapping[str, CountryOutline], home: str, start: Point, box: Rectangle
) -> list[Entrance]:
    """Where each country enters, in their order on each side.

    Those for which the left or right side has no room are next to it on the lower one.
    """
    found = [Entrance(node, *entry(way_to(world, home, node.code), start, box)) for node in nodes]
    found.sort(key=lambda each: each.at)
    room = _room(box.height, LEAST)
    for side, corner in ((MapSide.LEFT, box.x), (MapSide.RIGHT, box.right)):
        beyond = [each for each in found if each.side is side][room:]
        found = [replace(each, side=MapSide.BOTTOM, at=corner) if each in beyond else each for each in found]
    return sorted(found, key=lambda each: each.at)


def places(found: Sequence[Entrance], box: Rectangle, reach: float) -> Iterator[tuple[FlowNode, Point]]:
    """Where the countries stand beside and below a map.

    Below each other or abreast, none wider than `reach` to each side. The last ones are left out where even close
    together they have no room.
    """
    for side in MapSide:
        low, high = (box.x, box.right) if side is MapSide.BOTTOM else (box.y, box.bottom)
        apart, least = (max(BELOW, 2 * reach + 1),) * 2 if side is MapSide.BOTTOM else (BESIDE, LEAST)
        here = [each for each in found if each.side is side][: _room(high - low, least)]
        across = {MapSide.LEFT: box.x - OUT - reach, MapSide.RIGHT: box.right + OUT + reach}
        for each, at in zip(here, spread([each.at for each in here], low + CORNER, high - CORNER, apart), strict=True):
            yield each.node, (at, box.bottom + OUT) if side is MapSide.BOTTOM else (across[side], at)


def _room(length: float, least: float) -> int:
    """How many have room on a side of this length."""
    return max(int((length - 2 * CORNER) / least) + 1, 0)


def spread(wanted: Sequence[float], low: float, high: float, apart: float) -> list[float]:
    """Places as near to those wanted as their distance allows.

    From low to high, as those wanted rise. They stand closer where there is too little room.
    """
    apart = min(apart, (high - low) / max(len(wanted) - 1, 1))
    found: list[float] = []
    for place in wanted:
        found.append(max(place, found[-1] + apart if found else low))
    last = high
    for number in range(len(found) - 1, -1, -1):
        found[number] = max(min(found[number], last), low)
        last = found[number] - apart
    return found
