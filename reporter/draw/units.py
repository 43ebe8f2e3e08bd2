"""Unit charts: one symbol, one case. Squares in rows, or people side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporter.draw.canvas import Canvas
from reporter.draw.legend import Key, draw_legend, filled
from reporter.draw.ranking import draw_ranking
from reporter.draw.shapes import Box, person
from reporter.draw.words import LABEL, Type
from reporter.plot import Pile, Ranking, Span, Units

SQUARE = 3.1
STEP = 3.75
COUNT = Type(8.0, 700, "ink")
ROW_GAP = 1.9
PERSON = 6.6
PERSON_STEP = 4.2
PEOPLE_ROW = 8.0
# More symbols than this can neither be counted by a reader nor drawn in a moment; bars take their place.
MOST = 600


def draw_units(canvas: Canvas, plot: Units) -> float:
    """Rows of squares, or a crowd when every pile is of people; answers the height in mm."""
    if sum(max(pile.count, 0) for pile in plot.piles) > MOST:
        return draw_ranking(canvas, Ranking(tuple(_as_bar(pile) for pile in plot.piles)))
    if plot.piles and all(pile.symbol != "square" for pile in plot.piles):
        return _draw_crowd(canvas, plot.piles)
    return _draw_rows(canvas, plot.piles)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The three columns of the rows: where squares begin, how many stand in a line, where labels begin (mm)."""

    squares: float
    across: int
    label: float


def _draw_rows(canvas: Canvas, piles: Sequence[Pile]) -> float:
    columns, y = _columns(canvas, piles), 0.6
    for pile in piles:
        lines = canvas.wrap(pile.label, LABEL, canvas.width - columns.label)
        deep = -(-max(pile.count, 0) // columns.across)
        height = max(deep * STEP - (STEP - SQUARE), len(lines) * LABEL.leading, SQUARE)
        _draw_row(canvas, pile, columns, Box(0, y, canvas.width, height))
        if deep <= 1:
            canvas.centred(lines, (columns.label, y + height / 2), LABEL)
        else:
            canvas.paragraph(lines, (columns.label, y + (SQUARE + LABEL.capital) / 2), LABEL)
        y += height + ROW_GAP
    return max(y - ROW_GAP + 0.6, 1.0)


def _draw_row(canvas: Canvas, pile: Pile, columns: _Columns, row: Box) -> None:
    deep = -(-max(pile.count, 0) // columns.across)
    top = row.y if deep > 1 else row.middle - SQUARE / 2
    squares = [
        Box(columns.squares + n % columns.across * STEP, top + n // columns.across * STEP, SQUARE, SQUARE)
        for n in range(pile.count)
    ]
    canvas.boxes(squares, canvas.theme.accent(pile.accent))
    at = (columns.squares - 1.8, top + SQUARE / 2 + COUNT.capital / 2)
    canvas.words(pile.text, at, COUNT, "right")


def _columns(canvas: Canvas, piles: Sequence[Pile]) -> _Columns:
    """Squares in one line if they take less than half the width, else in lines of five, ten, fifteen …"""
    squares = max((canvas.measure(pile.text, COUNT) for pile in piles), default=0.0) + 1.8
    most = max((pile.count for pile in piles), default=1)
    widest = max((canvas.measure(pile.label, LABEL) for pile in piles), default=0.0)
    room = max(canvas.width - squares - 3 - min(widest, canvas.width * 0.5), 5 * STEP)
    across = max(1, min(most, int(room // STEP)))
    if across < most and across > 5:
        across -= across % 5
    return _Columns(squares, across, squares + max(across, 3) * STEP + 2.2)


def _draw_crowd(canvas: Canvas, piles: Sequence[Pile]) -> float:
    across = max(1, int((canvas.width + PERSON_STEP * 0.2) // PERSON_STEP))
    total = 0
    for pile in piles:
        places = [(total + n) for n in range(max(pile.count, 0))]
        people = [
            person(
                pile.symbol, (n % across + 0.5) * PERSON_STEP, n // across * PEOPLE_ROW + PERSON + 0.4, PERSON
            )
            for n in places
        ]
        canvas.shapes(people, canvas.theme.accent(pile.accent))
        total += len(places)
    rows = -(-total // across)
    keys = [
        Key(f"{pile.text} {pile.label}".strip(), filled(canvas.theme.accent(pile.accent))) for pile in piles
    ]
    return draw_legend(canvas, keys, rows * PEOPLE_ROW + 0.6) + 0.4


def _as_bar(pile: Pile) -> Span:
    return Span(pile.label, None, Decimal(pile.count), pile.text, True, pile.accent)
