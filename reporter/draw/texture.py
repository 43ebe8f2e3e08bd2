"""Textures: a second sign beside colour, so that layers can be told apart in black and white."""

from collections.abc import Sequence

from matplotlib.colors import to_rgb
from matplotlib.path import Path

from reporter.draw.shapes import Box, Point, boxes, segments

LEVELS = 3
NEAR = 0.08
SPACING = 1.7
DOT = 0.4


def levels(colours: Sequence[str]) -> tuple[int, ...]:
    """The texture of each colour (0 plain, 1 lines, 2 dots): another one than of those as dark as it."""
    greys = [grey(colour) for colour in colours]
    found: list[int] = []
    for index, colour in enumerate(greys):
        near = [found[other] for other in range(index) if abs(greys[other] - colour) < NEAR]
        found.append(min(range(LEVELS), key=lambda level: (near.count(level), level)))
    return tuple(found)


def grey(colour: str) -> float:
    """How light a printer without colours makes it, 0 to 1."""
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def lines(box: Box) -> Path:
    """Upright pinlines across a box, spread evenly from its middle."""
    count = max(int(box.width / SPACING), 1)
    step = box.width / count
    return segments(
        ((box.x + step * (n + 0.5), box.y), (box.x + step * (n + 0.5), box.bottom)) for n in range(count)
    )


def dots(box: Box) -> Path:
    """Small dots on a grid within a box."""
    across, down = max(int(box.width / SPACING), 1), max(int(box.height / SPACING), 1)
    places: list[Point] = [
        (box.x + box.width / across * (n + 0.5), box.y + box.height / down * (m + 0.5))
        for n in range(across)
        for m in range(down)
    ]
    side = min(DOT, box.height / 3)
    return boxes(Box(x - side / 2, y - side / 2, side, side) for x, y in places)
