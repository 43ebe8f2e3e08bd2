"""Draw unit charts, where one square stands for one case."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporter.document.plot import Pile, Shade, Units
from reporter.draw.canvas import Canvas
from reporter.draw.fills import draw_unstated
from reporter.draw.outlines import Rectangle
from reporter.draw.text_width import LABEL, TextStyle

SQUARE = 3.1
STEP = 3.75
SMALL = 2.1  # the side of squares where large ones would need a second line
COUNT = TextStyle(8.0, 700, "ink")
ROW_GAP = 1.9


def draw_units(canvas: Canvas, plot: Units) -> float:
    """Draw a row of squares for each pile.

    Returns the height in mm.
    """
    piles = plot.piles
    grid, y = _square_grid(canvas, piles), 0.5
    gap = ROW_GAP * grid.side / SQUARE
    for pile in piles:
        y = (_draw_beside if grid.label else _draw_beneath)(canvas, pile, grid, y) + gap
    return max(y - gap + 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class _SquareGrid:
    """The arrangement of rows of squares, in mm.

    `squares` is the x at which squares begin, `across` how many stand in a line, `label` the x at which labels begin
    (0: they stand above the squares), `side` the side of a square.
    """

    squares: float
    across: int
    label: float
    side: float = SQUARE

    @property
    def step(self) -> float:
        """The distance from one square to the next."""
        return self.side + STEP - SQUARE

    def lines_of(self, pile: Pile) -> int:
        """The number of lines that a pile's squares fill."""
        return -(-max(pile.count, 0) // self.across)


def _draw_beside(canvas: Canvas, pile: Pile, grid: _SquareGrid, top: float) -> float:
    """Draw count, squares and label in one row.

    Returns the y of its lower edge.
    """
    lines = canvas.wrap(pile.label, LABEL, canvas.width - grid.label)
    lines_needed = grid.lines_of(pile)
    squares = max(lines_needed, 1) * grid.step - (grid.step - grid.side)
    height = max(squares, len(lines) * LABEL.leading)
    first = top + grid.side / 2 if lines_needed > 1 else top + height / 2
    canvas.text(pile.text, (grid.squares - 1.8, first + COUNT.capital / 2), COUNT, "right")
    _draw_squares(canvas, pile, grid, first - grid.side / 2)
    if lines_needed > 1:
        canvas.paragraph(lines, (grid.label, first + LABEL.capital / 2), LABEL)
    else:
        canvas.centred_paragraph(lines, (grid.label, first), LABEL)
    return top + height


def _draw_beneath(canvas: Canvas, pile: Pile, grid: _SquareGrid, top: float) -> float:
    """Draw count and label, and the squares below them.

    Returns the y of the lower edge.
    """
    lines = canvas.wrap(pile.label, LABEL, canvas.width - grid.squares)
    baseline = top + COUNT.capital + 0.3
    canvas.text(pile.text, (grid.squares - 1.8, baseline), COUNT, "right")
    canvas.paragraph(lines, (grid.squares, baseline), LABEL)
    y = top + max(len(lines), 1) * LABEL.leading + 0.4
    _draw_squares(canvas, pile, grid, y)
    return y + grid.lines_of(pile) * grid.step


def _draw_squares(canvas: Canvas, pile: Pile, grid: _SquareGrid, top: float) -> None:
    squares = [
        Rectangle(grid.squares + n % grid.across * grid.step, top + n // grid.across * grid.step, grid.side, grid.side)
        for n in range(pile.count)
    ]
    if pile.remainder:
        draw_unstated(canvas, squares)
    else:
        canvas.boxes(squares, Shade.NOW)


def _square_grid(canvas: Canvas, piles: Sequence[Pile]) -> _SquareGrid:
    """Arrange the squares, with labels beside them.

    They are smaller if several lines are needed. Where there would be many lines, labels stand above the squares.
    """
    start = max((canvas.measure(pile.text, COUNT) for pile in piles), default=0.0) + 1.8
    most = max((pile.count for pile in piles), default=1)
    widest = max((canvas.measure(pile.label, LABEL) for pile in piles), default=0.0)
    room = canvas.width - start - 3 - min(widest, canvas.width * 0.5)
    side = SQUARE if most <= _across(most, room, SQUARE) else SMALL
    across = _across(most, room, side)
    if most <= 4 * across:
        return _SquareGrid(start, across, start + max(across, 3) * (side + STEP - SQUARE) + 2.2, side)
    return _SquareGrid(start, _across(most, canvas.width - start, SQUARE), 0.0)


def _across(most: int, room: float, side: float) -> int:
    """The number of squares in a line.

    All if they fit, else a multiple of five, which is easy to count.
    """
    gap = STEP - SQUARE
    fits = max(1, int((room + gap) // (side + gap)))
    return max(most, 1) if most <= fits else max(fits - fits % 5, min(fits, 5))
