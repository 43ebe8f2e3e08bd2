"""The work of laying out a document: HTML and images, the steps cached as bytes, and the processes that share it."""

import gc
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

from reporter.data.errors import ReporterError
from reporter.data.files.processes import Pool, rarely_freeing, settle
from reporter.data.files.sources import checksum, checksum_of
from reporter.data.files.store import Store
from reporter.data.theme.cover import Templates
from reporter.data.theme.tokens import FontFace, Theme
from reporter.formats.pdf.paper import require_paper
from reporter.formats.pdf.pieces.layout import Compositor, Step
from reporter.formats.pdf.pieces.manuscript import (
    Assignment,
    FontOfPiece,
    Manuscript,
    OutlineEntry,
    PageOfPiece,
    PdfPiece,
    mass_of,
)
from reporter.formats.pdf.pieces.page_problems import Move, Problems, collecting
from reporter.formats.pdf.tags import Annotation, MarkedContent, TagNode

RECORDS = (Step, Move, PdfPiece, PageOfPiece, Assignment, OutlineEntry, FontOfPiece, TagNode, MarkedContent, Annotation)
KINDS: Mapping[str, Callable[..., Any]] = {record.__name__: record for record in RECORDS}


def to_bytes(step: Step) -> bytes:
    bare = replace(step, piece=replace(step.piece, content=b"")) if step.piece else step
    head = json.dumps(_plain(bare), ensure_ascii=False, separators=(",", ":")).encode()
    return head + b"\n" + (step.piece.content if step.piece else b"")


def from_bytes(content: bytes) -> Step | None:
    head, _, pdf = content.partition(b"\n")
    try:
        step: Step = _record_of(json.loads(head))
        return replace(step, piece=replace(step.piece, content=pdf)) if step.piece else step
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _plain(value: object) -> object:
    """A record as its name and its non-default fields; a mapping as its pairs."""
    if is_dataclass(value):
        field_values = ((entry.name, getattr(value, entry.name)) for entry in fields(value) if entry.name != "content")
        usual = {record_field.name: record_field.default for record_field in fields(value)}
        return [type(value).__name__, {name: _plain(item) for name, item in field_values if item != usual[name]}]
    if isinstance(value, Mapping):
        return ["", [[key, _plain(item)] for key, item in value.items()]]
    return [None, *map(_plain, value)] if isinstance(value, tuple) else value


def _record_of(content: Any) -> Any:
    if not isinstance(content, list):
        return content
    kind, *values = content
    if kind is None:
        return tuple(map(_record_of, values))
    if not kind:
        return {key: _record_of(value) for key, value in values[0]}
    value_by_name = {name: _record_of(value) for name, value in values[0].items()}
    return KINDS[kind](**value_by_name, **({"content": b""} if kind == PdfPiece.__name__ else {}))


class Typefaces:
    """The static typefaces of a theme by checksum of the file; glyphs cut out are kept in a `store`."""

    def __init__(self, faces: Iterable[FontFace], store: Store, design: str) -> None:
        self.faces, self.kept, self.design = faces, store, design

    @cached_property
    def files(self) -> dict[str, bytes]:
        # The library that reads typefaces is loaded only when needed.
        from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

        files = (face.content or (face.path.read_bytes() if face.path else b"") for face in self.faces)
        return {checksum(file): file for file in files if "fvar" not in TTFont(io.BytesIO(file), lazy=True)}

    def __contains__(self, face: object) -> bool:
        return face in self.files

    def subset(self, face: str, glyphs: Sequence[int]) -> bytes:
        key = checksum_of((self.design, face, repr(glyphs)))
        return self.kept.recall(key, lambda: _cut(self.files[face], glyphs))


