"""Draw columns over the years: series side by side or below each other on a common scale, or with ranges of another
unit below them. No figure touches anything. Hatching always means: not comparable."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from matplotlib.path import Path

from reporter.formats.svg import axis
from reporter.formats.svg.axis import Field, Scale, keep_inside
from reporter.formats.svg.canvas import (
    AXIS,
    AXIS_STRONG,
    KEY,
    STRONG,
    TITLE,
    VALUE,
    Canvas,
    Rectangle,
    TextStyle,
    boxes,
    hatch,
)
from reporter.report.document.plot import Bar, Columns, Panels, Rows, Shade

ABOVE = 0.9
LABELS_ASIDE = 0.3
LABELS_APART = 0.45


class DataLabel(NamedTuple):
    """A figure to be printed above the column number `place`."""

    place: int
    text: str
    style: TextStyle


class PlacedLabel(NamedTuple):
    """A figure and its box in mm; the lower edge of the box is its baseline."""

    label: DataLabel
    box: Rectangle


def place_texts(
    canvas: Canvas, field: Field, unplaced: Sequence[DataLabel], tops: Sequence[float]
) -> tuple[PlacedLabel, ...]:
    """Place every figure above its column and above lower figures, lowest first; `tops` are the y of columns' tops."""
    free = [_above_columns(canvas, field, label, tops) for label in unplaced if label.text]
    done: list[PlacedLabel] = []
    for label, box in sorted(free, key=lambda placed: (-placed.box.y, -placed.label.place)):
        for _, other in sorted(done, key=lambda placed: -placed.box.y):
            is_aside = box.right + LABELS_ASIDE <= other.x or other.right + LABELS_ASIDE <= box.x
            if not is_aside and box.bottom + LABELS_APART > other.y and box.y < other.bottom + LABELS_APART:
                box = Rectangle(box.x, other.y - 2 * LABELS_APART - box.height, box.width, box.height)  # noqa: PLW2901
        done.append(PlacedLabel(label, box))
    return tuple(done)


def headroom_of(placed: Sequence[PlacedLabel], field: Field) -> float:
    """The mm above a field's scale with which the highest figure stays within the field's box."""
    return field.headroom + max((field.box.y - figure.box.y for figure in placed), default=-field.headroom)


def draw_texts(
    canvas: Canvas, placed: Sequence[PlacedLabel], breaks: Sequence[float] = (), lines: Sequence[float] = ()
) -> None:
    """Print the figures, on paper-coloured ground where a grid line at a y of `lines`, or a break, would cross them."""
    paper = []
    for box in (figure.box for figure in placed):
        if any(box.y - 0.3 < y < box.bottom + 0.3 for y in lines) or any(box.x < x < box.right for x in breaks):
            left, right = max(box.x - 0.25, 0.0), min(box.right + 0.25, canvas.width)
            paper.append(Rectangle(left, box.y - 0.3, right - left, box.height + 0.6))
    canvas.boxes(paper, "paper")
    for figure in placed:
        middle = figure.box.x + figure.box.width / 2
        canvas.text(figure.label.text, (middle, figure.box.bottom), figure.label.style, "center")


def _above_columns(canvas: Canvas, field: Field, label: DataLabel, tops: Sequence[float]) -> PlacedLabel:
    """Centre a figure above its column, or align it with the column's edge where a taller neighbour would raise it."""
    width, centre, half = canvas.measure(label.text, label.style), field.centre(label.place), field.bar / 2
    limits = (field.box.x, max(field.right, field.box.right))
    middles = (centre, centre + half - width / 2, centre - half + width / 2)
    reach, free = (field.bar + width) / 2 - 0.1, list[tuple[float, float]]()
    for middle in middles:
        # The y above which words around this x touch no column.
        x = keep_inside(middle, width / 2, limits)
        under = [top for place, top in enumerate(tops) if abs(field.centre(place) - x) < reach]
        free.append((min(under, default=field.box.bottom), middle))
    # The lowest position is the nearest to the column; of equally low ones the first, centred, is the best.
    baseline, middle = max(free, key=lambda position: round(min(position[0], tops[label.place]), 3))
    x = keep_inside(middle, width / 2, limits) - width / 2
    bottom = min(baseline, tops[label.place]) - ABOVE
    return PlacedLabel(label, Rectangle(x, bottom - label.style.capital, width, label.style.capital))


