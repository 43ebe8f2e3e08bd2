"""Tag footnotes: a reference at the call, then the note. WeasyPrint leaves the note at the end of the page."""

from collections.abc import Iterator
from dataclasses import replace

from reporter.pdf.tree import Kid, TagNode, map_tags

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