def _cut(file: bytes, glyphs: Iterable[int]) -> bytes:
    """A typeface with some glyphs only."""
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont

    options = subset.Options(retain_gids=True, passthrough_tables=True, hinting=False, desubroutinize=True)
    options.drop_tables += ["BASE", "DSIG", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG "]
    font = TTFont(io.BytesIO(file), recalcTimestamp=False, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(gids=list(glyphs))
    subsetter.subset(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


CHART = re.compile(r"chart:([\w-]+)")
# With fewer pages to lay out, another process would start when this one is done.
WORTH_IT = 4


@dataclass(frozen=True, slots=True)
class Work:
    """The HTML of a document with its charts by name and the folders of its stylesheets. `store` has its cached steps;
    `design` is the checksum of what all of them depend on: program, theme, templates."""

    html: str
    images: Mapping[str, bytes]
    theme: Theme
    templates: Templates
    store: Store = field(default_factory=Store)
    design: str = ""

    def compositor(self, problems: Problems) -> Compositor:
        """Returns what fills the pages; it caches every step until something is wrong."""
        manuscript = Manuscript(self.html)
        style = checksum_of((self.design, *(element.text or "" for element in manuscript.styles)))
        pictures = {name: checksum(content) for name, content in self.images.items()}

        def key_of(markup: str) -> str:
            charts = (pictures.get(name, "") for name in sorted(set(CHART.findall(markup))))
            return checksum_of((style, "\n", markup, "\n", *charts))

        def take(markup: str, make: Callable[[], Step]) -> Step:
            key = key_of(markup)
            content = self.store.find(key)
            step = content and from_bytes(content)
            if not step:
                step = make()
                if not problems.count and not (step.piece and step.piece.lost):
                    self.store.keep(key, to_bytes(step))
                # The pages of one piece are freed before the next is laid out.
                gc.collect()
            return step

        def engine() -> object:
            faces = Typefaces(self.theme.fonts, self.store, self.design)
            require_paper()
            from reporter.formats.pdf.pieces.engine import Engine, Fetcher

            layout_engine = Engine(manuscript, Fetcher(self.images, self.theme, self.templates), faces)
            settle()
            return layout_engine

        return Compositor(manuscript, engine, take, lambda markup: self.store.find(key_of(markup)) is not None)


class Sharing:
    """Shares the parts of a document with helper processes, if any; what they cannot do is done here."""

    def __init__(self, work: Work, helpers: Pool | None) -> None:
        self.work, self.helpers = work, helpers
        self.waiting: list[Future[Mapping[str, bytes]]] = []

    def begin(self, compositor: Compositor) -> Sequence[int]:
        """Start the helpers; return which parts to fill here first."""
        own, *others = _shares(compositor, 1 + (self.helpers.count if self.helpers else 0))
        if self.helpers:
            self.waiting = [self.helpers.submit(_fill, self.work, share) for share in others]
        return own

    def wait(self) -> None:
        for future in self.waiting:
            with suppress(ReporterError):
                self.work.store.known.update(future.result())

    def close(self) -> None:
        for future in self.waiting:
            future.cancel()


def _shares(compositor: Compositor, processes: int) -> list[list[int]]:
    """Which parts each process fills; the first gets most, because it is running already."""
    if processes == 1:
        return [[]]
    due = {n: mass_of(part) for n, (part, _) in enumerate(compositor.parts) if not compositor.has_first_step(n)}
    shares: list[list[int]] = [[] for _ in range(processes)]
    if sum(due.values()) >= WORTH_IT:
        for number in sorted(due, key=lambda n: -due[n]):
            min(shares, key=lambda share: sum(due[n] for n in share)).append(number)
    shares.sort(key=lambda share: -sum(due[n] for n in share))
    return [shares[0], *(share for share in shares[1:] if share)]


def _fill(work: Work, numbers: Sequence[int]) -> Mapping[str, bytes]:
    """Fill some parts in another process; return what it cached in memory."""
    with rarely_freeing(), collecting() as problems:
        compositor = work.compositor(problems)
        for number in numbers:
            compositor.filled(number)
    return work.store.known
