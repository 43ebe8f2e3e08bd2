"""Draw series over the years upright: each below the other."""

from collections.abc import Sequence

from reporter.document.plot import Columns, Panels, Rows
from reporter.draw.axis import scale
from reporter.draw.canvas import Canvas
from reporter.draw.legend import draw_off_series_key
from reporter.draw.narrow.narrow_bars import BETWEEN, draw_heading, draw_series, lanes_for, tell_rows


def draw_narrow_columns(canvas: Canvas, plot: Columns) -> float:
    """Draw one series, its latest year first; returns the height in mm."""
    return draw_below_each_other(canvas, (plot,), (0,), plot.off_series_key)


def draw_narrow_panels(canvas: Canvas, plot: Panels) -> float:
    """Draw panels below each other; returns the height in mm."""
    return draw_below_each_other(canvas, plot.panels, plot.scales or (0,) * len(plot.panels), plot.off_series_key)


def draw_narrow_rows(canvas: Canvas, plot: Rows) -> float:
    """Draw rows below each other; returns the height in mm."""
    return draw_below_each_other(canvas, plot.rows, (0,) * len(plot.rows), plot.off_series_key)


def draw_below_each_other(canvas: Canvas, series: Sequence[Columns], scales: Sequence[int], key: str) -> float:
    """Draw series under their titles. Those of one number in `scales` have a scale in common. Returns the height in
    mm."""
    if not series:
        return 1.0
    bars = [bar for each in series for bar in each.bars]
    lanes = lanes_for(canvas, (label for each in series for label in each.labels), (bar.text for bar in bars))
    pairs = list(zip(scales, series, strict=True))
    most = {
        number: scale(bar.value for at, each in pairs if at == number for bar in each.bars).top for number in scales
    }
    top = 0.0
    for number, each in pairs:
        rows = draw_series(canvas, each, lanes, most[number], draw_heading(canvas, each, top))
        tell_rows(canvas, rows, each, key)
        top = (rows[-1].bottom if rows else top) + BETWEEN
    return draw_off_series_key(canvas, key, bars, top - BETWEEN + 0.3)
