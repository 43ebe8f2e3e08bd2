"""Draw columns over the years.

One series, or several on a common scale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reporter.document.plot import Bar, Columns, Panels
from reporter.draw import axis, labels
from reporter.draw.axis import Field, Scale
from reporter.draw.canvas import Canvas
from reporter.draw.fills import draw_off_series
from reporter.draw.labels import DataLabel, PlacedLabel
from reporter.draw.legend import draw_off_series_key
from reporter.draw.outlines import Rectangle
from reporter.draw.text_width import TITLE, VALUE, TextStyle

EXTENT = 38.0
GAP = 6.0
NARROWEST = 36.0
LOWEST = 16.0
# The room in mm that figures leave between each other, where every column has one.
BESIDE = 0.3
# The height in mm of a chart without any column.
EMPTY = axis.LOWEST_SCALE
MISSING = TextStyle(7.0, 600, "secondary")
# A missing value's colon reaches this high above the baseline, in mm.
COLON = 2.4


@dataclass(frozen=True, slots=True)
class ColumnPanel:
    """One series of columns on its plot area."""

    series: Columns
    field: Field

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The outer columns.

        Where only the inner value is known, the outer column is as high as the inner one; its text stays the sign for a
        missing value.
        """
        series = self.series
        pairs = zip(series.bars, series.inner, strict=False)
        hollow = [replace(bar, value=inner.value) if bar.value is None else bar for bar, inner in pairs]
        return (*hollow, *series.bars[len(hollow) :])


def draw_columns(canvas: Canvas, plot: Columns) -> float:
    """Draw one series over the full width; returns the height in mm."""
    bottom = _draw_row(canvas, (plot,), (_scale([plot]),), _Row(0.0, canvas.width, 0.0))
    return draw_off_series_key(canvas, plot.off_series_key, plot.bars, bottom)


def draw_panels(canvas: Canvas, plot: Panels) -> float:
    """Draw several series in panels, in as few rows as they fit.

    A row is at least `plot.height` mm high. Returns the height in mm.
    """
    if not plot.panels:
        return 1.0
    across = _across(canvas, plot)
    width = (canvas.width - GAP * (across - 1)) / across
    scales, y = _scales(plot), 0.0
    for start in range(0, len(plot.panels), across):
        row = slice(start, start + across)
        bottom = _draw_row(canvas, plot.panels[row], scales[row], _Row(y, width, plot.height))
        y = bottom + GAP
    bars = (bar for panel in plot.panels for bar in (*panel.bars, *panel.inner))
    return draw_off_series_key(canvas, plot.off_series_key, bars, y - GAP)


def _across(canvas: Canvas, plot: Panels) -> int:
    """The number of panels in a row.

    As many as the plot asks for, at most two more than fit well; else so many that the rows are even.
    """
    fits = panels_that_fit(canvas)
    if plot.columns:
        return min(plot.columns, len(plot.panels), fits + 2)
    return panels_per_row(len(plot.panels), fits)


