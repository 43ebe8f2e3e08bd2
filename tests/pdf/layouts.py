"""Profiles laid out, and the boxes on their pages."""

from dataclasses import dataclass
from pathlib import Path

from weasyprint import HTML  # type: ignore[import-untyped]
from weasyprint import Document as Pages

from reporter.document.document import Document
from reporter.edition.checked import load_checked
from reporter.edition.comparison_sides import context_of
from reporter.edition.job import Job
from reporter.edition.resources import templates_of, theme_of
from reporter.i18n import Locale
from reporter.pdf import to_pdf
from reporter.pdf.engine import Engine
from reporter.pdf.fetch import Fetcher
from reporter.pdf.manuscript import Manuscript
from reporter.produce.colophon import production_of
from reporter.produce.composed import documents_of
from reporter.produce.drawing import draw_all
from reporter.render import paper_drawings, to_html
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme
from tests import boxes
from tests.snapshots import snapshot, translated

# What stands on one page of its own, however much there is to say.
FIXED, GLANCE = ("cover", "imprint", "contents", "back"), "section-at_a_glance"


@dataclass(frozen=True, slots=True)
class Made:
    """An edition that is ready to be laid out."""

    document: Document
    theme: Theme
    locale: Locale
    templates: Templates

    def html(self) -> str:
        return to_html(self.document, self.theme, self.locale.text, self.templates)

    def images(self, cache: Path) -> dict[str, bytes]:
        return draw_all(paper_drawings(self.document), self.theme, cache)


def make(root: Path, country: str, year: int, language: str = "en", *, produced: bool = False) -> Made:
    """The edition of a workspace, with what is told of its production where it is `produced`."""
    sources, locale, job = snapshot(root), translated(language, root), Job(country, year, language)
    checked = load_checked(sources, country)
    known = context_of(checked.dataset, job, locale, None).vintage
    production = production_of("0" * 64, job, known, proven=True) if produced else None
    document = documents_of(checked, job, locale, production)[job.volume]
    return Made(document, theme_of(sources, checked.dataset.settings), locale, templates_of(sources))


def laid_out(made: Made, cache: Path) -> Pages:
    """Its pages, laid out as a whole from the HTML in the order of its pieces. Fails when the layout has anything to
    complain about, or when the pieces have other pages."""
    images = made.images(cache)
    pdf = to_pdf(made.html(), images, made.theme, made.templates)
    whole = as_one(pdf.html, Fetcher(images, made.theme, made.templates))
    assert pdf.pages == len(whole.pages)
    return whole


def as_one(html: str, fetcher: Fetcher) -> Pages:
    """A page laid out at once, with all that stands in the margins."""
    manuscript = Manuscript(html)
    return Engine(manuscript, fetcher).render(list(manuscript.body), whole=True)


def faults(pages: Pages, glance: int = 1) -> list[str]:
    """Everything wrong with pages; with extreme labels and figures, the map at a glance may go on to a second one."""
    fixed = [
        f"{part} stands on {boxes.pages_of(pages, part)} pages" for part in FIXED if boxes.pages_of(pages, part) != 1
    ]
    shown = boxes.pages_of(pages, GLANCE)
    fixed += [f"at a glance stands on {shown} pages"] if shown > glance else []
    last = [] if boxes.is_on(pages, "back", len(pages.pages)) else ["the back cover is not the last page"]
    return [
        *boxes.overflows(pages),
        *boxes.overlaps(pages),
        *boxes.orphans(pages),
        *boxes.nearly_empty(pages),
        *boxes.low_headings(pages),
        *boxes.unreadable(pages),
        *fixed,
        *last,
    ]


def pages(body: str, css: str = "") -> Pages:
    style = f"@page {{ size: 100mm 100mm; margin: 10mm }} body {{ margin: 0; font: 10pt/1.2 sans-serif }} {css}"
    return HTML(string=f"<style>{style}</style>{body}").render()
