"""Draw a timeline: rounded bars over the years, one per row, and a stronger line at the edition's year."""

from dataclasses import dataclass, replace

from matplotlib.path import Path

from reporter.formats.svg import axis
from reporter.formats.svg.canvas import AXIS, AXIS_STRONG, LABEL, Canvas, Point, Rectangle, TextStyle, rounded_polygon
from reporter.report.document.plot import Shade, Span, Spans

BAR = 4.6
ROW_GAP = 2.0
RADIUS = 1.0
ARROW = 2.3
PAD = 1.2
STEPS = (1, 2, 5, 10, 20, 50, 100)
SEAM = 0.25
NARROW = 100.0
INSIDE = TextStyle(7.5, 600, "paper")
BESIDE = TextStyle(7.6, 400, "text")


@dataclass(frozen=True, slots=True)
class YearAxis:
    """The axis of the years, in cells of equal width, from `left` over `width` mm."""

    left: float
    width: float
    first: int
    last: int

    @property
    def cell(self) -> float:
        return self.width / max(self.last - self.first + 1, 1)

    def bar(self, span: Span) -> Rectangle:
        """The bar of a span, at y = 0: whole years to their end, and to the edge where start or end is open."""
        start = self.left if span.start is None else self._x(float(span.start))
        end = self.left + self.width
        if span.end is not None:
            end = self._x(float(span.end) + (1 if span.end == int(span.end) else 0))
        width = max(end - start - 2 * SEAM, 2 * ARROW)
        return Rectangle(min(start + SEAM, self.left + self.width - width), 0.0, width, BAR)

    def open_ends(self, span: Span) -> tuple[bool, bool]:
        left = span.start is None or span.start < self.first
        right = span.end is None or span.end >= self.last + 1
        return left, right

    def _x(self, year: float) -> float:
        return self.left + min(max((year - self.first) * self.cell, 0.0), self.width)


@dataclass(frozen=True, slots=True)
class BarLabel:
    """The words at a bar: `x` is the start of their baseline, `inside` whether they are within the bar."""

    text: str
    x: float
    inside: bool


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A span with bar and label, in mm; `label_middle` is the y of its middle; `words` is None if in the label."""

    span: Span
    bar: Rectangle
    words: BarLabel | None
    label: tuple[str, ...]
    label_middle: float
    bottom: float


def draw_spans(canvas: Canvas, plot: Spans) -> float:
    """Draw the year axis and a row per span, labels at the left, if narrow above the bars; return the height in mm."""
    widest = max((canvas.measure(span.label, LABEL) for span in plot.spans), default=0.0)
    left = 0.0 if canvas.width < NARROW else min(widest + 4, canvas.width * 0.36)
    years = YearAxis(left, canvas.width - left, plot.first, plot.last)
    rows: list[TimelineRow] = []
    top = AXIS.leading + 1.6
    for span in plot.spans:
        rows.append(_row(canvas, span, years, top))
        top = rows[-1].bottom + ROW_GAP
    _draw_axis(canvas, plot, years, top - ROW_GAP + 1.0)
    for row in rows:
        _draw_row(canvas, row, years)
    return top - ROW_GAP + 1.2


def _row(canvas: Canvas, span: Span, years: YearAxis, top: float) -> TimelineRow:
    bar = years.bar(span)
    words = _words(canvas, span, bar, years)
    caption = span.label if words or not span.text else f"{span.label} ({span.text})"
    label = canvas.wrap(caption, LABEL, (years.left or canvas.width) - 3)
    block = len(label) * LABEL.leading
    height = max(block, BAR) if years.left else block
    bar = replace(bar, y=top + (height - BAR) / 2 if years.left else top + block + 0.2)
    return TimelineRow(span, bar, words, label, top + height / 2, top + height if years.left else bar.bottom)


def _words(canvas: Canvas, span: Span, bar: Rectangle, years: YearAxis) -> BarLabel | None:
    """Place a span's words within its bar, else after it, else before; None where there is no room."""
    open_ends = years.open_ends(span)
    start = bar.x + PAD + (ARROW / 2 if open_ends[0] else 0.0)
    if start + canvas.measure(span.text, INSIDE) + PAD + (ARROW / 2 if open_ends[1] else 0.0) <= bar.right:
        return BarLabel(span.text, start, inside=True)
    width = canvas.measure(span.text, BESIDE)
    if bar.right + PAD + width <= years.left + years.width:
        return BarLabel(span.text, bar.right + PAD, inside=False)
    if bar.x - PAD - width >= years.left:
        return BarLabel(span.text, bar.x - PAD - width, inside=False)
    return None


