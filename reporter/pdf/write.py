"""HTML to PDF: tagged, with the same bytes for the same input, or a list of what is wrong."""

import gc
import hashlib
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from weasyprint import CSS, HTML, Document  # type: ignore[import-untyped]

from reporter.document import Attachment
from reporter.pdf.fetch import Fetcher
from reporter.pdf.origin import recording
from reporter.pdf.problems import collecting
from reporter.pdf.repair import repair
from reporter.theme import Theme

# WeasyPrint writes one standard or the other; the repair adds PDF/UA-1 to this one.
VARIANT = "pdf/a-3a"
NOTE = re.compile(r'<span class="note" id="([^"]+)"')
# WeasyPrint 70 now and then loses a footnote that it had moved to the next page. Lines that break elsewhere
# move other footnotes, so the pages are laid out anew until every one is there.
ORPHANS = (0, 1, 3, 4)


class Pdf(NamedTuple):
    """A PDF file and how many pages it has."""

    content: bytes
    pages: int


def to_pdf(
    html: str,
    images: Mapping[str, bytes],
    theme: Theme,
    templates: tuple[Path, ...],
    attachments: Sequence[Attachment] = (),
) -> Pdf:
    """The page as PDF/A-3a and PDF/UA-1; `images` are the charts by name, `templates` the folders of its stylesheets.

    Raises ReporterError that lists everything the layout had to complain about; then there is no PDF.
    """
    fetcher = Fetcher(images, theme, templates)
    with _rarely_freeing(), collecting() as problems:
        document = _lay_out(html, fetcher)
        with recording() as sources, warnings.catch_warnings():
            # WeasyPrint 70 leaves it to Python to close the file of the colour profile.
            warnings.simplefilter("ignore", ResourceWarning)
            content = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=_identifier(html, images))
        problems.found += _lost(html, document)
        problems.found += _strange(document, theme)
    return Pdf(repair(content, sources, attachments), len(document.pages))


@contextmanager
def _rarely_freeing() -> Iterator[None]:
    """Layout makes millions of objects that live to its end; looking for garbage there takes an eighth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _lay_out(html: str, fetcher: Fetcher) -> Document:
    page = HTML(string=html, url_fetcher=fetcher)
    for number in ORPHANS:
        rule = f"p {{ orphans: {number} !important; widows: {number} !important }}" if number else ""
        document = page.render(stylesheets=[CSS(string=rule)], pdf_variant=VARIANT)
        if not any(_lost(html, document)):
            break
    return document


def _lost(html: str, document: Document) -> Iterator[str]:
    """Footnotes that are in the text and on no page."""
    printed = {anchor for page in document.pages for anchor in page.anchors}
    return (f"the footnote {name!r} fell out of the layout" for name in NOTE.findall(html) if name not in printed)


def _strange(document: Document, theme: Theme) -> Iterator[str]:
    """Characters that no font of the theme has: the system put in a font of its own, another one on each machine."""
    families = {face.family for face in theme.fonts}
    for font in document.fonts.values():
        if font.family not in families:
            drawn = "".join(sorted({letter for text in font.to_unicode.values() for letter in text}))
            codes = " ".join(f"U+{ord(letter):04X}" for letter in drawn)
            yield f"no font of the theme has {drawn!r} ({codes}); {font.family!r} of this machine stood in"


def _identifier(html: str, images: Mapping[str, bytes]) -> bytes:
    total = hashlib.sha256(html.encode())
    for name, content in sorted(images.items()):
        total.update(name.encode() + b"\0" + content)
    return total.digest()[:16]
