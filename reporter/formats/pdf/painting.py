"""Draw laid-out pages as a piece."""

import io
import warnings
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pikepdf
from pikepdf import Name, Pdf
from weasyprint import Document  # type: ignore[import-untyped]

from reporter.formats.pdf.hooks import TagSources, recording, unfilled
from reporter.formats.pdf.pieces.piece import Assignment, FontOfPiece, OutlineEntry, PageOfPiece, PdfPiece, saved
from reporter.formats.pdf.tree import CELLS, TABLE_ROWS, Annotation, Kid, MarkedContent, TagNode, map_tags
from reporter.formats.pdf.write_tags import content_of, mark_artifacts

# ISO 14289-1, 7.5: a header has a scope where headers and identifiers do not tell what it is the header of.
SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell with its place in the grid of a table. `row` and `column` are counted from 0, and so are the groups of
    rows; `scope` is what HTML means, empty for a cell that is no header."""

    cell: TagNode
    group: int
    row: int
    column: int
    scope: str

    @property
    def place(self) -> str:
        return f"{self.row}-{self.column}"

    @property
    def rows(self) -> range:
        return range(self.row, self.row + self.cell.rows)

    @property
    def columns(self) -> range:
        return range(self.column, self.column + self.cell.columns)


def relate_cells(tree: TagNode) -> TagNode:
    """Return the tree with a scope on every header of a table. In tables where that is not enough, cells name their
    headers."""
    return map_tags(tree, lambda node: _related(node) if node.role == "Table" else node)


def _related(table: TagNode) -> TagNode:
    placed = tuple(_grid(table))
    headers = [each for each in placed if each.cell.role == "TH"]
    cells = [replace(each.cell, scope=SCOPES.get(each.scope, "")) for each in placed]
    if any(each.scope.endswith("group") or each.cell.rows * each.cell.columns > 1 for each in headers):
        name = f"table-{table.origin.number if table.origin else 0}"
        cells = [
            replace(
                cell,
                identity=f"{name}-{own.place}" if own.scope else "",
                headers=tuple(
                    f"{name}-{each.place}" for each in headers if each is not own and _is_header_of(each, own)
                ),
            )
            for cell, own in zip(cells, placed, strict=True)
        ]
    return _with_cells(table, iter(cells))


def _grid(table: TagNode) -> Iterator[_Placed]:
    taken: set[tuple[int, int]] = set()
    for number, (group, head, row) in enumerate(_rows(table)):
        column = 0
        for cell in row.nodes():
            while (number, column) in taken:
                column += 1
            scope = (cell.attribute("scope") or ("col" if head else "row")) if cell.role == "TH" else ""
            placed = _Placed(cell=cell, group=group, row=number, column=column, scope=scope)
            taken.update((y, x) for y in placed.rows for x in placed.columns)
            yield placed


def _rows(table: TagNode) -> Iterator[tuple[int, bool, TagNode]]:
    for group, part in enumerate(table.nodes()):
        if part.role == "TR":
            yield group, False, part
        elif part.role in TABLE_ROWS:
            yield from ((group, part.role == "THead", row) for row in part.nodes() if row.role == "TR")


def _is_header_of(header: _Placed, cell: _Placed) -> bool:
    """Return whether HTML makes a header that of a cell. Headers of columns have no headers themselves but those above
    them."""
    if header.scope in ("row", "rowgroup") and cell.scope.startswith("col"):
        return False
    if header.scope == "rowgroup":
        return header.group == cell.group and header.row < cell.row
    if header.scope == "row":
        return header.column < cell.column and _meet(header.rows, cell.rows)
    return header.row < cell.row and _meet(header.columns, cell.columns) and cell.scope != "rowgroup"


def _meet(some: range, others: range) -> bool:
    return some.start < others.stop and others.start < some.stop


def _with_cells(node: TagNode, cells: Iterator[TagNode]) -> TagNode:
    kids: list[Kid] = []
    for kid in node.kids:
        if not isinstance(kid, TagNode) or kid.role == "Caption":
            kids.append(kid)
        else:
            kids.append(next(cells) if kid.role in CELLS else _with_cells(kid, cells))
    return replace(node, kids=tuple(kids))


CONTENTS = "nav"
ROLES = {"figure": "Div", "header": "Div", "footer": "Div", "aside": "Div", CONTENTS: "Sect"}
# ISO 32000-1, 14.8.4.2: an item of a TOC holds Lbl, Reference, NonStruct, P or TOC.
IN_CONTENTS = {"L": "TOC", "LI": "TOCI", "LBody": "NonStruct"}
GROUPS = ("Document", "Part", "Art", "Sect", "Div", "BlockQuote")
SILENT = ("NonStruct", "Span")
IN_LINE = ("Link", "Note", "Reference", "Span")
# ISO 14289-1, 7.6: a list with labels says how they are numbered.
NUMBERINGS = {"ol": "Decimal", "ul": "Disc"}


def name_roles(tree: TagNode, language: str) -> TagNode:
    """Return the tree of a page in a language with roles and languages taken from the HTML. They are those that
    WeasyPrint does not know."""
    return map_tags(_with_languages(map_tags(tree, _named), language), _plain)


def _named(node: TagNode) -> TagNode:
    named = replace(node, role=ROLES.get(node.html_tag, node.role), language=node.attribute("lang"))
    if node.html_tag == CONTENTS:
        return map_tags(named, _listed)
    if node.html_tag == "figure":
        return _captioned(named)
    if named.role != "L":
        return named
    labelled = any(part.role == "Lbl" for item in named.nodes() for part in item.nodes())
    return replace(named, numbering=NUMBERINGS.get(named.html_tag, "None") if labelled else "None")


def _listed(node: TagNode) -> TagNode:
    """Return a tag of the contents with its role. An item is a number, then a link with its page number; the body that
    WeasyPrint gives it means nothing."""
    node = replace(node, role=IN_CONTENTS.get(node.role, node.role), numbering="")
    if node.role != "P":
        return node
    links = [place for place, kid in enumerate(node.kids) if isinstance(kid, TagNode) and kid.role == "Link"]
    if not links:
        return node
    before, entry = node.kids[: links[0]], node.kids[links[0] :]
    label = (TagNode("Lbl", before),) if before else ()
    return TagNode("NonStruct", (*label, TagNode("Reference", entry)))


def _captioned(figure: TagNode) -> TagNode:
    # ISO 14289-1, 7.3: what accompanies a figure is tagged as its Caption.
    pictures = [kid for kid in figure.nodes() if kid.role == "Figure"]
    captions = tuple(kid for kid in figure.nodes() if kid.role == "Caption")
    if len(pictures) != 1 or not captions:
        return figure
    whole = replace(pictures[0], kids=captions + pictures[0].kids)
    kids = (whole if kid is pictures[0] else kid for kid in figure.kids if kid not in captions)
    return replace(figure, kids=tuple(kids))


def _with_languages(node: TagNode, outer: str) -> TagNode:
    """A caption that was moved into a picture, which may be described in another language, stays in that around it."""
    inner, kids = node.language or outer, list[Kid]()
    for kid in node.kids:
        if not isinstance(kid, TagNode):
            kids.append(kid)
        elif (node.role, kid.role) == ("Figure", "Caption") and inner != outer:
            kids.append(_with_languages(replace(kid, language=kid.language or outer), inner))
        else:
            kids.append(_with_languages(kid, inner))
    return replace(node, kids=tuple(kids))


def _plain(node: TagNode) -> TagNode:
    """A tag without tags that are empty or mean nothing. Text that stands in a group by itself gets a paragraph."""
    kids: list[Kid] = []
    for kid in node.kids:
        if not isinstance(kid, TagNode):
            kids.append(kid)
        elif kid.kids or kid.role in CELLS:
            # The body of an item does not say again in which language the item is.
            same = kid.origin is not None and kid.origin == node.origin
            said = replace(kid, language="") if same else kid
            kids += (
                said.kids
                if (
                    said.origin is not None and (said.origin, said.box, said.role) == (node.origin, node.box, node.role)
                )
                or (said.role in SILENT and (not said.language))
                else (said,)
            )
    return replace(node, kids=tuple(_paragraphs(kids) if node.role in GROUPS else kids))


def _paragraphs(kids: Iterable[Kid]) -> Iterator[Kid]:
    for stands_alone, group in groupby(kids, lambda kid: isinstance(kid, TagNode) and kid.role not in IN_LINE):
        if stands_alone:
            yield from group
        else:
            yield TagNode("P", tuple(group))


POINTS = 0.75  # a CSS pixel


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of a file, with the sources of its tags. `known` has by the object number of a page its index and its
    height in points."""

    sources: TagSources
    known: dict[int, tuple[int, float]]


