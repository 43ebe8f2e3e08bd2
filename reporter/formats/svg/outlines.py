"""Outlines of rectangles, rounded bars, markers and people. Millimetres, y downwards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path

Point = tuple[float, float]
_KAPPA = 0.5523


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle in mm: its left top corner, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def boxes(rectangles: Iterable[Rectangle]) -> Path:
    """All rectangles as one path. One path costs the reader of the SVG far less than many."""
    corners = [[(b.x, b.y), (b.right, b.y), (b.right, b.bottom), (b.x, b.bottom)] for b in rectangles]
    return Path.make_compound_path_from_polys(np.array(corners))


def segments(lines: Iterable[tuple[Point, Point]]) -> Path:
    ends = [point for line in lines for point in line]
    codes = np.tile(np.array((Path.MOVETO, Path.LINETO), dtype=Path.code_type), len(ends) // 2)
    return Path(np.array(ends), codes)


def polygon(points: Sequence[Point]) -> Path:
    codes = [Path.MOVETO, *[Path.LINETO] * (len(points) - 1), Path.CLOSEPOLY]
    return Path(np.array([*points, points[0]]), codes)


def rounded_polygon(points: Sequence[Point], radii: Sequence[float]) -> Path:
    """A closed outline with rounded corners. The radii are used in turn; short edges limit them."""
    vertices: list[Point] = []
    codes: list[int] = []
    for index, corner in enumerate(points):
        radius = radii[index % len(radii)]
        if radius <= 0:
            vertices, codes = [*vertices, corner], [*codes, int(Path.LINETO)]
            continue
        before, after = points[index - 1], points[(index + 1) % len(points)]
        vertices += [_towards(corner, before, radius), corner, _towards(corner, after, radius)]
        codes += [int(Path.LINETO), int(Path.CURVE3), int(Path.CURVE3)]
    codes[0] = int(Path.MOVETO)
    return Path(np.array([*vertices, vertices[0]]), [*codes, int(Path.CLOSEPOLY)])


def disc(x: float, y: float, radius: float) -> Path:
    k = radius * _KAPPA
    quarter = [(0, -radius), (k, -radius), (radius, -k), (radius, 0), (radius, k), (k, radius), (0, radius)]
    half = [(-k, radius), (-radius, k), (-radius, 0), (-radius, -k), (-k, -radius), (0, -radius)]
    points = [(x + dx, y + dy) for dx, dy in (*quarter, *half)]
    return Path(np.array([*points, points[0]]), [Path.MOVETO, *[Path.CURVE4] * 12, Path.CLOSEPOLY])


def hatch(box: Rectangle, spacing: float) -> Path:
    """Diagonal lines across a box, cut at its edges. So no clip path or pattern is needed, which costs readers of the
    SVG more."""
    lines: list[tuple[Point, Point]] = []
    # Lines of x + y = c, on one grid for the whole canvas so that neighbours match.
    first = int((box.x + box.y) // spacing) + 1
    last = int((box.right + box.bottom) // spacing)
    for step in range(first, last + 1):
        c = step * spacing
        left, right = max(box.x, c - box.bottom), min(box.right, c - box.y)
        if right > left:
            lines.append(((left, c - left), (right, c - right)))
    return segments(lines)


CHILDREN = frozenset({"child", "girl", "boy"})


def person(symbol: str, x: float, foot: float, height: float) -> Path:
    """The outline of a woman, man, girl, boy or child. The person stands at `foot`, centred on x. Children are about
    two thirds as tall as `height`; an unknown symbol is a man."""
    scale = height * (0.68 if symbol in CHILDREN else 1.0) / 10
    head, body = _PEOPLE.get(symbol, _PEOPLE["man"])
    both = (*body, *((-across, up, radius) for across, up, radius in body[::-1]))
    outline = [(x + across * scale, foot - up * scale) for across, up, _ in both]
    radii = [radius * scale for _, _, radius in both]
    return Path.make_compound_path(disc(x, foot - (10 - head) * scale, head * scale), rounded_polygon(outline, radii))


def _towards(corner: Point, other: Point, radius: float) -> Point:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = float(np.hypot(dx, dy))
    part = min(radius, length / 2) / length if length else 0.0
    return corner[0] + dx * part, corner[1] + dy * part


# The right half of each body from the neck down: across, up and the radius of the corner, in tenths of the
# height; the head's radius goes before. Outlines differ so that black and white is enough to tell them apart.
_MAN = (
    (2.0, 7.7, 1.0),
    (2.0, 3.9, 0.35),
    (1.4, 3.9, 0.35),
    (1.4, 6.4, 0.0),
    (1.2, 6.4, 0.0),
    (1.2, 0.0, 0.35),
    (0.14, 0.0, 0.0),
    (0.14, 3.8, 0.0),
)
_WOMAN = ((1.05, 7.7, 0.7), (2.2, 3.1, 0.35), (1.05, 3.1, 0.0), (1.05, 0.0, 0.3), (0.14, 0.0, 0.0), (0.14, 3.1, 0.0))
_CHILD = ((2.1, 7.1, 0.9), (2.1, 3.4, 0.5), (1.3, 3.4, 0.0), (1.3, 0.0, 0.35), (0.17, 0.0, 0.0), (0.17, 2.9, 0.0))
_GIRL = ((1.1, 7.1, 0.7), (2.4, 2.9, 0.35), (1.3, 2.9, 0.0), (1.3, 0.0, 0.35), (0.17, 0.0, 0.0), (0.17, 2.9, 0.0))
_PEOPLE: Mapping[str, tuple[float, tuple[tuple[float, float, float], ...]]] = {
    "man": (1.0, _MAN),
    "woman": (1.0, _WOMAN),
    "child": (1.25, _CHILD),
    "girl": (1.25, _GIRL),
    "boy": (1.25, _CHILD),
}
