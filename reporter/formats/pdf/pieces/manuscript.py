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
        return tuple(page.fullness for page in self.pages)


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
    other_names = [name for name in classes(element) if name not in (*names, *without)]
    element.set("class", " ".join((*other_names, *names)))


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
        markup = "".join(tostring(part, encoding="unicode", method="html") for part in self.parts)
        return f"{self.in_main} {self.goes_on} {self.ends} {markup}"


class Manuscript:
    """The HTML of a document as a tree, parsed once for many layouts."""

    def __init__(self, html: str) -> None:
        self.tree = tinyhtml5.parse(html, namespace_html_elements=False)
        self.head, self.body = self.tree.find("head"), self.tree.find("body")
        if "".join([self.body.text or "", *(child.tail or "" for child in self.body)]).strip():
            inner = Element("div")
            inner.text, inner[:] = (self.body.text, self.body[:])
            self.body.text, self.body[:] = (None, [inner])
        self.main = self.body.find("main")
        # Styles apply to each window; everything else in the head applies to the whole document.
        self.styles = [element for element in self.head if element.tag in ("style", "link")]
        for style in self.styles:
            self.head.remove(style)
        for chapter in self.main if self.main is not None else ():
            if any(WIDEST in classes(element) for element in chapter.iter()):
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
        units, window_mass, end = list(units_of(part)), 0.0, start
        if mass_of([unit.element for unit in units[start:]]) <= mass + LITTLE:
            mass = inf
        while end < len(units) and (window_mass < mass or end == start):
            window_mass += mass_of((units[end].element,))
            end += 1
        own = tuple(units[start:end])
        return Window(
            units=own, parts=_cut(own, units[:start]), in_main=in_main, goes_on=bool(start), ends=end == len(units)
        )

    @contextmanager
    def holding(self, content: Sequence[Any], *, whole: bool) -> Iterator[None]:
        """Replace the content of the body within the block, with the head of the document if it is `whole`."""
        head, body = self.head[:], self.body[:]
        self.body[:] = content
        if not whole:
            self.head[:] = [element for element in head if element.tag == "title"]
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
            for style in self.styles:
                self.head.remove(style)

    def html(self) -> str:
        with self.styled():
            return tostring(self.tree, encoding="unicode", method="html")

    def outside(self) -> str:
        with self.holding((), whole=True):
            return self.html()


def units_of(part: Sequence[Any]) -> Iterator[PageUnit]:
    """Yield the elements from margin to margin of some chapters; anything else is one unit."""
    for element in part:
        if CHAPTER in classes(element):
            yield from _inside(element, (element,))
        else:
            yield PageUnit(element)


def _inside(section: Any, above: tuple[Any, ...]) -> Iterator[PageUnit]:
    for child in section:
        if child.tag == "section":
            yield from _inside(child, (*above, child))
        else:
            yield PageUnit(child, above)


def _runs(elements: Any) -> Iterator[list[Any]]:
    run: list[Any] = []
    for element in elements:
        if run and FOLLOWS not in classes(element):
            yield run
            run = []
        run.append(element)
    if run:
        yield run


def _cut(units: Sequence[PageUnit], before: Sequence[PageUnit]) -> tuple[Any, ...]:
    earlier_ids = {id(element) for unit in before for element in unit.above}
    copies: dict[int, Any] = {}
    parts: list[Any] = []
    for unit in units:
        into = parts
        for ancestor in unit.above:
            if id(ancestor) not in copies:
                copies[id(ancestor)] = copy = Element(ancestor.tag, dict(ancestor.attrib))
                if id(ancestor) in earlier_ids:
                    set_class(copy, GOES_ON)
                into.append(copy)
            into = copies[id(ancestor)]
        # Blanks after an element do not matter between the units of a page.
        into.append(unit.element)
    return tuple(parts)


# The approximate share of a page: letters of text, rows of a table, a picture.
LETTERS, ROWS, PICTURE = 4000, 50, 0.3
# Less is not worth a window of its own.
LITTLE = 0.5


def mass_of(elements: Sequence[Any]) -> float:
    mass = 0.0
    for element in elements:
        rows, pictures = (sum(1 for _ in element.iter(tag)) for tag in ("tr", "img"))
        letters = 0 if rows else sum(map(len, element.itertext()))
        mass += letters / LETTERS + rows / ROWS + pictures * PICTURE
    return mass


# The pages themselves have their backgrounds already.
EMPTY = "@page { background: none !important }\nbody, body * { background: none !important }\n"


def css_of_margins(pages: Sequence[PageOfPiece]) -> str:
    kinds = sorted({page.kind for page in pages} - {""})
    return EMPTY + "".join(f"@page {kind} {{ background: none !important }}\n" for kind in kinds)


def empty_page(page: PageOfPiece) -> Element:
    element = Element("div", {"style": f"page: {page.kind or 'auto'}; break-before: page"})
    SubElement(element, "div", _setting([string for string in page.strings if string.begins]))
    for assignment in page.strings:
        if not assignment.begins:
            SubElement(element, "div", _setting([assignment]))
    return element


def _setting(strings: Sequence[Assignment]) -> dict[str, str]:
    values = {f"data-string-{n}": string.value for n, string in enumerate(strings)}
    sets = ", ".join(f"{string.name} attr(data-string-{n})" for n, string in enumerate(strings)) or "none"
    return {"style": f"string-set: {sets}", **values}
