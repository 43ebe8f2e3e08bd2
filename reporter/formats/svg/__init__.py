"""Draw a plot as SVG or PNG. Only this room imports Matplotlib."""

from collections.abc import Callable, Mapping
from typing import Any

from matplotlib import rc_context

from reporter.data.theme.tokens import Theme
from reporter.formats.svg.canvas import SETTINGS, Canvas
from reporter.formats.svg.columns import draw_panels, draw_rows
from reporter.formats.svg.maps import draw_named_lands
from reporter.formats.svg.matrix import draw_matrix
from reporter.formats.svg.pictograms import draw_crowd, draw_squares
from reporter.formats.svg.scales import draw_dumbbell, draw_ruler, draw_standings
from reporter.formats.svg.strip import draw_strip
from reporter.formats.svg.timeline import draw_spans
from reporter.report.document import plot as plots


def draw(plot: plots.Drawing, theme: Theme, width: float, *, titled: bool = False) -> bytes:
    """Draw a plot as SVG, `width` mm wide and as high as needed; `titled`, for screens, adds words to its marks."""
    return drawn(plots.DrawingJob("", plot, width, titled), theme)


def drawn(job: plots.DrawingJob, theme: Theme) -> bytes:
    """Draw what a job asks for: an SVG, or a PNG if `dots` is set."""
    with rc_context(dict(SETTINGS)):
        canvas = Canvas(theme, job.width, titled=job.titled, language=job.language)
        height = KINDS[type(job.plot)](canvas, job.plot)
        return canvas.png(height, job.dots) if job.dots else canvas.svg(height)


# Each draws on the canvas and returns the height in mm; the key is the type of its argument.
KINDS: Mapping[type, Callable[[Canvas, Any], float]] = {
    plots.Panels: draw_panels,
    plots.Rows: draw_rows,
    plots.Crowd: draw_crowd,
    plots.Spans: draw_spans,
    plots.Matrix: draw_matrix,
    plots.YearStrip: draw_strip,
    plots.Ruler: draw_ruler,
    plots.Dumbbell: draw_dumbbell,
    plots.Squares: draw_squares,
    plots.NamedLands: draw_named_lands,
    plots.Standings: draw_standings,
}
