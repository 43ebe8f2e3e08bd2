"""Cut the HTML of a document into windows, each laid out alone, and the pieces made of them: PDFs of some pages with
all that is needed to join them. Margins are not part of a piece, which knows no page numbers."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import pikepdf
import tinyhtml5  # type: ignore[import-untyped]

from reporter.formats.pdf.tags import TagNode


@dataclass(frozen=True, slots=True)
class Assignment:
    """A string that a page sets for its margins (CSS GCPM 3, 1.1); `begins` if the page's first element sets it."""

    name: str
    value: str
    begins: bool


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the outline; it leads to a position in points from the bottom left."""

    level: int
    label: str
    left: float
    top: float
    closed: bool


@dataclass(frozen=True, slots=True)
class PageOfPiece:
    """What a document must know of a page: `kind` in the stylesheet, `fullness` from 0 to 1, anchors in points."""

    kind: str
    fullness: float
    anchors: Mapping[str, tuple[float, float]]
    bookmarks: tuple[OutlineEntry, ...]
    strings: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class FontOfPiece:
    """The glyphs of a typeface in a piece: `key` is its name in the PDF, `face` the checksum of the file with its
    outlines (empty if the piece has them), `weight` of 1000; `glyphs` maps numbers to letters and width."""

    key: str
    face: str
    family: str
    weight: int
    style: str
    glyphs: Mapping[int, tuple[str, float]]


@dataclass(frozen=True, slots=True)
class PdfPiece:
    """Pages as a PDF without tags, and their tags; `targets` are destinations of links, `lost` is text not printed."""

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


OPENS, FOLLOWS, CHAPTER, HEADINGS = "opens", "follows", "chapter", ("h1", "h2", "h3")
# The stylesheet's name of a chapter with some landscape page; a window may lack the table that makes it so.
WIDEST, ACROSS = "widest", "across"
# The container of a continuation at the top of a page.
GOES_ON = "reporter-goes-on"


def classes(element: Any) -> list[str]:
    return str(element.get("class", "")).split()


def set_class(element: Any, *names: str, without: Sequence[str] = ()) -> None:
    kept = [each for each in classes(element) if each not in (*names, *without)]
    element.set("class", " ".join((*kept, *names)))


@dataclass(frozen=True, slots=True)
class PageUnit:
    """An element from margin to margin, and those around it, chapter first. Windows start and end with one."""

    element: Any
    above: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive units laid out alone. `parts` are copies of the document's elements with only these units, `goes_on`
    whether something precedes them in their part, `ends` whether nothing follows."""

    units: tuple[PageUnit, ...]
    parts: tuple[Any, ...]
    in_main: bool
    goes_on: bool
    ends: bool

    @property
    def html(self) -> str:
        told = "".join(tostring(each, encoding="unicode", method="html") for each in self.parts)
        return f"{self.in_main} {self.goes_on} {self.ends} {told}"


class Manuscript:
    """The HTML of a document as a tree, parsed once for many layouts."""

    def __init__(self, html: str) -> None:
        self.tree = tinyhtml5.parse(html, namespace_html_elements=False)
        self.head, self.body = self.tree.find("head"), self.tree.find("body")
        if "".join([self.body.text or "", *(each.tail or "" for each in self.body)]).strip():
            inner = Element("div")
            inner.text, inner[:] = (self.body.text, self.body[:])
            self.body.text, self.body[:] = (None, [inner])
        self.main = self.body.find("main")
        # Styles apply to each window; everything else in the head applies to the whole document.
        self.styles = [each for each in self.head if each.tag in ("style", "link")]
        for each in self.styles:
            self.head.remove(each)
        for chapter in self.main if self.main is not None else ():
            if any(WIDEST in classes(each) for each in chapter.iter()):
                set_class(chapter, ACROSS)

    def parts(self) -> Iterator[tuple[list[Any], bool]]:
        """Yield the parts, which start new pages: their elements, and whether they are in the main part."""
        if self.main is None:
            yield list(self.body), False
            return
        children = list(self.body)
        place = children.index(self.main)
        for elements, in_main in ((children[:place], False), (self.main, True), (children[place + 1 :], False)):
            yield from ((run, in_main) for run in _runs(elements))

    def window(self, part: Sequence[Any], start: int, mass: float, *, in_main: bool) -> Window:
        """The next units of a part with about this mass; a small remainder is included."""
        units, taken, seen = list(units_of(part)), 0.0, start
        if mass_of([each.element for each in units[start:]]) <= mass + LITTLE:
            mass = inf
        while seen < len(units) and (taken < mass or seen == start):
            taken += mass_of((units[seen].element,))
            seen += 1
        own = tuple(units[start:seen])
        return Window(
            units=own, parts=_cut(own, units[:start]), in_main=in_main, goes_on=bool(start), ends=seen == len(units)
        )

    @contextmanager
    def holding(self, content: Sequence[Any], *, whole: bool) -> Iterator[None]:
        """Replace the content of the body within the block, with the head of the document if it is `whole`."""
        head, body = self.head[:], self.body[:]
        self.body[:] = content
        if not whole:
            self.head[:] = [each for each in head if each.tag == "title"]
        try:
            yield
        finally:
            self.head[:], self.body[:] = head, body

    @contextmanager
    def styled(self) -> Iterator[None]:
        self.head.extend(self.styles)
        try:
            yield
        finally:
            for each in self.styles:
                self.head.remove(each)

    def html(self) -> str:
        with self.styled():
            return tostring(self.tree, encoding="unicode", method="html")

    def outside(self) -> str:
        with self.holding((), whole=True):
            return self.html()


