"""Write HTML as a tagged PDF.

The bytes are the same for the same input. If anything is wrong, an error lists it instead.
"""

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from reporter.document.document import Attachment
from reporter.errors import LetterError
from reporter.files.checksum import checksum, checksum_of
from reporter.pdf.fetch import Fetcher
from reporter.pdf.joining import join
from reporter.pdf.keeping import KeptSteps
from reporter.pdf.layout import Compositor, Step, compose_pages
from reporter.pdf.manuscript import Manuscript
from reporter.pdf.margins import margins_of
from reporter.pdf.piece import FontOfPiece, Piece, draw_piece, fonts_of, write_raw
from reporter.pdf.problems import Problems, collecting
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme

CHART = re.compile(r"chart:([\w-]+)")


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
    kept: KeptSteps | None = None,
) -> Pdf:
    """Write a page as PDF/A-3a and PDF/UA-1.

    `images` are the charts by name, `templates` the folders of its stylesheets, `kept` the pieces that were laid out
    before.

    Raises ReporterError that lists everything the layout had to complain about, or LetterError; then there is no PDF.
    """
    fetcher, kept = Fetcher(images, theme, templates), kept or KeptSteps()
    with _rarely_freeing():
        with collecting() as problems:
            manuscript = Manuscript(html, fetcher)
            style = checksum_of((kept.design, *(each.text or "" for each in manuscript.styles)))
            compositor = Compositor(manuscript, draw_piece, _Keeper(kept, style, images, problems).take)
            pieces = compose_pages(compositor)
            pages = [page for piece in pieces for page in piece.pages]
            margins = margins_of(manuscript, pages)
            frame = write_raw(margins), tuple(fonts_of(margins))
            problems.found += (f"the words {words!r} fell out of the layout" for words in compositor.lost)
            problems.found += (f"no place #{name} for a link that leads there" for name in _nowhere(pieces))
        used = (font for fonts in (*(piece.fonts for piece in pieces), frame[1]) for font in fonts)
        if letters := problems.letters | _strange(used, theme):
            raise LetterError("".join(sorted(letters)))
        return Pdf(join(pieces, frame, theme.fonts, attachments), len(pages), manuscript.html())


def _nowhere(pieces: Sequence[Piece]) -> list[str]:
    """The places that links lead to and that are nowhere."""
    places = {name for piece in pieces for page in piece.pages for name in page.anchors}
    return sorted({name for piece in pieces for name in piece.targets} - places)


class _Keeper:
    """Keeps steps by all that decides them, unless something is wrong with them."""

    def __init__(self, kept: KeptSteps, style: str, images: Mapping[str, bytes], problems: Problems) -> None:
        self.kept, self.style, self.problems = kept, style, problems
        self.images = {name: checksum(content) for name, content in images.items()}

    def take(self, told: str, make: Callable[[], Step]) -> Step:
        charts = (self.images.get(name, "") for name in sorted(set(CHART.findall(told))))
        key = checksum_of((self.style, "\n", told, "\n", *charts))
        found = self.kept.find(key)
        if found is None:
            before = self.problems.count
            found = make()
            if not found.lost and self.problems.count == before:
                self.kept.keep(key, found)
        return found


def _strange(fonts: Iterable[FontOfPiece], theme: Theme) -> set[str]:
    """Return the characters that no font of the theme has.

    For them the system put in a font of its own, another one on each machine.
    """
    families = {face.family for face in theme.fonts}
    strange = (font for font in fonts if font.family not in families)
    drawn = {letter for font in strange for text, _ in font.glyphs.values() for letter in text}
    # Every font has a space: one between two such words only goes along with them.
    return drawn - {" "} or drawn


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