def read_tree(pdf: Pdf, sources: TagSources) -> TagNode:
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


CALL, MARKER = "::footnote-call", "::footnote-marker"


def place_notes(tree: TagNode) -> TagNode:
    """Return the tree with every footnote behind its call. A note carries the id of its HTML element."""
    numbers = {node.origin.number for node in tree.walk() if node.origin and node.box.endswith(MARKER)}
    notes: dict[int, TagNode] = {}
    for number, piece in _pieces(tree, numbers):
        # A note that goes on at the foot of the next page.
        before = notes[number].kids if number in notes else ()
        notes[number] = replace(piece, kids=before + piece.kids)
    bare = _without(tree, numbers)
    made = {}
    for number, node in notes.items():
        # ISO 14289-1, 7.9: every note has an identifier of its own.
        identity = node.attribute("id") or f"note-of-{node.origin.number if node.origin else 0}"
        labelled = map_tags(node, lambda each: replace(each, role="Lbl") if each.box.endswith(MARKER) else each)
        made[number] = replace(labelled, role="Note", identity=identity)
    return map_tags(bare, lambda node: _with(node, made))


def _pieces(node: TagNode, numbers: set[int]) -> Iterator[tuple[int, TagNode]]:
    for kid in node.nodes():
        if kid.html_tag and kid.origin and kid.origin.number in numbers:
            yield kid.origin.number, kid
        else:
            yield from _pieces(kid, numbers)


