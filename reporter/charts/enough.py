"""Whether a chart shows more than a sentence could say."""

from collections.abc import Iterable

from reporter.charts.series import LEAST
from reporter.document.plot import Columns, Panels, Plot, Ranges, Rows


def has_enough(plot: Plot) -> bool:
    """Return whether a chart of values has at least three. Of fewer a sentence or the table of all figures says as
    much. Maps, plans and unit charts are no such charts."""
    match plot:
        case Panels():
            return _values(plot.panels) >= LEAST
        case Rows():
            return _values(plot.rows) >= LEAST
        case Ranges():
            # The columns stand in a chart of their own, too.
            return sum(each.start is not None or each.end is not None for each in plot.ranges) >= LEAST
        case _:
            return True


def _values(series: Iterable[Columns]) -> int:
    return sum(bar.value is not None for columns in series for bar in columns.bars)
