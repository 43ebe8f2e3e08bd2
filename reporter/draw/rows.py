"""Draw several series below each other, on one axis."""

from dataclasses import replace

from reporter.document.plot import Rows
from reporter.draw import axis
from reporter.draw.axis import Field
from reporter.draw.canvas import AXIS, TITLE, Canvas
from reporter.draw.columns import (
    ColumnPanel,
    draw_panel,
    draw_tint,
    scale_of,
    strong_places,
    tell_columns,
    with_headroom,
)
from reporter.draw.fills import draw_off_series_key
from reporter.draw.outlines import Rectangle

# In mm: the height of a row with its figures, what is free between rows, and between the titles and the columns.
ROW, BETWEEN, ASIDE = 15.0, 1.6, 3.0
# The widest column of titles, in mm and as a part of the drawing; the least height of a row's columns.
WIDEST, SHARE = 44.0, 0.3


def draw_rows(canvas: Canvas, plot: Rows) -> float:
    """Draw a row for each series, and the axis below them. The titles stand at the left. Returns the height in mm."""
    if not plot.rows:
        return 1.0
    titles = (canvas.measure(row.title, TITLE) for row in plot.rows)
    left = (
        min(max(*titles, *(canvas.measure(row.subtitle, AXIS) for row in plot.rows), 0.0), WIDEST, canvas.width * SHARE)
        + ASIDE
    )
    measure = left - ASIDE
    words = [(canvas.wrap(row.title, TITLE, measure), canvas.wrap(row.subtitle, AXIS, measure)) for row in plot.rows]
    heights = [len(title) * TITLE.leading + len(below) * AXIS.leading for title, below in words]
    scale, count = scale_of(plot.rows), max(len(row.labels) for row in plot.rows)
    box = Rectangle(left, 0.0, canvas.width - left, ROW)
    panels = with_headroom(canvas, [ColumnPanel(row, Field(box, 0.0, count, scale)) for row in plot.rows])
    tops, top = list[float](), 0.0
    for panel, height in zip(panels, heights, strict=True):
        tops.append(top + max(height - panel.field.box.height, 0.0))
        top = tops[-1] + panel.field.box.height + BETWEEN
    panels = [
        replace(panel, field=replace(panel.field, box=replace(panel.field.box, y=y)))
        for panel, y in zip(panels, tops, strict=True)
    ]
    last = panels[-1]
    chosen = axis.choose_labels(canvas, last.series.labels, last.field.pitch)
    bottom = last.field.box.bottom + axis.labels_height(chosen)
    draw_tint(canvas, panels[0].field, last.bars, bottom)
    for panel, (title, below), height in zip(panels, words, heights, strict=True):
        draw_panel(canvas, panel)
        y = panel.field.box.bottom - height + TITLE.capital
        y = canvas.paragraph(title, (0.0, y), TITLE)
        canvas.paragraph(below, (0.0, y), AXIS)
        tell_columns(canvas, panel, plot.off_series_key)
    axis.draw_labels(canvas, last.field, chosen, strong_places(last.bars))
    return draw_off_series_key(canvas, plot.off_series_key, (bar for row in plot.rows for bar in row.bars), bottom)
