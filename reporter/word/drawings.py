"""Which drawings a Word file needs, and how wide they are."""

from reporter.document.document import Document, Dumbbells, Figure
from reporter.document.plot import Drawing, DrawingJob, Ledger, NamedLands, Squares

# Widths in mm: a chart, one of three small ones, the years of a key figure, the change of one.
WHOLE, SMALL, STRIP, DUMBBELL = 160.0, 76.0, 84.0, 54.0
# Pixels to an inch, enough for paper.
DOTS = 220


def word_drawings(document: Document) -> tuple[DrawingJob, ...]:
    widths = {name: STRIP for figure in document.figures() if isinstance(figure.plot, Ledger) for name in names(figure)}
    tables = [each for each in document.tables() if isinstance(each, Dumbbells)]
    widths |= {name: DUMBBELL for each in tables for name, _, _ in each.drawings}
    return tuple(
        DrawingJob(name, plot, widths.get(name, drawn_width(plot)), dots=DOTS)
        for name, plot in document.plots().items()
    )


def names(figure: Figure) -> tuple[str, ...]:
    return tuple(name for name, _ in figure.drawings())


def drawn_width(plot: Drawing) -> float:
    """How wide a chart of its own is, in mm."""
    return SMALL if isinstance(plot, (NamedLands, Squares)) else WHOLE
