"""Investigations opened and conducted, year by year: two panels on one scale, both count cases."""

from reporter.charts.frame import Frame, Words, columns, over_years
from reporter.document import Figure
from reporter.plot import Panels

INDICATORS = ("investigations.opened", "investigations.conducted")


def investigations(frame: Frame) -> Figure | None:
    """Pre-trial investigations opened and conducted since the series began."""
    words = Words(
        frame.text("Investigations opened and conducted, {span}", span=frame.span),
        frame.text("Number of pre-trial investigations; same scale; (:) not available"),
        frame.text("Two column charts by year."),
    )
    known = frame.known(INDICATORS)
    series = [(frame.label(code), frame.vintage.series(code)) for code in known]
    return over_years(frame, "investigations", words, Panels(tuple(columns(frame, code) for code in known)), series)
