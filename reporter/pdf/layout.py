"""HTML to pages, laid out anew until every footnote is there and no page is left with a few lines on it."""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from xml.etree.ElementTree import tostring

from weasyprint import CSS, HTML, Document  # type: ignore[import-untyped]

from reporter.pdf.fetch import Fetcher
from reporter.pdf.filling import Sheet, sheets

# WeasyPrint writes one standard or the other; the repair adds PDF/UA-1 to this one.
VARIANT = "pdf/a-3a"
NOTE = re.compile(r'<span class="note" id="([^"]+)"')
# WeasyPrint 70 now and then loses a footnote that it had moved to the next page. Lines that break elsewhere
# move other footnotes.
ORPHANS = (0, 1, 3, 4)
# Two passes mend the pages; each way of breaking lines may take another.
MOST_TRIES = 7
# The last page of a chapter is filled to this part at least, and every page after which the chapter goes on to that.
LEAST_AT_END, LEAST_BEFORE = 0.15, 0.34
# A page that is emptier than this, at the end or for want of room for what comes next, is worth a try or two; so are
# notes that go on to the next page and take less than this part of it.
FAIR_AT_END, FAIR_BEFORE, LEAST_OF_NOTES = 0.25, 0.6, 0.15
# What may stand in the way of a full page is allowed to break.
OPEN = "& .whole, & .pair, & .kept, & .box { break-inside: auto }"
# A few lines fit on the page before when all stand a little closer; else what they belong to comes along with them,
# or all stand a little wider.
CLOSE = """
& { font-size: 9.2pt; line-height: 1.37 }
& .text p { margin-bottom: 1.6mm } & .text li { margin-bottom: 0.4mm }
& { --above-part: 4.4mm; --above-title: 2.4mm }
& .entries { margin-bottom: 1.6mm } & .entries > .title { margin: 1.4mm 0 0.8mm }
& .entries li { padding: 0.5mm 0 0.7mm } & .entries li.bare { padding: 0.2mm 0 0.4mm }
& th, & td { padding-top: 0.8mm; padding-bottom: 0.8mm }
& figure:not(.noted), & .table { margin-bottom: 2.4mm }
"""
TOGETHER = "& .flow, & .entries, & .whole { break-inside: avoid }"
WIDE = """
& { line-height: 1.5 }
& { --above-part: 9mm; --above-title: 5mm } & .text p { margin-bottom: 3mm }
& .entries li { padding: 1.7mm 0 2mm } & th, & td { padding-top: 1.6mm; padding-bottom: 1.6mm }
& figure:not(.noted), & .table { margin-bottom: 8mm }
"""
DECLARATION = re.compile(r"([a-z-]+: [^;}]*[^;} ])")
MENDS = (CLOSE, TOGETHER, WIDE, OPEN, CLOSE + OPEN, WIDE + OPEN)


def lay_out(html: str, fetcher: Fetcher) -> Document:
    """The pages; after the last try they are left as they are."""
    page, orphans = HTML(string=html, url_fetcher=fetcher), iter(ORPHANS)
    breaking, mended = next(orphans), Mended(page)
    for _ in range(MOST_TRIES):
        document = render(page, breaking, mended.rules())
        if any(lost(html, document)):
            breaking = next(orphans, breaking)
        elif not mended.improve(sheets(document), breaking):
            break
    return document


def render(page: HTML, breaking: int, rules: str) -> Document:
    """One layout, with so many lines of a paragraph kept together (0: as the stylesheet says) and further rules."""
    lines = f"p {{ orphans: {breaking} !important; widows: {breaking} !important }}\n" if breaking else ""
    return page.render(stylesheets=[CSS(string=lines + rules)], pdf_variant=VARIANT)


def lost(html: str, document: Document) -> Iterator[str]:
    """Footnotes that are in the text and on no page."""
    printed = {anchor for page in document.pages for anchor in page.anchors}
    return (name for name in NOTE.findall(html) if name not in printed)


class Mended:
    """What fills the pages of the chapters that have a scant one; tried on the chapter alone, which is quick."""

    def __init__(self, page: HTML) -> None:
        """Nothing yet."""
        self.page = page
        self.found: dict[str, str] = {}

    def rules(self) -> str:
        """The rules for the chapters concerned."""
        return "\n".join(_important(name, rule) for name, rule in self.found.items())

    def improve(self, pages: tuple[Sheet, ...], breaking: int) -> bool:
        """Finds what mends each chapter with a scant or loose page, once; whether all must be laid out again."""
        new = [each for each in pages if each.chapter not in self.found]
        scant = dict.fromkeys(each.chapter for each in new if is_scant(each))
        loose = dict.fromkeys(each.chapter for each in new if is_loose(each) and each.chapter not in scant)
        self.found |= {name: self._mend(name, breaking, MENDS, is_scant) for name in scant}
        self.found |= {name: self._mend(name, breaking, (CLOSE, OPEN), is_loose) for name in loose}
        return any(self.found[name] for name in (*scant, *loose))

    def _mend(self, name: str, breaking: int, rules: Sequence[str], is_bad: Callable[[Sheet], bool]) -> str:
        """The first rules that leave no bad page; none when nothing helps."""
        alone = _alone(self.page, name)
        for rule in rules:
            if not any(map(is_bad, sheets(render(alone, breaking, _important(name, rule))))):
                return rule
        return ""


def _important(name: str, rule: str) -> str:
    """Rules for one chapter; the document's own go before those from outside, unless these are important."""
    return DECLARATION.sub(r"\1 !important", rule).replace("&", f"#{name}")


def _alone(page: HTML, name: str) -> HTML:
    """The document with one chapter only."""
    tree = deepcopy(page.etree_element)
    for part in (tree.find("body"), tree.find("body/main")):
        for child in [each for each in part if each.tag != "main" and each.get("id") != name]:
            part.remove(child)
    return HTML(string=tostring(tree, encoding="unicode", method="html"), url_fetcher=page.url_fetcher)


def is_scant(sheet: Sheet) -> bool:
    """Whether a page is emptier than it may be."""
    return is_scant_within(sheet) or is_scant_end(sheet)


def is_loose(sheet: Sheet) -> bool:
    """Whether a page is scant, far from full although its chapter goes on, or begins with a few notes left over."""
    fair = FAIR_BEFORE if not sheet.ends else 0 if sheet.opens else FAIR_AT_END
    return is_scant(sheet) or sheet.filled < fair or 0 < sheet.tail < LEAST_OF_NOTES


def is_scant_within(sheet: Sheet) -> bool:
    """Whether a chapter goes on after a page that is mostly empty."""
    return not sheet.ends and sheet.filled < LEAST_BEFORE


def is_scant_end(sheet: Sheet) -> bool:
    """Whether a chapter ends with a page of a few lines; one that begins there is as short as it is."""
    return sheet.ends and not sheet.opens and sheet.filled < LEAST_AT_END