def panels_that_fit(canvas: Canvas) -> int:
    """The number of panels for which a row has room."""
    return max(1, int((canvas.width + GAP) // (NARROWEST + GAP)))


def panels_per_row(count: int, most: int) -> int:
    """The number of panels in a row, at most `most`.

    It makes the full rows as even as they can be.
    """
    rows = -(-count // most)
    return -(-count // rows)


def _draw_bars(canvas: Canvas, field: Field, bars: Sequence[Bar], accent: int) -> None:
    """Draw the columns of a series.

    Past ones have the muted colour, emphasised ones the full colour, off-series ones are hatched.
    """
    shown = [(bar, field.column(n, bar.value)) for n, bar in enumerate(bars) if bar.value is not None]
    canvas.boxes((box for bar, box in shown if not bar.emphasised), canvas.theme.muted(accent))
    canvas.boxes((box for bar, box in shown if bar.emphasised), canvas.theme.accent(accent))
    draw_off_series(canvas, [box for bar, box in shown if bar.off_series], canvas.theme.accent(accent))


def draw_missing(canvas: Canvas, field: Field, bars: Sequence[Bar], style: TextStyle = MISSING) -> None:
    """Print the signs of missing values where their columns would be.

    They stand on the baseline in the secondary colour.
    """
    for place, bar in enumerate(bars):
        if bar.value is None:
            half = canvas.measure(bar.text, style) / 2
            x = axis.keep_inside(field.centre(place), half, (field.box.x, max(field.right, field.box.right)))
            canvas.text(bar.text, (x, field.box.bottom - 0.9), style, "center")


def draw_breaks(canvas: Canvas, field: Field, bars: Sequence[Bar]) -> None:
    """Draw a dashed line before each value at which the series breaks."""
    top, base = field.box.y, field.box.bottom
    canvas.lines([((x, top), (x, base)) for x in breaks(field, bars)], "secondary", 0.6, (1.8, 1.5))


def breaks(field: Field, bars: Sequence[Bar]) -> list[float]:
    """The x of each break: between its column and the one before."""
    return [field.centre(n) - field.pitch / 2 for n, bar in enumerate(bars) if bar.broken]


def _column_tops(field: Field, bars: Sequence[Bar]) -> list[float]:
    """The y of the top of each column.

    For a missing value, the top of its sign.
    """
    return [field.box.bottom - COLON if b.value is None else field.column(n, b.value).y for n, b in enumerate(bars)]


def data_labels(canvas: Canvas, field: Field, bars: Sequence[Bar], accent: int) -> list[DataLabel]:
    """The figures to print above the columns.

    All of them where there is room; else those of emphasised columns, of the highest one and of true zeros.
    """
    widest = max((canvas.measure(bar.text, VALUE) for bar in bars), default=0.0)
    roomy = widest + BESIDE <= field.pitch
    highest = max((bar.value for bar in bars if bar.value is not None), default=None)
    strong = TextStyle(VALUE.size, 700, text_colour(canvas, accent))
    peak = next((n for n, bar in enumerate(bars) if bar.value is not None and bar.value == highest), None)
    return [
        DataLabel(n, bar.text, strong if bar.emphasised else VALUE)
        for n, bar in enumerate(bars)
        if bar.value is not None and (roomy or bar.emphasised or n == peak or bar.value == 0)
    ]


def text_colour(canvas: Canvas, accent: int) -> str:
    """The colour of words about a series.

    The series' own colour, or ink where that is too light to be read.
    """
    return "ink" if canvas.theme.takes_ink(accent) else canvas.theme.accent(accent)


@dataclass(frozen=True, slots=True)
class _Row:
    """The place of a row of panels.

    `top` and the `width` of each panel are in mm; `height` is the height to fill in mm, 0 when the content decides.
    """

    top: float
    width: float
    height: float


def _draw_row(canvas: Canvas, series: Sequence[Columns], scales: Sequence[Scale], row: _Row) -> float:
    """Draw the panels of a row, all equally high.

    Returns the y of its lower edge.
    """
    top = row.top + _draw_titles(canvas, [columns.title for columns in series], row)
    printed = [bar.text for columns in series for bar in columns.bars]
    ticks = [axis.tick_texts(each, printed) for each in scales]
    gutter = max(axis.gutter(canvas, each) for each in ticks)
    lefts = [number * (row.width + GAP) for number in range(len(series))]
    panels = [
        ColumnPanel(columns, Field(Rectangle(left, top, row.width, EXTENT), gutter, len(columns.labels), each))
        for left, columns, each in zip(lefts, series, scales, strict=True)
    ]
    chosen = [axis.choose_labels(canvas, panel.series.labels, panel.field.pitch) for panel in panels]
    foot = max(axis.labels_height(words) for words in chosen)
    extent = max(row.top + row.height - top - foot, LOWEST) if row.height else EXTENT
    extent = extent if any(each.ticks for each in scales) else EMPTY
    panels = with_headroom(canvas, [replace(panel, field=panel.field.with_height(extent)) for panel in panels])
    for panel, words, lines in zip(panels, chosen, ticks, strict=True):
        draw_panel(canvas, panel, lines)
        axis.draw_labels(canvas, panel.field, words)
    return panels[0].field.box.bottom + foot


def _draw_titles(canvas: Canvas, titles: Sequence[str], row: _Row) -> float:
    """Print the titles over the panels of a row.

    Returns the height in mm of the highest, 0 without titles.
    """
    wrapped = [canvas.wrap(title, TITLE, row.width) for title in titles]
    for number, lines in enumerate(wrapped):
        canvas.paragraph(lines, (number * (row.width + GAP), row.top + TITLE.capital + 0.4), TITLE)
    most = max(len(lines) for lines in wrapped)
    return most * TITLE.leading + 1.0 if most else 0.0


def draw_panel(canvas: Canvas, panel: ColumnPanel, ticks: Sequence[str]) -> None:
    """Draw a series on its plot area, without axis labels.

    Grid, columns, baseline, missing values, breaks and figures, in this order.
    """
    series, field, bars = panel.series, panel.field, panel.bars
    axis.draw_grid(canvas, field, ticks)
    if series.inner:
        _draw_bars(canvas, field, [replace(bar, emphasised=False) for bar in bars], series.accent)
        _draw_bars(canvas, field, [replace(bar, emphasised=True) for bar in series.inner], series.accent)
    else:
        _draw_bars(canvas, field, bars, series.accent)
    axis.draw_baseline(canvas, field)
    draw_missing(canvas, field, bars)
    draw_breaks(canvas, field, bars)
    labels.draw(canvas, field, _place_labels(canvas, panel), breaks(field, bars))
    _inner_figures(canvas, panel)


def with_headroom(canvas: Canvas, panels: Sequence[ColumnPanel]) -> list[ColumnPanel]:
    """Give panels of one height room for their highest figure.

    Done twice, because the figures move with the scale.
    """
    for _ in range(2):
        headroom = max(labels.headroom(_place_labels(canvas, panel), panel.field) for panel in panels)
        panels = [replace(panel, field=panel.field.with_headroom(headroom)) for panel in panels]
    return list(panels)


def _place_labels(canvas: Canvas, panel: ColumnPanel) -> tuple[PlacedLabel, ...]:
    field, bars = panel.field, panel.bars
    return labels.place(canvas, field, data_labels(canvas, field, bars, panel.series.accent), _column_tops(field, bars))


def _inner_figures(canvas: Canvas, panel: ColumnPanel) -> None:
    """Print the figures of inner columns within them, where they fit."""
    field, accent = panel.field, panel.series.accent
    style = TextStyle(6.6, 600, "ink" if canvas.theme.takes_ink(accent) else "paper")
    for place, bar in enumerate(panel.series.inner):
        if bar.value is not None:
            box = field.column(place, bar.value)
            if box.height > style.capital + 1.2 and canvas.measure(bar.text, style) + 0.6 <= box.width:
                at = (box.x + box.width / 2, box.y + 0.8 + style.capital)
                canvas.text(bar.text, at, style, "center")


def _scales(plot: Panels) -> list[Scale]:
    """The scale of each panel; panels of the same number share one."""
    numbers = plot.scales or (0,) * len(plot.panels)
    pairs = list(zip(numbers, plot.panels, strict=True))
    common = {number: _scale(panel for other, panel in pairs if other == number) for number in numbers}
    return [common[number] for number in numbers]


def _scale(series: Iterable[Columns]) -> Scale:
    return axis.scale(bar.value for columns in series for bar in (*columns.bars, *columns.inner))
