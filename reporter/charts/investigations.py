"""Investigations opened and conducted, year by year: two panels on one scale, both count cases."""

from reporter.charts.frame import Frame, Words, side_by_side
from reporter.document import Figure

INDICATORS = ("investigations.opened", "investigations.conducted")


def investigations(frame: Frame) -> Figure | None:
    """Pre-trial investigations opened and conducted since the series began."""
    words = Words(
        frame.text("Investigations opened and conducted, {span}", span=frame.span),
        frame.text("Number of pre-trial investigations; same scale; (:) not available"),
        headline=frame.headline(INDICATORS[0]),
    )
    return side_by_side(frame, "investigations", words, INDICATORS)
