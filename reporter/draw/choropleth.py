"""Draw maps of Europe side by side on one scale of colours.

The colour of a country says how often it is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.path import Path

from reporter.document.plot import Choropleth, Land, MapPanel
from reporter.draw.canvas import Canvas
from reporter.draw.framing import europe
from reporter.draw.land import View, country_outlines, is_speck
from reporter.draw.legend import LegendEntry, colour_swatch, draw_legend, draw_legend_column
from reporter.draw.outlines import Rectangle, boxes, disc
from reporter.draw.text_width import AXIS, TITLE, TextStyle
from reporter.theme.atlas import CountryOutline, countries

GUTTER, NARROWEST, WIDEST, MOST = 6.0, 36.0, 84.0, 3
LEGEND = 42.0
EDGE = 0.4
CODE = TextStyle(6.3, 600)
DARK = 2
# In mm: the radius of a country too small to show its colour, and of one that reports.
DOT, HOME_DOT = 0.9, 1.5


@dataclass(frozen=True, slots=True)
class MapGrid:
    """The arrangement of several maps in rows.

    `columns` maps stand in a row, each `width` mm wide; `aside`: the legend has a column of its own at the right.
    """

    columns: int
    width: float
    aside: bool

    def x(self, number: int) -> float:
        """The left edge of a map in mm."""
        return number % self.columns * (self.width + GUTTER)


def draw_choropleth(canvas: Canvas, plot: Choropleth) -> float:
    """Draw the maps in even rows, with one legend.

    The legend stands in the column that is left over, else above. Where none of the countries named lies on a map, they
    are listed in its place. Returns the height in mm.
    """
    known = countries(canvas.theme.assets, "europe")
    grid, colours = _grid(canvas, len(plot.maps)), _colours(canvas, len(plot.levels))
    entries = _entries(plot, colours)
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
            _draw_map(canvas, plot, panel, view, _moved(shown, view), colours)
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


def _moved(shown: tuple[View, Mapping[str, Path]], view: View) -> dict[str, Path]:
    """The outlines of one map, moved to the place of another."""
    first, paths = shown
    offset = np.array((view.box.x - first.box.x, view.box.y - first.box.y))
    return {code: Path(np.asarray(path.vertices) + offset, path.codes) for code, path in paths.items()}


def _colours(canvas: Canvas, levels: int) -> list[str]:
    """The theme's colours for the levels, spread over all of them.

    A single level gets neither the lightest nor the darkest.
    """
    classes = canvas.theme.classes
    last = len(classes) - 1
    return [classes[round(n * last / (levels - 1)) if levels > 1 else last // 2] for n in range(levels)]


def _entries(plot: Choropleth, colours: Sequence[str]) -> list[LegendEntry]:
    entries = [LegendEntry(words, colour_swatch(colour)) for words, colour in zip(plot.levels, colours, strict=True)]
    home = [LegendEntry(plot.home_words, home_swatch)] if plot.home else []
    return [*entries[::-1], LegendEntry(plot.unnamed, colour_swatch("not-named")), *home]


def home_swatch(canvas: Canvas, box: Rectangle) -> None:
    """Draw the legend's swatch of the reporting country."""
    draw_home(canvas, boxes([box]))


def draw_home(canvas: Canvas, outline: Path) -> None:
    """Draw the outline of the reporting country.

    Gold on ink, so that it stands out on every ground.
    """
    canvas.border(outline, "ink", 1.7)
    canvas.border(outline, "gold", 0.9)


def _draw_titles(canvas: Canvas, row: Sequence[MapPanel], grid: MapGrid, top: float) -> float:
    """Print the title and subtitle over each map of a row.

    Returns the y at which the maps begin.
    """
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
    canvas.shapes_with_edge([path for code, path in paths.items() if code not in named], "not-named", EDGE)
    for level, colour in enumerate(colours):
        shapes = [shape_of(known[land.code], paths[land.code], view, DOT) for land in lands if land.level == level]
        canvas.shapes_with_edge(shapes, colour, EDGE)
    if plot.home in paths:
        draw_home(canvas, shape_of(known[plot.home], paths[plot.home], view, HOME_DOT))
    _draw_codes(canvas, plot, lands, view, colours)


def shape_of(land: CountryOutline, outline: Path, view: View, radius: float) -> Path:
    """The outline of a country; a disc for a very small one."""
    return disc(*view.project(land.centre), radius) if is_speck(land, view) else outline


def _draw_codes(canvas: Canvas, plot: Choropleth, lands: Sequence[Land], view: View, colours: Sequence[str]) -> None:
    """Print the codes of the countries named, the largest country first.

    A code for which there is no room is left out.
    """
    known, placed = countries(canvas.theme.assets, "europe"), list[Rectangle]()
    for land in sorted(lands, key=lambda land: -known[land.code].area):
        radius = HOME_DOT if land.code == plot.home else DOT
        boxes = _places(known[land.code], view, canvas.measure(land.label, CODE), radius)
        if box := next((box for box in boxes if _fits(box, view, placed)), None):
            placed.append(box)
            colour = colours[land.level]
            words = replace(CODE, colour="paper" if colour in canvas.theme.classes[DARK:] else "ink")
            canvas.text_with_halo(land.label, (box.x + box.width / 2, box.bottom), words, colour)


def _places(land: CountryOutline, view: View, width: float, radius: float) -> tuple[Rectangle, ...]:
    """The rectangles in which a country's code may stand.

    On the country; below or above one that is drawn as a dot.
    """
    x, y = view.project(land.centre)
    aside = radius + CODE.capital / 2 + 0.5
    shifts = (aside, -aside) if is_speck(land, view) else (0.0,)
    return tuple(Rectangle(x - width / 2, y + shift - CODE.capital / 2, width, CODE.capital) for shift in shifts)


def _fits(box: Rectangle, view: View, placed: Sequence[Rectangle]) -> bool:
    within = view.contains((box.x, box.y), 0.3) and view.contains((box.right, box.bottom), 0.6)
    return within and not any(overlaps(box, other) for other in placed)


def overlaps(one: Rectangle, other: Rectangle) -> bool:
    """Whether two boxes touch or nearly touch."""
    beside = one.right + 0.3 <= other.x or other.right + 0.3 <= one.x
    return not beside and one.y < other.bottom + 0.5 and other.y < one.bottom + 0.5
