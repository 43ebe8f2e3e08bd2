"""Lay out what stands in the margins of all pages.

These are heads, page numbers and tabs. They stand on pages of their own, without anything between the margins; each is
laid over its page.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from weasyprint import Document  # type: ignore[import-untyped]

from reporter.pdf.manuscript import Manuscript
from reporter.pdf.piece import Assignment, PageOfPiece

# The pages themselves have their grounds already.
EMPTY = "@page { background: none !important }\nbody, body * { background: none !important }\n"


def margins_of(manuscript: Manuscript, pages: Sequence[PageOfPiece]) -> Document:
    """Lay out the margins of pages, with the head of the document."""
    kinds = sorted({each.kind for each in pages} - {""})
    grounds = "".join(f"@page {kind} {{ background: none !important }}\n" for kind in kinds)
    return manuscript.render([_empty(each) for each in pages], [manuscript.sheet(EMPTY + grounds)], whole=True)


def _empty(page: PageOfPiece) -> Element:
    """An empty page that sets the strings of another one."""
    made = Element("div", {"style": f"page: {page.kind or 'auto'}; break-before: page"})
    SubElement(made, "div", _setting([each for each in page.strings if each.begins]))
    for each in page.strings:
        if not each.begins:
            SubElement(made, "div", _setting([each]))
    return made


def _setting(strings: Sequence[Assignment]) -> dict[str, str]:
    """The attributes of an element that sets strings, each once."""
    values = {f"data-string-{n}": each.value for n, each in enumerate(strings)}
    sets = ", ".join(f"{each.name} attr(data-string-{n})" for n, each in enumerate(strings)) or "none"
    return {"style": f"string-set: {sets}", **values}
