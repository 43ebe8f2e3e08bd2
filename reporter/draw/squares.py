"""Draw rows of squares, each of which stands for one case."""

from reporter.document.plot import SquareRow, Squares
from reporter.draw.canvas import Canvas, TextStyle
from reporter.draw.outlines import Rectangle, boxes

# In mm: the side of a square, the distance to the next, the gap below a row. The weight of a hollow one is in points.
SIDE, STEP, GAP, HOLLOW = 2.6, 3.1, 1.7, 0.9
WORDS, COUNT = TextStyle(8.4), TextStyle(8.4, 700, "ink")


def draw_squares(canvas: Canvas, plot: Squares) -> float:
    """Draw words, squares and the number behind them, row by row. Returns the height in mm."""
    aside = max((canvas.measure(row.text, COUNT) for row in plot.rows), default=0.0) + 1.4
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
        _draw(canvas, row, shapes)
        last = shapes[-1]
        right = max(box.right for box in shapes)
        canvas.tell(Rectangle(0.0, top, right, last.bottom - top), f"{row.label}: {row.text}")
        canvas.text(row.text, (last.right + 1.2, last.middle + COUNT.capital / 2), COUNT)
        y = last.bottom + GAP
    return max(y - GAP + 0.4, 1.0)


def _draw(canvas: Canvas, row: SquareRow, shapes: list[Rectangle]) -> None:
    if not row.remainder:
        canvas.boxes(shapes, "now")
        return
    inset = HOLLOW * 0.18
    inner = [
        Rectangle(box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset)
        for box in shapes
        if box.width > 2 * inset
    ]
    canvas.border(boxes(inner or shapes), "secondary", HOLLOW)
