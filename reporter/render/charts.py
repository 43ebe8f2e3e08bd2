"""Say which drawings a document needs, and how wide. On a screen a chart is drawn twice, wide and narrow, and the page
shows the one for which there is room."""

from dataclasses import replace

from reporter.document.document import Document, Figure
from reporter.document.drawing_job import DrawingJob
from reporter.document.plot import Columns, Drawing, Ledger, Panels, Plot, Rows, YearStrip
from reporter.render.arrange import BROAD, FULL, STRIP, bands, chart_width

# In mm: a chart on a phone. The sheet figure.css knows it, and how wide one across the page is.
NARROW = 68.0
# What the name of the narrow drawing ends in.
ENDING = "-narrow"
# A phone has room for so many bars; of more, each series keeps so many years.
MOST_BARS, YEARS = 36, 6


def chart_widths(document: Document) -> dict[str, float]:
    """Return the width in mm at which each chart must be drawn. It is the width that the chart has on its page, by the
    code of its figure."""
    found = {name: chart_width(plot) for name, plot in document.plots().items()}
    broad = (band for section in document.walk() for band in bands(section.blocks) if band.shape == "aside")
    beside = (block for band in broad for block in band.blocks if isinstance(block, Figure))
    return found | {figure.code: BROAD for figure in beside}


def paper_drawings(document: Document) -> tuple[DrawingJob, ...]:
    widths = chart_widths(document)
    return tuple(DrawingJob(name, plot, widths[name]) for name, plot in document.plots().items())


def screen_drawings(document: Document) -> tuple[DrawingJob, ...]:
    """The drawings of a document on screens. All tell of their marks, and where there is room they are as wide as on
    paper: so both say the same in the same order. A chart across the page has a narrow one too, as have the years of a
    key figure, which then stand alone."""
    labels = {
        name: figure.plot.labels
        for figure in document.figures()
        if isinstance(figure.plot, Ledger)
        for name, _ in figure.drawings()
    }
    widths, made = chart_widths(document), list[DrawingJob]()
    for name, on_paper in document.plots().items():
        plot = replace(on_paper, labels=labels.get(name, ())) if isinstance(on_paper, YearStrip) else on_paper
        made.append(DrawingJob(name, plot, widths[name], titled=True))
        if has_narrow(plot):
            made.append(DrawingJob(f"{name}{ENDING}", narrowed(plot), NARROW, titled=True))
    return tuple(made)


def has_narrow(plot: Drawing) -> bool:
    """Whether a page has a chart a second time, for phones."""
    return chart_width(plot) in (FULL, STRIP)


def narrowed(plot: Drawing) -> Drawing:
    """What a phone shows of a chart. All of it, or of many series over many years the latest years."""
    if not leaves_out(plot):
        return plot
    if isinstance(plot, Panels):
        return replace(plot, panels=tuple(map(_latest, plot.panels)))
    return replace(plot, rows=tuple(map(_latest, plot.rows))) if isinstance(plot, Rows) else plot


def leaves_out(plot: Drawing | Plot) -> bool:
    """Whether a phone shows only the latest years of a chart. The page then says where the earlier ones stand."""
    series = plot.panels if isinstance(plot, Panels) else plot.rows if isinstance(plot, Rows) else ()
    longest = max((len(each.labels) for each in series), default=0)
    years = all(label.isdecimal() for each in series for label in each.labels)
    return years and longest > YEARS and len(series) * longest > MOST_BARS


def _latest(series: Columns) -> Columns:
    """The latest years of a series, without a break before them."""
    first, *later = series.bars[-YEARS:]
    return replace(series, labels=series.labels[-YEARS:], bars=(replace(first, broken=False), *later))
