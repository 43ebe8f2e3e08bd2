"""Lay out windows of a document by WeasyPrint. Importing this needs Pango. Stylesheets are read and typefaces loaded
once for all windows."""

import threading
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from weasyprint import CSS, HTML, Document  # type: ignore[import-untyped]
from weasyprint.css import find_stylesheets  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from reporter.pdf.hooks import BrokenLines, ending
from reporter.pdf.painting import VARIANT, draw_piece, fonts_of, write_raw
from reporter.pdf.pieces.manuscript import GOES_ON, Manuscript, Window, css_of_margins, empty_pages
from reporter.pdf.pieces.page_problems import Enough
from reporter.pdf.pieces.piece import PageOfPiece, PdfPiece
from reporter.pdf.problems import Problems
from reporter.pdf.tree import TagNode
from reporter.theme.addresses import Addresses, Templates
from reporter.theme.tokens import Theme


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


# So many are known besides the one in use.
MOST_STYLES = 3


class Styles(NamedTuple):
    """Typefaces that are loaded, and stylesheets that were read."""

    fonts: FontConfiguration
    sheets: list[CSS]


def united_sheets(sheets: list[CSS]) -> list[CSS]:
    """Make one stylesheet of several. So the selectors of an element are looked up once. Where layers have names, the
    stylesheets stay as they are."""
    if not sheets or any(each.layers for each in sheets):
        return sheets
    first, *others = sheets
    for sheet in others:
        by = first.matcher.order
        for name, found in vars(sheet.matcher).items():
            own = getattr(first.matcher, name)
            if isinstance(found, dict):
                for key, entries in found.items():
                    own.setdefault(key, []).extend(_behind(entries, by))
            elif isinstance(found, list):
                own.extend(_behind(found, by))
        first.matcher.order += sheet.matcher.order
        first.page_rules.extend(sheet.page_rules)
    return [first]


def _behind(entries: list[tuple[Any, ...]], by: int) -> Iterator[tuple[Any, ...]]:
    return ((test, specificity, order + by, *rest) for test, specificity, order, *rest in entries)


class Engine:
    """Lays out and draws what a manuscript holds. `faces` are the checksums of the typefaces whose outlines are put in
    when pieces are joined."""

    def __init__(
        self, manuscript: Manuscript, fetcher: Fetcher, faces: Container[str] = (), styles: "Styles | None" = None
    ) -> None:
        self.manuscript, self.fetcher, self.faces = manuscript, fetcher, faces
        self.page = HTML(string="", url_fetcher=fetcher)
        self.page.wrapper_element = ElementWrapper.from_html_root(manuscript.tree, content_language=None)
        self.page.etree_element = manuscript.tree
        self.lines = BrokenLines()
        self.styles = styles or self._read_styles()
        self.fonts, self.sheets = self.styles

    def _read_styles(self) -> "Styles":
        page, fonts = self.page, FontConfiguration()
        with self.manuscript.styled():
            # What cannot be read of the stylesheets that the page names is logged.
            found = find_stylesheets(
                page.wrapper_element, page.media_type, self.fetcher, page.base_url, fonts, None, None, None, None
            )
            return Styles(fonts, united_sheets(list(found)))

    @cached_property
    def bare(self) -> CSS:
        return self.sheet(BARE)

    @cached_property
    def cut(self) -> CSS:
        return self.sheet(CUT)

    def sheet(self, css: str) -> CSS:
        return CSS(string=css, url_fetcher=self.fetcher, font_config=self.fonts)

    def lay_out(self, window: Window, css: str = "", enough: Enough | None = None) -> Document:
        """Lay out a window behind an empty page. That one stands for what is before it. No more pages are laid out than
        are `enough`."""
        more = [self.bare, *([self.cut] if window.goes_on else ()), *([self.sheet(css)] if css else ())]
        content: Sequence[Any] = window.parts
        if window.in_main:
            main = Element("main", dict(self.manuscript.main.attrib))
            main.extend(content)
            content = (main,)
        return self.render((Element("div", {"class": BEGIN}), *content), more, enough=enough)

    def render(
        self, content: Sequence[Any], more: Sequence[CSS] = (), *, whole: bool = False, enough: Enough | None = None
    ) -> Document:
        """Lay out other content of the body. It has the head of the document if it is `whole`."""
        # Where lines are remembered, no other thread lays out.
        with self.manuscript.holding(content, whole=whole), self.lines.remembered(), ending(enough):
            return self.page.render(font_config=self.fonts, stylesheets=[*self.sheets, *more], pdf_variant=VARIANT)

    def draw(self, document: Document, fullness: Sequence[float]) -> PdfPiece:
        return draw_piece(document, fullness, self.faces)

    def draw_margins(self, pages: Sequence[PageOfPiece]) -> PdfPiece:
        """Lay out and draw the margins of pages. The head of the document goes with them."""
        document = self.render(empty_pages(pages), [self.sheet(css_of_margins(pages))], whole=True)
        drawn = write_raw(document, self.faces)
        return PdfPiece(content=drawn, tree=TagNode("Document"), pages=(), fonts=tuple(fonts_of(document)), targets=())


class _LastStyles(threading.local):
    """The styles that each thread read last. The typefaces of Pango belong to one thread."""

    def __init__(self) -> None:
        self.styles: dict[str, Styles] = {}


_LAST_STYLES = _LastStyles()


def begin(
    manuscript: Manuscript,
    images: Mapping[str, bytes],
    theme: Theme,
    templates: Templates,
    faces: Container[str],
    style: str,
    problems: Problems,
) -> Engine:
    """An engine for a manuscript, with all that it shows. `style` is the checksum of all that its stylesheets depend
    on, or nothing. What was read of them without problems is known for the next document."""
    before = problems.count
    engine = Engine(manuscript, Fetcher(images, theme, templates), faces, _LAST_STYLES.styles.get(style))
    if style and problems.count == before:
        # Those of a profile and its volume, in two languages, of one country.
        _LAST_STYLES.styles = dict([*_LAST_STYLES.styles.items()][-MOST_STYLES:]) | {style: engine.styles}
    return engine
