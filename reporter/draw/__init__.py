"""Draw a plot as SVG; the only room that imports Matplotlib."""

from collections.abc import Callable, Mapping
from typing import Any

from matplotlib import rc_context

from reporter.document.plot import (
    Choropleth,
    Columns,
    Crowd,
    Drawing,
    Matrix,
    NamedLands,
    Panels,
    Ranges,
    Rows,
    Spans,
    Twins,
    YearStrip,
)
from reporter.document.plot_of_sides import (
    Dumbbell,
    ListMaps,
    Ruler,
    Slopes,
    Squares,
    Standings,
)
from reporter.draw.canvas import SETTINGS, Canvas
from reporter.draw.choropleth import draw_choropleth
from reporter.draw.columns import draw_columns, draw_panels
from reporter.draw.crowd import draw_crowd
from reporter.draw.dumbbell import draw_dumbbell, draw_ruler
from reporter.draw.list_maps import draw_lists
from reporter.draw.matrix import draw_matrix
from reporter.draw.named_lands import draw_named_lands
from reporter.draw.ranges import draw_ranges
from reporter.draw.rows import draw_rows
from reporter.draw.slopes import draw_slopes
from reporter.draw.spans import draw_spans
from reporter.draw.squares import draw_squares
from reporter.draw.standings import draw_standings
from reporter.draw.strip import draw_strip
from reporter.draw.twins import draw_twins
from reporter.theme.tokens import Theme


def draw(plot: Drawing, theme: Theme, width: float) -> bytes:
    """Draw a plot as an SVG of a given width in mm.

    The height follows from what is drawn.
    """
    with rc_context(dict(SETTINGS)):
        canvas = Canvas(theme, width)
        return canvas.svg(KINDS[type(plot)](canvas, plot))


# Each draws on the canvas and returns the height in mm; the key is the type of its argument.
KINDS: Mapping[type, Callable[[Canvas, Any], float]] = {
    Columns: draw_columns,
    Panels: draw_panels,
    Rows: draw_rows,
    Crowd: draw_crowd,
    Spans: draw_spans,
    Ranges: draw_ranges,
    Matrix: draw_matrix,
    YearStrip: draw_strip,
    Choropleth: draw_choropleth,
    Slopes: draw_slopes,
    Ruler: draw_ruler,
    Dumbbell: draw_dumbbell,
    Squares: draw_squares,
    NamedLands: draw_named_lands,
    Twins: draw_twins,
    ListMaps: draw_lists,
    Standings: draw_standings,
}
