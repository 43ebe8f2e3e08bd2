"""Lay out HTML as pages, as often as they need it.

Every footnote must be there, and no page may have only a few lines on it.
"""

import re
from collections.abc import Iterator

from weasyprint import Document  # type: ignore[import-untyped]

from reporter.pdf.fetch import Fetcher
from reporter.pdf.manuscript import Manuscript
from reporter.pdf.memory import Memory
from reporter.pdf.page_filling import PageFiller
from reporter.pdf.page_fullness import chapter_pages

NOTE = re.compile(r'<span class="note" id="([^"]+)"')
# WeasyPrint 70 now and then loses a footnote that it had moved to the next page. Lines that break elsewhere
# move other footnotes.
ORPHANS = (0, 1, 3, 4)
# Two passes mend the pages; each way of breaking lines may take another.
MOST_TRIES = 7


def lay_out(html: str, fetcher: Fetcher, memory: Memory | None = None) -> Document:
    """Lay out the pages and improve them.

    After the last try they are left as they are. What was found out about chapters is kept in `memory`.
    """
    manuscript, orphans = Manuscript(html, fetcher), iter(ORPHANS)
    breaking, filler = next(orphans), PageFiller(manuscript, memory or Memory())
    for _ in range(MOST_TRIES):
        document = manuscript.lay_out(breaking, filler.rules())
        if any(lost_footnotes(html, document)):
            breaking = next(orphans, breaking)
        elif not filler.improve(chapter_pages(document), breaking):
            break
    return document


def lost_footnotes(html: str, document: Document) -> Iterator[str]:
    """Yield the footnotes that are in the text and on no page."""
    printed = {anchor for page in document.pages for anchor in page.anchors}
    return (name for name in NOTE.findall(html) if name not in printed)