def _without(node: TagNode, numbers: set[int]) -> TagNode:
    kids = tuple(
        _without(kid, numbers) if isinstance(kid, TagNode) else kid
        for kid in node.kids
        if not (isinstance(kid, TagNode) and kid.html_tag and kid.origin and kid.origin.number in numbers)
    )
    return replace(node, kids=kids) if kids != node.kids else node


def _with(node: TagNode, notes: dict[int, TagNode]) -> TagNode:
    if not any(kid.box.endswith(CALL) for kid in node.nodes()):
        return node
    kids: list[Kid] = []
    for kid in node.kids:
        if isinstance(kid, TagNode) and kid.box.endswith(CALL) and kid.origin:
            kids += [replace(kid, role="Reference"), notes[kid.origin.number]]
        else:
            kids.append(kid)
    return replace(node, kids=tuple(kids))


REPEATED = "THead"


def merge(node: TagNode) -> TagNode:
    """Return the tree with one tag for each HTML element. It is one, however many pages, columns and lines the element
    stands on. The head of a table, which every page repeats, stays only where it comes first."""
    kids: list[Kid] = []
    places: dict[tuple[int, str, str], int] = {}
    for kid in node.kids:
        if not isinstance(kid, TagNode) or kid.origin is None:
            kids.append(kid)
            continue
        key = (kid.origin.number, kid.box, kid.role)
        place = places.setdefault(key, len(kids))
        earlier = kids[place] if place < len(kids) else None
        if isinstance(earlier, TagNode) and (
            place == len(kids) - 1 or not (kid.origin is node.origin and kid.box == node.box)
        ):
            kids[place] = earlier if kid.role == REPEATED else replace(earlier, kids=earlier.kids + kid.kids)
        else:
            places[key] = len(kids)
            kids.append(kid)
    return replace(node, kids=tuple(merge(kid) if isinstance(kid, TagNode) else kid for kid in kids))


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
        tree = relate_cells(name_roles(place_notes(merge(read_tree(pdf, sources))), document.metadata.lang or ""))
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
    with unfilled(faces), warnings.catch_warnings():
        # WeasyPrint 70 leaves it to Python to close the file of the colour profile.
        warnings.simplefilter("ignore", ResourceWarning)
        return bytes(document.write_pdf(pdf_variant=VARIANT, pdf_identifier=IDENTIFIER, uncompressed_pdf=True))


def fonts_of(document: Document) -> Iterator[FontOfPiece]:
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
