"""Whether a chart shows more than a sentence could say."""

from collections.abc import Iterable

from reporter.charts.series import LEAST
from reporter.document.plot import Columns, Matrix, Panels, Plot, Ranges, Ranking, Rows, Spans


def has_enough(plot: Plot) -> bool:
    """Return whether a plot of values has at least three of them.

    Maps and unit charts, and what sets two sides beside each other, are no plots of values.
    """
    count = _count(plot)
    return count is None or count >= LEAST


def _count(plot: Plot) -> int | None:
    match plot:
        case Columns():
            return _values([plot])
        case Panels():
            return _values(plot.panels)
        case Rows():
            return _values(plot.rows)
        case Ranges():
            # The columns stand in a chart of their own, too.
            return sum(each.start is not None or each.end is not None for each in plot.ranges)
        case Ranking():
            return sum(each.end is not None for each in plot.bars)
        case Spans():
            return sum((each.start is not None) + (each.end is not None) for each in plot.spans)
        case Matrix():
            return len(plot.dots)
        case _:
            return None


def _values(series: Iterable[Columns]) -> int:
    return sum(bar.value is not None for columns in series for bar in columns.bars)
