"""Draw unit charts, where one symbol stands for one case.

Squares in rows, or people side by side.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reporter.document.plot import Pile, Shade, Units
from reporter.draw.canvas import Canvas
from reporter.draw.fills import draw_unstated
from reporter.draw.legend import LegendEntry, draw_legend
from reporter.draw.outlines import CHILDREN, Rectangle, person
from reporter.draw.text_width import LABEL, TextStyle

SQUARE = 3.1
STEP = 3.75
SMALL = 2.1  # the side of squares where large ones would need a second line
COUNT = TextStyle(8.0, 700, "ink")
ROW_GAP = 1.9
PERSON = 6.6
PERSON_STEP = 4.2
PEOPLE_ROW = 8.0
SMALLEST = 74  # per cent of the full size of people
# In the legend: mm by which people are taller than swatches, and the factor by which children are enlarged.
TALLER, LARGER = 0.7, 1.25


def draw_units(canvas: Canvas, plot: Units) -> float:
    """Draw rows of squares, or people if every pile is of people.

    Returns the height in mm.
    """
    if plot.piles and all(pile.symbol != "square" for pile in plot.piles):
        return _draw_crowd(canvas, plot.piles)
    return _draw_rows(canvas, plot.piles)


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


def _draw_rows(canvas: Canvas, piles: Sequence[Pile]) -> float:
    grid, y = _square_grid(canvas, piles), 0.5
    gap = ROW_GAP * grid.side / SQUARE
    for pile in piles:
        y = (_draw_beside if grid.label else _draw_beneath)(canvas, pile, grid, y) + gap
    return max(y - gap + 0.5, 1.0)


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


def _draw_crowd(canvas: Canvas, piles: Sequence[Pile]) -> float:
    total, scale = 0, _person_scale(sum(max(pile.count, 0) for pile in piles), canvas.width)
    step, row, tall = PERSON_STEP * scale, PEOPLE_ROW * scale, PERSON * scale
    across = _beside(canvas.width, step)
    for pile in piles:
        places = [(total + n) for n in range(max(pile.count, 0))]
        people = [person(pile.symbol, (n % across + 0.5) * step, n // across * row + tall + 0.4, tall) for n in places]
        canvas.shapes(people, Shade.NOW)
        total += len(places)
    rows = -(-total // across)
    entries = [LegendEntry(f"{pile.label} {pile.text}".strip(), _symbol_swatch(pile)) for pile in piles]
    return draw_legend(canvas, entries, rows * row + 0.6) + 0.4


def _symbol_swatch(pile: Pile) -> Callable[[Canvas, Rectangle], None]:
    """A painter of swatches with the symbol of a pile."""

    def paint(canvas: Canvas, box: Rectangle) -> None:
        tall = (box.height + TALLER) * (LARGER if pile.symbol in CHILDREN else 1.0)
        outline = person(pile.symbol, box.x + box.width / 2, box.bottom + TALLER / 2, tall)
        canvas.shape(outline, Shade.NOW)

    return paint


def _person_scale(people: int, width: float) -> float:
    """The size of people as a part of their full size.

    As large as fits into three rows, but never too small to tell the symbols apart.
    """
    fits = (
        scale / 100 for scale in range(100, SMALLEST, -2) if people <= 3 * _beside(width, PERSON_STEP * scale / 100)
    )
    return next(fits, SMALLEST / 100)


def _beside(width: float, step: float) -> int:
    """The number of people in a row."""
    return max(1, int((width + step * 0.2) // step))
