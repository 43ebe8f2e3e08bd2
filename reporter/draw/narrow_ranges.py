"""Draw columns, and ranges of another unit, upright below each other."""

from reporter.document.plot import Ranges, Shade, Span
from reporter.draw.axis import scale
from reporter.draw.canvas import STRONG, TITLE, VALUE, Canvas
from reporter.draw.fills import draw_off_series_key
from reporter.draw.narrow_columns import (
    ASIDE,
    BAR,
    BETWEEN,
    MISSING,
    Lane,
    Lanes,
    draw_base,
    draw_heading,
    draw_labels_of_rows,
    draw_series,
    lanes_for,
    rows_of,
    tell_rows,
)
from reporter.draw.outlines import Rectangle, rounded_polygon
from reporter.draw.ranges import by_place
from reporter.draw.told_words import words_of

THICK, CAP = BAR * 0.8, 1.3


def draw_narrow_ranges(canvas: Canvas, plot: Ranges) -> float:
    """Draw the columns and, below, the ranges, the latest year first. Returns the height in mm."""
    columns = plot.columns
    texts = [*(bar.text for bar in columns.bars), *(span.text for span in plot.ranges)]
    lanes = lanes_for(canvas, columns.labels, texts)
    most = scale(bar.value for bar in columns.bars).top
    rows = draw_series(canvas, columns, lanes, most, draw_heading(canvas, columns, 0.0))
    tell_rows(canvas, rows, columns, plot.off_series_key)
    top = (rows[-1].bottom if rows else 0.0) + BETWEEN
    bottom = _draw_spans(canvas, plot, lanes, top)
    return draw_off_series_key(canvas, plot.off_series_key, columns.bars, bottom + 0.3)


def _draw_spans(canvas: Canvas, plot: Ranges, lanes: Lanes, top: float) -> float:
    """Draw the ranges under their title; returns the y below."""
    lines = canvas.wrap(plot.title, TITLE, canvas.width)
    canvas.paragraph(lines, (0.0, top + TITLE.capital + 0.4), TITLE)
    top += len(lines) * TITLE.leading + (0.6 if lines else 0.0)
    rows, spans = tuple(rows_of(canvas, plot.columns.labels, lanes, top)), by_place(plot)
    most = scale(value for span in plot.ranges for value in (span.start, span.end)).top
    draw_labels_of_rows(canvas, rows, plot.columns.bars, lanes)
    for row in rows:
        _draw_span(canvas, row, (spans[row.place], plot.columns.bars[row.place].shade), lanes, most)
    draw_base(canvas, rows, lanes)
    for row in rows:
        span = spans[row.place]
        words = words_of(plot.title, plot.columns.labels[row.place], span.text if span else ":")
        canvas.tell(Rectangle(0.0, row.top, canvas.width, row.height), words)
    return rows[-1].bottom if rows else top


def _draw_span(canvas: Canvas, row: Lane, shown: tuple[Span | None, Shade], lanes: Lanes, most: float) -> None:
    """Draw one range with its words. Where one end is not known, a cap at the other one and dashes towards the open
    side."""
    span, shade = shown
    if span is None or (span.start is None and span.end is None):
        text = span.text if span else ":"
        canvas.text(text, (lanes.left + ASIDE * 0.8, row.middle + MISSING.capital / 2), MISSING)
        return
    start, end = (
        lanes.left + float(value or 0) / most * lanes.length
        for value in (span.end if span.start is None else span.start, span.start if span.end is None else span.end)
    )
    if end - start < CAP:
        start, end = start - CAP / 2, end + CAP / 2
    high, low = row.middle - THICK / 2, row.middle + THICK / 2
    canvas.shape(rounded_polygon([(start, high), (end, high), (end, low), (start, low)], [0.9]), shade)
    right = end
    if span.start is None:
        canvas.lines([((lanes.left, row.middle), (start - 0.5, row.middle))], shade, 1.3, (2.3, 1.9))
    if span.end is None:
        right = lanes.left + lanes.length
        canvas.lines([((end + 0.5, row.middle), (right, row.middle))], shade, 1.3, (2.3, 1.9))
    style = VALUE if shade is Shade.EARLIER else STRONG
    canvas.text(span.text, (right + ASIDE * 0.8, row.middle + style.capital / 2), style)
