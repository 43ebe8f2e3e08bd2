"""Write HTML as a tagged PDF. The bytes are the same for the same input. If anything is wrong, an error lists it
instead."""

import gc
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from reporter.data.errors import LetterError, ReporterError
from reporter.data.files.checksum import checksum, checksum_of
from reporter.data.files.gc_tuning import rarely_freeing, settle
from reporter.data.files.processes import Pool
from reporter.data.files.store import Store
from reporter.data.theme.addresses import Templates
from reporter.data.theme.tokens import FontFace, Theme
from reporter.formats.pdf.paper import require_paper
from reporter.formats.pdf.pieces.joining import join
from reporter.formats.pdf.pieces.kept_steps import from_bytes, to_bytes
from reporter.formats.pdf.pieces.layout import Compositor, Step, compose_pages
from reporter.formats.pdf.pieces.manuscript import Manuscript, margins_key, mass_of
from reporter.formats.pdf.pieces.piece import FontOfPiece, PdfPiece
from reporter.formats.pdf.problems import Problems, collecting
from reporter.report.document.document import Attachment


class Typefaces:
    """The typefaces of a theme. Each is known by the checksum of its file. A file that holds many shapes of a letter is
    none. What was cut out of one before is `kept`."""

    def __init__(self, faces: Iterable[FontFace], kept: Store, design: str) -> None:
        self.faces, self.kept, self.design = faces, kept, design

    @cached_property
    def files(self) -> dict[str, bytes]:
        # What reads typefaces is loaded when one is to be read.
        from reporter.formats.pdf.subsets import is_static

        files = (face.content or (face.path.read_bytes() if face.path else b"") for face in self.faces)
        return {checksum(file): file for file in files if is_static(file)}

    def __contains__(self, face: object) -> bool:
        return face in self.files

    def subset(self, face: str, glyphs: Sequence[int]) -> bytes:
        from reporter.formats.pdf.subsets import cut

        key = checksum_of((self.design, face, repr(glyphs)))
        return self.kept.recall(key, lambda: cut(self.files[face], glyphs))


CHART = re.compile(r"chart:([\w-]+)")
# Where less is to be laid out, in pages, another process would begin when this one has ended.
WORTH_IT = 4


@dataclass(frozen=True, slots=True)
class Work:
    """The HTML of a document with all that it shows. `images` are the charts by name, `templates` the folders of its
    stylesheets, `kept` the steps of it that were taken before, and `design` the checksum of what all of them depend on:
    program, theme, templates."""

    html: str
    images: Mapping[str, bytes]
    theme: Theme
    templates: Templates
    kept: Store = field(default_factory=Store)
    design: str = ""

    def compositor(self, problems: Problems) -> Compositor:
        """What fills the pages. It keeps every step until something is wrong."""
        manuscript = Manuscript(self.html)
        style = checksum_of((self.design, *(each.text or "" for each in manuscript.styles)))
        pictures = {name: checksum(content) for name, content in self.images.items()}

        def key_of(told: str) -> str:
            charts = (pictures.get(name, "") for name in sorted(set(CHART.findall(told))))
            return checksum_of((style, "\n", told, "\n", *charts))

        def take(told: str, make: Callable[[], Step]) -> Step:
            key = key_of(told)
            content = self.kept.find(key)
            found = content and from_bytes(content)
            if not found:
                found = make()
                if not problems.count and not (found.piece and found.piece.lost):
                    self.kept.keep(key, to_bytes(found))
                # The pages of one piece are gone before the next is laid out.
                gc.collect()
            return found

        def engine() -> object:
            faces = Typefaces(self.theme.fonts, self.kept, self.design)
            require_paper()
            from reporter.formats.pdf.engine import Engine, Fetcher

            begun = Engine(manuscript, Fetcher(self.images, self.theme, self.templates), faces)
            settle()
            return begun

        return Compositor(manuscript, engine, take, lambda told: self.kept.find(key_of(told)) is not None)


class Sharing:
    """Shares the parts of a document with helpers, if there are any. What they cannot do is done here."""

    def __init__(self, work: Work, helpers: Pool | None) -> None:
        self.work, self.helpers = work, helpers
        self.waiting: list[Future[Mapping[str, bytes]]] = []

    def begin(self, compositor: Compositor) -> Sequence[int]:
        """Let others begin; returns which parts are to be filled here first."""
        own, *others = _shares(compositor, 1 + (self.helpers.count if self.helpers else 0))
        if self.helpers:
            self.waiting = [self.helpers.submit(_fill, self.work, each) for each in others]
        return own

    def wait(self) -> None:
        for each in self.waiting:
            with suppress(ReporterError):
                self.work.kept.known.update(each.result())

    def close(self) -> None:
        for each in self.waiting:
            each.cancel()


