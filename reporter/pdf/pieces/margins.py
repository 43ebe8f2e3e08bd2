"""The margins of all pages: heads, page numbers and tabs. They are laid out on pages of their own, with nothing between
the margins, and each is laid over its page. Together they are a piece that has all pages."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from reporter.pdf.pieces.manuscript import Manuscript
from reporter.pdf.pieces.piece import Assignment, PageOfPiece

# The pages themselves have their grounds already.
EMPTY = "@page { background: none !important }\nbody, body * { background: none !important }\n"


def margins_key(manuscript: Manuscript, pages: Sequence[PageOfPiece]) -> str:
    return "\n".join((manuscript.outside(), *(f"{each.kind} {each.strings}" for each in pages)))


def css_of_margins(pages: Sequence[PageOfPiece]) -> str:
    """What a stylesheet says of empty pages."""
    kinds = sorted({each.kind for each in pages} - {""})
    return EMPTY + "".join(f"@page {kind} {{ background: none !important }}\n" for kind in kinds)


def empty_pages(pages: Sequence[PageOfPiece]) -> list[Element]:
    """Empty pages that set the strings of others."""
    return [_empty(each) for each in pages]


def _empty(page: PageOfPiece) -> Element:
    made = Element("div", {"style": f"page: {page.kind or 'auto'}; break-before: page"})
    SubElement(made, "div", _setting([each for each in page.strings if each.begins]))
    for each in page.strings:
        if not each.begins:
            SubElement(made, "div", _setting([each]))
    return made


def _setting(strings: Sequence[Assignment]) -> dict[str, str]:
    values = {f"data-string-{n}": each.value for n, each in enumerate(strings)}
    sets = ", ".join(f"{each.name} attr(data-string-{n})" for n, each in enumerate(strings)) or "none"
    return {"style": f"string-set: {sets}", **values}
