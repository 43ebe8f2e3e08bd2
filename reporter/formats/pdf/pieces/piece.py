"""Some pages of a document, as a piece of it. It is a PDF of its own with all that is needed to join it to others. What
stands in the margins is no part of it, for no piece knows its page numbers."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

from reporter.formats.pdf.tree import TagNode


@dataclass(frozen=True, slots=True)
class Assignment:
    """A string that a page sets for its margins. It is as in CSS GCPM 3, 1.1. `begins` is true where the first element
    on the page sets it."""

    name: str
    value: str
    begins: bool


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the outline. It leads to a place in points from the bottom left."""

    level: int
    label: str
    left: float
    top: float
    closed: bool


@dataclass(frozen=True, slots=True)
class PageOfPiece:
    """What the whole document must know of a page. `kind` is the name of the page in the stylesheet, `fullness` how far
    it is filled, from 0 to 1. Anchors are places in points from the bottom left."""

    kind: str
    fullness: float
    anchors: Mapping[str, tuple[float, float]]
    bookmarks: tuple[OutlineEntry, ...]
    strings: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class FontOfPiece:
    """The glyphs of a typeface that a piece uses. `key` is its name in the PDF, `face` the checksum of the file that
    has its outlines, empty where the piece has them. `weight` is of 1000, `glyphs` have by number the letters and the
    width."""

    key: str
    face: str
    family: str
    weight: int
    style: str
    glyphs: Mapping[int, tuple[str, float]]


@dataclass(frozen=True, slots=True)
class PdfPiece:
    """Pages as a PDF without tags, and their tags. `targets` are the names of the places that its links lead to, `lost`
    is the text that fell out of it."""

    content: bytes
    tree: TagNode
    pages: tuple[PageOfPiece, ...]
    fonts: tuple[FontOfPiece, ...]
    targets: tuple[str, ...]
    lost: tuple[str, ...] = ()

    @property
    def fullness(self) -> tuple[float, ...]:
        return tuple(each.fullness for each in self.pages)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a file, the same for the same objects."""
    target, compact = io.BytesIO(), pikepdf.ObjectStreamMode.generate
    pdf.save(target, deterministic_id=True, object_stream_mode=compact, fix_metadata_version=False)
    return target.getvalue()
