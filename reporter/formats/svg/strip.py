"""Draw the years of a key figure as a low strip. Strips share the axis of a page; narrow ones have their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.formats.svg import axis
from reporter.formats.svg.axis import Field, Scale, keep_inside
from reporter.formats.svg.canvas import NARROWEST, Canvas, Rectangle, TextStyle
from reporter.formats.svg.columns import draw_off_series
from reporter.report.document.plot import Bar, Shade, YearStrip

# In mm: the widest column, the gap between a column and its number, the gap between numbers.
WIDEST, GAP, BESIDE = 8.0, 0.9, 0.5
PHONE = 16.0  # The height on a phone: --strip in templates/web/glance.css, without the years.
PART = 0.68  # the share of its year's room that a column takes
NUMBER, LATEST = TextStyle(7.6), TextStyle(7.6, 700, "ink")
MISSING = TextStyle(8.0, 600, "secondary")
HAIR, DASHED = 0.6, (1.8, 1.5)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column on the canvas: value and box; `middle` is the x of its number, moved inwards where needed."""

    bar: Bar
    box: Rectangle
    middle: float
    style: TextStyle


def draw_strip(canvas: Canvas, plot: YearStrip) -> float:
    """Draw the columns of a figure; of numbers that would touch, the latest years' stay. Returns the height in mm."""
    on_phone = canvas.width <= NARROWEST and bool(plot.labels)
    if on_phone:
        plot = replace(plot, height=min(plot.height, PHONE))
    base = plot.height - 0.3
    places = list(_places(canvas, plot, base))
    pitch = canvas.width / max(len(places), 1)
    canvas.boxes([Rectangle(canvas.width - pitch, 0.0, pitch, plot.height)] if places else [], "tint")
    for shade in Shade:
        mine = [place for place in places if place.bar.shade is shade and place.box.height > 0]
        canvas.boxes((place.box for place in mine if not place.bar.off_series), shade)
        hatched = [place.box for place in mine if place.bar.off_series]
        draw_off_series(canvas, hatched, Shade.NOW if shade is Shade.NOW else Shade.BEFORE)
    canvas.lines([((0.0, base), (canvas.width, base))], "ink", HAIR)
    broken = [n * pitch for n, place in enumerate(places) if place.bar.broken]
    canvas.lines([((x, 0.6), (x, base)) for x in broken], "caution", 0.9, DASHED)
    for column in _legible(canvas, places):
        above = column.box.y - GAP if column.bar.value is not None else base - 0.9
        canvas.text(column.bar.text, (column.middle, above), column.style, "center")
    for n, label in enumerate(plot.labels):
        canvas.tell(Rectangle(n * pitch, 0.0, pitch, plot.height), f"{label}: {plot.bars[n].text}")
    if not on_phone:
        return plot.height
    field = Field(Rectangle(0.0, 0.0, canvas.width, base), 0.0, len(plot.labels), Scale(1.0, ()), widest=canvas.width)
    chosen = axis.choose_labels(canvas, plot.labels, field.pitch)
    axis.draw_labels(canvas, field, chosen, [n for n, bar in enumerate(plot.bars) if bar.shade is not Shade.EARLIER])
    return plot.height + axis.labels_height(chosen)


def _places(canvas: Canvas, plot: YearStrip, base: float) -> Iterator[_Column]:
    pitch = canvas.width / max(len(plot.bars), 1)
    wide = min(pitch * PART, WIDEST)
    most, top = base - NUMBER.capital - 2 * GAP, max((bar.value or Decimal() for bar in plot.bars), default=Decimal())
    for n, bar in enumerate(plot.bars):
        value = max(bar.value or Decimal(), Decimal())
        tall = float(value / top) * most if top else 0.0
        style = MISSING if bar.value is None else NUMBER if bar.shade is Shade.EARLIER else LATEST
        x = (n + 0.5) * pitch
        yield _Column(
            bar=bar,
            box=Rectangle(x - wide / 2, base - tall, wide, tall),
            middle=keep_inside(x, canvas.measure(bar.text, style) / 2, (0.0, canvas.width)),
            style=style,
        )


def _legible(canvas: Canvas, places: Sequence[_Column]) -> list[_Column]:
    """The columns whose texts are printed: if not all fit, first the last two years, the highest, then later ones."""
    highest = max((place.bar.value for place in places if place.bar.value is not None), default=None)
    ranked = [*places[-2:][::-1], *(place for place in places if place.bar.value == highest), *places[-3::-1]]
    spans: dict[int, tuple[float, float]] = {}
    columns = []
    for column in ranked:
        half = canvas.measure(column.bar.text, column.style) / 2
        left, right = column.middle - half - BESIDE / 2, column.middle + half + BESIDE / 2
        if id(column) not in spans and all(right <= other[0] or other[1] <= left for other in spans.values()):
            spans[id(column)] = (left, right)
            columns.append(column)
    return columns
