"""Give each tag the role that its HTML element means. Contents, figures with their captions, lists, languages; tags
that say nothing are left out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from reporter.pdf.tree import CELLS, Kid, TagNode, map_tags

CONTENTS = "nav"
ROLES = {"figure": "Div", "header": "Div", "footer": "Div", "aside": "Div", CONTENTS: "Sect"}
# ISO 32000-1, 14.8.4.2: an item of a TOC holds Lbl, Reference, NonStruct, P or TOC.
IN_CONTENTS = {"L": "TOC", "LI": "TOCI", "LBody": "NonStruct"}
GROUPS = ("Document", "Part", "Art", "Sect", "Div", "BlockQuote")
SILENT = ("NonStruct", "Span")
IN_LINE = ("Link", "Note", "Reference", "Span")
# ISO 14289-1, 7.6: a list with labels says how they are numbered.
NUMBERINGS = {"ol": "Decimal", "ul": "Disc"}


def name_roles(tree: TagNode) -> TagNode:
    """Return the tree with roles and languages taken from the HTML. They are those that WeasyPrint does not know."""
    return map_tags(map_tags(tree, _named), _plain)


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


def _plain(node: TagNode) -> TagNode:
    """Return a tag without tags that are empty or mean nothing. Text that stands in a group by itself gets a
    paragraph."""
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
