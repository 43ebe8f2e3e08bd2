"""Write HTML as a tagged PDF.

The bytes are the same for the same input. If anything is wrong, an error lists it instead.
"""

import gc
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from weasyprint import Document  # type: ignore[import-untyped]

from reporter.document.document import Attachment
from reporter.errors import LetterError
from reporter.files.checksum import checksum_of
from reporter.pdf.fetch import Fetcher
from reporter.pdf.layout import VARIANT, lay_out
from reporter.pdf.origin import recording
from reporter.pdf.problems import collecting
from reporter.pdf.repair import repair
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme


class Pdf(NamedTuple):
    """A PDF file and how many pages it has.

    `html` is what it says, in the order of the pages.
    """

    content: bytes
    pages: int
    html: str


def to_pdf(
    html: str,
    images: Mapping[str, bytes],
    theme: Theme,
    templates: Templates,
    attachments: Sequence[Attachment] = (),
) -> Pdf:
    """Write a page as PDF/A-3a and PDF/UA-1.

    `images` are the charts by name, `templates` the folders of its stylesheets.

    Raises ReporterError that lists everything the layout had to complain about, or LetterError; then there is no PDF.
    """
    fetcher = Fetcher(images, theme, templates)
    pieces = (name.encode() + b"\0" + content for name, content in sorted(images.items()))
    identifier = bytes.fromhex(checksum_of((html, *pieces)))[:16]
    with _rarely_freeing():
        with collecting() as problems:
            document, lost, laid_out = lay_out(html, fetcher)
            with recording() as sources, warnings.catch_warnings():
                # WeasyPrint 70 leaves it to Python to close the file of the colour profile.
                warnings.simplefilter("ignore", ResourceWarning)
                # The repair reads what is written here, and compresses it once when it writes the file.
                content = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, uncompressed_pdf=True)
            problems.found += (f"the words {words!r} fell out of the layout" for words in lost)
        if letters := problems.letters | _strange(document, theme):
            raise LetterError("".join(sorted(letters)))
        return Pdf(repair(content, sources, attachments), len(document.pages), laid_out)


@contextmanager
def _rarely_freeing() -> Iterator[None]:
    """Look for garbage rarely.

    Layout and repair make millions of objects that live to their end; looking for garbage there takes an eighth of the
    time of the layout.
    """
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _strange(document: Document, theme: Theme) -> set[str]:
    """Return the characters that no font of the theme has.

    For them the system put in a font of its own, another one on each machine.
    """
    families = {face.family for face in theme.fonts}
    strange = (font for font in document.fonts.values() if font.family not in families)
    drawn = {letter for font in strange for text in font.to_unicode.values() for letter in text}
    # Every font has a space: one between two such words only goes along with them.
    return drawn - {" "} or drawn
