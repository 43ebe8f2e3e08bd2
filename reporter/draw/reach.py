"""Areas to point at, large enough to be hit."""

from collections.abc import Sequence
from dataclasses import replace

from reporter.draw.outlines import Rectangle

# The least height and width of an area, in mm, where its neighbours leave room.
REACH = 4.0


def within_reach(areas: Sequence[Rectangle]) -> list[Rectangle]:
    """Areas at least so high and wide, none over a neighbour. Each takes at most half of the gap between it and another
    one."""
    return [_taller(_wider(area, areas), areas) for area in areas]


def _wider(area: Rectangle, others: Sequence[Rectangle]) -> Rectangle:
    if (more := (REACH - area.width) / 2) <= 0:
        return area
    beside = [each for each in others if each.y < area.bottom and area.y < each.bottom]
    left = min([more, *((area.x - each.right) / 2 for each in beside if each.right <= area.x)])
    right = min([more, *((each.x - area.right) / 2 for each in beside if each.x >= area.right)])
    return replace(area, x=area.x - left, width=area.width + left + right)


def _taller(area: Rectangle, others: Sequence[Rectangle]) -> Rectangle:
    if (more := (REACH - area.height) / 2) <= 0:
        return area
    around = [each for each in others if each.x < area.right and area.x < each.right]
    above = min([more, *((area.y - each.bottom) / 2 for each in around if each.bottom <= area.y)])
    below = min([more, *((each.y - area.bottom) / 2 for each in around if each.y >= area.bottom)])
    return replace(area, y=area.y - above, height=area.height + above + below)
