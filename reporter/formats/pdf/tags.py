"""The tags of a PDF as plain values: read from WeasyPrint's output, repaired by HTML element, and written back. Content
without a tag becomes an artifact, which screen readers skip."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

TABLE_ROWS = ("THead", "TBody", "TFoot")
CELLS = ("TH", "TD")


@dataclass(frozen=True, slots=True)
class HtmlElement:
    """An element of the HTML with its own number; `text` is that of a link, else empty."""

    number: int
    tag: str
    attributes: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class TagSource:
    """The HTML element of a tag, and its box, named as in CSS: `span`, `span::footnote-call`."""

    origin: HtmlElement
    box: str


TagSources = Mapping[int, TagSource]


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A piece of marked content: `page` from 0 and `number`, its MCID there (ISO 32000-1, 14.7.4.2)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """The active area of a link: `page` from 0, `number` of its object in the file (ISO 32000-1, 14.7.4.3), or in a
    drawn piece its index among those of its page; `words` say where it leads."""

    page: int
    number: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class TagNode:
    """A tag (structure element) with everything below it: the `box` of its HTML element, alternative text, ID, `frame`
    of a figure in points, `rows` and `columns` spanned by a cell, IDs of its headers. `anchor` is the id of its element
    when that is no longer known."""

    role: str
    kids: "tuple[Kid, ...]" = ()
    origin: HtmlElement | None = None
    box: str = ""
    alt: str = ""
    identity: str = ""
    language: str = ""
    frame: tuple[float, ...] = ()
    rows: int = 1
    columns: int = 1
    scope: str = ""
    headers: tuple[str, ...] = ()
    numbering: str = ""
    anchor: str = ""

    @property
    def html_tag(self) -> str:
        """The name of its HTML element; empty for text and for what stylesheets generate."""
        return self.origin.tag if self.origin and self.origin.tag == self.box else ""

    def attribute(self, name: str) -> str:
        return self.origin.attributes.get(name, "") if self.html_tag and self.origin else ""

    def nodes(self) -> "Iterator[TagNode]":
        return (kid for kid in self.kids if isinstance(kid, TagNode))

    def walk(self) -> "Iterator[TagNode]":
        yield self
        for kid in self.nodes():
            yield from kid.walk()


Kid = TagNode | MarkedContent | Annotation


def map_tags(node: TagNode, change: Callable[[TagNode], TagNode]) -> TagNode:
    kids = tuple(map_tags(kid, change) if isinstance(kid, TagNode) else kid for kid in node.kids)
    return change(replace(node, kids=kids) if kids != node.kids else node)


# ISO 14289-1, 7.5: a header has a scope where headers and identifiers do not say what it is the header of.
SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell and its place in a table: `row`, `column` and row group from 0, and the HTML `scope` of a header."""

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
    """Return the tree with a scope on every table header; where that is not enough, cells name their headers."""
    return map_tags(tree, lambda node: _related(node) if node.role == "Table" else node)


def _related(table: TagNode) -> TagNode:
    placed = tuple(_grid(table))
    headers = [placed_cell for placed_cell in placed if placed_cell.cell.role == "TH"]
    cells = [replace(placed_cell.cell, scope=SCOPES.get(placed_cell.scope, "")) for placed_cell in placed]
    if any(header.scope.endswith("group") or header.cell.rows * header.cell.columns > 1 for header in headers):
        name = f"table-{table.origin.number if table.origin else 0}"
        cells = [
            replace(
                cell,
                identity=f"{name}-{own.place}" if own.scope else "",
                headers=tuple(
                    f"{name}-{header.place}" for header in headers if header is not own and _is_header_of(header, own)
                ),
            )
            for cell, own in zip(cells, placed, strict=True)
        ]
    return _with_cells(table, iter(cells))


def _grid(table: TagNode) -> Iterator[_Placed]:
    positions: set[tuple[int, int]] = set()
    for number, (group, head, row) in enumerate(_rows(table)):
        column = 0
        for cell in row.nodes():
            while (number, column) in positions:
                column += 1
            scope = (cell.attribute("scope") or ("col" if head else "row")) if cell.role == "TH" else ""
            placed = _Placed(cell=cell, group=group, row=number, column=column, scope=scope)
            positions.update((y, x) for y in placed.rows for x in placed.columns)
            yield placed


def _rows(table: TagNode) -> Iterator[tuple[int, bool, TagNode]]:
    for group, part in enumerate(table.nodes()):
        if part.role == "TR":
            yield group, False, part
        elif part.role in TABLE_ROWS:
            yield from ((group, part.role == "THead", row) for row in part.nodes() if row.role == "TR")


