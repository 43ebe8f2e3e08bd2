"""Draw what can be counted: cases as squares row by row, persons by group, the year above the year before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reporter.formats.svg.canvas import Canvas, Rectangle, TextStyle, boxes, person
from reporter.report.document.plot import Crowd, PersonGroup, Shade, Squares

# In mm: the side of a square, the distance to the next, the gap below a row. The weight of a hollow one is in points.
SIDE, STEP, APART, HOLLOW = 2.6, 3.1, 1.7, 0.9
WORDS, NUMBER = TextStyle(8.4), TextStyle(8.4, 700, "ink")


def draw_squares(canvas: Canvas, plot: Squares) -> float:
    """Draw words, squares and their number, row by row; return the height in mm."""
    aside = max((canvas.measure(row.text, NUMBER) for row in plot.rows), default=0.0) + 1.4
    across = max(int((canvas.width - aside + STEP - SIDE) // STEP), 1)
    most, y = max((row.count for row in plot.rows), default=1), 0.0
    for row in plot.rows:
        y = canvas.paragraph(canvas.wrap(row.label, WORDS, canvas.width), (0.0, y + WORDS.capital + 0.4), WORDS)
        top = y - WORDS.leading + 1.2
        if plot.bars:
            shapes = [Rectangle(0.0, top, max((canvas.width - aside) * row.count / most, 0.4), SIDE)]
        else:
            shapes = [
                Rectangle(n % across * STEP, top + n // across * STEP, SIDE, SIDE) for n in range(max(row.count, 1))
            ]
        if row.remainder:
            inset = HOLLOW * 0.18
            inner = [Rectangle(b.x + inset, b.y + inset, b.width - 2 * inset, b.height - 2 * inset) for b in shapes]
            canvas.border(boxes([box for box in inner if box.width > 0] or shapes), "secondary", HOLLOW)
        else:
            canvas.boxes(shapes, "now")
        last = shapes[-1]
        right = max(box.right for box in shapes)
        canvas.tell(Rectangle(0.0, top, right, last.bottom - top), f"{row.label}: {row.text}")
        canvas.text(row.text, (last.right + 1.2, last.middle + NUMBER.capital / 2), NUMBER)
        y = last.bottom + APART
    return max(y - APART + 0.4, 1.0)


# Sizes in mm at full size, and how far they may shrink before groups take a second line.
PERSON, PITCH, SMALLEST = 8.3, 3.63, 0.6
GAP, LINE_GAP = 6.0, 1.6
SQUARE = 2.9
NAME, COUNT, REST = TextStyle(8.4, 600, "ink"), TextStyle(8.4, 700, "now"), TextStyle(8.4, 400, "secondary")
YEAR = TextStyle(8.0, 600, "ink")
Words = list[tuple[str, TextStyle]]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A group on the canvas, in mm; `across` is the number of symbols in a line."""

    group: PersonGroup
    x: float
    across: int
    width: float


def draw_crowd(canvas: Canvas, plot: Crowd) -> float:
    """Draw the groups side by side with names above, shrunk to fit one line if possible; return the height in mm."""
    left, y = max((canvas.measure(label, YEAR) for label in plot.labels), default=0.0) + 2.4, 0.0
    steps = (step / 100 for step in range(100, int(SMALLEST * 100), -4))
    room = canvas.width - left - GAP * (len(plot.groups) - 1)
    fits = (factor for factor in steps if sum(_width(canvas, group, PITCH * factor) for group in plot.groups) <= room)
    scale = next(fits, SMALLEST)
    for line in _lines(canvas, plot.groups, left, PITCH * scale):
        y = _draw_line(canvas, plot, line, y, scale) + LINE_GAP
    return max(y - LINE_GAP, 1.0)


def _width(canvas: Canvas, group: PersonGroup, pitch: float) -> float:
    return max(most_people(group) * pitch, _length(canvas, [(group.label, NAME), *_counts(group)]))


def most_people(group: PersonGroup) -> int:
    """The number of symbols in the longer line of a group, at least one."""
    return max(group.count, group.before, 1)


def _lines(canvas: Canvas, groups: Sequence[PersonGroup], left: float, pitch: float) -> Iterator[list[_Laid]]:
    line: list[_Laid] = []
    x, room = left, canvas.width - left
    for group in groups:
        width = min(_width(canvas, group, pitch), room)
        if line and x + width > canvas.width + 0.01:
            yield line
            line, x = [], left
        line.append(_Laid(group, x, min(most_people(group), max(int(room // pitch), 1)), width))
        x += width + GAP
    if line:
        yield line


def _counts(group: PersonGroup) -> Words:
    rest = " ".join(filter(None, (group.past, group.call)))
    return [(group.text, COUNT), *([(rest, REST)] if rest else [])]


def _length(canvas: Canvas, words: Words) -> float:
    return sum(canvas.measure(text, style) for text, style in words) + (len(words) - 1) * canvas.measure(" ", REST)


def _head(canvas: Canvas, laid: _Laid) -> list[Words]:
    """The lines over a group: its name and its counts, on one line where they fit."""
    whole = [(laid.group.label, NAME), *_counts(laid.group)]
    if _length(canvas, whole) <= laid.width + 0.01:
        return [whole]
    return [*([(line, NAME)] for line in canvas.wrap(laid.group.label, NAME, laid.width)), _counts(laid.group)]


def _draw_line(canvas: Canvas, plot: Crowd, line: Sequence[_Laid], top: float, scale: float) -> float:
    """Draw groups side by side; return the y of the lower edge."""
    heads = [_head(canvas, laid) for laid in line]
    base = top + 3.0 + (max(map(len, heads)) - 1) * NAME.leading
    for laid, head in zip(line, heads, strict=True):
        for n, words in enumerate(reversed(head)):
            x = laid.x
            for text, style in words:
                canvas.text(text, (x, base - n * NAME.leading), style)
                x += canvas.measure(f"{text} ", style)
    canvas.lines([((slot.x, base + 1.1), (slot.x + slot.width, base + 1.1)) for slot in line], "hairline", 0.5)
    y = base + 2.2
    for n, label in enumerate(plot.labels):
        rows = max(-(-(laid.group.before if n else laid.group.count) // laid.across) for laid in line)
        canvas.text(label, (0.0, y + PERSON * scale / 2 + YEAR.capital / 2), YEAR)
        for laid in line:
            _draw_people(canvas, laid, y, scale, past=bool(n))
        y += max(rows, 1) * (PERSON * scale + LINE_GAP)
    for laid in line:
        count_words = " ".join(filter(None, (laid.group.text, laid.group.past)))
        canvas.tell(Rectangle(laid.x, top, laid.width, y - LINE_GAP - top), f"{laid.group.label}: {count_words}")
    return y - LINE_GAP


def _draw_people(canvas: Canvas, laid: _Laid, top: float, scale: float, *, past: bool) -> None:
    group, tall = laid.group, PERSON * scale
    places = [
        (laid.x + (n % laid.across + 0.5) * PITCH * scale, top + n // laid.across * (tall + LINE_GAP) + tall)
        for n in range(group.before if past else group.count)
    ]
    colour = Shade.BEFORE if past else Shade.NOW
    if group.symbol == "square":
        side = SQUARE * scale
        canvas.boxes((Rectangle(x - side / 2, foot - (tall + side) / 2, side, side) for x, foot in places), colour)
    else:
        canvas.shapes([person(group.symbol, x, foot, tall) for x, foot in places], colour)
