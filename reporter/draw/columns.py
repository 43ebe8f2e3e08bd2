"""Draw columns over the years. One series, several side by side or below each other on a common scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reporter.document.plot import Bar, Columns, Panels, Shade
from reporter.draw import axis, labels
from reporter.draw.axis import Field, Scale
from reporter.draw.canvas import STRONG, TITLE, VALUE, Canvas, TextStyle
from reporter.draw.fills import draw_off_series, draw_off_series_key
from reporter.draw.labels import DataLabel, PlacedLabel
from reporter.draw.outlines import Rectangle
from reporter.draw.told_words import words_of_bar

# The height in mm of a row with its titles and labels.
HEIGHT = 48.0
GAP = 6.0
NARROWEST = 36.0
LOWEST = 16.0
# The room in mm that figures leave between each other, where every column has one.
BESIDE = 0.3
# The height in mm of a chart without any column.
EMPTY = axis.LOWEST_SCALE
MISSING = TextStyle(8.0, 600, "secondary")
# A missing value's colon reaches this high above the baseline, in mm.
COLON = 2.4


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
    """Draw series in panels, in as few rows as they fit. Returns the height in mm."""
    if not plot.panels:
        return 1.0
    across = _across(canvas, plot)
    width = (canvas.width - GAP * (across - 1)) / across
    scales, y = _scales(plot), 0.0
    for start in range(0, len(plot.panels), across):
        row = slice(start, start + across)
        bottom = _draw_row(canvas, plot.panels[row], scales[row], (y, width), plot.off_series_key)
        y = bottom + GAP
    bars = (bar for panel in plot.panels for bar in panel.bars)
    return draw_off_series_key(canvas, plot.off_series_key, bars, y - GAP)


def _across(canvas: Canvas, plot: Panels) -> int:
    """The number of panels in a row. As many as the plot asks for, at most two more than fit well; else so many that
    the rows are even. They are fewer where that leaves room for every figure."""
    fits = panels_that_fit(canvas)
    most = min(plot.columns, len(plot.panels), fits + 2) if plot.columns else panels_per_row(len(plot.panels), fits)
    places = max((len(panel.bars) for panel in plot.panels), default=0)
    widest = max((canvas.measure(bar.text, STRONG) for panel in plot.panels for bar in panel.bars), default=0.0)
    roomy = (n for n in range(most, 0, -1) if places * (widest + BESIDE) <= (canvas.width - GAP * (n - 1)) / n)
    return panels_per_row(len(plot.panels), next(roomy, most))


def panels_that_fit(canvas: Canvas) -> int:
    return max(1, int((canvas.width + GAP) // (NARROWEST + GAP)))


def panels_per_row(count: int, most: int) -> int:
    """The number of panels in a row, at most `most`. It makes the full rows as even as they can be."""
    rows = -(-count // most)
    return -(-count // rows)


def draw_bars(canvas: Canvas, field: Field, bars: Sequence[Bar]) -> None:
    """Draw the columns of a series in the shades of their years. Those off the series are hatched."""
    shown = [(bar, field.column(n, bar.value)) for n, bar in enumerate(bars) if bar.value is not None]
    for shade in Shade:
        canvas.boxes((box for bar, box in shown if bar.shade is shade and not bar.off_series), shade)
    for now in (False, True):
        hatched = [box for bar, box in shown if bar.off_series and (bar.shade is Shade.NOW) is now]
        draw_off_series(canvas, hatched, Shade.NOW if now else Shade.BEFORE)


def draw_tint(canvas: Canvas, field: Field, bars: Sequence[Bar], bottom: float) -> None:
    """Tint the column of the year reported, down to its label. None where it is not one among others."""
    now = [place for place, bar in enumerate(bars) if bar.shade is Shade.NOW]
    if len(now) == 1 and len(bars) > 1:
        left = field.centre(now[0]) - field.pitch / 2
        canvas.boxes([Rectangle(left, field.box.y, field.pitch, bottom - field.box.y)], "tint")


def draw_missing(canvas: Canvas, field: Field, bars: Sequence[Bar]) -> None:
    """Print the signs of missing values where their columns would be. They stand on the baseline in the secondary
    colour."""
    for place, bar in enumerate(bars):
        if bar.value is None:
            half = canvas.measure(bar.text, MISSING) / 2
            x = axis.keep_inside(field.centre(place), half, (field.box.x, max(field.right, field.box.right)))
            canvas.text(bar.text, (x, field.box.bottom - 0.9), MISSING, "center")


def draw_breaks(canvas: Canvas, field: Field, bars: Sequence[Bar]) -> None:
    top, base = field.box.y, field.box.bottom
    canvas.lines([((x, top), (x, base)) for x in breaks(field, bars)], "caution", 0.8, (1.8, 1.5))


def breaks(field: Field, bars: Sequence[Bar]) -> list[float]:
    """The x of each break: between its column and the one before."""
    return [field.centre(n) - field.pitch / 2 for n, bar in enumerate(bars) if bar.broken]


def data_labels(canvas: Canvas, panel: ColumnPanel) -> list[DataLabel]:
    """The figures to print above the columns. All of them where there is room; else those of the latest two years, of
    the highest column and of true zeros."""
    bars, roomy = panel.bars, panel.is_labelled(canvas)
    highest = max((bar.value for bar in bars if bar.value is not None), default=None)
    peak = next((n for n, bar in enumerate(bars) if bar.value is not None and bar.value == highest), None)
    return [
        DataLabel(n, bar.text, VALUE if bar.shade is Shade.EARLIER else STRONG)
        for n, bar in enumerate(bars)
        if bar.value is not None and (roomy or bar.shade is not Shade.EARLIER or n == peak or bar.value == 0)
    ]


def _draw_row(
    canvas: Canvas, series: Sequence[Columns], scales: Sequence[Scale], at: tuple[float, float], key: str
) -> float:
    """Draw the panels of a row, all equally high. Grid lines are drawn only where not every column has its figure. `at`
    are the top of the row and the width of a panel in mm, `key` is what the legend says of hatched columns. Returns the
    y of the row's lower edge."""
    start, width = at
    top = start + _draw_titles(canvas, [columns.title for columns in series], at)
    lefts = [number * (width + GAP) for number in range(len(series))]
    panels = [
        ColumnPanel(columns, Field(Rectangle(left, top, width, HEIGHT), 0.0, len(columns.labels), each))
        for left, columns, each in zip(lefts, series, scales, strict=True)
    ]
    some = any(each.ticks for each in scales)
    ticks: list[tuple[str, ...]] = [()] * len(series)
    if not all(each.is_labelled(canvas) for each in panels):
        printed = [bar.text for columns in series for bar in columns.bars]
        ticks = [axis.tick_texts(each, printed) for each in scales]
    gutter = max(axis.gutter(canvas, each) for each in ticks)
    panels = [replace(panel, field=replace(panel.field, gutter=gutter)) for panel in panels]
    chosen = [axis.choose_labels(canvas, panel.series.labels, panel.field.pitch) for panel in panels]
    foot = max(axis.labels_height(words) for words in chosen)
    extent = max(start + HEIGHT - top - foot, LOWEST) if some else EMPTY
    panels = with_headroom(canvas, [replace(panel, field=panel.field.with_height(extent)) for panel in panels])
    for panel, words, lines in zip(panels, chosen, ticks, strict=True):
        draw_tint(canvas, panel.field, panel.bars, panel.field.box.bottom + foot)
        draw_panel(canvas, panel, lines)
        axis.draw_labels(canvas, panel.field, words, strong_places(panel.bars))
        tell_columns(canvas, panel, key)
    return panels[0].field.box.bottom + foot