def _is_header_of(header: _Placed, cell: _Placed) -> bool:
    """Whether HTML makes a header that of a cell; column headers have only those above them as headers."""
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
# ISO 32000-1, 14.8.4.2: an item of a TOC contains Lbl, Reference, NonStruct, P or TOC.
IN_CONTENTS = {"L": "TOC", "LI": "TOCI", "LBody": "NonStruct"}
GROUPS = ("Document", "Part", "Art", "Sect", "Div", "BlockQuote")
SILENT = ("NonStruct", "Span")
IN_LINE = ("Link", "Note", "Reference", "Span")
# ISO 14289-1, 7.6: a list with labels says how they are numbered.
NUMBERINGS = {"ol": "Decimal", "ul": "Disc"}


def name_roles(tree: TagNode, language: str) -> TagNode:
    """Return the tree of a page in a language with the HTML's roles and languages that WeasyPrint does not know."""
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
    """A tag of the contents with its role: a number, then a link with a page number; WeasyPrint's body is dropped."""
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
    """A caption moved into a picture keeps the outer language; the picture's description may be in another."""
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
    """A tag without empty or meaningless tags; text directly in a group gets a paragraph."""
    kids: list[Kid] = []
    for kid in node.kids:
        if not isinstance(kid, TagNode):
            kids.append(kid)
        elif kid.kids or kid.role in CELLS:
            # The body of an item does not repeat the item's language.
            same = kid.origin is not None and kid.origin == node.origin
            part = replace(kid, language="") if same else kid
            kids += (
                part.kids
                if (
                    part.origin is not None and (part.origin, part.box, part.role) == (node.origin, node.box, node.role)
                )
                or (part.role in SILENT and (not part.language))
                else (part,)
            )
    return replace(node, kids=tuple(_paragraphs(kids) if node.role in GROUPS else kids))


def _paragraphs(kids: Iterable[Kid]) -> Iterator[Kid]:
    for stands_alone, group in groupby(kids, lambda kid: isinstance(kid, TagNode) and kid.role not in IN_LINE):
        if stands_alone:
            yield from group
        else:
            yield TagNode("P", tuple(group))


POINTS = 0.75  # a CSS pixel


def read_tree(pdf: Pdf, sources: TagSources) -> TagNode:
    # The index of a page, and its height in points, by its object number.
    pages = {page.obj.objgen[0]: (number, float(page.mediabox[3])) for number, page in enumerate(pdf.pages)}

    def node_of(tag: Any) -> TagNode:
        page, height = pages[tag.Pg.objgen[0]] if Name.Pg in tag else (0, 0.0)
        source, table = sources.get(tag.objgen[0]), tag.get(Name.A, {})
        frame = tuple(float(value) * POINTS for value in table.get(Name.BBox, ()))
        if frame:
            # PDF measures from the bottom of the page, WeasyPrint from the top.
            left, top, right, bottom = frame
            frame = (round(left, 2), round(height - bottom, 2), round(right, 2), round(height - top, 2))
        return TagNode(
            role=str(tag.S)[1:],
            kids=tuple(kid_of(kid, page) for kid in tag.K),
            origin=source.origin if source else None,
            box=source.box if source else "",
            alt=str(tag.get(Name.Alt, "")),
            frame=frame,
            rows=int(table.get(Name.RowSpan, 1)),
            columns=int(table.get(Name.ColSpan, 1)),
        )

    def kid_of(kid: Any, page: int) -> Kid:
        if isinstance(kid, int):
            return MarkedContent(page, kid)
        return Annotation(page, kid.Obj.objgen[0]) if kid.get(Name.Type) == Name.OBJR else node_of(kid)

    return node_of(pdf.Root.StructTreeRoot.K[0])


CALL, MARKER = "::footnote-call", "::footnote-marker"


def place_notes(tree: TagNode) -> TagNode:
    """Return the tree with every footnote after its call; notes carry the id of their HTML element."""
    numbers = {node.origin.number for node in tree.walk() if node.origin and node.box.endswith(MARKER)}
    notes: dict[int, TagNode] = {}
    for number, piece in _pieces(tree, numbers):
        # A note continued at the foot of the next page.
        before = notes[number].kids if number in notes else ()
        notes[number] = replace(piece, kids=before + piece.kids)
    bare = _without(tree, numbers)
    note_by_number = {}
    for number, node in notes.items():
        # ISO 14289-1, 7.9: every note has an identifier of its own.
        identity = node.attribute("id") or f"note-of-{node.origin.number if node.origin else 0}"
        labelled = map_tags(node, lambda part: replace(part, role="Lbl") if part.box.endswith(MARKER) else part)
        note_by_number[number] = replace(labelled, role="Note", identity=identity)
    return map_tags(bare, lambda node: _with(node, note_by_number))


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
    """Return the tree with one tag per HTML element, whatever it spans; repeated table heads are kept once."""
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


# As WeasyPrint writes it. Its strings are all in hexadecimal digits, so no text can look like this.
MARKED = re.compile(rb"/\w+\n<</MCID (\d+)>>\nBDC")
ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"


