"""Write HTML as a tagged PDF. The bytes are the same for the same input. If anything is wrong, an error lists it
instead."""

import gc
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from reporter.document.document import Attachment
from reporter.errors import LetterError, ReporterError
from reporter.files.checksum import checksum, checksum_of
from reporter.files.garbage import rarely_freeing, settle
from reporter.files.processes import Helpers
from reporter.files.writing import remove_oldest, write_whole
from reporter.pdf.joining import join
from reporter.pdf.layout import Compositor, LaysOut, Step, compose_pages
from reporter.pdf.manuscript import Manuscript, mass_of
from reporter.pdf.margins import told_of_margins
from reporter.pdf.page_problems import Move
from reporter.pdf.paper import require_paper
from reporter.pdf.piece import Assignment, FontOfPiece, OutlineEntry, PageOfPiece, PdfPiece
from reporter.pdf.problems import Problems, collecting
from reporter.pdf.tree import Annotation, Kid, MarkedContent, TagNode
from reporter.theme.templates import Templates
from reporter.theme.tokens import FontFace, Theme

ENDING = ".piece"
# Those of about thirty documents; none is larger than a few pages.
MOST_KEPT = 4000
# What is left out of a tag where it says nothing.
PLAIN = {each.name: each.default for each in fields(TagNode) if each.name not in ("role", "kids", "origin", "box")}


