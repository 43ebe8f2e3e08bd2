"""Draw columns, and ranges of another unit in a panel below. Both panels have the same places along the axis."""

from collections.abc import Sequence

from matplotlib.path import Path

from reporter.document.plot import Bar, Ranges, Shade, Span
from reporter.draw import axis, labels
from reporter.draw.axis import Field, Scale
from reporter.draw.canvas import STRONG, TITLE, VALUE, Canvas
from reporter.draw.columns import (
    COLON,
    EMPTY,
    ColumnPanel,
    draw_missing,
    draw_panel,
    draw_tint,
    place_box,
    strong_places,
    tell_columns,
    with_headroom,
)
from reporter.draw.fills import draw_off_series_key
from reporter.draw.labels import DataLabel, PlacedLabel
from reporter.draw.outlines import Point, Rectangle, rounded_polygon
from reporter.draw.told_words import words_of

COLUMNS = 32.0
RANGES = 26.0
BETWEEN = 4.5
WIDEST = 3.0
CAP = 1.3


def draw_ranges(canvas: Canvas, plot: Ranges) -> float:
    """Draw both panels, with axis labels below the lower one. Returns the height in mm."""
    scales = (
        axis.scale(bar.value for bar in plot.columns.bars),
        axis.scale(value for span in plot.ranges for value in (span.start, span.end)),
    )
    printed = ([bar.text for bar in plot.columns.bars], [span.text for span in plot.ranges])
    ticks = [axis.tick_texts(scale, texts) for scale, texts in zip(scales, printed, strict=True)]
    left = max(axis.gutter(canvas, texts) for texts in ticks)
    upper = _field(canvas, plot, plot.columns.title, (0.0, COLUMNS, left, scales[0]))
    panel = with_headroom(canvas, [ColumnPanel(plot.columns, upper)])[0]
    draw_tint(canvas, panel.field, panel.bars, panel.field.box.bottom)
    draw_panel(canvas, panel, ticks[0])
    lower = _field(canvas, plot, plot.title, (panel.field.box.bottom + BETWEEN, RANGES, left, scales[1]))
    lower = _draw_lower(canvas, plot, lower, ticks[1])
    chosen = axis.choose_labels(canvas, plot.columns.labels, lower.pitch)
    axis.draw_labels(canvas, lower, chosen, strong_places(plot.columns.bars))
    tell_columns(canvas, panel, plot.off_series_key)
    for place, span in enumerate(by_place(plot)):
        words = words_of(plot.title, plot.columns.labels[place], span.text if span else ":")
        canvas.tell(place_box(lower, place), words)
    return draw_off_series_key(
        canvas, plot.off_series_key, plot.columns.bars, lower.box.bottom + axis.labels_height(chosen)
    )


def _field(canvas: Canvas, plot: Ranges, title: str, at: tuple[float, float, float, Scale]) -> Field:
    """Print a panel's title and return the plot area below it. `at` is top, height, gutter (all in mm) and scale."""
    top, height, left, scale = at
    lines = canvas.wrap(title, TITLE, canvas.width)
    canvas.paragraph(lines, (0.0, top + TITLE.capital + 0.4), TITLE)
    top += len(lines) * TITLE.leading + (1.0 if lines else 0.0)
    return Field(
        Rectangle(0.0, top, canvas.width, height if scale.ticks else EMPTY), left, len(plot.columns.labels), scale
    )


def _draw_lower(canvas: Canvas, plot: Ranges, field: Field, ticks: Sequence[str]) -> Field:
    """Draw the ranges; returns their plot area with room for figures."""
    spans = by_place(plot)
    shades = [bar.shade for bar in plot.columns.bars]
    for _ in range(2):
        field = field.with_headroom(labels.headroom(_place_labels(canvas, field, spans, shades), field))
    draw_tint(canvas, field, plot.columns.bars, field.box.bottom)
    axis.draw_grid(canvas, field, ticks)
    for shade in Shade:
        _draw_spans(
            canvas, field, [span if its is shade else None for span, its in zip(spans, shades, strict=True)], shade
        )
    axis.draw_baseline(canvas, field)
    draw_missing(
        canvas,
        field,
        [
            Bar(None, ":") if span is None else Bar(span.end if span.end is not None else span.start, span.text)
            for span in spans
        ],
    )
    labels.draw(
        canvas, _place_labels(canvas, field, spans, shades), lines=[field.y(each) for each in field.scale.ticks]
    )
    return field


def _draw_spans(canvas: Canvas, field: Field, spans: Sequence[Span | None], colour: str) -> None:
    """Draw ranges as solid bars from start to end. Where one end is not known, a cap at the other one and dashes
    towards the open side."""
    solid: list[Path] = []
    dashed: list[tuple[Point, Point]] = []
    half = min(field.bar, WIDEST) / 2
    for place, span in enumerate(spans):
        if span is not None and (span.start is not None or span.end is not None):
            x, (high, low) = field.centre(place), _extent(field, span)
            corners = [(x - half, high), (x + half, high), (x + half, low), (x - half, low)]
            solid.append(rounded_polygon(corners, [0.9]))
            if span.start is None:
                dashed.append(((x, low + 0.5), (x, field.box.bottom)))
            if span.end is None:
                dashed.append(((x, high - 0.5), (x, field.y(field.scale.top))))
    canvas.shapes(solid, colour)
    canvas.lines(dashed, colour, 1.3, (2.3, 1.9))


def _extent(field: Field, span: Span) -> tuple[float, float]:
    """The y of the upper and lower edge of a range's bar. The bar is never too thin to be seen."""
    high = field.y(span.end if span.end is not None else span.start or 0)
    low = field.y(span.start if span.start is not None else span.end or 0)
    return (high, low) if low - high >= CAP else (high - CAP / 2, high + CAP / 2)


def _place_labels(
    canvas: Canvas, field: Field, spans: Sequence[Span | None], shades: Sequence[Shade]
) -> tuple[PlacedLabel, ...]:
    data_labels = [
        DataLabel(place, span.text, VALUE if shade is Shade.EARLIER else STRONG)
        for place, (span, shade) in enumerate(zip(spans, shades, strict=True))
        if span is not None and (span.start is not None or span.end is not None)
    ]
    return labels.place(
        canvas,
        field,
        data_labels,
        [
            field.box.bottom - COLON
            if span is None or (span.start is None and span.end is None)
            else _extent(field, span)[0]
            if span.end is not None
            else field.y(field.scale.top)
            for span in spans
        ],
    )


def by_place(plot: Ranges) -> list[Span | None]:
    """The range of each place along the axis, or None. By label when every range has the label of a place, else by
    number."""
    labels, named = plot.columns.labels, {span.label: span for span in plot.ranges}
    if named.keys() <= set(labels):
        return [named.get(label) for label in labels]
    return [plot.ranges[place] if place < len(plot.ranges) else None for place in range(len(labels))]
