"""Cut the HTML of a document into windows.

Each is laid out alone. Its stylesheets are read and its typefaces loaded once for all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any
from xml.etree.ElementTree import Element, tostring

from weasyprint import CSS, HTML, Document  # type: ignore[import-untyped]
from weasyprint.css import find_stylesheets  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

from reporter.pdf.broken_lines import BrokenLines
from reporter.pdf.fetch import Fetcher

# WeasyPrint writes one standard or the other; the repair adds PDF/UA-1 to this one.
VARIANT = "pdf/a-3a"
OPENS, FOLLOWS, CHAPTER, HEADINGS = "opens", "follows", "chapter", ("h1", "h2", "h3")
# What a stylesheet calls a chapter of which some page lies across; a window may not hold the table that makes it so.
WIDEST, ACROSS = "widest", "across"
BOXES = [f"{side}-{place}" for side in ("top", "bottom") for place in ("left-corner", "left", "center", "right")]
BOXES += ["top-right-corner", "bottom-right-corner"]
BOXES += [f"{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")]
# A window begins on its second page, as what goes on behind a page does. What stands in the margins is added later.
BEGIN = "reporter-begins"
BARE = f"""
@page {{ {" ".join(f"@{box} {{ content: none !important }}" for box in BOXES)} }}
.{BEGIN} {{ break-after: page; height: 1px }}
"""
# At the head of a page on which something goes on, margins, borders and padding are not repeated.
GOES_ON = "reporter-goes-on"
CUT = f"""
* {{ margin-break: discard !important }}
.{GOES_ON} {{ border-top: none !important; margin-top: 0 !important; padding-top: 0 !important }}
"""


def classes(element: Any) -> list[str]:
    """The classes of an element."""
    return str(element.get("class", "")).split()


def set_class(element: Any, *names: str, without: Sequence[str] = ()) -> None:
    """Give an element classes, and take some from it."""
    kept = [each for each in classes(element) if each not in (*names, *without)]
    element.set("class", " ".join((*kept, *names)))


@dataclass(frozen=True, slots=True)
class PageUnit:
    """What stands from margin to margin in a chapter.

    `above` are the elements around it, the chapter first. A window begins and ends with one.
    """

    element: Any
    above: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Units that follow each other, laid out alone.

    `parts` are elements as in the document with only these units, `goes_on` is whether something stands before them in
    their part, `ends` whether nothing follows.
    """

    units: tuple[PageUnit, ...]
    parts: tuple[Any, ...]
    in_main: bool
    goes_on: bool
    ends: bool

    @property
    def html(self) -> str:
        """All that its layout depends on, besides stylesheets and pictures."""
        told = "".join(tostring(each, encoding="unicode", method="html") for each in self.parts)
        return f"{self.in_main} {self.goes_on} {self.ends} {told}"


