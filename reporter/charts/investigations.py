"""Investigations opened and conducted, year by year: two panels on one scale, both count cases."""

from reporter.charts.series import ChartWords, side_by_side
from reporter.context import Context
from reporter.document.document import Figure

INDICATORS = ("investigations.opened", "investigations.conducted")


def investigations(context: Context) -> Figure | None:
    """Pre-trial investigations opened and conducted since the series began."""
    words = ChartWords(
        context.text("Investigations opened and conducted, {span}", span=context.span),
        context.text("Number of pre-trial investigations; same scale; (:) not available"),
        headline=context.headline(INDICATORS[0]),
    )
    return side_by_side(context, "investigations", words, INDICATORS)
