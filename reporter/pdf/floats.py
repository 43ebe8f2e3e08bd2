"""Let figures and tables float, so that pages are full. What may not break and does not fit on a page stands at the
head of the next one; paragraphs that follow it in its chapter fill the page before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from reporter.pdf.manuscript import HEADINGS, classes
from reporter.pdf.page_boxes import Layout

# Text in columns, by how many there are; and figures and tables that may stand elsewhere in their chapter.
COLUMNS: Mapping[str, int] = {"flow": 2, "short": 1}
FLOATING = ("wide", "lone")
# What breaks over pages itself or is words alone, and what belongs to the words around it.
BREAKING, STAYING = ("long", "entries", "remarks", "revised"), ("text", "box")
# Part of the height of a page: what may stay empty at its foot.
SPARED = 0.08


@dataclass(frozen=True, slots=True)
class Strip:
    """A full-width part of a chapter, or a paragraph in columns. `kind` is `heading`, `text` for what breaks over
    pages, `float` or `fixed`; `heights` are those of all elements as they were laid out. `around` is the element whose
    `columns` it stands in, else the strip itself."""

    element: Any
    kind: str
    heights: Mapping[Any, float]
    around: Any
    columns: int = 1

    @property
    def height(self) -> float:
        """How high it was laid out, in CSS pixels."""
        return self.heights.get(self.element, 0.0) / self.columns


class Move(NamedTuple):
    """Figures that go behind a paragraph, by their places among the strips. `page` is the one that they leave half
    empty."""

    page: int
    figures: tuple[int, ...]
    behind: int


def first_move(layout: Layout, chapters: Sequence[Any]) -> Move | None:
    """What to move so that a page with room gets text. It is the first page that has room for later text. `chapters`
    are the elements that were laid out."""
    start = 0
    for chapter in chapters:
        strips = list(_strips(chapter, layout.heights))
        if found := _move_in(strips, layout, start):
            return found
        start += len(strips)
    return None


def move(chapters: Sequence[Any], parents_of: Sequence[Any], found: Move) -> None:
    """Move figures in the document. `chapters` are what was laid out, `parents_of` the chapters of the document that
    they are cut out of."""
    strips = [each for chapter in chapters for each in _strips(chapter, {})]
    parents = {child: parent for chapter in parents_of for parent in chapter.iter() for child in parent}
    before = strips[found.behind]
    for figure in reversed(found.figures):
        _put_behind(strips[figure].element, before, parents)


def _move_in(strips: Sequence[Strip], layout: Layout, start: int) -> Move | None:
    """The first move in a chapter, whose strips are counted from `start`."""
    first = 0
    while first < len(strips):
        ahead = next((n for n in range(first, len(strips)) if strips[n].kind != "heading"), len(strips) - 1)
        tops = ((n, layout.tops.get(strips[n].element)) for n in range(first, ahead + 1))
        # The first strip that begins a page.
        begins = next((n for n, top in tops if top is not None and top.page > 0 and top.down < 1.0), None)
        if begins is not None:
            page = layout.tops[strips[begins].element].page - 1
            room = layout.height - layout.feet[page] - sum(each.height for each in strips[begins:ahead])
            spared = SPARED * layout.height
            if room > spared and (filling := _filling(strips, ahead, room, spared)):
                floats = (n for n in range(ahead, filling) if strips[n].kind == "float")
                return Move(page, tuple(start + n for n in floats), start + filling)
        first = ahead + 1
    return None


def _filling(strips: Sequence[Strip], ahead: int, room: float, spared: float) -> int:
    """The place of the last text to print before a float. 0 when none fits in the room, or when a section would lose
    all that stands under its heading. A paragraph that is longer than the room begins in it and goes on above the
    float, where else more than `spared` would be empty."""
    if strips[ahead].kind != "float":
        return 0
    above = strips[ahead - 1].element.tag if ahead and strips[ahead - 1].kind == "heading" else ""
    last = 0
    for n, each in enumerate(strips[ahead + 1 :], ahead + 1):
        bare = each.kind == "heading" and strips[n - 1].kind == "float" and each.element.tag <= above
        before, room = room, room - (each.height if each.kind != "float" else 0.0)
        if each.kind == "fixed" or bare or (room < 0 and before < 2 * spared):
            break
        last = n if each.kind == "text" else last
        if last and room <= spared:
            break
    return last


def _put_behind(figure: Any, before: Strip, parents: dict[Any, Any]) -> None:
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
            yield Strip(each, "heading", heights, each)
        else:
            inside = {name for child in each.iter() for name in classes(child)}
            breaks, stays = not inside.isdisjoint(BREAKING), not inside.isdisjoint(STAYING)
            moves = any(name in own for name in FLOATING) and not stays
            words = "box" in inside and inside.isdisjoint(("text", "table")) and each.find(".//figure") is None
            kind = "text" if breaks or words else "float" if moves else "fixed"
            yield Strip(each, kind, heights, each)


def _paragraphs(parent: Any, around: Any, heights: Mapping[Any, float], columns: int) -> Iterator[Strip]:
    for each in parent:
        if each.tag in ("section", "div"):
            yield from _paragraphs(each, around, heights, columns)
        else:
            kind = "heading" if each.tag in HEADINGS else "text"
            yield Strip(element=each, kind=kind, heights=heights, around=around, columns=columns)