def strong_places(bars: Sequence[Bar]) -> list[int]:
    """The places of the year reported and the one before. Their labels are bold."""
    return [place for place, bar in enumerate(bars) if bar.shade is not Shade.EARLIER]


def _draw_titles(canvas: Canvas, titles: Sequence[str], at: tuple[float, float]) -> float:
    """Print the titles over the panels of a row. Returns the height in mm of the highest, 0 without titles."""
    top, width = at
    wrapped = [canvas.wrap(title, TITLE, width) for title in titles]
    most = max(len(lines) for lines in wrapped)
    for number, lines in enumerate(wrapped):
        first = top + (most - len(lines)) * TITLE.leading + TITLE.capital + 0.4
        canvas.paragraph(lines, (number * (width + GAP), first), TITLE)
    return most * TITLE.leading + 1.0 if most else 0.0


def draw_panel(canvas: Canvas, panel: ColumnPanel, ticks: Sequence[str] = ()) -> None:
    """Draw a series on its plot area, without axis labels. Grid if there are `ticks`, columns, baseline, missing
    values, breaks and figures, in this order."""
    field, bars = panel.field, panel.bars
    if ticks:
        axis.draw_grid(canvas, field, ticks)
    draw_bars(canvas, field, bars)
    axis.draw_baseline(canvas, field)
    draw_missing(canvas, field, bars)
    draw_breaks(canvas, field, bars)
    lines = [field.y(value) for value in field.scale.ticks] if ticks else []
    labels.draw(canvas, place_labels(canvas, panel), breaks(field, bars), lines)


def tell_columns(canvas: Canvas, panel: ColumnPanel, key: str) -> None:
    for place, bar in enumerate(panel.bars):
        words = words_of_bar(panel.series.title, panel.series.labels[place], bar, key)
        canvas.tell(place_box(panel.field, place), words)


def place_box(field: Field, place: int) -> Rectangle:
    left = field.centre(place) - field.pitch / 2
    return Rectangle(left, field.box.y, field.pitch, field.box.height)


def with_headroom(canvas: Canvas, panels: Sequence[ColumnPanel]) -> list[ColumnPanel]:
    """Give panels of one height room for their highest figure. Done twice, because the figures move with the scale."""
    for _ in range(2):
        headroom = max(labels.headroom(place_labels(canvas, panel), panel.field) for panel in panels)
        panels = [replace(panel, field=panel.field.with_headroom(headroom)) for panel in panels]
    return list(panels)


def place_labels(canvas: Canvas, panel: ColumnPanel) -> tuple[PlacedLabel, ...]:
    return labels.place(
        canvas,
        panel.field,
        data_labels(canvas, panel),
        [
            panel.field.box.bottom - COLON if b.value is None else panel.field.column(n, b.value).y
            for n, b in enumerate(panel.bars)
        ],
    )


def _scales(plot: Panels) -> list[Scale]:
    """The scale of each panel; panels of the same number share one."""
    numbers = plot.scales or (0,) * len(plot.panels)
    pairs = list(zip(numbers, plot.panels, strict=True))
    common = {number: scale_of(panel for other, panel in pairs if other == number) for number in numbers}
    return [common[number] for number in numbers]


def scale_of(series: Iterable[Columns]) -> Scale:
    return axis.scale(bar.value for columns in series for bar in columns.bars)
