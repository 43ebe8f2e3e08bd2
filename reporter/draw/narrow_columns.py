"""Draw series over the years upright: each below the other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reporter.document.plot import Bar, Columns, Panels, Rows, Shade
from reporter.draw.axis import scale
from reporter.draw.canvas import AXIS, AXIS_STRONG, STRONG, TITLE, VALUE, Canvas, TextStyle
from reporter.draw.fills import draw_off_series, draw_off_series_key
from reporter.draw.outlines import Rectangle
from reporter.draw.told_words import words_of_bar

# In mm: from row to row, how high a bar is, what is free after labels, at the end of bars, and between series.
PITCH, BAR, AFTER, ASIDE, BETWEEN = 4.4, 3.2, 1.6, 1.0, 3.4
# The part of the width that labels may take, and the least length of the longest bar in mm.
SHARE, LEAST = 0.46, 12.0
SLIVER = 0.35
MISSING = TextStyle(8.0, 600, "secondary")


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where bars lie: from `left`, the longest `length` mm long."""

    left: float
    length: float


@dataclass(frozen=True, slots=True)
class Lane:
    """A label with its bar. Its upper edge `top` and its height are in mm."""

    place: int
    lines: tuple[str, ...]
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def bottom(self) -> float:
        return self.top + self.height


def lanes_for(canvas: Canvas, labels: Iterable[str], texts: Iterable[str]) -> Lanes:
    """The room of all series of a drawing. It is the same for each, so that their bars can be compared."""
    widest = max((canvas.measure(label, AXIS_STRONG) for label in labels), default=0.0)
    left = min(widest, canvas.width * SHARE) + AFTER
    right = max((canvas.measure(text, STRONG) for text in texts), default=0.0) + ASIDE
    return Lanes(left, max(canvas.width - left - right, LEAST))


def rows_of(canvas: Canvas, labels: Sequence[str], lanes: Lanes, top: float) -> Iterator[Lane]:
    """The rows of a series from the top. Years begin with the latest. Labels that are no years keep their order."""
    order = range(len(labels))
    for place in reversed(order) if are_years(labels) else order:
        lines = canvas.wrap(labels[place], AXIS_STRONG, lanes.left - AFTER)
        height = max(PITCH, len(lines) * AXIS.leading + 0.8)
        yield Lane(place, lines, top, height)
        top += height


def are_years(labels: Sequence[str]) -> bool:
    return all(label.isdecimal() for label in labels) and list(labels) == sorted(labels)


def draw_heading(canvas: Canvas, series: Columns, top: float) -> float:
    """Print the title of a series and what it counts. Returns the y below."""
    for words, style in ((series.title, TITLE), (series.subtitle, AXIS)):
        lines = canvas.wrap(words, style, canvas.width)
        if lines and lines[0]:
            canvas.paragraph(lines, (0.0, top + style.capital + 0.4), style)
            top += len(lines) * style.leading + 0.6
    return top


def draw_series(canvas: Canvas, series: Columns, lanes: Lanes, most: float, top: float) -> tuple[Lane, ...]:
    """Draw the bars of a series with their labels and figures. A bar of the value `most` is as long as the lanes.
    Returns the rows."""
    rows = tuple(rows_of(canvas, series.labels, lanes, top))
    bars = series.bars
    draw_labels_of_rows(canvas, rows, bars, lanes)
    boxes = {row.place: bar_box(row, bars[row.place], lanes, most) for row in rows}
    for shade in Shade:
        mine = [place for place in boxes if bars[place].shade is shade and bars[place].value is not None]
        canvas.boxes((boxes[place] for place in mine if not bars[place].off_series), shade)
        hatched = [boxes[place] for place in mine if bars[place].off_series]
        draw_off_series(canvas, hatched, Shade.NOW if shade is Shade.NOW else Shade.BEFORE)
    draw_base(canvas, rows, lanes)
    draw_breaks_of_rows(canvas, rows, bars)
    for row in rows:
        bar, box = bars[row.place], boxes[row.place]
        style = MISSING if bar.value is None else VALUE if bar.shade is Shade.EARLIER else STRONG
        canvas.text(bar.text, (box.right + ASIDE * 0.8, row.middle + style.capital / 2), style)
    return rows


def tell_rows(canvas: Canvas, rows: Iterable[Lane], series: Columns, key: str) -> None:
    """Say of each row what it shows, wherever somebody points at it."""
    for row in rows:
        words = words_of_bar(series.title, series.labels[row.place], series.bars[row.place], key)
        canvas.tell(Rectangle(0.0, row.top, canvas.width, row.height), words)


def draw_labels_of_rows(canvas: Canvas, rows: Iterable[Lane], bars: Sequence[Bar], lanes: Lanes) -> None:
    for row in rows:
        shade = bars[row.place].shade if row.place < len(bars) else Shade.EARLIER
        if shade is Shade.NOW and len(bars) > 1:
            canvas.boxes([Rectangle(0.0, row.top, canvas.width, row.height)], "tint")
        style = AXIS if shade is Shade.EARLIER else AXIS_STRONG
        first = row.middle - (len(row.lines) - 1) * style.leading / 2 + style.capital / 2
        canvas.paragraph(row.lines, (lanes.left - AFTER, first), style, "right")


def bar_box(row: Lane, bar: Bar, lanes: Lanes, most: float) -> Rectangle:
    """The bar of a row. A missing value has none, zero a sliver."""
    share = min(max(float(bar.value), 0.0) / most, 1.0) if bar.value is not None and most else 0.0
    length = max(share * lanes.length, SLIVER) if bar.value is not None else 0.0
    return Rectangle(lanes.left, row.middle - BAR / 2, length, BAR)


def draw_base(canvas: Canvas, rows: Sequence[Lane], lanes: Lanes) -> None:
    if rows:
        canvas.lines([((lanes.left, rows[0].top), (lanes.left, rows[-1].bottom))], "secondary", 0.75)


def draw_breaks_of_rows(canvas: Canvas, rows: Sequence[Lane], bars: Sequence[Bar]) -> None:
    shown = {row.place: row for row in rows}
    ends = [
        ((0.0, y), (canvas.width, y))
        for row in rows
        if bars[row.place].broken and row.place - 1 in shown
        for y in [max(row.top, shown[row.place - 1].top)]
    ]
    canvas.lines(ends, "caution", 0.8, (1.8, 1.5))


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
