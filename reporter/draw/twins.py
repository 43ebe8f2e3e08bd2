"""Draw the parts of a whole on two sides. One square is one case; where there are many, a bar stands for them."""

from collections.abc import Sequence

from reporter.document.plot import Bar, Shade, Twin, Twins
from reporter.draw.canvas import Canvas, TextStyle
from reporter.draw.outlines import Point, Rectangle
from reporter.draw.told_words import words_of

HEAD, HEAD_NOW = TextStyle(8.2, 600, "text"), TextStyle(8.2, 600, "ink")
NAME, NUMBER, NUMBER_NOW = TextStyle(8.4), TextStyle(8.4, 600, "text"), TextStyle(8.4, 700, "now")
CHANGE, NO_VALUE = TextStyle(8.4, 600, "ink"), TextStyle(8.4, 400, "secondary")
# As shares of the width: where the squares of the first side end, where those of the second begin and may end.
FIRST, SECOND, END = 0.27, 0.6, 0.86
SIDE, PITCH, BESIDE = 4.1, 4.9, 1.6
# More squares in a row than this are no longer counted; a row is this high, and a lower one where there are many.
MOST, TALL, LOW, MANY = 30, 7.4, 6.4, 7


def draw_twins(canvas: Canvas, plot: Twins) -> float:
    """Draw the rows below each other; returns the height in mm."""
    if not plot.rows:
        return 1.0
    width = canvas.width
    before, after, changes = plot.heads
    words = [(changes, HEAD_NOW), *((row.change, CHANGE) for row in plot.rows)]
    end = min(width * END, width - max(canvas.measure(*each) for each in words) - BESIDE)
    first = canvas.wrap(before, HEAD, width * FIRST)
    second = canvas.wrap(after, HEAD_NOW, end - width * SECOND)
    y = HEAD.capital + 0.4
    canvas.paragraph(first, (width * FIRST, y), HEAD, "right")
    canvas.paragraph(second, (width * SECOND, y), HEAD_NOW)
    canvas.text(changes, (width, y), HEAD_NOW, "right")
    top = y + (max(len(first), len(second)) - 1) * HEAD.leading + 2.0
    canvas.lines([((0.0, top), (width, top))], "now", 0.7)
    most = most_cases(plot)
    for row in plot.rows:
        names = canvas.wrap(row.label, NAME, width * (SECOND - FIRST) - 2 * BESIDE)
        height = max(TALL if len(plot.rows) <= MANY else LOW, len(names) * NAME.leading + 2.0)
        sides = _draw_row(canvas, row, names, Rectangle(0.0, top, end, height), most)
        tell_cases(canvas, plot, row, sides)
        top += height
        canvas.lines([((0.0, top), (width, top))], "rule", 0.5)
    return top + 0.5


def most_cases(plot: Twins) -> float:
    return max((float(each.value or 0) for row in plot.rows for each in (row.before, row.after)), default=0.0)


def _draw_row(
    canvas: Canvas, row: Twin, names: Sequence[str], box: Rectangle, most: float
) -> tuple[Rectangle, Rectangle]:
    """Draw names, change and both sides; returns what these cover."""
    width, middle = canvas.width, box.y + box.height / 2
    first = middle - (len(names) - 1) * NAME.leading / 2 + NAME.capital / 2
    canvas.paragraph(names, (width * (FIRST + SECOND) / 2, first), NAME, "center")
    canvas.text(row.change, (width, middle + CHANGE.capital / 2), CHANGE, "right")
    before = draw_cases(canvas, row.before, (width * FIRST, middle), -width * FIRST, most, Shade.BEFORE)
    after = draw_cases(canvas, row.after, (width * SECOND, middle), box.right - width * SECOND, most, Shade.NOW)
    return before, after


def draw_cases(canvas: Canvas, bar: Bar, at: Point, room: float, most: float, shade: Shade) -> Rectangle:
    """Draw the squares of a side, or a bar. The number stands where they end. They lead from `at` to the right, or to
    the left where the room in mm is below zero. Returns what they cover with their number."""
    style = NO_VALUE if bar.value is None else NUMBER_NOW if shade is Shade.NOW else NUMBER
    value, turn, words = float(bar.value or 0), 1 if room > 0 else -1, canvas.measure(bar.text, style)
    free = abs(room) - words - 2 * BESIDE
    count = int(value) if value == int(value) and most <= MOST else 0
    pitch = min(PITCH, free / most) if most else PITCH
    side = pitch * SIDE / PITCH
    lengths = [pitch * n for n in range(count)]
    boxes = [
        Rectangle(at[0] + turn * each - (side if turn < 0 else 0), at[1] - side / 2, side, side) for each in lengths
    ]
    end = pitch * count
    if value and not count:
        end = free * value / most
        boxes = [Rectangle(at[0] - (end if turn < 0 else 0), at[1] - SIDE / 2, end, SIDE)]
    canvas.boxes(boxes, shade)
    x = at[0] + turn * (end + (BESIDE if end else 0.0))
    canvas.text(bar.text, (x, at[1] + style.capital / 2), style, "left" if turn > 0 else "right")
    left, right = sorted((at[0], x + turn * words))
    return Rectangle(left, at[1] - SIDE / 2, right - left, SIDE)


def tell_cases(canvas: Canvas, plot: Twins, row: Twin, drawn: Sequence[Rectangle]) -> None:
    for head, bar, box in zip(plot.heads, (row.before, row.after), drawn, strict=False):
        if bar.value is not None:
            canvas.tell(box, words_of(f"{head}; {row.label}", "", bar.text))
