"""Draw countries on one scale, each with its code over its value. Codes that would touch stand on top of each other, so
that their heap shows where most countries are."""

from collections.abc import Iterable, Iterator, Sequence

from reporter.document.plot import CountryMark, Standings
from reporter.draw.axis import keep_inside, scale, tick_texts
from reporter.draw.canvas import TICK, Canvas, TextStyle
from reporter.draw.outlines import Rectangle, disc
from reporter.draw.told_words import words_of

CODE, MIDDLE = TextStyle(7.6, 600, "ink"), TextStyle(7.6, 600, "text")
# In mm: the room between codes, from the lowest of them to the scale, at the ends of the scale, from one code up to
# the next.
APART, ABOVE, END, STEP = 0.9, 2.0, 3.0, 2.75
RADIUS, HAIR, EDGE = 1.05, 0.45, 0.6
# A heap of so many codes is still read; a higher one spreads to its sides.
HIGHEST = 12
ZERO = "0"


def draw_standings(canvas: Canvas, plot: Standings) -> float:
    """Draw the scale, with dots on it and codes above them. Returns the height in mm."""
    found = scale([each.value for each in plot.standings])
    unit = (canvas.width - 2 * END) / found.top
    xs = [END + float(each.value) * unit for each in plot.standings]
    at = list(heaped(canvas, plot.standings, xs))
    base = ABOVE + STEP * (max((row for _, row in at), default=0) + 1)
    canvas.lines([((0.0, base), (canvas.width, base))], "rule", 0.6)
    canvas.shapes_with_edge([disc(x, base, RADIUS) for x in xs], "now", EDGE)
    for mark, (x, row) in zip(plot.standings, at, strict=True):
        foot, half = base - ABOVE - row * STEP, canvas.measure(mark.code, CODE) / 2
        canvas.text(mark.code, (x, foot), CODE, "center")
        box = Rectangle(x - half, foot - CODE.capital, 2 * half, CODE.capital)
        canvas.tell(box, words_of(mark.name, "", mark.text))
    texts = tick_texts(found, [each.text for each in plot.standings])
    ticks = [(ZERO, END), *((text, END + value * unit) for text, value in zip(texts, found.ticks, strict=True))]
    return _draw_words(canvas, plot, END + float(plot.middle) * unit, base, ticks)


def heaped(canvas: Canvas, marks: Sequence[CountryMark], xs: Sequence[float]) -> Iterator[tuple[float, int]]:
    """The middle of each code and the row that it stands in. The lowest row is 0."""
    wide = max((canvas.measure(each.code, CODE) for each in marks), default=0.0) + APART
    rows = list(_rows(xs, wide))
    if max(rows, default=0) < HIGHEST:
        yield from zip(xs, rows, strict=True)
        return
    edge = wide * (1 - 1 / HIGHEST) / 2
    moved = spread(xs, [wide / HIGHEST] * len(xs), edge, canvas.width - edge)
    yield from zip(moved, _rows(moved, wide - 0.01), strict=True)


def _rows(xs: Iterable[float], wide: float) -> Iterator[int]:
    ends: list[float] = []
    for x in xs:
        row = next((n for n, end in enumerate(ends) if end <= x - wide / 2), len(ends))
        ends[row : row + 1] = [x + wide / 2]
        yield row


def _draw_words(
    canvas: Canvas, plot: Standings, middle: float, base: float, ticks: Sequence[tuple[str, float]]
) -> float:
    line = base + 1.9 + TICK.capital
    canvas.lines([((x, base), (x, base + 1.2)) for _, x in ticks], "secondary", HAIR)
    free = 0.0
    for text, x in ticks:
        half, at = canvas.measure(text, TICK) / 2, _inside(canvas, text, x, TICK)
        # One that would touch another number, or that the line of the middle would strike out, is left out.
        if at - half >= free and abs(at - middle) > half + RADIUS:
            canvas.text(text, (at, line), TICK, "center")
            free = at + half + APART
    words = line + 1.5 + MIDDLE.capital
    canvas.lines([((middle, base + RADIUS), (middle, line + 0.9))], "ink", 1.1)
    canvas.text(plot.middle_text, (_inside(canvas, plot.middle_text, middle, MIDDLE), words), MIDDLE, "center")
    return words + 1.0


def _inside(canvas: Canvas, text: str, x: float, style: TextStyle) -> float:
    return keep_inside(x, canvas.measure(text, style) / 2, (0.0, canvas.width))


def spread(middles: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """The middles of labels below each other, none upon another. They stay in their order and, as far as they fit,
    between `low` and `high`; the sum of the squares of the moves is the least."""
    order = sorted(range(len(middles)), key=lambda place: (middles[place], place))
    offsets, total = [], 0.0
    for place in order:
        offsets.append(total + heights[place] / 2)
        total += heights[place]
    # What is left when the room of the labels is taken out must not fall: neighbours that cross share their mean.
    blocks: list[tuple[float, int]] = []
    for place, offset in zip(order, offsets, strict=True):
        mean, count = middles[place] - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, others = blocks.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        blocks.append((mean, count))
    starts = [max(min(mean, high - total), low) for mean, count in blocks for _ in range(count)]
    found = dict(zip(order, (start + offset for start, offset in zip(starts, offsets, strict=True)), strict=True))
    return [found[place] for place in range(len(middles))]
