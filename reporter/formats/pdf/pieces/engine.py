"""Lay out windows with WeasyPrint and draw their pages as a piece. Importing it needs Pango; stylesheets load once."""

import io
import warnings
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import pikepdf
from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from pikepdf import Name
from weasyprint import CSS, HTML, Document  # type: ignore[import-untyped]
from weasyprint.css import find_stylesheets  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from reporter.data.theme.cover import Addresses, Templates
from reporter.data.theme.line_ends import JOINER
from reporter.data.theme.tokens import Theme
from reporter.formats.pdf.hooks import BrokenLines, recording, unfilled
from reporter.formats.pdf.pieces.manuscript import (
    GOES_ON,
    Assignment,
    FontOfPiece,
    Manuscript,
    OutlineEntry,
    PageOfPiece,
    PdfPiece,
    Window,
    css_of_margins,
    empty_page,
    saved,
)
from reporter.formats.pdf.tags import (
    POINTS,
    Annotation,
    TagNode,
    content_of,
    map_tags,
    mark_artifacts,
    merge,
    name_roles,
    place_notes,
    read_tree,
    relate_cells,
)

# WeasyPrint writes one standard or the other; PDF/UA-1 is added to this one.
VARIANT = "pdf/a-3a"


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Loads what is at the addresses of one document. Raises ValueError, which WeasyPrint logs, for any other."""

    def __init__(self, images: Mapping[str, bytes], theme: Theme, templates: Templates) -> None:
        super().__init__(allowed_protocols=())
        self.addresses = Addresses(images, theme, templates)

    def fetch(self, url: str) -> URLFetcherResponse:
        content, media_type = self.addresses.load(url)
        return URLFetcherResponse(url, content, {"Content-Type": media_type})


BOXES = [f"{side}-{place}" for side in ("top", "bottom") for place in ("left-corner", "left", "center", "right")]
BOXES += ["top-right-corner", "bottom-right-corner"]
BOXES += [f"{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")]
# A window starts on its second page, as a continuation does. Margins are added later.
BEGIN = "reporter-begins"
BARE = f"""
@page {{ {" ".join(f"@{box} {{ content: none !important }}" for box in BOXES)} }}
.{BEGIN} {{ break-after: page; height: 1px }}
"""
# At the top of a continuation page, margins, borders and padding are not repeated.
CUT = f"""
* {{ margin-break: discard !important }}
.{GOES_ON} {{ border-top: none !important; margin-top: 0 !important; padding-top: 0 !important }}
"""


class Engine:
    """Lays out and draws a manuscript; outlines of the typefaces `faces` (checksums) are added on joining."""

    def __init__(self, manuscript: Manuscript, fetcher: Fetcher, faces: Container[str] = ()) -> None:
        self.manuscript, self.fetcher, self.faces = manuscript, fetcher, faces
        self.page = page = HTML(string="", url_fetcher=fetcher)
        page.wrapper_element = ElementWrapper.from_html_root(manuscript.tree, content_language=None)
        page.etree_element = manuscript.tree
        self.lines, self.fonts = BrokenLines(), FontConfiguration()
        with manuscript.styled():
            # Unreadable stylesheets that the page names are logged.
            page_of_sheets = page.wrapper_element, page.media_type, fetcher, page.base_url, self.fonts
            self.sheets = list(find_stylesheets(*page_of_sheets, None, None, None, None))

    @cached_property
    def bare(self) -> CSS:
        return self.sheet(BARE)

    @cached_property
    def cut(self) -> CSS:
        return self.sheet(CUT)

    def sheet(self, css: str) -> CSS:
        return CSS(string=css, url_fetcher=self.fetcher, font_config=self.fonts)

    def lay_out(self, window: Window, css: str = "") -> Document:
        """Lay out a window after an empty page, which represents what precedes it."""
        more = [self.bare, *([self.cut] if window.goes_on else ()), *([self.sheet(css)] if css else ())]
        content: Sequence[Any] = window.parts
        if window.in_main:
            main = Element("main", dict(self.manuscript.main.attrib))
            main.extend(content)
            content = (main,)
        return self.render((Element("div", {"class": BEGIN}), *content), more)

    def render(self, content: Sequence[Any], more: Sequence[CSS] = (), *, whole: bool = False) -> Document:
        """Lay out other content of the body, with the head of the document if it is `whole`."""
        # While lines are cached, no other thread lays out.
        with self.manuscript.holding(content, whole=whole), self.lines.remembered():
            return self.page.render(font_config=self.fonts, stylesheets=[*self.sheets, *more], pdf_variant=VARIANT)

    def draw(self, document: Document, fullness: Sequence[float]) -> PdfPiece:
        return draw_piece(document, fullness, self.faces)

    def draw_margins(self, pages: Sequence[PageOfPiece]) -> PdfPiece:
        """Lay out and draw the margins of pages, with the head of the document."""
        document = self.render([empty_page(page) for page in pages], [self.sheet(css_of_margins(pages))], whole=True)
        drawn = write_raw(document, self.faces)
        return PdfPiece(content=drawn, tree=TagNode("Document"), pages=(), fonts=tuple(fonts_of(document)), targets=())


IDENTIFIER = b"piece of a file."
# The one element that continues across parts, and has no id.
MAIN = "main"
STYLES = ("normal", "oblique", "italic")


def draw_piece(document: Document, fullness: Sequence[float], faces: Container[str] = ()) -> PdfPiece:
    """Draw laid-out pages; outlines of the typefaces `faces` (checksums) are added when pieces are joined."""
    pages = tuple(_page(page, full) for page, full in zip(document.pages, fullness, strict=True))
    # Without their anchors, WeasyPrint drops links to other pieces.
    targets = sorted({target for page in document.pages for kind, target, *_ in page.links if kind == "internal"})
    for name in set(targets).difference(*(page.anchors for page in pages)):
        document.pages[0].anchors[name] = (0, 0, 0, 0)
    for page in document.pages:
        page.bookmarks.clear()
    with recording() as sources:
        content = write_raw(document, faces)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = relate_cells(name_roles(place_notes(merge(read_tree(pdf, sources))), document.metadata.lang or ""))
        mark_artifacts(pdf, content_of(tree))
        places = [{link.objgen[0]: n for n, link in enumerate(page.obj.get(Name.Annots, ()))} for page in pdf.pages]
        tree = map_tags(tree, lambda node: _portable(node, places))
        del pdf.Root.StructTreeRoot
        # Metadata of the file belong to its margins; here they would reveal in which file the piece was drawn first.
        for name in (Name.Names, Name.Metadata):
            if name in pdf.Root:
                del pdf.Root[name]
        del pdf.docinfo
        fonts = tuple(fonts_of(document))
        return PdfPiece(content=saved(pdf), tree=tree, pages=pages, fonts=fonts, targets=tuple(targets))


def write_raw(document: Document, faces: Container[str] = ()) -> bytes:
    """Write laid-out pages as WeasyPrint does, uncompressed and without the outlines of `faces`; joining adds them."""
    with unfilled(faces), warnings.catch_warnings():
        # WeasyPrint 70 leaves it to Python to close the file of the colour profile.
        warnings.simplefilter("ignore", ResourceWarning)
        return bytes(document.write_pdf(pdf_variant=VARIANT, pdf_identifier=IDENTIFIER, uncompressed_pdf=True))


def fonts_of(document: Document) -> Iterator[FontOfPiece]:
    font_by_key: dict[str, FontOfPiece] = {}
    for font in document.fonts.values():
        glyphs = {number: (text, font.widths[number]) for number, text in font.to_unicode.items()}
        if previous := font_by_key.get(font.hash):
            glyphs |= previous.glyphs
        look = font.family, int(font.weight), STYLES[font.style]
        font_by_key[font.hash] = FontOfPiece(font.hash, font.face, *look, glyphs)
    yield from (font_by_key[key] for key in sorted(font_by_key))


def _page(page: Any, full: float) -> PageOfPiece:
    box = page._page_box
    begins: set[str] = set()
    first = box
    while first is not None:
        if first.style["string_set"] != "none":
            begins |= {name for name, _ in first.style["string_set"]}
        first = first.children[0] if getattr(first, "children", ()) else None
    strings = [pair for child in box.descendants() if child.string_set != "none" for pair in child.string_set or ()]
    names_so_far: set[str] = set()
    assigned = []
    for name, value in strings:
        assigned.append(Assignment(name, value, name in begins - names_so_far))
        names_so_far.add(name)
    return PageOfPiece(
        kind=box.page_type.name,
        fullness=full,
        anchors={name: _upright(page, *place[:2]) for name, place in sorted(page.anchors.items())},
        bookmarks=tuple(
            OutlineEntry(level, label.replace(JOINER, ""), *_upright(page, *place), state == "closed")
            for level, label, place, state in page.bookmarks
        ),
        strings=tuple(assigned),
    )


def _upright(page: Any, across: float, down: float) -> tuple[float, float]:
    return round(across * POINTS, 3), round((page.height - down) * POINTS, 3)


def _portable(node: TagNode, places: Sequence[Mapping[int, int]]) -> TagNode:
    """A tag without what is specific to this file: a link has its index among those of its page, and its words."""
    words = node.attribute("title") or node.attribute("aria-label") or (node.origin.text if node.origin else "")
    kids = tuple(
        replace(kid, number=places[kid.page][kid.number], words=words) if isinstance(kid, Annotation) else kid
        for kid in node.kids
    )
    anchor = node.attribute("id") or (node.html_tag if node.html_tag == MAIN else "")
    return replace(node, kids=kids, origin=None, box="", anchor=anchor)
