"""Draw maps of Europe side by side on one scale of colours. The colour of a country says how often it is named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin

from matplotlib.path import Path
from matplotlib.transforms import Bbox

from reporter.document.plot import Choropleth, Land, MapPanel
from reporter.draw.canvas import Canvas
from reporter.draw.land import View, country_outlines, is_speck, moved_outlines, tell_countries
from reporter.draw.legend import LegendEntry, colour_swatch, draw_legend, draw_legend_column
from reporter.draw.outlines import Point, Rectangle, boxes, disc
from reporter.draw.text_width import AXIS, TITLE, TextStyle
from reporter.model.geography import whole_on_map_of
from reporter.theme.atlas import CountryOutline, Extent, countries, extent_of, joined

# Around the countries at the edge of a map of all Europe.
MARGIN = 100.0
# Beside, and above and below, the reporting country and the middle of each other; and the least height of a view.
BESIDE, AROUND, LEAST = 330.0, 230.0, 1900.0


def frame_of(known: Mapping[str, CountryOutline], home: str) -> Extent:
    """How far a map of all Europe reaches. Every country is whole, the reporting country `home` too where it lies
    beside Europe."""
    return joined(known[code].extent for code in whole_on_map_of(home)).padded(MARGIN, MARGIN)


def europe(known: Mapping[str, CountryOutline], home: str, box: Rectangle) -> View:
    frame = frame_of(known, home)
    scale = frame.width / box.width
    return View(Rectangle(box.x, box.y, box.width, frame.height / scale), frame.left, frame.top, scale)


def closest(known: Mapping[str, CountryOutline], home: str, named: Sequence[str], box: Rectangle) -> View:
    """The part of Europe that fills a box. It shows the countries as large as possible: the reporting country whole,
    the others in their middle. All of Europe when there is none of them."""
    frame, drawn = frame_of(known, home), joined(extent_of(ring) for land in known.values() for ring in land.rings)
    needed = [extent_of([known[code].centre]) for code in named if code in known]
    needed += [known[home].extent] if home in known else []
    shown = joined(needed).padded(BESIDE, AROUND) if needed else frame
    scale = max(shown.width / box.width, shown.height / box.height, LEAST / box.height)
    across, down = scale * box.width, scale * box.height
    beside = ((frame.left, frame.right), (drawn.left, drawn.right))
    around = ((frame.bottom, frame.top), (drawn.bottom, drawn.top))
    left, bottom = _start((shown.left, shown.right), beside, across), _start((shown.bottom, shown.top), around, down)
    return View(box, left, bottom + down, scale)


def _start(shown: tuple[float, float], limits: Sequence[tuple[float, float]], length: float) -> float:
    """Where a view of this length begins. What it must show is in its middle, or as near to it as keeps the view within
    the first limits that hold it."""
    low, high = next(((low, high) for low, high in limits if high - low >= length), limits[-1])
    middle = (shown[0] + shown[1] - length) / 2
    return min(max(min(max(middle, low), high - length), shown[1] - length), shown[0])


GUTTER, NARROWEST, WIDEST, MOST = 6.0, 36.0, 84.0, 3
LEGEND = 42.0
EDGE = 0.4
CODE = TextStyle(7.5, 600)
DARK = 2
# How far in mm from the middle of its country a code may stand, on it and beside it; the places around it; the line
# that leads to it, in points; what is free around it, in mm, beside its country and on it.
ON, OFF, TURNS = (0.0, 0.7, 1.4, 2.1, 2.8), (3.0, 4.2, 5.4, 6.6, 8.0, 9.5), 16
LINE, ROOM, TIGHT = 0.6, 0.35, 0.12
# In mm: the radius of a country too small to show its colour, and of one that reports.
DOT, HOME_DOT = 0.9, 1.5


@dataclass(frozen=True, slots=True)
class MapGrid:
    """The arrangement of several maps in rows. `columns` maps stand in a row, each `width` mm wide; `aside`: the legend
    has a column of its own at the right."""

    columns: int
    width: float
    aside: bool

    def x(self, number: int) -> float:
        """The left edge of a map in mm."""
        return number % self.columns * (self.width + GUTTER)


def draw_choropleth(canvas: Canvas, plot: Choropleth) -> float:
    """Draw the maps in even rows, with one legend. The legend stands in the column that is left over, else above. Where
    none of the countries named lies on a map, they are listed in its place. Returns the height in mm."""
    known = countries(canvas.theme.assets, "europe")
    levels = len(plot.levels)
    classes = canvas.theme.classes
    last = len(classes) - 1
    grid, colours = (
        _grid(canvas, len(plot.maps)),
        [classes[round(n * last / (levels - 1)) if levels > 1 else last // 2] for n in range(levels)],
    )
    entries = [
        *[LegendEntry(words, colour_swatch(colour)) for words, colour in zip(plot.levels, colours, strict=True)][::-1],
        LegendEntry(plot.unnamed, colour_swatch("land")),
        *([LegendEntry(plot.home_words, home_swatch)] if plot.home else []),
    ]
    top = 0.0 if grid.aside else draw_legend(canvas, entries, 0.0) + 2.0
    aside = (grid.columns * (grid.width + GUTTER), 2 * TITLE.leading)
    low = draw_legend_column(canvas, entries, aside) if grid.aside else top
    shown: tuple[View, Mapping[str, Path]] | None = None
    for first in range(0, len(plot.maps), grid.columns):
        row = plot.maps[first : first + grid.columns]
        top = _draw_titles(canvas, row, grid, top)
        ends = [top]
        for number, panel in enumerate(row):
            if panel.beyond:
                listed = [LegendEntry(land.label, colour_swatch(colours[land.level])) for land in panel.beyond]
                ends.append(draw_legend_column(canvas, listed, (grid.x(number), top), grid.width))
                continue
            view = europe(known, plot.home, Rectangle(grid.x(number), top, grid.width, 0.0))
            shown = shown or (view, country_outlines(known, view))
            _draw_map(canvas, plot, panel, view, moved_outlines(shown, view), colours)
            ends.append(view.box.bottom)
        top = max(ends) + 3.0
    return max(top - 2.0, low, 1.0)


def _grid(canvas: Canvas, count: int) -> MapGrid:
    """At most three maps in a row; four stand two by two."""
    rows = max(-(-count // MOST), 1)
    fits = int((canvas.width + GUTTER) // (NARROWEST + GUTTER))
    columns = max(min(-(-count // rows), fits), 1)
    width = min((canvas.width - GUTTER * (columns - 1)) / columns, WIDEST)
    return MapGrid(columns, width, columns * (width + GUTTER) + LEGEND <= canvas.width)


def home_swatch(canvas: Canvas, box: Rectangle) -> None:
    draw_home(canvas, boxes([box]))


def draw_home(canvas: Canvas, outline: Path) -> None:
    """Draw the outline of the reporting country. Ink on paper, so that it stands out on every ground."""
    canvas.border(outline, "paper", 2.2)
    canvas.border(outline, "ink", 1.1)


def _draw_titles(canvas: Canvas, row: Sequence[MapPanel], grid: MapGrid, top: float) -> float:
    """Print the title and subtitle over each map of a row. Returns the y at which the maps begin."""
    low = top
    for number, panel in enumerate(row):
        at = (grid.x(number), top + TITLE.capital + 0.6)
        y = canvas.paragraph(canvas.wrap(panel.title, TITLE, grid.width), at, TITLE)
        y = canvas.paragraph(canvas.wrap(panel.subtitle, AXIS, grid.width), (at[0], y), AXIS)
        low = max(low, y)
    return low - AXIS.leading + 1.6


def _draw_map(
    canvas: Canvas, plot: Choropleth, panel: MapPanel, view: View, paths: Mapping[str, Path], colours: Sequence[str]
) -> None:
    known = countries(canvas.theme.assets, "europe")
    lands = [land for land in panel.lands if land.code in paths]
    named = {land.code for land in lands}
    canvas.shapes_with_edge([path for code, path in paths.items() if code not in named], "land", EDGE)
    for level, colour in enumerate(colours):
        shapes = [shape_of(known[land.code], paths[land.code], view, DOT) for land in lands if land.level == level]
        canvas.shapes_with_edge(shapes, colour, EDGE)
    if plot.home in paths:
        draw_home(canvas, shape_of(known[plot.home], paths[plot.home], view, HOME_DOT))
    _draw_codes(canvas, lands, view, paths, colours)
    told = ((land.code, f"{panel.title}: {land.name or land.label}, {plot.levels[land.level]}") for land in lands)
    tell_countries(canvas, known, view, told)


def shape_of(land: CountryOutline, outline: Path, view: View, radius: float) -> Path:
    """The outline of a country; a disc for a very small one."""
    return disc(*view.project(land.centre), radius) if is_speck(land, view) else outline


def _draw_codes(
    canvas: Canvas, lands: Sequence[Land], view: View, paths: Mapping[str, Path], colours: Sequence[str]
) -> None:
    """Print the codes of the countries named, the largest country first. A code stands on its country where that has
    room for all of it, else beside it, with a line to it and off the countries named; one for which there is no room is
    left out."""
    known, placed = countries(canvas.theme.assets, "europe"), list[Rectangle]()
    shapes = {land.code: shape_of(known[land.code], paths[land.code], view, DOT) for land in lands}
    for land in sorted(lands, key=lambda land: -known[land.code].area):
        size, centre = (canvas.measure(land.label, CODE), CODE.capital), view.project(known[land.code].centre)
        on = (box for box in _around(centre, size, ON) if _holds(shapes[land.code], box) and _fits(box, view, placed))
        if box := next(on, None):
            colour = colours[land.level]
            words = replace(CODE, colour="paper" if colour in canvas.theme.classes[DARK:] else "ink")
            canvas.text(land.label, (box.x + box.width / 2, box.bottom), words, "center")
        elif box := next(_beside(centre, size, shapes.values(), view, placed), None):
            end = (min(max(centre[0], box.x), box.right), min(max(centre[1], box.y), box.bottom))
            canvas.lines([(centre, end)], "ink", LINE)
            canvas.text_with_halo(land.label, (box.x + box.width / 2, box.bottom), replace(CODE, colour="ink"), "paper")
        placed += [box] if box else []


def _beside(
    centre: Point, size: tuple[float, float], shapes: Iterable[Path], view: View, placed: Sequence[Rectangle]
) -> Iterator[Rectangle]:
    """The free boxes near a country, the nearest first. They touch no country named and no other code."""
    named = list(shapes)
    for box in _around(centre, size, OFF):
        if _fits(box, view, placed) and not any(
            shape.intersects_bbox(
                Bbox.from_bounds(box.x - ROOM, box.y - ROOM, box.width + 2 * ROOM, box.height + 2 * ROOM)
            )
            for shape in named
        ):
            yield box


def _around(centre: Point, size: tuple[float, float], far: Sequence[float]) -> Iterator[Rectangle]:
    """Boxes of a size around a point, at growing distances in mm."""
    for distance in far:
        for turn in range(TURNS if distance else 1):
            angle = 2 * pi * turn / TURNS
            # Wide boxes are moved farther to the sides than up and down.
            x = centre[0] + cos(angle) * (distance + size[0] / 2 * (distance >= OFF[0]))
            y = centre[1] + sin(angle) * distance
            yield Rectangle(x - size[0] / 2, y - size[1] / 2, *size)


def _holds(shape: Path, box: Rectangle) -> bool:
    across = [box.x - TIGHT + (box.width + 2 * TIGHT) * n / 4 for n in range(5)]
    down = (box.y - TIGHT, box.middle, box.bottom + TIGHT)
    points = [(x, y) for x in across for y in down]
    # One piece of the country at a time: between its islands lies sea.
    return any(Path(piece).contains_points(points).all() for piece in shape.to_polygons())


def _fits(box: Rectangle, view: View, placed: Sequence[Rectangle]) -> bool:
    within = view.contains((box.x, box.y), 0.3) and view.contains((box.right, box.bottom), 0.6)
    return within and not any(overlaps(box, other) for other in placed)


def overlaps(one: Rectangle, other: Rectangle) -> bool:
    beside = one.right + 0.3 <= other.x or other.right + 0.3 <= one.x
    return not beside and one.y < other.bottom + 0.5 and other.y < one.bottom + 0.5
