"""Read the boxes of pages that WeasyPrint laid out."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

# What holds strips that go from margin to margin.
AROUND = ("html", "body", "main", "section")


class Top(NamedTuple):
    """Where an element begins. `page` is counted from 0; `down` is from the top of its area, in CSS pixels."""

    page: int
    down: float


@dataclass(frozen=True, slots=True)
class Layout:
    """How high elements are, and where they begin. A height is that on all pages of an element together. `feet` is how
    far down each page is filled, footnotes and all; `height` is that of the area of a page. All are in CSS pixels.
    `notes` are the elements among the footnotes of each page."""

    heights: Mapping[Any, float]
    tops: Mapping[Any, Top]
    feet: tuple[float, ...]
    height: float
    notes: tuple[Set[Any], ...]

    @property
    def fullness(self) -> tuple[float, ...]:
        """How far each page is filled, from 0 to 1."""
        return tuple(each / self.height for each in self.feet)


def read_layout(pages: Sequence[Any]) -> Layout:
    """Read heights and places off the boxes of pages."""
    heights: dict[Any, float] = {}
    tops: dict[Any, Top] = {}
    feet: list[float] = []
    notes: list[Set[Any]] = []
    for number, page in enumerate(pages):
        sheet = page._page_box
        start = sheet.content_box_y()
        for box in outermost(sheet):
            heights[box.element] = heights.get(box.element, 0.0) + box.margin_height()
            tops.setdefault(box.element, Top(number, box.position_y - start))
        strips = [each for each in _strips_on(sheet) if each.margin_height()]
        for one, two in pairwise(strips):
            heights[one.element] += max(0.0, two.position_y - one.position_y - one.margin_height())
        areas = [each for each in sheet.children if type(each).__name__ == "FootnoteAreaBox"]
        notes.append({each.element for area in areas for each in area.descendants()})
        foot = max((each.position_y + each.margin_height() for each in strips), default=start)
        feet.append(foot - start + sum(each.margin_height() for each in areas))
    height = max((each._page_box.height for each in pages), default=0.0)
    return Layout(heights=heights, tops=tops, feet=tuple(feet), height=height, notes=tuple(notes))


def outermost(parent: Any, above: Any = None) -> Iterator[Any]:
    """Yield the outermost box of each element, in the order of pages. What stands in the margins of the page is left
    out. Boxes are Any, because WeasyPrint has no annotations."""
    for box in getattr(parent, "children", ()):
        if type(box).__name__ != "MarginBox":
            if box.element is not None and box.element is not above and hasattr(box, "margin_height"):
                yield box
            yield from outermost(box, box.element)


def _strips_on(box: Any) -> Iterator[Any]:
    for each in getattr(box, "children", ()):
        if each.element is not None and each.element.tag in AROUND:
            yield from _strips_on(each)
        elif type(each).__name__ not in ("MarginBox", "FootnoteAreaBox") and each.element is not None:
            yield each
