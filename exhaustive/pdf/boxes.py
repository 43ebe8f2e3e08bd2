"""What stands where on laid-out pages, read off WeasyPrint's boxes: words that leave their place or lie on others."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from weasyprint import Document  # type: ignore[import-untyped]
from weasyprint.formatting_structure.boxes import BlockContainerBox  # type: ignore[import-untyped]

from tests.colours import contrast

# CSS pixels; rounding of the layout, and letters that overhang their advance.
SLACK = 1.0
# Columns stand side by side: so much of a line's height may be shared with a neighbour of the same row.
SHARED = 0.35
HEADINGS = ("h1", "h2", "h3")
# So many pages of a document may be a quarter empty.
FULL, MOST_EMPTY = 0.75, 3
# The last page of a chapter is filled to this part at least, and every page after which the chapter goes on to that.
LEAST_AT_END, LEAST_BEFORE = 0.15, 0.34
# WCAG 2.1, 1.4.3: letters of 18 pt, in pixels, need less.
PAPER, READABLE, READABLE_LARGE, LARGE = "#ffffff", 4.5, 3.0, 24.0
Limits = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words on a page: its box in pixels, the box it must stay in, and what it belongs to."""

    page: int
    words: str
    left: float
    top: float
    right: float
    bottom: float
    limits: Limits
    part: str

    def __str__(self) -> str:
        return f"page {self.page}, {self.part}: {self.words[:60]!r}"


def overflows(document: Document) -> list[str]:
    """Lines that leave the page, the area of its text, their margin box, their column or their cell of a table."""
    return [
        f"{line} leaves its place by {max(_excess(line)):.1f} px"
        for line in lines(document)
        if max(_excess(line)) > SLACK
    ]


def overlaps(document: Document) -> list[str]:
    """Pairs of lines on a page that lie on each other, footnotes on text and margin boxes on text included."""
    found = []
    for page in _by_page(lines(document)).values():
        for one, two in combinations(sorted(page, key=lambda line: line.top), 2):
            across = min(one.right, two.right) - max(one.left, two.left)
            down = min(one.bottom, two.bottom) - max(one.top, two.top)
            height = min(one.bottom - one.top, two.bottom - two.top)
            if across > SLACK and down > SHARED * height:
                found.append(f"{one} lies on {two.words[:60]!r}")
    return found


def orphans(document: Document) -> list[str]:
    """Headings below which nothing follows on their page."""
    found = []
    for number, page in enumerate(document.pages, 1):
        seen = [(box, _heading(box)) for box in _content(page._page_box) if _is_leaf(box)]
        last = max(seen, key=lambda each: each[0].position_y + each[0].height, default=None)
        columns = [pair for pair in pairwise(seen) if pair[0][1] and pair[1][0].position_y < pair[0][0].position_y]
        found += [f"page {number}: {_text(box)!r} stands last in its column" for (box, _), _ in columns]
        if last and last[1] and number > 1:
            found.append(f"page {number}: {_text(last[0])!r} stands last")
    return found


def scant(document: Document) -> list[str]:
    """Pages of which a quarter or more is empty at the foot, where they are more than a document may have."""
    found = [f"page {number} is filled to {full:.0%}" for number, full in fullness(document) if full < FULL]
    return found if len(found) > MOST_EMPTY else []


def nearly_empty(document: Document) -> list[str]:
    """Pages with a few lines on them although something goes on there. One on which a chapter begins is as short as the
    chapter is."""
    sheets = [page._page_box for page in document.pages]
    found = []
    for number, full in fullness(document):
        goes_on = not _opens(sheets[number])
        scant = full < LEAST_BEFORE if goes_on else full < LEAST_AT_END and not _begins(sheets[number - 1])
        found += [f"page {number} is filled to {full:.0%}"] if scant else []
    return found


def _begins(page: Any) -> bool:
    """Whether a chapter begins on a page."""
    return any(box.element is not None and box.element.tag == "h1" for box in _content(page))


def _opens(page: Any) -> bool:
    """Whether a page begins with a chapter, or is the back cover."""
    first = next((box for box in _content(page) if _is_leaf(box)), None)
    top = page.content_box_y() + page.height / 8
    heads = [box for box in _content(page) if box.element is not None and box.element.tag == "h1"]
    return (
        first is None or any(box.position_y < top for box in heads) or any(_id(box) == "back" for box in _content(page))
    )


def fullness(document: Document) -> list[tuple[int, float]]:
    """How far down each page between the covers is filled, from 0 to 1, footnotes and all."""
    return [(number, _full(page._page_box)) for number, page in enumerate(document.pages, 1)][1:-1]


def _full(page: Any) -> float:
    foot = sum(each.margin_height() for each in page.children if type(each).__name__ == "FootnoteAreaBox")
    seen = [box for box in _content(page) if _is_leaf(box)]
    top = page.content_box_y()
    return (max((box.position_y + box.height for box in seen), default=top) - top + foot) / page.height


def low_headings(document: Document) -> list[str]:
    """Headings that begin in the last eighth of a page."""
    return [
        f"page {number}: {_text(box)!r} stands low"
        for number, page in enumerate(document.pages, 1)
        for box in _content(page._page_box)
        if _heading(box)
        and type(box).__name__ == "BlockBox"
        and box.position_y > page._page_box.content_box_y() + 7 / 8 * page._page_box.height
    ]