def _draw_axis(canvas: Canvas, plot: Spans, years: YearAxis, bottom: float) -> None:
    """Draw year labels above hairlines through the middle of the years, stronger and bold for the year `now`."""
    head = AXIS.capital + 0.2
    line = head + 1.3
    for year in _named_years(canvas, plot, years):
        now, x = year == plot.now, years.left + years.cell * (year - plot.first + 0.5)
        canvas.lines([((x, line), (x, bottom))], *(("ink", 0.9) if now else ("hairline", 0.5)))
        style = AXIS_STRONG if now else AXIS
        x = axis.keep_inside(x, canvas.measure(str(year), style) / 2, (years.left, years.left + years.width))
        canvas.text(str(year), (x, head), style, "center")


def _named_years(canvas: Canvas, plot: Spans, years: YearAxis) -> list[int]:
    """The years with a label, at steps that leave room, counted from `now` if it is on the axis, else from the last."""
    widest = max(canvas.measure(str(year), AXIS_STRONG) for year in (plot.first, plot.last))
    # Labels at the edges move inwards by up to half of their width.
    fits = [step for step in STEPS if step * years.cell >= widest + 2.4 + max(widest - years.cell, 0) / 2]
    step = fits[0] if fits else years.last - years.first + 1
    origin = plot.now if plot.now is not None and plot.first <= plot.now <= plot.last else plot.last
    return [year for year in range(plot.first, plot.last + 1) if (year - origin) % step == 0] or [plot.first]


def _draw_row(canvas: Canvas, row: TimelineRow, years: YearAxis) -> None:
    span = row.span
    canvas.tell(row.bar, f"{span.label}: {span.text}")
    canvas.shape(_outline(row.bar, years.open_ends(span)), Shade.NOW if span.emphasised else Shade.EARLIER)
    if not years.left:
        # Paper colour covers the year lines below a label above its bar, so that no line crosses the words.
        width = max((canvas.measure(line, replace(LABEL, weight=600)) for line in row.label), default=0.0)
        height = len(row.label) * LABEL.leading
        canvas.boxes([Rectangle(0.0, row.label_middle - height / 2, width + 0.8, height)], "paper")
    canvas.centred_paragraph(row.label, (0.0, row.label_middle), replace(LABEL, weight=600 if span.emphasised else 400))
    if row.words:
        style = replace(INSIDE, colour="paper" if span.emphasised else "ink") if row.words.inside else BESIDE
        at = (row.words.x, row.bar.middle + style.capital / 2)
        if not row.words.inside:
            width = canvas.measure(row.words.text, style)
            canvas.boxes([Rectangle(at[0] - 0.4, row.bar.y + 0.6, width + 0.8, BAR - 1.2)], "paper")
        canvas.text(row.words.text, at, style)


def _outline(bar: Rectangle, open_ends: tuple[bool, bool]) -> Path:
    left, right = (ARROW if open_ends[0] else 0.0), (ARROW if open_ends[1] else 0.0)
    points: list[Point] = [(bar.x + left, bar.y), (bar.right - right, bar.y)]
    points += [(bar.right, bar.middle)] if right else []
    points += [(bar.right - right, bar.bottom), (bar.x + left, bar.bottom)]
    points += [(bar.x, bar.middle)] if left else []
    return rounded_polygon(points, [RADIUS])
