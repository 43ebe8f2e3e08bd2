"""Draw columns divided into layers, with totals above.

A remainder, which is not stated, is hatched.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.document.plot import Bar, Layer, Stack
from reporter.draw import axis, labels
from reporter.draw.axis import Field
from reporter.draw.canvas import Canvas
from reporter.draw.columns import COLON, EMPTY, LOWEST, breaks, draw_breaks, draw_missing
from reporter.draw.fills import Fill, draw_falling_lines, draw_filled, draw_hatched, draw_off_series, fills
from reporter.draw.labels import DataLabel, PlacedLabel
from reporter.draw.legend import LegendEntry, draw_legend, draw_off_series_key, no_swatch
from reporter.draw.outlines import Rectangle
from reporter.draw.text_width import STRONG, VALUE, TextStyle

MOST_KEYS = 16
HAIRLINE = 0.28
INSIDE = TextStyle(6.3, 600, "paper")


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of one column that belongs to one layer."""

    box: Rectangle
    layer: Layer
    text: str
    off_series: bool = False


def draw_stack(canvas: Canvas, plot: Stack) -> float:
    """Draw the legend, then the columns with their axis.

    Columns and axis together are `plot.height` mm high. Returns the height in mm of the whole drawing.
    """
    used = [layer for layer in plot.layers if any(bar.value for bar in layer.bars)]
    filling = fills(canvas.theme, [layer.accent for layer in used if not layer.remainder])
    top = draw_legend(canvas, _entries(used, filling), 0.0)
    ticks, field = _field(canvas, plot, top + 1.5 if top else 0.0)
    chosen = axis.choose_labels(canvas, plot.labels, field.pitch)
    foot = axis.labels_height(chosen)
    extent = max(plot.height - foot, LOWEST) if ticks else EMPTY
    field = field.with_height(extent)
    for _ in range(2):
        field = field.with_headroom(labels.headroom(_place_labels(canvas, plot, field), field))
    axis.draw_grid(canvas, field, ticks)
    _draw_segments(canvas, segments(field, used), filling)
    axis.draw_baseline(canvas, field)
    # No colon is drawn on the column of a missing total whose layers are known.
    known = zip(plot.totals, _sums(plot), strict=False)
    draw_missing(
        canvas, field, [replace(bar, value=bar.value or Decimal(1)) if high > 0 else bar for bar, high in known]
    )
    draw_breaks(canvas, field, plot.totals)
    labels.draw(canvas, field, _place_labels(canvas, plot, field), breaks(field, plot.totals))
    axis.draw_labels(canvas, field, chosen)
    return draw_off_series_key(canvas, plot.off_series_key, plot.totals, field.box.bottom + foot)


def segments(field: Field, layers: Sequence[Layer]) -> list[Segment]:
    """Divide all columns into layers, from the baseline up.

    Each segment is a hairline shorter than its value.
    """
    found: list[Segment] = []
    for place in range(field.count):
        below = 0.0
        for layer in layers:
            if value := _value(layer.bars, place):
                low, high = field.y(below), field.y(below + value)
                below += value
                gap = min(HAIRLINE, (low - high) / 4)
                box = Rectangle(field.centre(place) - field.bar / 2, high + gap, field.bar, low - high - gap)
                found.append(Segment(box, layer, layer.bars[place].text, layer.bars[place].off_series))
    return found


def _draw_segments(canvas: Canvas, drawn: Sequence[Segment], filling: Mapping[int, Fill]) -> None:
    """Draw the segments of each layer as one path, then the figures."""
    boxes: dict[int | None, list[Rectangle]] = {}
    for segment in drawn:
        boxes.setdefault(None if segment.layer.remainder else segment.layer.accent, []).append(segment.box)
    for accent, mine in boxes.items():
        if accent is None:
            draw_hatched(canvas, mine)
        else:
            draw_filled(canvas, mine, filling[accent])
    apart = [segment for segment in drawn if segment.off_series]
    draw_off_series(canvas, [each.box for each in apart if not each.layer.remainder], "secondary")
    # A remainder is hatched already: the lines cross those that are there.
    draw_falling_lines(canvas, [each.box for each in apart if each.layer.remainder], "rule", 0.8)
    for segment in drawn:
        fill = None if segment.layer.remainder else filling[segment.layer.accent]
        _draw_figure(canvas, segment, fill)


def _draw_figure(canvas: Canvas, segment: Segment, fill: Fill | None) -> None:
    """Print the figure within its segment, if it fits.

    It lies on a patch without texture.
    """
    box, style = segment.box, replace(INSIDE, colour=fill.words if fill else "ink")
    width = canvas.measure(segment.text, style)
    if box.height < style.capital + 1.1 or width + 0.8 > box.width:
        return
    x, baseline = box.x + box.width / 2, box.middle + style.capital / 2
    if fill is None or fill.texture or segment.off_series:
        patch = Rectangle(x - width / 2 - 0.4, baseline - style.capital - 0.4, width + 0.8, style.capital + 0.8)
        canvas.boxes([patch], fill.colour if fill else "paper")
    canvas.text(segment.text, (x, baseline), style, "center")


def _entries(layers: Sequence[Layer], filling: Mapping[int, Fill]) -> list[LegendEntry]:
    """The legend's entries in the order of the layers.

    Layers beyond the most that can be told apart are counted in a last entry.
    """
    named = [LegendEntry(layer.label, _painter(layer, filling)) for layer in layers]
    rest = len(named) - MOST_KEYS
    return named if rest <= 0 else [*named[:MOST_KEYS], LegendEntry(f"+ {rest}", no_swatch)]


def _painter(layer: Layer, filling: Mapping[int, Fill]) -> Callable[[Canvas, Rectangle], None]:
    if layer.remainder:
        return lambda canvas, box: draw_hatched(canvas, [box])
    return lambda canvas, box: draw_filled(canvas, [box], filling[layer.accent])


def _field(canvas: Canvas, plot: Stack, top: float) -> tuple[tuple[str, ...], Field]:
    scale = axis.scale(_sums(plot))
    ticks = axis.tick_texts(scale, (bar.text for bar in plot.totals))
    box = Rectangle(0.0, top, canvas.width, float(plot.height))
    return ticks, Field(box, axis.gutter(canvas, ticks), len(plot.labels), scale)


def _place_labels(canvas: Canvas, plot: Stack, field: Field) -> tuple[PlacedLabel, ...]:
    """Place the totals above their columns.

    All where they fit, else those emphasised and the highest.
    """
    sums = _sums(plot)
    widest = max((canvas.measure(bar.text, STRONG) for bar in plot.totals), default=0.0)
    highest = max(sums, default=0.0)
    data_labels = [
        DataLabel(place, bar.text, STRONG if bar.emphasised else VALUE)
        for place, (bar, high) in enumerate(zip(plot.totals, sums, strict=False))
        if (bar.value is not None or high > 0) and (widest + 1 <= field.pitch or bar.emphasised or high == highest)
    ]
    tops = [field.y(high) if high > 0 else field.box.bottom - COLON for high in sums]
    return labels.place(canvas, field, data_labels, tops)


def _sums(plot: Stack) -> list[float]:
    """The height of each column as a value.

    The sum of its layers, but at least its total.
    """
    places = range(len(plot.labels))
    layers = [sum(_value(layer.bars, place) for layer in plot.layers) for place in places]
    return [max(_value(plot.totals, place), layers[place]) for place in places]


def _value(bars: Sequence[Bar], place: int) -> float:
    value = bars[place].value if place < len(bars) else None
    return max(float(value), 0.0) if value is not None else 0.0
