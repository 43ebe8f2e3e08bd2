"""Charts of what stands side by side."""

from reporter.charts.frame import Frame
from reporter.document import Figure


def slopes(frame: Frame) -> Figure | None:
    """The key figures from side to side, a panel each."""
    return None


def countries_compared(frame: Frame) -> Figure | None:
    """The countries named on each side, a map each."""
    return None
