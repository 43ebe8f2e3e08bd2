"""Say which drawings a document needs, and how wide.

On a screen a chart is drawn twice, wide and narrow, and the page shows the one for which there is room.
"""

from dataclasses import replace

from reporter.document.document import Document, Figure
from reporter.document.drawing_job import DrawingJob
from reporter.document.plot import Drawing, Ledger, YearStrip
from reporter.render.arrange import BROAD, FULL, STRIP, bands, chart_width

# In mm: a chart on a screen where there is room, and on a phone. The sheet figure.css knows both.
WIDE, NARROW = 160.0, 68.0
# What the name of the narrow drawing ends in.
ENDING = "-narrow"


def chart_widths(document: Document) -> dict[str, float]:
    """Return the width in mm at which each chart must be drawn.

    It is the width that the chart has on its page, by the code of its figure.
    """
    found = {name: chart_width(plot) for name, plot in document.plots().items()}
    broad = (band for section in document.walk() for band in bands(section.blocks) if band.shape == "aside")
    beside = (block for band in broad for block in band.blocks if isinstance(block, Figure))
    return found | {figure.code: BROAD for figure in beside}


def paper_drawings(document: Document) -> tuple[DrawingJob, ...]:
    """The drawings of a document on paper."""
    widths = chart_widths(document)
    return tuple(DrawingJob(name, plot, widths[name]) for name, plot in document.plots().items())


def screen_drawings(document: Document) -> tuple[DrawingJob, ...]:
    """The drawings of a document on screens.

    All tell of their marks. A chart across the page has a narrow one too, as have the years of a key figure, which then
    stand alone.
    """
    labels = {
        name: figure.plot.labels
        for figure in document.figures()
        if isinstance(figure.plot, Ledger)
        for name, _ in figure.drawings()
    }
    widths, made = chart_widths(document), list[DrawingJob]()
    for name, on_paper in document.plots().items():
        plot = _with_labels(on_paper, labels.get(name, ()))
        made.append(DrawingJob(name, plot, min(widths[name], WIDE), titled=True))
        if has_narrow(plot):
            made.append(DrawingJob(f"{name}{ENDING}", plot, NARROW, titled=True))
    return tuple(made)


def has_narrow(plot: Drawing) -> bool:
    """Whether a page has a chart a second time, for phones."""
    return chart_width(plot) in (FULL, STRIP)


def _with_labels(plot: Drawing, labels: tuple[str, ...]) -> Drawing:
    return replace(plot, labels=labels) if isinstance(plot, YearStrip) else plot
