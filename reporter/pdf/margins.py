"""Lay out what stands in the margins of all pages.

These are heads, page numbers and tabs. They stand on pages of their own, without anything between the margins; each is
laid over its page. Together they are a piece that has all pages.
"""

from collections.abc import Container, Sequence
from xml.etree.ElementTree import Element, SubElement

from reporter.pdf.manuscript import Manuscript
from reporter.pdf.piece import Assignment, PageOfPiece, PdfPiece, fonts_of, write_raw
from reporter.pdf.tree import TagNode

# The pages themselves have their grounds already.
EMPTY = "@page { background: none !important }\nbody, body * { background: none !important }\n"


def told_of_margins(manuscript: Manuscript, pages: Sequence[PageOfPiece]) -> str:
    """All that decides over the margins, besides stylesheets and pictures."""
    return "\n".join((manuscript.outside(), *(f"{each.kind} {each.strings}" for each in pages)))


def draw_margins(manuscript: Manuscript, pages: Sequence[PageOfPiece], faces: Container[str]) -> PdfPiece:
    """Lay out and draw the margins of pages.

    The head of the document goes with them.
    """
    kinds = sorted({each.kind for each in pages} - {""})
    grounds = "".join(f"@page {kind} {{ background: none !important }}\n" for kind in kinds)
    content = [_empty(each) for each in pages]
    document = manuscript.render(content, [manuscript.sheet(EMPTY + grounds)], whole=True)
    drawn = write_raw(document, faces)
    return PdfPiece(content=drawn, tree=TagNode("Document"), pages=(), fonts=tuple(fonts_of(document)), targets=())


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
