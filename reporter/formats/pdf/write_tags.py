"""Write the repaired tag tree into the file. With it go the tables that lead to it: parents, identifiers, links.
Content that no tag owns becomes an artifact."""

import re
from collections import defaultdict
from collections.abc import Mapping, Set
from functools import partial
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from reporter.formats.pdf.tree import Annotation, Kid, MarkedContent, TagNode

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
    """The content that a tree owns. These are its numbers by page, counted from 0."""
    found: dict[int, set[int]] = defaultdict(set)
    for node in tree.walk():
        for kid in node.kids:
            if isinstance(kid, MarkedContent):
                found[kid.page].add(kid.number)
    return found


def mark_artifacts(pdf: Pdf, owned: Mapping[int, Set[int]]) -> None:
    """Mark as artifacts the content that no tag owns. `owned` has by page, counted from 0, the numbers of the content
    that stays. A screen reader passes over the rest: running heads, page numbers, and the heads of tables that are
    repeated on the next page."""
    # ISO 14289-1, 7.1: content is tagged or marked as an artifact.
    for number, page in enumerate(pdf.pages):
        mine = owned.get(number, frozenset())
        before = page.Contents.read_bytes()
        after = MARKED.sub(partial(_kept, mine), before)
        if after != before:
            page.Contents.write(after)


def _kept(owned: Set[int], found: re.Match[bytes]) -> bytes:
    return found[0] if int(found[1]) in owned else ARTIFACT


class _Store:
    """The file, and what has been written into it so far."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages: list[Object] = [page.obj for page in pdf.pages]
        self.owners: defaultdict[int, dict[int, Object]] = defaultdict(dict)
        self.links: list[Object] = []
        self.identities: dict[str, Object] = {}

    @property
    def next_key(self) -> int:
        """The first free key of the parent tree. Pages come first in it, then links."""
        return len(self.pages) + len(self.links)

    def tag(self, node: TagNode, parent: Object) -> Object:
        tag = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + node.role), P=parent))
        page = next((kid.page for kid in node.kids if isinstance(kid, MarkedContent)), None)
        if page is not None:
            tag.Pg = self.pages[page]
        _describe(tag, node)
        if node.identity:
            tag.ID = String(node.identity)
            self.identities[node.identity] = tag
        kids = [self._kid(kid, tag, page) for kid in node.kids]
        tag.K = kids[0] if len(kids) == 1 else Array(kids)
        return tag

    def parent_tree(self) -> Object:
        """Return the parent tree. It has for each page the tags of its content in the order of their numbers, then the
        tag of each link (ISO 32000-1, 14.7.4.4)."""
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
            return self._link(kid, tag)
        self.owners[kid.page][kid.number] = tag
        if kid.page == page:
            return kid.number
        return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.number)

    def _link(self, kid: Annotation, tag: Object) -> Object:
        """Complete the area of a link and return a reference to it. The area says in words where it leads, and which
        tag it belongs to."""
        # ISO 14289-1, 7.18.5: a link has words for where it leads.
        area = self.pages[kid.page].Annots[kid.number]
        area.StructParent = self.next_key
        area.Contents = String(kid.words)
        self.links.append(tag)
        return Dictionary(Type=Name.OBJR, Obj=area, Pg=self.pages[kid.page])


def _describe(tag: Object, node: TagNode) -> None:
    if node.alt:
        tag.Alt = String(node.alt)
    if node.language:
        tag.Lang = String(node.language)
    attributes = _attributes(node)
    if attributes:
        tag.A = Dictionary(attributes)


def _attributes(node: TagNode) -> dict[str, Any]:
    # ISO 32000-1, 14.8.5: a tag has attributes of the layout, of a list or of a table.
    if node.frame:
        return {"/O": Name.Layout, "/Placement": Name.Block, "/BBox": Array(node.frame)}
    if node.numbering:
        return {"/O": Name.List, "/ListNumbering": Name("/" + node.numbering)}
    found: dict[str, Any] = {"/Scope": Name("/" + node.scope)} if node.scope else {}
    if node.headers:
        found["/Headers"] = Array([String(each) for each in node.headers])
    if node.rows > 1:
        found["/RowSpan"] = node.rows
    if node.columns > 1:
        found["/ColSpan"] = node.columns
    return {"/O": Name.Table} | found if found else {}
