"""Write HTML as a tagged PDF, the same bytes for the same input; if anything is wrong, raise an error that lists it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import NamedTuple

from reporter.data.errors import LetterError
from reporter.data.files.processes import Pool, rarely_freeing
from reporter.data.files.sources import checksum_of
from reporter.data.theme.cover import Templates
from reporter.data.theme.tokens import Theme
from reporter.formats.pdf.pieces.join_pieces import join
from reporter.formats.pdf.pieces.layout import Compositor, Step, compose_pages
from reporter.formats.pdf.pieces.manuscript import FontOfPiece, PdfPiece
from reporter.formats.pdf.pieces.page_problems import collecting
from reporter.formats.pdf.pieces.work import Sharing, Typefaces, Work
from reporter.report.document.document import Attachment


class Pdf(NamedTuple):
    """A PDF file, its number of pages, and its HTML in page order."""

    content: bytes
    pages: int
    html: str


def to_pdf(
    html: str, images: Mapping[str, bytes], theme: Theme, templates: Templates, attachments: Sequence[Attachment] = ()
) -> Pdf:
    """Write a page as a PDF without cache; `images` are charts by name. Raises as `write_pdf`."""
    return write_pdf(Work(html, images, theme, templates), attachments)


def write_pdf(work: Work, attachments: Sequence[Attachment] = (), helpers: Pool | None = None) -> Pdf:
    """Write a page as PDF/A-3a and PDF/UA-1. Raises ReporterError with all complaints of the layout, or LetterError."""
    with rarely_freeing(), closing(Sharing(work, helpers)) as sharing:
        with collecting() as problems:
            compositor = work.compositor(problems)
            pieces = compose_pages(compositor, sharing.begin(compositor), sharing.wait)
            frame = _frame(compositor, pieces)
            problems.found += (
                f"the words {words!r} fell out of the layout" for piece in pieces for words in piece.lost
            )
            places = {name for piece in pieces for page in piece.pages for name in page.anchors}
            problems.found += (
                f"no place #{name} for a link that leads there"
                for name in sorted({name for piece in pieces for name in piece.targets} - places)
            )
        used = (font for piece in (*pieces, frame) for font in piece.fonts)
        if letters := problems.letters | _strange(used, work.theme):
            raise LetterError("".join(sorted(letters)))
        html = compositor.manuscript.html()
        content = _joined(work, pieces, frame, html, attachments)
        work.store.clear()
        return Pdf(content, sum(len(piece.pages) for piece in pieces), html)


def write_part(work: Work, place: str) -> bytes:
    """Write the part of a document with the element of id `place`, as on paper but numbered from 1, from cached pieces.
    Raises ReporterError for complaints of the layout, KeyError when there is no such element."""
    with rarely_freeing(), collecting() as problems:
        compositor = work.compositor(problems)
        for number, (part, _) in enumerate(compositor.parts):
            if any(element.get("id") == place for chapter in part for element in chapter.iter()):
                pieces = compositor.filled(number).pieces
                return _joined(work, pieces, _frame(compositor, pieces), compositor.manuscript.html(), ())
    raise KeyError(place)


def _frame(compositor: Compositor, pieces: Sequence[PdfPiece]) -> PdfPiece:
    pages, manuscript = [page for piece in pieces for page in piece.pages], compositor.manuscript
    key = "\n".join((manuscript.outside(), *(f"{page.kind} {page.strings}" for page in pages)))
    piece = compositor.kept(key, lambda: Step(piece=compositor.engine.draw_margins(pages))).piece
    if piece is None:
        raise ValueError("the margins are a piece")
    return piece


def _joined(
    work: Work, pieces: Sequence[PdfPiece], frame: PdfPiece, html: str, attachments: Sequence[Attachment]
) -> bytes:
    identifier = bytes.fromhex(checksum_of((html, *(piece.content for piece in pieces))))[:16]
    return join(pieces, frame, Typefaces(work.theme.fonts, work.store, work.design).subset, attachments, identifier)


def _strange(fonts: Iterable[FontOfPiece], theme: Theme) -> set[str]:
    """The characters in no font of the theme; the system would use a font of its own, different on each machine."""
    families = {face.family for face in theme.fonts}
    strange = (font for font in fonts if font.family not in families)
    drawn = {letter for font in strange for text, _ in font.glyphs.values() for letter in text}
    # Every font has a space; one between two such words merely uses the same font.
    return drawn - {" "} or drawn
