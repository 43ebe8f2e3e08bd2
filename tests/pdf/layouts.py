"""Profiles laid out, and the boxes on their pages."""

from dataclasses import dataclass
from pathlib import Path

from weasyprint import Document as Pages  # type: ignore[import-untyped]

from reporter.data.i18n import Locale
from reporter.data.theme.cover import Templates
from reporter.data.theme.tokens import Theme
from reporter.editions.checked import load_checked
from reporter.editions.job import Job
from reporter.editions.making.composed import documents_of, production_of
from reporter.editions.making.document_files import draw_all
from reporter.editions.resources import templates_of, theme_of
from reporter.editions.state import context_of
from reporter.formats.html import paper_drawings, to_html
from reporter.formats.pdf.pieces.engine import Engine, Fetcher
from reporter.formats.pdf.pieces.manuscript import Manuscript
from reporter.report.document.document import Document
from tests.snapshots import snapshot, translated


@dataclass(frozen=True, slots=True)
class Made:
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


def as_one(html: str, fetcher: Fetcher) -> Pages:
    """A page laid out at once, with all that stands in the margins."""
    manuscript = Manuscript(html)
    return Engine(manuscript, fetcher).render(list(manuscript.body), whole=True)