# The height in mm of a row with its titles and labels.
HEIGHT = 48.0
GAP = 6.0
NARROWEST = 36.0
LOWEST = 16.0
# The gap in mm between figures where every column has one.
BESIDE = 0.3
# The height in mm of a chart without any column.
EMPTY = axis.LOWEST_SCALE
MISSING = TextStyle(8.0, 600, "secondary")
# The height in mm of a missing value's colon above the baseline.
COLON = 2.4


HATCHING = 1.15
# In mm: the side of the swatch of the legend, and the gap after it.
SWATCH, BEHIND = 2.7, 1.3


def draw_off_series(canvas: Canvas, drawn: Sequence[Rectangle], colour: str) -> None:
    """Draw the boxes of values that do not belong to their series: outlined, with diagonal lines."""
    if not drawn:
        return
    canvas.boxes(drawn, "paper")
    if lines := [path for path in (hatch(box, HATCHING) for box in drawn) if len(path)]:
        canvas.stroke(Path.make_compound_path(*lines), colour, 0.6)
    canvas.stroke(
        boxes([Rectangle(b.x + 0.1, b.y + 0.1, b.width - 0.2, max(b.height - 0.2, 0.05)) for b in drawn]), colour, 0.6
    )


def draw_off_series_key(canvas: Canvas, words: str, bars: Iterable[Bar], top: float) -> float:
    """Draw the legend of off-series columns, if any is drawn; return the y below it, else `top`."""
    if not words or not any(bar.off_series and bar.value is not None for bar in bars):
        return top
    lines, y = canvas.wrap(words, KEY, canvas.width - SWATCH - BEHIND), top + 0.8
    draw_off_series(canvas, [Rectangle(0.0, y + 0.4, SWATCH, SWATCH)], Shade.BEFORE)
    canvas.paragraph(lines, (SWATCH + BEHIND, y + 0.4 + SWATCH / 2 + KEY.capital / 2), KEY)
    return y + max(len(lines), 1) * KEY.leading + 0.9


@dataclass(frozen=True, slots=True)
class ColumnPanel:
    """One series of columns on its plot area."""

    series: Columns
    field: Field

    @property
    def bars(self) -> tuple[Bar, ...]:
        return self.series.bars

    def is_labelled(self, canvas: Canvas) -> bool:
        widest = max((canvas.measure(bar.text, STRONG) for bar in self.bars), default=0.0)
        return widest + BESIDE <= self.field.pitch


