"""Where countries that lie beyond a map enter it.

At the side where they really lie: each stands where a line to it, on a map of the world, leaves the map.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from reporter.document.plot import FlowNode
from reporter.draw.outlines import Point, Rectangle
from reporter.theme.atlas import CountryOutline

# The direction of a code that no map knows, and where lines begin when the map does not show the reporting country.
EAST, MIDDLE = (1.0, 0.0), "CH"
# In mm: how far from the map they stand, from its corners, and from each other beside and below it, at best and least.
OUT, CORNER, BESIDE, BELOW, LEAST = 2.2, 3.2, 7.4, 8.0, 4.2


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
    """The side of a box at which a line leaves it.

    And where on that side. The line begins at a point of the box; one that leads to the north leaves at the upper end
    of the left or right side.
    """
    (dx, dy), (x, y) = way, start
    across = ((box.right if dx > 0 else box.x) - x) / dx if dx else float("inf")
    if dy * across > box.bottom - y:
        return MapSide.BOTTOM, x + dx * (box.bottom - y) / dy
    return MapSide.RIGHT if dx > 0 else MapSide.LEFT, max(y + dy * across, box.y) if dx else box.y


def entries(
    nodes: Iterable[FlowNode], world: Mapping[str, CountryOutline], home: str, start: Point, box: Rectangle
) -> list[Entrance]:
    """Where each country enters, in their order on each side."""
    found = [Entrance(node, *entry(way_to(world, home, node.code), start, box)) for node in nodes]
    return sorted(found, key=lambda each: each.at)


def places(found: Sequence[Entrance], box: Rectangle, reach: float) -> Iterator[tuple[FlowNode, Point]]:
    """Where the countries stand beside and below a map.

    Below each other or abreast, none wider than `reach` to each side. The last ones are left out where even close
    together they have no room.
    """
    for side in MapSide:
        low, high = (box.x, box.right) if side is MapSide.BOTTOM else (box.y, box.bottom)
        apart, least = (max(BELOW, 2 * reach + 1),) * 2 if side is MapSide.BOTTOM else (BESIDE, LEAST)
        room = max(int((high - low - 2 * CORNER) / least) + 1, 0)
        here = [each for each in found if each.side is side][:room]
        across = {MapSide.LEFT: box.x - OUT - reach, MapSide.RIGHT: box.right + OUT + reach}
        for each, at in zip(here, spread([each.at for each in here], low + CORNER, high - CORNER, apart), strict=True):
            yield each.node, (at, box.bottom + OUT) if side is MapSide.BOTTOM else (across[side], at)


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