def pages_of(document: Document, part: str) -> int:
    """On how many pages an element of this id stands."""
    return sum(any(_id(box) == part for box in _inner(page._page_box)) for page in document.pages)


def lines(document: Document) -> Iterator[Line]:
    """Every line of words of every page, with the place it has to keep to."""
    for number, page in enumerate(document.pages, 1):
        box = page._page_box
        whole = (0.0, 0.0, box.margin_width(), box.margin_height())
        for child in box.children:
            kind = type(child).__name__
            if kind == "MarginBox":
                yield from _lines(child, number, _area(child), "margin")
            elif kind == "FootnoteAreaBox":
                yield from _lines(child, number, _area(box), "footnotes")
            else:
                fixed = any(_id(each) in ("cover", "back") for each in _inner(child))
                yield from _lines(child, number, whole if fixed else _area(box), "text")


def _lines(box: Any, page: int, limits: Limits, part: str) -> Iterator[Line]:
    kind = type(box).__name__
    part = "footnotes" if kind == "FootnoteAreaBox" else part
    if kind == "LineBox":
        yield from _line(box, page, limits, part)
    elif kind != "TextBox":
        # Marks that hang over keep to the cell around them; their own box has no width.
        hanging = box.element is not None and box.element.get("class") == "hanging"
        if isinstance(box, BlockContainerBox) and not hanging:
            limits = _within(limits, _area(box), sides_only=kind != "TableCellBox")
        for child in getattr(box, "children", ()):
            yield from _lines(child, page, limits, part)


def _line(box: Any, page: int, limits: Limits, part: str) -> Iterator[Line]:
    """The words of a line, and the lines within the blocks that stand in it."""
    own = list(_in_line(box))
    # Bullets stand outside the text on purpose.
    texts = [each for each in own if type(each).__name__ == "TextBox" and each.text.strip(" •\xa0")]
    if texts:
        left, right = min(t.position_x for t in texts), max(t.position_x + t.width for t in texts)
        words = "".join(each.text for each in texts)
        yield Line(page, words, left, box.position_y, right, box.position_y + box.height, limits, part)
    for each in own:
        if type(each).__name__ == "InlineBlockBox":
            yield from _lines(each, page, limits, part)


def _in_line(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        yield child
        if type(child).__name__ != "InlineBlockBox":
            yield from _in_line(child)


def _excess(line: Line) -> tuple[float, ...]:
    left, top, right, bottom = line.limits
    return left - line.left, top - line.top, line.right - right, line.bottom - bottom


def _area(box: Any) -> Limits:
    """A box with its padding, in which marks may hang and numbers stand out."""
    x, y = box.padding_box_x(), box.padding_box_y()
    return x, y, x + box.padding_width(), y + box.padding_height()


def unreadable(document: Document) -> list[str]:
    """Words whose colour is too near to what lies below them, by WCAG 2; pictures below words are not looked at."""
    found = (each for number, page in enumerate(document.pages, 1) for each in _faint(page._page_box, PAPER, number))
    return list(dict.fromkeys(found))


def _faint(box: Any, ground: str, page: int) -> Iterator[str]:
    ground = hex_of(box.style["background_color"], ground)
    if type(box).__name__ == "TextBox" and box.text.strip():
        ratio = contrast(hex_of(box.style["color"], ground), ground)
        if ratio < (READABLE_LARGE if box.style["font_size"] >= LARGE else READABLE):
            yield f"page {page}: {box.text[:40]!r} has a contrast of {ratio:.2f}"
    for child in getattr(box, "children", ()):
        yield from _faint(child, ground, page)


def hex_of(colour: Any, ground: str) -> str:
    """A colour laid over a ground, as a hex value."""
    alpha = colour.alpha
    below = [int(ground[n : n + 2], 16) for n in (1, 3, 5)]
    mixed = (alpha * part * 255 + (1 - alpha) * under for part, under in zip(colour.coordinates, below, strict=True))
    return "#" + "".join(f"{round(part):02x}" for part in mixed)


def _within(one: Limits, two: Limits, *, sides_only: bool) -> Limits:
    top, bottom = (one[1], one[3]) if sides_only else (max(one[1], two[1]), min(one[3], two[3]))
    return max(one[0], two[0]), top, min(one[2], two[2]), bottom


def _by_page(found: Iterator[Line]) -> dict[int, list[Line]]:
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in found:
        pages[line.page].append(line)
    return pages


def _content(page: Any) -> Iterator[Any]:
    for child in page.children:
        if type(child).__name__ not in ("MarginBox", "FootnoteAreaBox"):
            yield from _inner(child)


def _inner(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        yield child
        yield from _inner(child)


def _is_leaf(box: Any) -> bool:
    return (type(box).__name__ == "LineBox" and bool(_text(box).strip())) or "Replaced" in type(box).__name__


def _heading(box: Any) -> bool:
    return box.element is not None and box.element.tag in HEADINGS


def _text(box: Any) -> str:
    return "".join(each.text for each in _inner(box) if type(each).__name__ == "TextBox")


def _id(box: Any) -> str:
    return str(box.element.get("id", "")) if box.element is not None else ""


def is_on(document: Document, part: str, page: int) -> bool:
    """Whether an element of this id stands on a page."""
    return any(_id(box) == part for box in _inner(document.pages[page - 1]._page_box))
