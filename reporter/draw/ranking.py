"""Draw horizontal bars, one a row, with words at their ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporter.document.plot import Ranking, Shade, Span
from reporter.draw.canvas import Canvas
from reporter.draw.columns import MISSING
from reporter.draw.fills import draw_unstated
from reporter.draw.outlines import Rectangle
from reporter.draw.text_width import LABEL, TextStyle

BAR = 3.1
ROW_GAP = 1.9
# From so many bars on the rows stand closer, so that the chart stays lower than a page.
CROWDED, CLOSE_GAP = 16, 0.8
BESIDE = 1.3
SLIVER = 0.35
END = TextStyle(7.6, 600, "ink")


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One bar with the lines of its label and of its value.

    `top` and `height` are in mm.
    """

    bar: Span
    label: tuple[str, ...]
    end: tuple[str, ...]
    top: float
    height: float


def draw_ranking(canvas: Canvas, plot: Ranking) -> float:
    """Draw a row for each bar, its label at the left.

    Returns the height in mm.
    """
    if not plot.bars:
        return 1.0
    # The bars keep half of the canvas.
    left = min(max(canvas.measure(bar.label, LABEL) for bar in plot.bars) + 2.6, canvas.width * 0.5)
    rows = _rows(canvas, plot.bars, left)
    scale = _scale(canvas, rows, canvas.width - left)
    bottom = rows[-1].top + rows[-1].height + 0.4
    for row in rows:
        _draw_row(canvas, row, left, scale)
    _draw_bars(canvas, rows, left, scale)
    canvas.lines([((left, 0.0), (left, bottom))], "rule", 0.75)
    return bottom


def _rows(canvas: Canvas, bars: Sequence[Span], left: float) -> list[RankingRow]:
    rows: list[RankingRow] = []
    top, gap = 0.4, ROW_GAP if len(bars) <= CROWDED else CLOSE_GAP
    for bar in bars:
        label = canvas.wrap(bar.label, LABEL, left - 2.5)
        end = canvas.wrap(bar.text, END, (canvas.width - left) * 0.6)
        height = max(len(label) * LABEL.leading, len(end) * END.leading, BAR)
        rows.append(RankingRow(bar=bar, label=label, end=end, top=top, height=height))
        top += height + gap
    return rows


def _draw_row(canvas: Canvas, row: RankingRow, left: float, scale: float) -> None:
    middle = row.top + row.height / 2
    canvas.centred_paragraph(row.label, (0.0, middle), LABEL)
    style = END if row.bar.end is not None else MISSING
    canvas.centred_paragraph(row.end, (left + _length(row.bar, scale) + BESIDE, middle), style)


def _draw_bars(canvas: Canvas, rows: Sequence[RankingRow], left: float, scale: float) -> None:
    """Draw the bars, those of one colour as one path.

    Bars are pale only where others are emphasised.
    """
    some = any(row.bar.emphasised for row in rows)
    drawn: dict[str, list[Rectangle]] = {}
    for row in rows:
        colour: str = Shade.EARLIER if some and not row.bar.emphasised else Shade.NOW
        box = Rectangle(left, row.top + (row.height - BAR) / 2, _length(row.bar, scale), BAR)
        drawn.setdefault("" if row.bar.remainder else colour, []).append(box)
    draw_unstated(canvas, drawn.pop("", []))
    for colour, boxes in drawn.items():
        canvas.boxes(boxes, colour)


def _length(bar: Span, scale: float) -> float:
    """The length of a bar in mm.

    Zero gets a sliver, a missing value no bar.
    """
    return 0.0 if bar.end is None else max(float(bar.end) * scale, SLIVER)


def _scale(canvas: Canvas, rows: Sequence[RankingRow], room: float) -> float:
    """The length in mm of one unit.

    Every bar and the words after it fit into the room.
    """
    scales = [
        (room - BESIDE - max((canvas.measure(line, END) for line in row.end), default=0.0)) / float(row.bar.end)
        for row in rows
        if row.bar.end is not None and row.bar.end > 0
    ]
    return max(min(scales, default=0.0), 0.0)
