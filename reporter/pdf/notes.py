"""Footnotes: a reference at the call, and the note beside it instead of at the end of the page."""

from collections.abc import Iterator
from dataclasses import replace

from reporter.pdf.tree import Kid, Node, rebuilt

CALL, MARKER = "::footnote-call", "::footnote-marker"


def place_notes(tree: Node) -> Node:
    """The tree with every footnote behind its call; a note carries the id of its HTML element."""
    numbers = {node.origin.number for node in tree.walk() if node.origin and node.box.endswith(MARKER)}
    notes: dict[int, Node] = {}
    for number, piece in _pieces(tree, numbers):
        # A note that goes on at the foot of the next page.
        before = notes[number].kids if number in notes else ()
        notes[number] = replace(piece, kids=before + piece.kids)
    bare = _without(tree, numbers)
    made = {number: _note(node) for number, node in notes.items()}
    return rebuilt(bare, lambda node: _with(node, made))


def _pieces(node: Node, numbers: set[int]) -> Iterator[tuple[int, Node]]:
    for kid in node.nodes():
        if kid.tag and kid.origin and kid.origin.number in numbers:
            yield kid.origin.number, kid
        else:
            yield from _pieces(kid, numbers)


def _note(node: Node) -> Node:
    identity = node.attribute("id") or f"note-of-{node.origin.number if node.origin else 0}"
    return replace(rebuilt(node, _labelled), role="Note", identity=identity)


def _labelled(node: Node) -> Node:
    return replace(node, role="Lbl") if node.box.endswith(MARKER) else node


def _without(node: Node, numbers: set[int]) -> Node:
    kids = tuple(
        _without(kid, numbers) if isinstance(kid, Node) else kid
        for kid in node.kids
        if not (isinstance(kid, Node) and kid.tag and kid.origin and kid.origin.number in numbers)
    )
    return replace(node, kids=kids) if kids != node.kids else node


def _with(node: Node, notes: dict[int, Node]) -> Node:
    if not any(kid.box.endswith(CALL) for kid in node.nodes()):
        return node
    kids: list[Kid] = []
    for kid in node.kids:
        if isinstance(kid, Node) and kid.box.endswith(CALL) and kid.origin:
            kids += [replace(kid, role="Reference"), notes[kid.origin.number]]
        else:
            kids.append(kid)
    return replace(node, kids=tuple(kids))