class Manuscript:
    """The HTML of a document, read once for many layouts."""

    def __init__(self, html: str, fetcher: Fetcher) -> None:
        self.page = HTML(string=html, url_fetcher=fetcher)
        self.fetcher = fetcher
        self.fonts, self.lines = FontConfiguration(), BrokenLines()
        self.head, self.body = self.page.etree_element.find("head"), self.page.etree_element.find("body")
        _hold_words(self.body)
        self.main = self.body.find("main")
        # Style is read; all else in the head is told of the whole document.
        self.styles = [each for each in self.head if each.tag in ("style", "link")]
        for each in self.styles:
            self.head.remove(each)
        for chapter in self.main if self.main is not None else ():
            if any(WIDEST in classes(each) for each in chapter.iter()):
                set_class(chapter, ACROSS)

    @cached_property
    def sheets(self) -> list[CSS]:
        """The stylesheets that the page names.

        They are read where a window is laid out. What cannot be read of them is logged.
        """
        page = self.page
        self.head.extend(self.styles)
        found = find_stylesheets(
            page.wrapper_element, page.media_type, self.fetcher, page.base_url, self.fonts, None, None, None, None
        )
        sheets = list(found)
        for each in self.styles:
            self.head.remove(each)
        return sheets

    @cached_property
    def bare(self) -> CSS:
        """The stylesheet of windows."""
        return self.sheet(BARE)

    @cached_property
    def cut(self) -> CSS:
        """The stylesheet of windows that go on."""
        return self.sheet(CUT)

    def sheet(self, css: str) -> CSS:
        """Read a stylesheet of our own."""
        return CSS(string=css, url_fetcher=self.fetcher, font_config=self.fonts)

    def parts(self) -> Iterator[tuple[list[Any], bool]]:
        """Yield the parts of the document, which begin pages.

        Each is some elements, and whether they are in the main part.
        """
        if self.main is None:
            yield list(self.body), False
            return
        children = list(self.body)
        place = children.index(self.main)
        for elements, in_main in ((children[:place], False), (self.main, True), (children[place + 1 :], False)):
            yield from ((run, in_main) for run in _runs(elements))

    def window(self, part: Sequence[Any], start: int, mass: float, *, in_main: bool) -> Window:
        """The next units of a part that have some mass.

        With a little more that is all of the rest, it is that.
        """
        units, taken, seen = list(units_of(part)), 0.0, start
        if mass_of([each.element for each in units[start:]]) <= mass + LITTLE:
            mass = inf
        while seen < len(units) and (taken < mass or seen == start):
            taken += mass_of((units[seen].element,))
            seen += 1
        own = tuple(units[start:seen])
        return Window(
            units=own,
            parts=_cut(own, units[:start]),
            in_main=in_main,
            goes_on=bool(start),
            ends=seen == len(units),
        )

    def lay_out(self, window: Window, css: str = "") -> Document:
        """Lay out a window behind an empty page.

        That one stands for what is before it.
        """
        more = [self.bare, *([self.cut] if window.goes_on else ()), *([self.sheet(css)] if css else ())]
        content: Sequence[Any] = window.parts
        if window.in_main:
            main = Element("main", dict(self.main.attrib))
            main.extend(content)
            content = (main,)
        return self.render((Element("div", {"class": BEGIN}), *content), more)

    def render(self, content: Sequence[Any], more: Sequence[CSS] = (), *, whole: bool = False) -> Document:
        """Lay out other content of the body.

        It has the head of the document if it is `whole`.
        """
        head, body = self.head[:], self.body[:]
        self.body[:] = content
        if not whole:
            self.head[:] = [each for each in head if each.tag == "title"]
        try:
            with self.lines.remembered():
                return self.page.render(font_config=self.fonts, stylesheets=[*self.sheets, *more], pdf_variant=VARIANT)
        finally:
            self.head[:], self.body[:] = head, body

    def html(self) -> str:
        """The document as it is now, with its styles."""
        self.head.extend(self.styles)
        try:
            return tostring(self.page.etree_element, encoding="unicode", method="html")
        finally:
            for each in self.styles:
                self.head.remove(each)

    def outside(self) -> str:
        """The document with nothing in it."""
        body = self.body[:]
        self.body[:] = []
        try:
            return self.html()
        finally:
            self.body[:] = body


def _hold_words(body: Any) -> None:
    """Put words that stand in the body into an element.

    Windows hold nothing else.
    """
    if "".join([body.text or "", *(each.tail or "" for each in body)]).strip():
        inner = Element("div")
        inner.text, inner[:] = body.text, body[:]
        body.text, body[:] = None, [inner]


def units_of(part: Sequence[Any]) -> Iterator[PageUnit]:
    """Yield what stands from margin to margin in some chapters.

    What is no chapter is one unit.
    """
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
    """Yield elements of which only the first begins a page."""
    run: list[Any] = []
    for each in elements:
        if run and FOLLOWS not in classes(each):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _cut(units: Sequence[PageUnit], before: Sequence[PageUnit]) -> tuple[Any, ...]:
    """Copies of the elements around units, which hold nothing but them."""
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
        # Blanks behind an element are none between the units of a page.
        into.append(unit.element)
    return tuple(found)


# How much of a page something takes, roughly: letters of text, rows of a table, a picture.
LETTERS, ROWS, PICTURE = 4000, 50, 0.3
# So little is not worth a window of its own.
LITTLE = 0.5


def mass_of(elements: Sequence[Any]) -> float:
    """How many pages some elements take, roughly."""
    return sum(map(_mass, elements))


def _mass(element: Any) -> float:
    rows = sum(1 for _ in element.iter("tr"))
    pictures = sum(1 for _ in element.iter("img"))
    letters = 0 if rows else sum(map(len, element.itertext()))
    return letters / LETTERS + rows / ROWS + pictures * PICTURE
