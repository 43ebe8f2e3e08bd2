"""Draw a plain map of the countries that one list names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from matplotlib.path import Path

from reporter.document.plot import Land, NamedLands
from reporter.draw.canvas import Canvas, TextStyle
from reporter.draw.land_outlines import EDGE, View, closest, country_outlines, overlaps, shape_of, tell_countries
from reporter.draw.outlines import Point, Rectangle
from reporter.theme.atlas import countries

# The height of the map as a part of its width, and in mm: the radius of a dot, the distance of a code from a country.
HEIGHT, DOT, AWAY = 0.74, 1.1, 0.7
CODE = TextStyle(7.6, 700, "ink")
# How far from the middle of its country a code beside it may stand, in mm.
RINGS = (2.4, 3.6, 5.0)
# On its country, with this room around it, a code is moved by such steps in mm, and by so many of them.
ROOM, NUDGE, REACH = 0.35, 0.5, 10


def draw_named_lands(canvas: Canvas, plot: NamedLands) -> float:
    """Draw the countries named in one colour, the others in grey. Each of those named has its code on or beside it.
    Returns the height in mm."""
    known = countries(canvas.theme.assets, "europe")
    lands = [land for land in plot.lands if land.code in known]
    box = Rectangle(0.0, 0.0, canvas.width, canvas.width * HEIGHT)
    view = closest(known, plot.home, [land.code for land in lands], box)
    paths, named = country_outlines(known, view), {land.code for land in lands}
    canvas.shapes_with_edge([path for code, path in paths.items() if code not in named], "land", EDGE)
    drawn = {code: shape_of(known[code], path, view, DOT) for code, path in paths.items() if code in named}
    canvas.shapes_with_edge(list(drawn.values()), "now", EDGE)
    _draw_codes(canvas, lands, view, drawn)
    tell_countries(canvas, known, view, ((land.code, land.name) for land in lands))
    return box.bottom


def _draw_codes(canvas: Canvas, lands: Sequence[Land], view: View, drawn: Mapping[str, Path]) -> None:
    """Print the codes, the largest country first. A code stands on its country where that has room for it, else as near
    as no other code is in the way, off the countries named if it can; where there is no such place it is left to the
    words under the map."""
    known = countries(canvas.theme.assets, "europe")
    spots = {land.code: view.project(known[land.code].centre) for land in lands}
    placed: list[Rectangle] = []
    for land in sorted(lands, key=lambda each: -known[each.code].area):
        size, outline = (canvas.measure(land.label, CODE), CODE.capital), drawn.get(land.code)
        others = [
            *placed,
            *(Rectangle(at[0] - DOT, at[1] - DOT, 2 * DOT, 2 * DOT) for code, at in spots.items() if code != land.code),
        ]
        within = [box for box in _on(outline, spots[land.code], size) if _is_free(box, view, placed)] if outline else []
        beside = [
            box
            for far in (RINGS[:-1], RINGS[-1:])
            for box in sorted(
                _beside(spots[land.code], size, far),
                key=lambda box: any(bool(each.contains_points(_points(box)).any()) for each in drawn.values()),
            )
            if _is_free(box, view, others)
        ]
        if box := next(iter((*within, *beside)), None):
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


def _beside(centre: Point, size: tuple[float, float], rings: Sequence[float]) -> Iterator[Rectangle]:
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
