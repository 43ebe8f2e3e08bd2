"""Lay out HTML as pages, as often as they need it.

The end of every paragraph must be there, figures float where they would leave a page half empty, and no heading stands
at the foot of a page.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple
from xml.etree.ElementTree import Element, tostring

from weasyprint import CSS, HTML, Document  # type: ignore[import-untyped]
from weasyprint.css import find_stylesheets  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

from reporter.pdf.fetch import Fetcher
from reporter.pdf.floats import FOLLOWS, HEADINGS, OPENS, classes, float_figures
from reporter.pdf.lost_text import lost_text, paragraphs_of
from reporter.pdf.page_boxes import Layout, outermost, read_layout

# WeasyPrint writes one standard or the other; the repair adds PDF/UA-1 to this one.
VARIANT = "pdf/a-3a"
# WeasyPrint 70 now and then loses a footnote that it had moved to the next page. Lines that break elsewhere
# move other footnotes.
ORPHANS = (0, 1, 3, 4)
# No heading begins in the last eighth of a page: what stands below it takes so much room with it, in mm.
LOWEST, ROOM = 7 / 8, 32
# A part is laid out so often at most: what is moved on one page moves the next.
MOST_FILLINGS = 4
# A last page that is filled less than the first is worth a try; one that is filled less than the second is too empty.
SCANT, LEAST = 0.3, 0.15
CLOSE, LOOSE = "close", "loose"
# So much of a page may be filled by a short part and the beginning of the next one together.
SHARED = 0.9


class Pages(NamedTuple):
    """The pages of a document, and the text that fell out.

    `html` has the figures where they stand on the pages; what fell out is told by the HTML that was given.
    """

    document: Document
    lost: tuple[str, ...]
    html: str


def lay_out(html: str, fetcher: Fetcher) -> Pages:
    """Lay out the pages and improve them.

    After the last try they are left as they are.
    """
    manuscript = Manuscript(html, fetcher)
    late = _fill_all(manuscript)
    for breaking in ORPHANS:
        document = manuscript.lay_out(late, breaking)
        lost = tuple(lost_text(document, manuscript.paragraphs))
        if not lost:
            break
    return Pages(document, lost, tostring(manuscript.page.etree_element, encoding="unicode", method="html"))


def _fill_all(manuscript: "Manuscript") -> set[str]:
    """Fill the pages of every part.

    One goes on below a short one before it where the page that it begins has room for both. Returned are the sections
    whose headings need more room below them.
    """
    late, before = set[str](), 1.0
    for part in list(manuscript.parts()):
        names, filled = _fill(manuscript, part)
        late |= names
        if before + filled[0] <= SHARED:
            part[0].set("class", " ".join(FOLLOWS if each == OPENS else each for each in classes(part[0])))
            filled[0] += before
        before = filled[0] if len(filled) == 1 else 1.0
    return late


def _fill(manuscript: "Manuscript", part: Sequence[Element]) -> tuple[set[str], list[float]]:
    """Fill the pages of a part, laid out alone.

    Figures are moved in it, and a few lines on its last page are brought back by setting it closer. Returned are the
    sections whose headings need more room below them, and how far its pages are filled, from 0 to 1.
    """
    late = set[str]()
    for _ in range(MOST_FILLINGS):
        with manuscript.only(part):
            document = manuscript.lay_out(late)
        new = set(late_headings(document)) - late
        if not float_figures(document, part) and not new:
            break
        late |= new
    layout = read_layout(document)
    if len(layout.feet) > 1 and layout.feet[-1] < SCANT * layout.height:
        layout = _reset(manuscript, part, late, layout)
    return late, [each / layout.height for each in layout.feet]


def _reset(manuscript: "Manuscript", part: Sequence[Element], late: Collection[str], layout: Layout) -> Layout:
    """Set a part whose last page is scant closer or looser.

    It stays as it is where neither helps. Returns how it is laid out then.
    """
    before = [each.get("class", "") for each in part]
    for setting in (CLOSE, LOOSE):
        for each, names in zip(part, before, strict=True):
            each.set("class", f"{names} {setting}")
        with manuscript.only(part):
            document = manuscript.lay_out(late)
        again = read_layout(document)
        fuller = LEAST * layout.height > layout.feet[-1] and LEAST * layout.height <= again.feet[-1]
        if len(again.feet) < len(layout.feet) or (len(again.feet) == len(layout.feet) and fuller):
            return again
    for each, names in zip(part, before, strict=True):
        each.set("class", names)
    return layout


class Manuscript:
    """The HTML of a document, read once for many layouts.

    Its stylesheets are read and its typefaces loaded once as well.
    """

    def __init__(self, html: str, fetcher: Fetcher) -> None:
        self.page = HTML(string=html, url_fetcher=fetcher)
        self.fonts = FontConfiguration()
        # As they are before anything is moved.
        self.paragraphs = tuple(paragraphs_of(self.page.etree_element.find("body")))
        page = self.page
        # What cannot be read of the stylesheets that the page names is logged.
        self.sheets: list[CSS] = list(
            find_stylesheets(
                page.wrapper_element, page.media_type, fetcher, page.base_url, self.fonts, None, None, None, None
            )
        )
        head = page.etree_element.find("head")
        for each in [each for each in head if each.tag in ("style", "link")]:
            head.remove(each)

    def parts(self) -> Iterator[Sequence[Element]]:
        """Yield runs of chapters of which only the first begins a page."""
        run: list[Element] = []
        for chapter in self.page.etree_element.find("body/main") or ():
            if run and OPENS in classes(chapter):
                yield run
                run = []
            run.append(chapter)
        if run:
            yield run

    @contextmanager
    def only(self, chapters: Sequence[Element]) -> Iterator[None]:
        """Leave everything but some chapters out for a while."""
        body = self.page.etree_element.find("body")
        main = body.find("main")
        whole = list(body), list(main)
        body[:], main[:] = [main], chapters
        yield
        body[:], main[:] = whole

    def lay_out(self, late: Collection[str], breaking: int = 0) -> Document:
        """Lay out the document, or what of it is not left out.

        `late` are the sections whose headings need more room below them, `breaking` is how many lines of a paragraph
        are kept together (0: as the stylesheet says).
        """
        lines = f"p {{ orphans: {breaking} !important; widows: {breaking} !important }}\n" if breaking else ""
        heads = ", ".join(f"#{name} > {tag}::before" for name in sorted(late) for tag in HEADINGS)
        room = f'{{ content: "\\a0"; display: block; height: {ROOM}mm; margin-bottom: -{ROOM}mm }}\n'
        rules = f"{heads} {room}" if late else ""
        sheets = [*self.sheets, CSS(string=lines + rules, font_config=self.fonts)]
        return self.page.render(font_config=self.fonts, stylesheets=sheets, pdf_variant=VARIANT)


def late_headings(document: Document) -> Iterator[str]:
    """Yield the ids of sections that begin too low."""
    for page in document.pages:
        sheet, section = page._page_box, ""
        for box in outermost(sheet):
            if box.element.tag == "section":
                section = box.element.get("id", "")
            elif box.element.tag in HEADINGS and box.position_y > sheet.content_box_y() + LOWEST * sheet.height:
                yield section
