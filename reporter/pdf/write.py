"""HTML to PDF: tagged, with the same bytes for the same input, or a list of what is wrong."""

import gc
import hashlib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from weasyprint import Document  # type: ignore[import-untyped]

from reporter.document import Attachment
from reporter.pdf.fetch import Fetcher
from reporter.pdf.layout import VARIANT, lay_out, lost
from reporter.pdf.origin import recording
from reporter.pdf.problems import collecting
from reporter.pdf.repair import repair
from reporter.theme import Theme


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
        document = lay_out(html, fetcher)
        with recording() as sources, warnings.catch_warnings():
            # WeasyPrint 70 leaves it to Python to close the file of the colour profile.
            warnings.simplefilter("ignore", ResourceWarning)
            content = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=_identifier(html, images))
        problems.found += (f"the footnote {name!r} fell out of the layout" for name in lost(html, document))
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
