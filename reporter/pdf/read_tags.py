"""Read the tag tree of a PDF of WeasyPrint into plain values."""

from dataclasses import dataclass
from typing import Any

from pikepdf import Name, Pdf

from reporter.pdf.origin import TagSources
from reporter.pdf.tree import Annotation, Kid, MarkedContent, TagNode

POINTS = 0.75  # a CSS pixel


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of a file, with the sources of its tags. `known` has by the object number of a page its index and its
    height in points."""

    sources: TagSources
    known: dict[int, tuple[int, float]]


def read_tree(pdf: Pdf, sources: TagSources) -> TagNode:
    """Return the tag tree of a file, with the HTML elements."""
    known = {page.obj.objgen[0]: (number, float(page.mediabox[3])) for number, page in enumerate(pdf.pages)}
    return _node(pdf.Root.StructTreeRoot.K[0], _Pages(sources, known))


def _node(tag: Any, pages: _Pages) -> TagNode:
    page, height = pages.known[tag.Pg.objgen[0]] if Name.Pg in tag else (0, 0.0)
    source = pages.sources.get(tag.objgen[0])
    table = tag.get(Name.A, {})
    frame = tuple(float(value) * POINTS for value in table.get(Name.BBox, ()))
    if frame:
        # Measured from the bottom of the page: PDF counts from there, WeasyPrint from the top.
        left, top, right, bottom = frame
        frame = (round(left, 2), round(height - bottom, 2), round(right, 2), round(height - top, 2))
    return TagNode(
        role=str(tag.S)[1:],
        kids=tuple(_kid(kid, page, pages) for kid in tag.K),
        origin=source.origin if source else None,
        box=source.box if source else "",
        alt=str(tag.get(Name.Alt, "")),
        frame=frame,
        rows=int(table.get(Name.RowSpan, 1)),
        columns=int(table.get(Name.ColSpan, 1)),
    )


def _kid(kid: Any, page: int, pages: _Pages) -> Kid:
    if isinstance(kid, int):
        return MarkedContent(page, kid)
    if kid.get(Name.Type) == Name.OBJR:
        return Annotation(page, kid.Obj.objgen[0])
    return _node(kid, pages)
