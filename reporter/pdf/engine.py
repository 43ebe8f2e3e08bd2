"""Lay out windows of a document by WeasyPrint. Importing this needs Pango. Stylesheets are read and typefaces loaded
once for all windows."""

import threading
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cached_property
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from weasyprint import CSS, HTML, Document, layout  # type: ignore[import-untyped]
from weasyprint.css import find_stylesheets  # type: ignore[import-untyped]
from weasyprint.layout import inline, preferred  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from reporter.pdf.manuscript import GOES_ON, Manuscript, Window
from reporter.pdf.margins import css_of_margins, empty_pages
from reporter.pdf.page_problems import Enough
from reporter.pdf.painting import VARIANT, draw_piece, fonts_of, write_raw
from reporter.pdf.piece import PageOfPiece, PdfPiece
from reporter.pdf.problems import Problems
from reporter.pdf.tree import TagNode
from reporter.theme.addresses import Addresses
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme

# All of a style that decides where a line breaks, and what stands in it.
DECIDES = (
    *("direction", "lang", "font_family", "font_size", "font_stretch", "font_style", "font_weight", "font_kerning"),
    *("font_feature_settings", "font_language_override", "font_variant_alternates", "font_variant_caps"),
    *("font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric", "font_variant_position"),
    *("font_variation_settings", "letter_spacing", "word_spacing", "tab_size", "white_space", "text_decoration_line"),
    *("hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "overflow_wrap", "word_break"),
)
_ONE_AT_A_TIME = threading.Lock()


class BrokenLines:
    """The lines of a document that were broken before. All its layouts must have the same typefaces."""

    def __init__(self) -> None:
        self._lines: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    @contextmanager
    def remembered(self) -> Iterator[None]:
        """Break no line anew meanwhile. Only one thread does so at a time."""
        with _ONE_AT_A_TIME:
            split = inline.split_first_line

            def once(text: str, style: Any, context: Any, *place: Any, **more: Any) -> tuple[Any, ...]:
                # What a style says of lines does not change once something is laid out.
                if not hasattr(style, "told_of_lines"):
                    style.told_of_lines = repr([style[name] for name in DECIDES])
                key = text, str(style.told_of_lines), place, *more.items()
                found = self._lines.get(key)
                if found is None:
                    found = self._lines[key] = split(text, style, context, *place, **more)
                # Drawing changes the first of it.
                return copy(found[0]), *found[1:]

            inline.split_first_line = preferred.split_first_line = once
            try:
                yield
            finally:
                inline.split_first_line = preferred.split_first_line = split


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
        with self.manuscript.holding(content, whole=whole), self.lines.remembered(), _ending(enough):
            return self.page.render(font_config=self.fonts, stylesheets=[*self.sheets, *more], pdf_variant=VARIANT)

    def draw(self, document: Document, fullness: Sequence[float]) -> PdfPiece:
        return draw_piece(document, fullness, self.faces)

    def draw_margins(self, pages: Sequence[PageOfPiece]) -> PdfPiece:
        """Lay out and draw the margins of pages. The head of the document goes with them."""
        document = self.render(empty_pages(pages), [self.sheet(css_of_margins(pages))], whole=True)
        drawn = write_raw(document, self.faces)
        return PdfPiece(content=drawn, tree=TagNode("Document"), pages=(), fonts=tuple(fonts_of(document)), targets=())


@contextmanager
def _ending(enough: Enough | None) -> Iterator[None]:
    """Let WeasyPrint lay out no more pages than are enough. This is a hook into a private part of it."""
    make_all_pages = layout.make_all_pages

    def make_pages(context: Any, *given: Any) -> Iterator[Any]:
        made = []
        for page in make_all_pages(context, *given):
            made.append(page)
            yield page
            # As they are in the end: without the areas that stay empty.
            pages = [copy(each) for each in made] if enough else []
            for each in pages:
                each.children = tuple(child for child in each.children if child.children)
            if enough and enough(pages):
                # Nothing goes on.
                context.page_maker[len(made)][-1]["content_changed"] = False
                context.broken_out_of_flow.clear()
                context.reported_footnotes.clear()
                return

    layout.make_all_pages = make_pages
    try:
        yield
    finally:
        layout.make_all_pages = make_all_pages


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
