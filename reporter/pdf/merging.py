"""Join the tags of elements that the layout cut to pieces. WeasyPrint tags a table on two pages as two tables."""

from dataclasses import replace

from reporter.pdf.tree import Kid, TagNode

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
