"""Join pieces to one file. It has their pages, tags, links and outline, what stands in the margins, and one set of
fonts."""

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

from reporter.document.document import Attachment
from reporter.pdf.attaching import attach
from reporter.pdf.identity import identify, label_pages, list_files_once
from reporter.pdf.piece import FontOfPiece, PdfPiece, saved
from reporter.pdf.shared_fonts import SubsetOf, share_fonts
from reporter.pdf.tree import Kid, TagNode
from reporter.pdf.write_tags import mark_artifacts, store_tree

# What stands in the margins of a page, all of it artifacts.
MARGIN = b"/Margin Do\n"


def join(
    pieces: Sequence[PdfPiece],
    frame: PdfPiece,
    subset_of: SubsetOf,
    attachments: Iterable[Attachment],
    identifier: bytes,
) -> bytes:
    """Join pieces in the order of their pages. `frame` is what stands in the margins of all pages; what a file says of
    itself is said by it. The bytes are the same for the same input."""
    with ExitStack() as opened:
        pdf = opened.enter_context(pikepdf.open(io.BytesIO(frame.content)))
        mark_artifacts(pdf, {})
        forms = [page.as_form_xobject() for page in pdf.pages]
        own = pdf.pages[0].Resources
        fonts: list[tuple[Object, Iterable[FontOfPiece]]] = [(own.Font, frame.fonts)]
        count = len(pdf.pages)
        for piece in pieces:
            source = opened.enter_context(pikepdf.open(io.BytesIO(piece.content)))
            first = len(pdf.pages)
            with warnings.catch_warnings():
                # Places are named when all pages are there.
                warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
                pdf.pages.extend(source.pages)
            fonts.append((pdf.pages[first].Resources.Font, piece.fonts))
        del pdf.pages[:count]
        for number, (page, form) in enumerate(zip(pdf.pages, forms, strict=True)):
            page.obj.StructParents = number
            _lay_over(pdf, page, form, own)
        share_fonts(pdf, fonts, subset_of)
        store_tree(pdf, _tree(pieces))
        _name_places(pdf, pieces)
        _outline(pdf, pieces)
        label_pages(pdf)
        list_files_once(pdf)
        attach(pdf, attachments)
        identify(pdf)
        pdf.trailer.ID = Array([String(identifier)] * 2)
        return saved(pdf)


def _lay_over(pdf: Pdf, page: pikepdf.Page, form: Object, own: Object) -> None:
    """Put the margins of a page over it. All pages share the profile of colours of the file."""
    resources = Dictionary({name: page.Resources[name] for name in sorted(page.Resources.keys())})
    resources.ColorSpace = own.ColorSpace
    pictures = page.Resources.get(Name.XObject, Dictionary())
    resources.XObject = Dictionary({name: pictures[name] for name in sorted(pictures.keys())} | {"/Margin": form})
    page.obj.Resources = resources
    before = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(b"q\n" + before + b"\nQ\n" + MARGIN)


def _tree(pieces: Sequence[PdfPiece]) -> TagNode:
    """The tags of all pieces as one tree. An element that goes on from one piece to the next is one tag."""
    whole: TagNode | None = None
    at = 0
    for number, piece in enumerate(pieces):
        tree = _shifted(piece.tree, at, f"p{number}-")
        whole = _joined(whole, tree) if whole else tree
        at += len(piece.pages)
    if whole is None:
        raise ValueError("a file has a piece at least")
    return whole


def _shifted(node: TagNode, by: int, prefix: str) -> TagNode:
    """A tag so many pages further on. Its cells are called otherwise than those of other pieces."""
    kids: Iterator[Kid] = (
        _shifted(kid, by, prefix) if isinstance(kid, TagNode) else replace(kid, page=kid.page + by) for kid in node.kids
    )
    # A note has the id of its element; what cells are called, they are called in every piece.
    identity = node.identity and (node.identity if node.identity == node.anchor else prefix + node.identity)
    return replace(node, kids=tuple(kids), identity=identity, headers=tuple(prefix + each for each in node.headers))


def _joined(one: TagNode, two: TagNode) -> TagNode:
    last, first = (one.kids or (None,))[-1], (two.kids or (None,))[0]
    if (
        isinstance(last, TagNode)
        and isinstance(first, TagNode)
        and (last.role == first.role and last.anchor == first.anchor != "" and (not (last.identity or first.identity)))
    ):
        return replace(one, kids=(*one.kids[:-1], _joined(last, first), *two.kids[1:]))
    return replace(one, kids=one.kids + two.kids)


def _name_places(pdf: Pdf, pieces: Sequence[PdfPiece]) -> None:
    """Name the places that links lead to. Where a name stands twice, it is the first."""
    places: dict[str, Object] = {}
    pages = iter(pdf.pages)
    for piece in pieces:
        for each in piece.pages:
            page = next(pages).obj
            for name, (left, top) in each.anchors.items():
                places.setdefault(name, Array([page, Name.XYZ, left, top, 0]))
    if places:
        pairs = [part for name in sorted(places) for part in (String(name), places[name])]
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(pairs)))


def _outline(pdf: Pdf, pieces: Sequence[PdfPiece]) -> None:
    with pdf.open_outline() as outline:
        outline.root.clear()
        above: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for number, page in enumerate(page for piece in pieces for page in piece.pages):
            for each in page.bookmarks:
                item = OutlineItem(each.label, number, "XYZ", left=each.left, top=each.top)
                item.is_closed = each.closed
                while above[-1][0] >= each.level:
                    above.pop()
                above[-1][1].append(item)
                above.append((each.level, item.children))
