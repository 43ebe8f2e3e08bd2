"""Let figures and tables float, so that pages are full.

What may not break and does not fit on a page stands at the head of the next one; paragraphs that follow it in its
chapter fill the page before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import Document  # type: ignore[import-untyped]

from reporter.pdf.page_boxes import Layout, read_layout

OPENS, FOLLOWS, HEADINGS = "opens", "follows", ("h1", "h2", "h3")
# Text in columns, by how many there are; and figures and tables that may stand elsewhere in their chapter.
COLUMNS: Mapping[str, int] = {"flow": 2, "short": 1}
FLOATING = ("wide", "lone")
# What breaks over pages itself or is words alone, and what belongs to the words around it.
BREAKING, STAYING = ("long", "entries", "remarks", "revised"), ("text", "box")
# Parts of the height of a page: what may stay empty at its foot, the least room for the head of a chapter, and for the
# first lines below another heading.
SPARED, HEAD, LINES = 0.08, 0.24, 0.1


@dataclass(frozen=True, slots=True)
class Strip:
    """A full-width part of a chapter, or a paragraph in columns.

    `kind` is `heading`, `text` for what breaks over pages, `float` or `fixed`; `height` is in CSS pixels, as it was
    laid out. `around` is the element whose columns it stands in, else the strip itself.
    """

    element: Any
    kind: str
    height: float
    around: Any


@dataclass(slots=True)
class _Place:
    """Where the next strip begins: so much of a page is filled.

    Until something is moved it is known from the `layout`; below that it is reckoned.
    """

    layout: Layout
    filled: float = 0.0
    known: bool = True

    def breaks_before(self, strip: Strip, least: float) -> bool:
        """Return whether a strip begins a page for want of room."""
        top = self.layout.tops.get(strip.element)
        if not self.known or top is None:
            return self.filled + least > self.layout.height
        begins = top.page > 0 and top.down < 1.0
        self.filled = self.layout.feet[top.page - 1] if begins else top.down
        return begins

    def goes_on(self, height: float, *, breaking: bool) -> None:
        """Go on below something of this height."""
        self.filled += height
        if breaking and self.filled > self.layout.height:
            self.filled %= self.layout.height


def float_figures(document: Document, chapters: Sequence[Any]) -> bool:
    """Move what leaves a page half empty behind later text.

    `chapters` are the elements that were laid out, of which only the first begins a page. Returns whether anything was
    moved.
    """
    layout = read_layout(document)
    parents = {child: parent for chapter in chapters for parent in chapter.iter() for child in parent}
    place = _Place(layout)
    for chapter in chapters:
        strips = list(_strips(chapter, layout.heights))
        order = _arranged(strips, place)
        for n, each in enumerate(order):
            if each.kind == "float" and strips.index(each) < max(map(strips.index, order[:n]), default=-1):
                _put_behind(each.element, order[n - 1], parents)
    return not place.known


def _arranged(strips: Sequence[Strip], place: _Place) -> list[Strip]:
    """The strips of a chapter in an order that fills pages."""
    page, waiting, placed = place.layout.height, list(strips), list[Strip]()
    while waiting:
        ahead = next((n for n, each in enumerate(waiting) if each.kind != "heading"), len(waiting) - 1)
        last, heads = waiting[ahead], sum(each.height for each in waiting[:ahead])
        whole = last.kind in ("float", "fixed")
        least = heads + (last.height if whole else min(last.height, LINES * page))
        least = max(least, HEAD * page) if waiting[0].element.tag == "h1" else least
        if place.breaks_before(waiting[0], least):
            room = page - place.filled - heads
            filling = _filling(waiting, ahead, room, SPARED * page) if room > SPARED * page else 0
            if filling:
                floats = [each for each in waiting[ahead:filling] if each.kind == "float"]
                text = [each for each in waiting[: filling + 1] if each not in floats]
                place.known = False
                place.goes_on(sum(each.height for each in text), breaking=True)
                placed += text
                waiting = [*floats, *waiting[filling + 1 :]]
                continue
            place.filled = 0.0
        place.goes_on(heads + last.height, breaking=not whole)
        placed += waiting[: ahead + 1]
        waiting = waiting[ahead + 1 :]
    return placed


def _filling(waiting: Sequence[Strip], ahead: int, room: float, spared: float) -> int:
    """The place of the text to print before a float.

    0 when none fits in the room, or when a section would lose all that stands under its heading. A paragraph that is
    longer than the room begins in it and goes on above the float, where else more than `spared` would be empty.
    """
    if waiting[ahead].kind != "float":
        return 0
    above = waiting[ahead - 1].element.tag if ahead else ""
    for n, each in enumerate(waiting[ahead + 1 :], ahead + 1):
        bare = each.kind == "heading" and waiting[n - 1].kind == "float" and each.element.tag <= above
        before, room = room, room - (each.height if each.kind != "float" else 0.0)
        if each.kind == "fixed" or bare or (room < 0 and before < 2 * spared):
            return 0
        if each.kind == "text":
            return n
    return 0


def _put_behind(figure: Any, before: Strip, parents: dict[Any, Any]) -> None:
    """Put a figure below a strip, between columns."""
    parents[figure].remove(figure)
    place, parent = before.element, parents[before.element]
    while place is not before.around:
        rest = list(parent)[list(parent).index(place) + 1 :]
        after = Element(parent.tag, {name: value for name, value in parent.attrib.items() if name != "id"})
        after.extend(rest)
        for each in rest:
            parent.remove(each)
            parents[each] = after
        place, parent = parent, parents[parent]
        if len(after):
            parent.insert(list(parent).index(place) + 1, after)
            parents[after] = parent
    parent.insert(list(parent).index(place) + 1, figure)
    parents[figure] = parent


def _strips(section: Any, heights: Mapping[Any, float]) -> Iterator[Strip]:
    for each in section:
        own = classes(each)
        columns = next((COLUMNS[name] for name in own if name in COLUMNS), 0)
        if each.tag == "section":
            yield from _strips(each, heights)
        elif columns:
            yield from _paragraphs(each, each, heights, columns)
        elif each.tag in HEADINGS or each.tag == "p":
            yield Strip(each, "heading", heights.get(each, 0.0), each)
        else:
            inside = {name for child in each.iter() for name in classes(child)}
            breaks, stays = not inside.isdisjoint(BREAKING), not inside.isdisjoint(STAYING)
            moves = any(name in own for name in FLOATING) and not stays
            words = "box" in inside and inside.isdisjoint(("text", "table")) and each.find(".//figure") is None
            kind = "text" if breaks or words else "float" if moves else "fixed"
            yield Strip(each, kind, heights.get(each, 0.0), each)


def _paragraphs(parent: Any, around: Any, heights: Mapping[Any, float], columns: int) -> Iterator[Strip]:
    for each in parent:
        if each.tag in ("section", "div"):
            yield from _paragraphs(each, around, heights, columns)
        else:
            kind = "heading" if each.tag in HEADINGS else "text"
            yield Strip(each, kind, heights.get(each, 0.0) / columns, around)


def classes(element: Any) -> list[str]:
    """The classes of an element."""
    return str(element.get("class", "")).split()
