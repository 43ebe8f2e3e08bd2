"""Columns divided into layers, with totals above and a hatched remainder for what is not stated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from matplotlib.path import Path

from reporter.draw import axis, labels, texture
from reporter.draw.axis import Field
from reporter.draw.canvas import Canvas
from reporter.draw.columns import COLON, EMPTY, LOWEST, breaks, draw_breaks, draw_missing
from reporter.draw.labels import Placed, Tag
from reporter.draw.legend import Key, draw_legend, filled
from reporter.draw.shapes import Box, boxes, hatch
from reporter.draw.words import STRONG, VALUE, Type
from reporter.plot import Bar, Layer, Stack

MOST_KEYS = 16
HAIRLINE = 0.28
HATCHING = 1.15
INSIDE = Type(6.3, 600, "paper")


@dataclass(frozen=True, slots=True)
class Segment:
    """One layer of one column: where it is, which layer it belongs to, and its figure."""

    box: Box
    layer: Layer
    text: str


def draw_stack(canvas: Canvas, plot: Stack) -> float:
    """The legend, then the columns `height` mm high with their axis; answers the height in mm."""
    top = draw_legend(canvas, _keys(canvas, plot.layers), 0.0)
    top += 1.5 if top else 0.0
    ticks, field = _field(canvas, plot, top)
    chosen = axis.place_labels(canvas, plot.labels, field.pitch)
    foot = axis.labels_height(chosen)
    field = _with_head(
        canvas, plot, replace(field, box=replace(field.box, height=_extent(plot, field, foot)))
    )
    axis.draw_grid(canvas, field, ticks)
    _draw_segments(canvas, field, plot)
    axis.draw_baseline(canvas, field)
    draw_missing(canvas, field, _unknown(plot))
    draw_breaks(canvas, field, plot.totals)
    labels.draw(canvas, field, _placed(canvas, plot, field), breaks(field, plot.totals))
    axis.draw_labels(canvas, field, chosen)
    return field.box.bottom + foot


def shade(canvas: Canvas, accent: int) -> str:
    """The colour of a layer; beyond the palette the muted hues follow, so that twice as many can be told apart."""
    theme = canvas.theme
    second = accent // len(theme.categorical) % 2
    return theme.muted(accent) if second else theme.accent(accent)


def segments(field: Field, plot: Stack) -> list[Segment]:
    """All layers of all columns from the baseline up, each a hairline shorter than its value."""
    found: list[Segment] = []
    for place in range(len(plot.labels)):
        below = 0.0
        for layer in plot.layers:
            bar = layer.bars[place] if place < len(layer.bars) else None
            if bar is None or bar.value is None or bar.value <= 0:
                continue
            low, high = field.y(below), field.y(below + float(bar.value))
            below += float(bar.value)
            gap = min(HAIRLINE, (low - high) / 4)
            box = Box(field.centre(place) - field.bar / 2, high + gap, field.bar, low - high - gap)
            found.append(Segment(box, layer, bar.text))
    return found


def _draw_segments(canvas: Canvas, field: Field, plot: Stack) -> None:
    every = segments(field, plot)
    textures = _textures(canvas, plot.layers)
    for layer in plot.layers:
        mine = [segment.box for segment in every if segment.layer is layer]
        if layer.remainder:
            _draw_hatched(canvas, mine)
        else:
            _draw_filled(canvas, mine, shade(canvas, layer.accent), textures.get(layer.accent, 0))
    for segment in every:
        _draw_figure(canvas, segment)


def _textures(canvas: Canvas, layers: Sequence[Layer]) -> dict[int, int]:
    accents = list(dict.fromkeys(layer.accent for layer in layers if not layer.remainder and any(b.value for b in layer.bars)))
    return dict(zip(accents, texture.levels([shade(canvas, accent) for accent in accents]), strict=True))


def _draw_filled(canvas: Canvas, drawn: Sequence[Box], colour: str, level: int) -> None:
    canvas.boxes(drawn, colour)
    if level == 1 and drawn:
        canvas.stroke(Path.make_compound_path(*(texture.lines(box) for box in drawn)), canvas.theme.muted(0) if 0 else MUT(canvas,colour), 0.4)
    if level == 2 and drawn:
        canvas.shapes([texture.dots(box) for box in drawn], MUT(canvas,colour))


def _draw_hatched(canvas: Canvas, drawn: Sequence[Box]) -> None:
    if drawn:
        canvas.boxes(drawn, "paper")
        for box in drawn:
            canvas.stroke(hatch(box, HATCHING), "rule", 0.8)
        inset = [Box(b.x + 0.1, b.y + 0.1, b.width - 0.2, max(b.height - 0.2, 0.05)) for b in drawn]
        canvas.stroke(boxes(inset), "secondary", 0.5)


def _draw_figure(canvas: Canvas, segment: Segment) -> None:
    """The figure within its segment, where it fits."""
    box, layer = segment.box, segment.layer
    if box.height < INSIDE.capital + 1.1 or canvas.measure(segment.text, INSIDE) + 0.8 > box.width:
        return
    colours = canvas.theme.categorical
    muted = layer.accent // len(colours) % 2 == 1
    dark = layer.remainder or muted or layer.accent % len(colours) in canvas.theme.dark_text
    at = (box.x + box.width / 2, box.middle + INSIDE.capital / 2)
    if True:
        half = canvas.measure(segment.text, INSIDE) / 2 + 0.4
        canvas.boxes(
            [Box(at[0] - half, at[1] - INSIDE.capital - 0.4, 2 * half, INSIDE.capital + 0.8)], "paper" if layer.remainder else shade(canvas, layer.accent)
        )
    canvas.words(segment.text, at, replace(INSIDE, colour="ink" if dark else "paper"), "center")


def _keys(canvas: Canvas, layers: Sequence[Layer]) -> list[Key]:
    """The legend in the order of the layers; more than can be told apart are counted instead of named."""
    used = [layer for layer in layers if any(bar.value for bar in layer.bars)]
    textures = _textures(canvas, layers)
    def paint(layer):
        return lambda canvas, box: _draw_hatched(canvas,[box]) if layer.remainder else _draw_filled(canvas, [box], shade(canvas, layer.accent), textures[layer.accent])
    named = [Key(layer.label, paint(layer)) for layer in used]
    rest = len(named) - MOST_KEYS
    return named if rest <= 0 else [*named[:MOST_KEYS], Key(f"+ {rest}", lambda canvas, box: None)]


def _draw_swatch(canvas: Canvas, box: Box) -> None:
    _draw_hatched(canvas, [box])


def _field(canvas: Canvas, plot: Stack, top: float) -> tuple[tuple[str, ...], Field]:
    scale = axis.scale(_sums(plot))
    ticks = axis.tick_texts(scale, (bar.text for bar in plot.totals))
    box = Box(0.0, top, canvas.width, float(plot.height))
    return ticks, Field(box, axis.gutter(canvas, ticks), len(plot.labels), scale)


def _extent(plot: Stack, field: Field, foot: float) -> float:
    return max(plot.height - foot, LOWEST) if field.scale.ticks else EMPTY


def _with_head(canvas: Canvas, plot: Stack, field: Field) -> Field:
    for _ in range(2):
        field = field.with_head(labels.head(_placed(canvas, plot, field), field))
    return field


def _placed(canvas: Canvas, plot: Stack, field: Field) -> tuple[Placed, ...]:
    """The totals above their columns: all that fit, else those emphasised and the highest."""
    sums = _sums(plot)
    tops = [min(field.y(total), field.box.bottom - COLON) for total in sums]
    widest = max((canvas.measure(bar.text, STRONG) for bar in plot.totals), default=0.0)
    highest = max(sums, default=0.0)
    tags = [
        Tag(place, bar.text, STRONG if bar.emphasised else VALUE)
        for place, bar in enumerate(plot.totals)
        if (bar.value is not None or sums[place] > 0)
        and (widest + 1 <= field.pitch or bar.emphasised or sums[place] == highest)
    ]
    return labels.place(canvas, field, tags, tops)


def _sums(plot: Stack) -> list[float]:
    """How high each column is: its layers together, but at least its total."""
    places = range(len(plot.labels))
    layers = [sum(_value(layer.bars, place) for layer in plot.layers) for place in places]
    return [max(_value(plot.totals, place), layers[place]) for place in places]


def _value(bars: Sequence[Bar], place: int) -> float:
    value = bars[place].value if place < len(bars) else None
    return max(float(value), 0.0) if value is not None else 0.0


def _unknown(plot: Stack) -> tuple[Bar, ...]:
    """The totals, with a value where layers are known without one, so that no colon is drawn on a column."""
    drawn = zip(plot.totals, _sums(plot), strict=False)
    return tuple(replace(bar, value=bar.value or Decimal(1)) if high > 0 else bar for bar, high in drawn)
def MUT(canvas,colour):
    t=canvas.theme
    return dict(zip(t.categorical,t.past)).get(colour,'#fff')