def draw_panels(canvas: Canvas, plot: Panels) -> float:
    """Draw series in panels, in as few rows as possible; return the height in mm."""
    if not plot.panels:
        return 1.0
    fits = max(1, int((canvas.width + GAP) // (NARROWEST + GAP)))
    most = min(plot.columns, len(plot.panels), fits + 2) if plot.columns else panels_per_row(len(plot.panels), fits)
    places = max((len(panel.bars) for panel in plot.panels), default=0)
    widest = max((canvas.measure(bar.text, STRONG) for panel in plot.panels for bar in panel.bars), default=0.0)
    roomy = (n for n in range(most, 0, -1) if places * (widest + BESIDE) <= (canvas.width - GAP * (n - 1)) / n)
    across = panels_per_row(len(plot.panels), next(roomy, most))
    width = (canvas.width - GAP * (across - 1)) / across
    # Panels of the same number share a scale.
    pairs = list(zip(plot.scales or (0,) * len(plot.panels), plot.panels, strict=True))
    common = {number: scale_of(panel for other, panel in pairs if other == number) for number, _ in pairs}
    scales, y = [common[number] for number, _ in pairs], 0.0
    for start in range(0, len(plot.panels), across):
        row = slice(start, start + across)
        y = _draw_row(canvas, plot.panels[row], scales[row], (y, width), plot.off_series_key) + GAP
    bars = (bar for panel in plot.panels for bar in panel.bars)
    return draw_off_series_key(canvas, plot.off_series_key, bars, y - GAP)


def panels_per_row(count: int, most: int) -> int:
    """The number of panels in a row, at most `most`, that makes the rows as even as possible."""
    rows = -(-count // most)
    return -(-count // rows)


def draw_tint(canvas: Canvas, field: Field, bars: Sequence[Bar], bottom: float) -> None:
    """Tint the column of the reported year down to its label, if it is one among others."""
    now = [place for place, bar in enumerate(bars) if bar.shade is Shade.NOW]
    if len(now) == 1 and len(bars) > 1:
        left = field.centre(now[0]) - field.pitch / 2
        canvas.boxes([Rectangle(left, field.box.y, field.pitch, bottom - field.box.y)], "tint")


def draw_missing(canvas: Canvas, field: Field, bars: Sequence[Bar]) -> None:
    """Print the signs of missing values on the baseline in the secondary colour."""
    for place, bar in enumerate(bars):
        if bar.value is None:
            half = canvas.measure(bar.text, MISSING) / 2
            x = axis.keep_inside(field.centre(place), half, (field.box.x, max(field.right, field.box.right)))
            canvas.text(bar.text, (x, field.box.bottom - 0.9), MISSING, "center")


def _draw_row(
    canvas: Canvas, series: Sequence[Columns], scales: Sequence[Scale], at: tuple[float, float], key: str
) -> float:
    """Draw the panels of a row, equally high, with grid lines unless every column has its figure. `at` is the top and
    the width of a panel in mm, `key` the legend of hatched columns. Returns the y of the lower edge."""
    start, width = at
    top = start + _draw_titles(canvas, [columns.title for columns in series], at)
    lefts = [number * (width + GAP) for number in range(len(series))]
    panels = [
        ColumnPanel(columns, Field(Rectangle(left, top, width, HEIGHT), 0.0, len(columns.labels), scale))
        for left, columns, scale in zip(lefts, series, scales, strict=True)
    ]
    some = any(scale.ticks for scale in scales)
    ticks: list[tuple[str, ...]] = [()] * len(series)
    if not all(panel.is_labelled(canvas) for panel in panels):
        printed = [bar.text for columns in series for bar in columns.bars]
        ticks = [axis.tick_texts(scale, printed) for scale in scales]
    gutter = max(axis.gutter(canvas, texts) for texts in ticks)
    panels = [replace(panel, field=replace(panel.field, gutter=gutter)) for panel in panels]
    chosen = [axis.choose_labels(canvas, panel.series.labels, panel.field.pitch) for panel in panels]
    foot = max(axis.labels_height(words) for words in chosen)
    extent = max(start + HEIGHT - top - foot, LOWEST) if some else EMPTY
    panels = with_headroom(canvas, [replace(panel, field=panel.field.with_height(extent)) for panel in panels])
    for panel, words, lines in zip(panels, chosen, ticks, strict=True):
        draw_tint(canvas, panel.field, panel.bars, panel.field.box.bottom + foot)
        draw_panel(canvas, panel, lines)
        axis.draw_labels(canvas, panel.field, words, strong_places(panel.bars))
        add_column_words(canvas, panel, key)
    return panels[0].field.box.bottom + foot


def strong_places(bars: Sequence[Bar]) -> list[int]:
    return [place for place, bar in enumerate(bars) if bar.shade is not Shade.EARLIER]


def _draw_titles(canvas: Canvas, titles: Sequence[str], at: tuple[float, float]) -> float:
    """Print the titles over the panels of a row; return the greatest height in mm, 0 without titles."""
    top, width = at
    wrapped = [canvas.wrap(title, TITLE, width) for title in titles]
    most = max(len(lines) for lines in wrapped)
    for number, lines in enumerate(wrapped):
        first = top + (most - len(lines)) * TITLE.leading + TITLE.capital + 0.4
        canvas.paragraph(lines, (number * (width + GAP), first), TITLE)
    return most * TITLE.leading + 1.0 if most else 0.0


def draw_panel(canvas: Canvas, panel: ColumnPanel, ticks: Sequence[str] = ()) -> None:
    """Draw a series without axis labels: grid at `ticks`, columns, baseline, missing values, breaks, then figures."""
    field, bars = panel.field, panel.bars
    if ticks:
        axis.draw_grid(canvas, field, ticks)
    drawn_bars = [(bar, field.column(n, bar.value)) for n, bar in enumerate(bars) if bar.value is not None]
    for shade in Shade:
        canvas.boxes((box for bar, box in drawn_bars if bar.shade is shade and not bar.off_series), shade)
    for now in (False, True):
        hatched = [box for bar, box in drawn_bars if bar.off_series and (bar.shade is Shade.NOW) is now]
        draw_off_series(canvas, hatched, Shade.NOW if now else Shade.BEFORE)
    axis.draw_baseline(canvas, field)
    draw_missing(canvas, field, bars)
    breaks = [field.centre(n) - field.pitch / 2 for n, bar in enumerate(bars) if bar.broken]
    canvas.lines([((x, field.box.y), (x, field.box.bottom)) for x in breaks], "caution", 0.8, (1.8, 1.5))
    lines = [field.y(value) for value in field.scale.ticks] if ticks else []
    draw_texts(canvas, place_labels(canvas, panel), breaks, lines)


def add_column_words(canvas: Canvas, panel: ColumnPanel, key: str) -> None:
    """Add the words of each column; `key` is the legend of hatched ones."""
    for place, bar in enumerate(panel.bars):
        special = f", {key}" if key and bar.off_series and bar.value is not None else ""
        name = ", ".join(filter(None, (panel.series.title, panel.series.labels[place])))
        canvas.tell(place_box(panel.field, place), f"{name}: {bar.text}{special}")


def place_box(field: Field, place: int) -> Rectangle:
    left = field.centre(place) - field.pitch / 2
    return Rectangle(left, field.box.y, field.pitch, field.box.height)


def with_headroom(canvas: Canvas, panels: Sequence[ColumnPanel]) -> list[ColumnPanel]:
    """Give panels of one height room for their highest figure, in two passes because figures move with the scale."""
    for _ in range(2):
        headroom = max(headroom_of(place_labels(canvas, panel), panel.field) for panel in panels)
        panels = [replace(panel, field=panel.field.with_headroom(headroom)) for panel in panels]
    return list(panels)


def place_labels(canvas: Canvas, panel: ColumnPanel) -> tuple[PlacedLabel, ...]:
    """Place the figures above the columns: all if they fit, else the latest two years, the highest and true zeros."""
    bars, field, roomy = panel.bars, panel.field, panel.is_labelled(canvas)
    highest = max((bar.value for bar in bars if bar.value is not None), default=None)
    peak = next((n for n, bar in enumerate(bars) if bar.value is not None and bar.value == highest), None)
    labels = [
        DataLabel(n, bar.text, VALUE if bar.shade is Shade.EARLIER else STRONG)
        for n, bar in enumerate(bars)
        if bar.value is not None and (roomy or bar.shade is not Shade.EARLIER or n == peak or bar.value == 0)
    ]
    tops = [
        field.box.bottom - COLON if bar.value is None else field.column(n, bar.value).y for n, bar in enumerate(bars)
    ]
    return place_texts(canvas, field, labels, tops)


def scale_of(series: Iterable[Columns]) -> Scale:
    return axis.scale(bar.value for columns in series for bar in columns.bars)


# In mm: the height of a row with its figures, the gap between rows, and between titles and columns.
ROW, BETWEEN, ASIDE = 14.0, 1.6, 3.0
# The widest column of titles, in mm and as a share of the drawing.
WIDEST, SHARE = 44.0, 0.3
# In mm: the height of totals above rows, the width of words at their right, the least width of a chart with these.
ABOVE_ROWS, ROOM, ROOMY = 6.0, 36.0, 150.0


def draw_rows(canvas: Canvas, plot: Rows) -> float:
    """Draw a row for each series, titles at the left, and the axis below; return the height in mm."""
    if not plot.rows:
        return 1.0
    heads = (*plot.rows, *([plot.totals] if plot.totals else []))
    widths = (canvas.measure(words, style) for row in heads for words, style in _titles(row))
    measure = min(max(*widths, 0.0), WIDEST, canvas.width * SHARE)
    left = measure + ASIDE
    words = [[canvas.wrap(text, style, measure) for text, style in _titles(row)] for row in plot.rows]
    heights = [len(title) * TITLE.leading + len(below) * AXIS.leading for title, below in words]
    asides = plot.asides if canvas.width >= ROOMY and any(map(any, plot.asides)) else ()
    scale, count = scale_of(plot.rows), max(len(row.labels) for row in plot.rows)
    top = ABOVE_ROWS if plot.totals else 0.0
    box = Rectangle(left, 0.0, canvas.width - left - (ROOM if asides else 0.0), ROW)
    panels = with_headroom(canvas, [ColumnPanel(row, Field(box, 0.0, count, scale)) for row in plot.rows])
    tops = list[float]()
    for panel, height in zip(panels, heights, strict=True):
        tops.append(top + max(height - panel.field.box.height, 0.0))
        top = tops[-1] + panel.field.box.height + BETWEEN
    panels = [
        replace(panel, field=replace(panel.field, box=replace(panel.field.box, y=y)))
        for panel, y in zip(panels, tops, strict=True)
    ]
    first, last = panels[0].field, panels[-1]
    chosen = axis.choose_labels(canvas, last.series.labels, last.field.pitch)
    bottom = last.field.box.bottom + axis.labels_height(chosen)
    head = replace(first, box=replace(first.box, y=0.0, height=first.box.height + first.box.y))
    draw_tint(canvas, head, last.bars, bottom)
    if plot.totals:
        _draw_totals(canvas, head, plot.totals)
    for panel, (title, below), height in zip(panels, words, heights, strict=True):
        draw_panel(canvas, panel)
        y = panel.field.box.bottom - height + TITLE.capital
        y = canvas.paragraph(title, (0.0, y), TITLE)
        canvas.paragraph(below, (0.0, y), AXIS)
        add_column_words(canvas, panel, plot.off_series_key)
    for panel, lines in zip(panels, asides, strict=False):
        x, y = panel.field.right + ASIDE, panel.field.box.bottom - AXIS.leading
        canvas.text(lines[0], (x, y), TITLE)
        canvas.text(lines[1], (x, y + AXIS.leading), AXIS)
    axis.draw_labels(canvas, last.field, chosen, strong_places(last.bars))
    return draw_off_series_key(canvas, plot.off_series_key, (bar for row in plot.rows for bar in row.bars), bottom)


def _titles(row: Columns) -> tuple[tuple[str, TextStyle], tuple[str, TextStyle]]:
    return (row.title, TITLE), (row.subtitle, AXIS)


def _draw_totals(canvas: Canvas, field: Field, totals: Columns) -> None:
    """Print the totals of the columns above them, with a line below."""
    y = ABOVE_ROWS - 2.4
    canvas.text(totals.title, (0.0, y), AXIS)
    for place, total in enumerate(totals.bars):
        style = AXIS if total.shade is Shade.EARLIER else AXIS_STRONG
        canvas.text(total.text, (field.centre(place), y), style, "center")
    canvas.lines([((0.0, y + 1.4), (field.right, y + 1.4))], "hairline", axis.HAIRLINE)