class KeptSteps:
    """The steps that were taken before. Each is found by the checksum of all that it depends on. They lie in a folder,
    else in memory. `design` is the checksum of what all of them depend on: program, theme, templates. A file that is
    not what was written there is no file."""

    def __init__(self, folder: Path | None = None, design: str = "") -> None:
        self.folder, self.design = folder, design
        self.known: dict[str, bytes] = {}

    def find(self, key: str) -> Step | None:
        """The step of a key; None where none is kept."""
        content = self._read(key)
        return from_bytes(content) if content else None

    def keep(self, key: str, step: Step) -> None:
        """Keep a step; not to keep it costs time, no report."""
        self._write(key, to_bytes(step))

    def content(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes of a key, made where none are kept."""
        found = self._read(key)
        if found is None:
            self._write(key, found := make())
        return found

    def _read(self, key: str) -> bytes | None:
        """What was kept; None where it is not what was written."""
        content = self.known.get(key, b"")
        if self.folder:
            with suppress(OSError):
                content = (self.folder / f"{key}{ENDING}").read_bytes()
        total, _, rest = content.partition(b"\n")
        return rest if checksum(rest).encode() == total else None

    def _write(self, key: str, content: bytes) -> None:
        content = checksum(content).encode() + b"\n" + content
        if self.folder is None:
            self.known[key] = content
        else:
            with suppress(ReporterError):
                write_whole(self.folder / f"{key}{ENDING}", content)

    def clear(self) -> None:
        if self.folder:
            with suppress(OSError, ReporterError):
                remove_oldest(self.folder, f"*{ENDING}", MOST_KEPT)


def to_bytes(step: Step) -> bytes:
    piece = step.piece
    said: dict[str, Any] = {"move": step.move, "late": step.late, "taken": step.taken}
    if piece:
        said["piece"] = {
            "tree": _plain(piece.tree),
            "pages": [asdict(each) for each in piece.pages],
            "fonts": [asdict(each) for each in piece.fonts],
            "targets": piece.targets,
        }
    head = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return head + b"\n" + (piece.content if piece else b"")


def from_bytes(content: bytes) -> Step | None:
    """Read a step; None where it is none."""
    head, _, pdf = content.partition(b"\n")
    try:
        said = json.loads(head)
        found = said.get("piece")
        piece = found and PdfPiece(
            content=pdf,
            tree=_node(found["tree"]),
            pages=tuple(_page(each) for each in found["pages"]),
            fonts=tuple(
                FontOfPiece(
                    **{
                        **each,
                        "glyphs": {int(number): (text, width) for number, (text, width) in each["glyphs"].items()},
                    }
                )
                for each in found["fonts"]
            ),
            targets=tuple(found["targets"]),
        )
        where = said["move"]
        move = where and Move(where[0], tuple(where[1]), where[2])
        return Step(move=move, late=tuple(said["late"]), taken=said["taken"], piece=piece)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _plain(node: TagNode) -> list[Any]:
    said = {name: getattr(node, name) for name, default in PLAIN.items() if getattr(node, name) != default}
    kids = [
        _plain(kid)
        if isinstance(kid, TagNode)
        else [kid.page, kid.number, *([kid.words] if hasattr(kid, "words") else [])]
        for kid in node.kids
    ]
    return [node.role, kids, said]


def _node(said: list[Any]) -> TagNode:
    role, kids, more = said
    for name in ("frame", "headers"):
        if name in more:
            more[name] = tuple(more[name])
    made: list[Kid] = []
    for kid in kids:
        if isinstance(kid[0], str):
            made.append(_node(kid))
        else:
            made.append(Annotation(*kid) if len(kid) > len(("page", "number")) else MarkedContent(*kid))
    return TagNode(role, tuple(made), **more)


def _page(said: Mapping[str, Any]) -> PageOfPiece:
    return PageOfPiece(
        kind=said["kind"],
        fullness=said["fullness"],
        anchors={name: (place[0], place[1]) for name, place in said["anchors"].items()},
        bookmarks=tuple(OutlineEntry(**each) for each in said["bookmarks"]),
        strings=tuple(Assignment(**each) for each in said["strings"]),
    )


class Typefaces:
    """The typefaces of a theme. Each is known by the checksum of its file. A file that holds many shapes of a letter is
    none. What was cut out of one before is `kept`."""

    def __init__(self, faces: Iterable[FontFace], kept: KeptSteps) -> None:
        self.faces, self.kept = faces, kept

    @cached_property
    def files(self) -> dict[str, bytes]:
        # What reads typefaces is loaded when one is to be read.
        from reporter.pdf.subsets import is_static

        files = (face.content or (face.path.read_bytes() if face.path else b"") for face in self.faces)
        return {checksum(file): file for file in files if is_static(file)}

    def __contains__(self, face: object) -> bool:
        return face in self.files

    def subset(self, face: str, glyphs: Sequence[int]) -> bytes:
        from reporter.pdf.subsets import cut

        key = checksum_of((self.kept.design, face, repr(glyphs)))
        return self.kept.content(key, lambda: cut(self.files[face], glyphs))


CHART = re.compile(r"chart:([\w-]+)")
# Where less is to be laid out, in pages, another process would begin when this one has ended.
WORTH_IT = 4


@dataclass(frozen=True, slots=True)
class Work:
    """The HTML of a document with all that it shows. `images` are the charts by name, `templates` the folders of its
    stylesheets, `kept` the pieces of it that were made before."""

    html: str
    images: Mapping[str, bytes]
    theme: Theme
    templates: Templates
    kept: KeptSteps = field(default_factory=KeptSteps)

    def compositor(self, problems: Problems) -> Compositor:
        """What fills the pages. It keeps every step until something is wrong."""
        manuscript = Manuscript(self.html)
        style = checksum_of((self.kept.design, *(each.text or "" for each in manuscript.styles)))
        pictures = {name: checksum(content) for name, content in self.images.items()}

        def key_of(told: str) -> str:
            charts = (pictures.get(name, "") for name in sorted(set(CHART.findall(told))))
            return checksum_of((style, "\n", told, "\n", *charts))

        def take(told: str, make: Callable[[], Step]) -> Step:
            key = key_of(told)
            found = self.kept.find(key)
            if found is None:
                found = make()
                if not problems.count and not (found.piece and found.piece.lost):
                    self.kept.keep(key, found)
                # The pages of one piece are gone before the next is laid out.
                gc.collect()
            return found

        def engine() -> LaysOut:
            faces = Typefaces(self.theme.fonts, self.kept)
            known = style if self.kept.design else ""
            require_paper()
            from reporter.pdf.engine import begin

            begun = begin(manuscript, self.images, self.theme, self.templates, faces, known, problems)
            settle()
            return begun

        return Compositor(manuscript, engine, take, lambda told: self.kept.find(key_of(told)) is not None)


class Sharing:
    """Shares the parts of a document with helpers, if there are any. What they cannot do is done here."""

    def __init__(self, work: Work, helpers: Helpers | None) -> None:
        self.work, self.helpers = work, helpers
        self.waiting: list[Future[Mapping[str, bytes]]] = []

    def begin(self, compositor: Compositor) -> Sequence[int]:
        """Let others begin; returns which parts are to be filled here first."""
        own, *others = _shares(compositor, 1 + (self.helpers.count if self.helpers else 0))
        if self.helpers:
            with suppress(BrokenProcessPool):
                self.waiting.extend(self.helpers.give(_fill, self.work, each) for each in others)
        return own

    def wait(self) -> None:
        for each in self.waiting:
            with suppress(BrokenProcessPool, ReporterError):
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


def write_pdf(work: Work, attachments: Sequence[Attachment] = (), helpers: Helpers | None = None) -> Pdf:
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
    told = told_of_margins(manuscript, pages)
    piece = compositor.kept(told, lambda: Step(piece=compositor.engine.draw_margins(pages))).piece
    if piece is None:
        raise ValueError("the margins are a piece")
    return piece


def _joined(
    work: Work, pieces: Sequence[PdfPiece], frame: PdfPiece, html: str, attachments: Sequence[Attachment]
) -> bytes:
    identifier = bytes.fromhex(checksum_of((html, *(piece.content for piece in pieces))))[:16]
    return join(pieces, frame, Typefaces(work.theme.fonts, work.kept).subset, attachments, identifier)


def _strange(fonts: Iterable[FontOfPiece], theme: Theme) -> set[str]:
    """Return the characters that no font of the theme has. For them the system put in a font of its own, another one on
    each machine."""
    families = {face.family for face in theme.fonts}
    strange = (font for font in fonts if font.family not in families)
    drawn = {letter for font in strange for text, _ in font.glyphs.values() for letter in text}
    # Every font has a space: one between two such words only goes along with them.
    return drawn - {" "} or drawn
