"""Read the outlines of countries, and tell how far they reach. Plain numbers in km; one map is Europe and what lies
around it, the other is the world."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path as File
from typing import Any

Point = tuple[float, float]
Ring = tuple[Point, ...]
# In km: islands farther from the mainland than this, such as the Canaries, do not count for how far a country reaches.
OVERSEAS = 250.0


@dataclass(frozen=True, slots=True)
class Extent:
    """How far something reaches, in km."""

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

    def padded(self, beside: float, around: float) -> "Extent":
        return Extent(self.left - beside, self.bottom - around, self.right + beside, self.top + around)

    def within(self, other: "Extent") -> bool:
        across = other.left <= self.left and self.right <= other.right
        return across and other.bottom <= self.bottom and self.top <= other.top

    def gap(self, other: "Extent") -> float:
        across = max(self.left - other.right, other.left - self.right, 0.0)
        down = max(self.bottom - other.top, other.bottom - self.top, 0.0)
        return float((across**2 + down**2) ** 0.5)


@dataclass(frozen=True, slots=True)
class CountryOutline:
    """The shape of a country in km. Its rings, those of them that do not lie overseas with the mainland first, the
    point where its name stands, and its area in km²."""

    rings: tuple[Ring, ...]
    home_rings: tuple[Ring, ...]
    centre: Point
    area: float

    @property
    def extent(self) -> Extent:
        return joined(map(extent_of, self.home_rings))


@lru_cache(maxsize=4)
def countries(assets: File, name: str) -> Mapping[str, CountryOutline]:
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
    return extent_of(corner for each in extents for corner in ((each.left, each.bottom), (each.right, each.top)))


def ring_area(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise((*ring, ring[0])))) / 2