def units_of(part: Sequence[Any]) -> Iterator[PageUnit]:
    """Yield the elements from margin to margin of some chapters; anything else is one unit."""
    for each in part:
        if CHAPTER in classes(each):
            yield from _inside(each, (each,))
        else:
            yield PageUnit(each)


def _inside(section: Any, above: tuple[Any, ...]) -> Iterator[PageUnit]:
    for each in section:
        if each.tag == "section":
            yield from _inside(each, (*above, each))
        else:
            yield PageUnit(each, above)


def _runs(elements: Any) -> Iterator[list[Any]]:
    run: list[Any] = []
    for each in elements:
        if run and FOLLOWS not in classes(each):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _cut(units: Sequence[PageUnit], before: Sequence[PageUnit]) -> tuple[Any, ...]:
    begun = {id(each) for unit in before for each in unit.above}
    copies: dict[int, Any] = {}
    found: list[Any] = []
    for unit in units:
        into = found
        for each in unit.above:
            if id(each) not in copies:
                copies[id(each)] = made = Element(each.tag, dict(each.attrib))
                if id(each) in begun:
                    set_class(made, GOES_ON)
                into.append(made)
            into = copies[id(each)]
        # Blanks after an element do not matter between the units of a page.
        into.append(unit.element)
    return tuple(found)


# The approximate share of a page: letters of text, rows of a table, a picture.
LETTERS, ROWS, PICTURE = 4000, 50, 0.3
# Less is not worth a window of its own.
LITTLE = 0.5


def mass_of(elements: Sequence[Any]) -> float:
    mass = 0.0
    for each in elements:
        rows, pictures = (sum(1 for _ in each.iter(tag)) for tag in ("tr", "img"))
        letters = 0 if rows else sum(map(len, each.itertext()))
        mass += letters / LETTERS + rows / ROWS + pictures * PICTURE
    return mass


# The pages themselves have their backgrounds already.
EMPTY = "@page { background: none !important }\nbody, body * { background: none !important }\n"


def margins_key(manuscript: Manuscript, pages: Sequence[PageOfPiece]) -> str:
    return "\n".join((manuscript.outside(), *(f"{each.kind} {each.strings}" for each in pages)))


def css_of_margins(pages: Sequence[PageOfPiece]) -> str:
    kinds = sorted({each.kind for each in pages} - {""})
    return EMPTY + "".join(f"@page {kind} {{ background: none !important }}\n" for kind in kinds)


def empty_page(page: PageOfPiece) -> Element:
    made = Element("div", {"style": f"page: {page.kind or 'auto'}; break-before: page"})
    SubElement(made, "div", _setting([each for each in page.strings if each.begins]))
    for each in page.strings:
        if not each.begins:
            SubElement(made, "div", _setting([each]))
    return made


def _setting(strings: Sequence[Assignment]) -> dict[str, str]:
    values = {f"data-string-{n}": each.value for n, each in enumerate(strings)}
    sets = ", ".join(f"{each.name} attr(data-string-{n})" for n, each in enumerate(strings)) or "none"
    return {"style": f"string-set: {sets}", **values}
