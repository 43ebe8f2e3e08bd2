"""Draw laid-out pages as a piece."""

import io
import warnings
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pikepdf
from pikepdf import Name
from weasyprint import Document  # type: ignore[import-untyped]

from reporter.pdf.cells import relate_cells
from reporter.pdf.drawn_paths import PATHS
from reporter.pdf.merging import merge
from reporter.pdf.notes import place_notes
from reporter.pdf.origin import recording
from reporter.pdf.piece import Assignment, FontOfPiece, OutlineEntry, PageOfPiece, PdfPiece, saved
from reporter.pdf.read_tags import POINTS, read_tree
from reporter.pdf.roles import name_roles
from reporter.pdf.tree import Annotation, TagNode, map_tags
from reporter.pdf.unfilled_fonts import unfilled
from reporter.pdf.write_tags import content_of, mark_artifacts

# WeasyPrint writes one standard or the other; PDF/UA-1 is added to this one.
VARIANT = "pdf/a-3a"
IDENTIFIER = b"piece of a file."
# The one element that goes on over parts, and has no id.
MAIN = "main"
STYLES = ("normal", "oblique", "italic")


def draw_piece(document: Document, fullness: Sequence[float], faces: Container[str] = ()) -> PdfPiece:
    """Draw laid-out pages. `faces` are the checksums of the typefaces whose outlines are put in when pieces are
    joined."""
    pages = tuple(_page(page, full) for page, full in zip(document.pages, fullness, strict=True))
    # Without their places, WeasyPrint drops links to other pieces.
    targets = sorted({target for page in document.pages for kind, target, *_ in page.links if kind == "internal"})
    for name in set(targets).difference(*(page.anchors for page in pages)):
        document.pages[0].anchors[name] = (0, 0, 0, 0)
    for page in document.pages:
        page.bookmarks.clear()
    with recording() as sources:
        content = write_raw(document, faces)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = relate_cells(name_roles(place_notes(merge(read_tree(pdf, sources)))))
        mark_artifacts(pdf, content_of(tree))
        places = [{each.objgen[0]: n for n, each in enumerate(page.obj.get(Name.Annots, ()))} for page in pdf.pages]
        tree = map_tags(tree, lambda node: _apart(node, places))
        del pdf.Root.StructTreeRoot
        # What a file says of itself goes with its margins; here it would tell in which file the piece was drawn first.
        for name in (Name.Names, Name.Metadata):
            if name in pdf.Root:
                del pdf.Root[name]
        del pdf.docinfo
        return PdfPiece(
            content=saved(pdf), tree=tree, pages=pages, fonts=tuple(fonts_of(document)), targets=tuple(targets)
        )


def write_raw(document: Document, faces: Container[str] = ()) -> bytes:
    """Write laid-out pages as WeasyPrint does. They have no outlines of some typefaces, and are compressed when they
    are joined."""
    with unfilled(faces), PATHS.remembered(), warnings.catch_warnings():
        # WeasyPrint 70 leaves it to Python to close the file of the colour profile.
        warnings.simplefilter("ignore", ResourceWarning)
        return bytes(document.write_pdf(pdf_variant=VARIANT, pdf_identifier=IDENTIFIER, uncompressed_pdf=True))


def fonts_of(document: Document) -> Iterator[FontOfPiece]:
    """Yield the typefaces that were written, with their glyphs."""
    found: dict[str, FontOfPiece] = {}
    for each in document.fonts.values():
        glyphs = {number: (text, each.widths[number]) for number, text in each.to_unicode.items()}
        known = found.get(each.hash)
        more = {**glyphs, **known.glyphs} if known else glyphs
        found[each.hash] = FontOfPiece(
            key=each.hash,
            face=each.face,
            family=each.family,
            weight=int(each.weight),
            style=STYLES[each.style],
            glyphs=more,
        )
    yield from (found[key] for key in sorted(found))


def _page(page: Any, full: float) -> PageOfPiece:
    box = page._page_box
    begins: set[str] = set()
    first = box
    while first is not None:
        if first.style["string_set"] != "none":
            begins |= {name for name, _ in first.style["string_set"]}
        first = first.children[0] if getattr(first, "children", ()) else None
    strings = [pair for each in box.descendants() if each.string_set != "none" for pair in each.string_set or ()]
    seen: set[str] = set()
    assigned = []
    for name, value in strings:
        assigned.append(Assignment(name, value, name in begins - seen))
        seen.add(name)
    return PageOfPiece(
        kind=box.page_type.name,
        fullness=full,
        anchors={name: _upright(page, *place[:2]) for name, place in sorted(page.anchors.items())},
        bookmarks=tuple(
            OutlineEntry(level, label, *_upright(page, *place), state == "closed")
            for level, label, place, state in page.bookmarks
        ),
        strings=tuple(assigned),
    )


def _upright(page: Any, across: float, down: float) -> tuple[float, float]:
    return round(across * POINTS, 3), round((page.height - down) * POINTS, 3)


def _apart(node: TagNode, places: Sequence[Mapping[int, int]]) -> TagNode:
    """A tag with nothing that holds for this file only. A link is known by its place among those of its page, and has
    its words."""
    words = node.attribute("title") or node.attribute("aria-label") or (node.origin.text if node.origin else "")
    kids = tuple(
        replace(kid, number=places[kid.page][kid.number], words=words) if isinstance(kid, Annotation) else kid
        for kid in node.kids
    )
    anchor = node.attribute("id") or (node.html_tag if node.html_tag == MAIN else "")
    return replace(node, kids=kids, origin=None, box="", anchor=anchor)