def store_tree(pdf: Pdf, tree: TagNode) -> None:
    store = _Store(pdf)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = Array([store.tag(tree, root)])
    root.ParentTree = store.parent_tree()
    root.ParentTreeNextKey = store.next_key
    if store.identities:
        pairs = [part for key in sorted(store.identities) for part in (String(key), store.identities[key])]
        root.IDTree = pdf.make_indirect(Dictionary(Names=Array(pairs)))
    pdf.Root.StructTreeRoot = root


def content_of(tree: TagNode) -> dict[int, set[int]]:
    """The content that a tree owns: its numbers by page, counted from 0."""
    numbers_by_page: dict[int, set[int]] = defaultdict(set)
    for node in tree.walk():
        for kid in node.kids:
            if isinstance(kid, MarkedContent):
                numbers_by_page[kid.page].add(kid.number)
    return numbers_by_page


def mark_artifacts(pdf: Pdf, owned: Mapping[int, Set[int]]) -> None:
    """Mark as artifacts the content that no tag owns, such as running heads, page numbers and repeated table heads;
    screen readers skip it. `owned` has the numbers of the content to keep, by page from 0."""
    # ISO 14289-1, 7.1: content is tagged or marked as an artifact.
    for number, page in enumerate(pdf.pages):
        mine = owned.get(number, frozenset())
        before = page.Contents.read_bytes()
        after = MARKED.sub(partial(_artifact_unless_owned, mine), before)
        if after != before:
            page.Contents.write(after)


def _artifact_unless_owned(owned: Set[int], match: re.Match[bytes]) -> bytes:
    return match[0] if int(match[1]) in owned else ARTIFACT


class _Store:
    """The file, and what has been written to it so far."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages: list[Object] = [page.obj for page in pdf.pages]
        self.owners: defaultdict[int, dict[int, Object]] = defaultdict(dict)
        self.links: list[Object] = []
        self.identities: dict[str, Object] = {}

    @property
    def next_key(self) -> int:
        """The first free key of the parent tree: pages come first, then links."""
        return len(self.pages) + len(self.links)

    def tag(self, node: TagNode, parent: Object) -> Object:
        tag = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + node.role), P=parent))
        page = next((kid.page for kid in node.kids if isinstance(kid, MarkedContent)), None)
        if page is not None:
            tag.Pg = self.pages[page]
        if node.alt:
            tag.Alt = String(node.alt)
        if node.language:
            tag.Lang = String(node.language)
        if attributes := _attributes(node):
            tag.A = Dictionary(attributes)
        if node.identity:
            tag.ID = String(node.identity)
            self.identities[node.identity] = tag
        kids = [self._kid(kid, tag, page) for kid in node.kids]
        tag.K = kids[0] if len(kids) == 1 else Array(kids)
        return tag

    def parent_tree(self) -> Object:
        """The parent tree: tags of each page's content in order, then of each link (ISO 32000-1, 14.7.4.4)."""
        numbers: list[Any] = []
        for page in range(len(self.pages)):
            owners = self.owners[page]
            row = [owners.get(number) for number in range(max(owners, default=-1) + 1)]
            numbers += [page, self.pdf.make_indirect(Array(row))]
        for key, link in enumerate(self.links, len(self.pages)):
            numbers += [key, link]
        return self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))

    def _kid(self, kid: Kid, tag: Object, page: int | None) -> Any:
        if isinstance(kid, TagNode):
            return self.tag(kid, tag)
        if isinstance(kid, Annotation):
            # ISO 14289-1, 7.18.5: a link has words for where it leads.
            area = self.pages[kid.page].Annots[kid.number]
            area.StructParent = self.next_key
            area.Contents = String(kid.words)
            self.links.append(tag)
            return Dictionary(Type=Name.OBJR, Obj=area, Pg=self.pages[kid.page])
        self.owners[kid.page][kid.number] = tag
        if kid.page == page:
            return kid.number
        return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.number)


def _attributes(node: TagNode) -> dict[str, Any]:
    # ISO 32000-1, 14.8.5: a tag has attributes of the layout, of a list or of a table.
    if node.frame:
        return {"/O": Name.Layout, "/Placement": Name.Block, "/BBox": Array(node.frame)}
    if node.numbering:
        return {"/O": Name.List, "/ListNumbering": Name("/" + node.numbering)}
    attributes: dict[str, Any] = {"/Scope": Name("/" + node.scope)} if node.scope else {}
    if node.headers:
        attributes["/Headers"] = Array([String(header) for header in node.headers])
    if node.rows > 1:
        attributes["/RowSpan"] = node.rows
    if node.columns > 1:
        attributes["/ColSpan"] = node.columns
    return {"/O": Name.Table} | attributes if attributes else {}