def _shares(compositor: Compositor, processes: int) -> list[list[int]]:
    """Which parts each process fills. The first has most to do, for it runs already."""
    if processes == 1:
        return [[]]
    due = {n: mass_of(part) for n, (part, _) in enumerate(compositor.parts) if not compositor.begun(n)}
    shares: list[list[int]] = [[] for _ in range(processes)]
    if sum(due.values()) >= WORTH_IT:
        for number in sorted(due, key=lambda n: -due[n]):
            min(shares, key=lambda share: sum(due[n] for n in share)).append(number)
    shares.sort(key=lambda share: -sum(due[n] for n in share))
    return [shares[0], *(share for share in shares[1:] if share)]


def _fill(work: Work, numbers: Sequence[int]) -> Mapping[str, bytes]:
    """Fill some parts, in another process; returns what it kept in memory."""
    with rarely_freeing(), collecting() as problems:
        compositor = work.compositor(problems)
        for number in numbers:
            compositor.filled(number)
    return work.kept.known


class Pdf(NamedTuple):
    """A PDF file and how many pages it has. `html` is what it says, in the order of the pages."""

    content: bytes
    pages: int
    html: str


def to_pdf(
    html: str, images: Mapping[str, bytes], theme: Theme, templates: Templates, attachments: Sequence[Attachment] = ()
) -> Pdf:
    """Write a page as a PDF, of which nothing is kept. `images` are the charts by name, `templates` the folders of its
    stylesheets. Raises as `write_pdf` does."""
    return write_pdf(Work(html, images, theme, templates), attachments)


def write_pdf(work: Work, attachments: Sequence[Attachment] = (), helpers: Pool | None = None) -> Pdf:
    """Write a page as PDF/A-3a and PDF/UA-1. Helpers lay out some of it; the bytes are the same. Raises ReporterError
    that lists everything the layout had to complain about, or LetterError; then there is no PDF."""
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
        work.kept.clear()
        return Pdf(content, sum(len(piece.pages) for piece in pieces), html)


def write_part(work: Work, place: str) -> bytes:
    """Write the part of a document that holds an element. `place` is the id of that. The part is as on paper, numbered
    from 1, from the pieces that are kept. Raises ReporterError when the layout has anything to complain about, KeyError
    when there is no such element."""
    with rarely_freeing(), collecting() as problems:
        compositor = work.compositor(problems)
        for number, (part, _) in enumerate(compositor.parts):
            if any(each.get("id") == place for chapter in part for each in chapter.iter()):
                pieces = compositor.filled(number).pieces
                return _joined(work, pieces, _frame(compositor, pieces), compositor.manuscript.html(), ())
    raise KeyError(place)


def _frame(compositor: Compositor, pieces: Sequence[PdfPiece]) -> PdfPiece:
    pages, manuscript = [page for piece in pieces for page in piece.pages], compositor.manuscript
    told = margins_key(manuscript, pages)
    piece = compositor.kept(told, lambda: Step(piece=compositor.engine.draw_margins(pages))).piece
    if piece is None:
        raise ValueError("the margins are a piece")
    return piece


def _joined(
    work: Work, pieces: Sequence[PdfPiece], frame: PdfPiece, html: str, attachments: Sequence[Attachment]
) -> bytes:
    identifier = bytes.fromhex(checksum_of((html, *(piece.content for piece in pieces))))[:16]
    return join(pieces, frame, Typefaces(work.theme.fonts, work.kept, work.design).subset, attachments, identifier)


def _strange(fonts: Iterable[FontOfPiece], theme: Theme) -> set[str]:
    """Return the characters that no font of the theme has. For them the system put in a font of its own, another one on
    each machine."""
    families = {face.family for face in theme.fonts}
    strange = (font for font in fonts if font.family not in families)
    drawn = {letter for font in strange for text, _ in font.glyphs.values() for letter in text}
    # Every font has a space: one between two such words only goes along with them.
    return drawn - {" "} or drawn
