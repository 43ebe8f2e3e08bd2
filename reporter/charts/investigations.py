"""Chart of the investigations opened and conducted, year by year."""

from reporter.charts.series import ChartWords, side_by_side
from reporter.context import Context
from reporter.document.document import Figure

INDICATORS = ("investigations.opened", "investigations.conducted")


def investigations(context: Context) -> Figure | None:
    """Pre-trial investigations opened and conducted, in two panels.

    Both count cases and share a scale.
    """
    words = ChartWords(
        context.text("Investigations opened and conducted, {span}", span=context.span),
        context.text("Number of pre-trial investigations; same scale; (:) not available"),
        headline=context.headline(INDICATORS[0]),
    )
    return side_by_side(context, "investigations", words, INDICATORS)
