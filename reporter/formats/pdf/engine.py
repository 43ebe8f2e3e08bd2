"""Lay out windows of a document by WeasyPrint. Importing this needs Pango. Stylesheets are read and typefaces loaded
once for all windows."""

from collections.abc import Container, Mapping, Sequence
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from weasyprint import CSS, HTML, Document  # type: ignore[import-untyped]
from weasyprint.css import find_stylesheets  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from reporter.data.theme.addresses import Addresses, Templates
from reporter.data.theme.tokens import Theme
from reporter.formats.pdf.hooks import BrokenLines
from reporter.formats.pdf.painting import VARIANT, draw_piece, fonts_of, write_raw
from reporter.formats.pdf.pieces.manuscript import GOES_ON, Manuscript, Window, css_of_margins, empty_pages
from reporter.formats.pdf.pieces.piece import PageOfPiece, PdfPiece
from reporter.formats.pdf.tree import TagNode


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Loads what lies at the addresses of one document. Raises ValueError for any other address, which WeasyPrint
    logs."""

    def __init__(self, images: Mapping[str, bytes], theme: Theme, templates: Templates) -> None:
        super().__init__(allowed_protocols=())
        self.addresses = Addresses(images, theme, templates)

    def fetch(self, url: str) -> URLFetcherResponse:
        content, media_type = self.addresses.load(url)
        return URLFetcherResponse(url, content, {"Content-Type": media_type})


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
CUT = f"""
* {{ margin-break: discard !important }}
.{GOES_ON} {{ border-top: none !important; margin-top: 0 !important; padding-top: 0 !important }}
"""


class Engine:
    """Lays out and draws what a manuscript holds. `faces` are the checksums of the typefaces whose outlines are put in
    when pieces are joined."""

    def __init__(self, manuscript: Manuscript, fetcher: Fetcher, faces: Container[str] = ()) -> None:
        self.manuscript, self.fetcher, self.faces = manuscript, fetcher, faces
        self.page = page = HTML(string="", url_fetcher=fetcher)
        page.wrapper_element = ElementWrapper.from_html_root(manuscript.tree, content_language=None)
        page.etree_element = manuscript.tree
        self.lines, self.fonts = BrokenLines(), FontConfiguration()
        with manuscript.styled():
            # What cannot be read of the stylesheets that the page names is logged.
            found = find_stylesheets(
                page.wrapper_element, page.media_type, fetcher, page.base_url, self.fonts, None, None, None, None
            )
            self.sheets = list(found)

    @cached_property
    def bare(self) -> CSS:
        return self.sheet(BARE)

    @cached_property
    def cut(self) -> CSS:
        return self.sheet(CUT)

    def sheet(self, css: str) -> CSS:
        return CSS(string=css, url_fetcher=self.fetcher, font_config=self.fonts)

    def lay_out(self, window: Window, css: str = "") -> Document:
        """Lay out a window behind an empty page. That one stands for what is before it."""
        more = [self.bare, *([self.cut] if window.goes_on else ()), *([self.sheet(css)] if css else ())]
        content: Sequence[Any] = window.parts
        if window.in_main:
            main = Element("main", dict(self.manuscript.main.attrib))
            main.extend(content)
            content = (main,)
        return self.render((Element("div", {"class": BEGIN}), *content), more)

    def render(self, content: Sequence[Any], more: Sequence[CSS] = (), *, whole: bool = False) -> Document:
        """Lay out other content of the body. It has the head of the document if it is `whole`."""
        # Where lines are remembered, no other thread lays out.
        with self.manuscript.holding(content, whole=whole), self.lines.remembered():
            return self.page.render(font_config=self.fonts, stylesheets=[*self.sheets, *more], pdf_variant=VARIANT)

    def draw(self, document: Document, fullness: Sequence[float]) -> PdfPiece:
        return draw_piece(document, fullness, self.faces)

    def draw_margins(self, pages: Sequence[PageOfPiece]) -> PdfPiece:
        """Lay out and draw the margins of pages. The head of the document goes with them."""
        document = self.render(empty_pages(pages), [self.sheet(css_of_margins(pages))], whole=True)
        drawn = write_raw(document, self.faces)
        return PdfPiece(content=drawn, tree=TagNode("Document"), pages=(), fonts=tuple(fonts_of(document)), targets=())
