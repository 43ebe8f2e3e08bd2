"""Read the boxes of pages that WeasyPrint laid out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from weasyprint import Document  # type: ignore[import-untyped]

# What holds strips that go from margin to margin.
AROUND = ("html", "body", "main", "section")


class Top(NamedTuple):
    """Where an element begins.

    `page` is counted from 0; `down` is from the top of its area, in CSS pixels.
    """

    page: int
    down: float


@dataclass(frozen=True, slots=True)
class Layout:
    """How high elements are, and where they begin.

    A height is that on all pages of an element together. `feet` is how far down each page is filled, footnotes and
    all; `height` is that of the area of a page. All are in CSS pixels.
    """

    heights: Mapping[Any, float]
    tops: Mapping[Any, Top]
    feet: tuple[float, ...]
    height: float


def read_layout(document: Document) -> Layout:
    """Read heights and places off the boxes of pages."""
    heights: dict[Any, float] = {}
    tops: dict[Any, Top] = {}
    feet: list[float] = []
    for number, page in enumerate(document.pages):
        sheet = page._page_box
        start = sheet.content_box_y()
        for box in outermost(sheet):
            heights[box.element] = heights.get(box.element, 0.0) + box.margin_height()
            tops.setdefault(box.element, Top(number, box.position_y - start))
        strips = [each for each in _strips_on(sheet) if each.margin_height()]
        for one, two in pairwise(strips):
            heights[one.element] += max(0.0, two.position_y - one.position_y - one.margin_height())
        notes = (each.margin_height() for each in sheet.children if type(each).__name__ == "FootnoteAreaBox")
        feet.append(
            max((each.position_y + each.margin_height() for each in strips), default=start) - start + sum(notes)
        )
    return Layout(heights, tops, tuple(feet), max((each._page_box.height for each in document.pages), default=0.0))


def outermost(parent: Any, above: Any = None) -> Iterator[Any]:
    """Yield the outermost box of each element, in the order of pages.

    What stands in the margins of the page is left out. Boxes are Any, because WeasyPrint has no annotations.
    """
    for box in getattr(parent, "children", ()):
        if type(box).__name__ != "MarginBox":
            if box.element is not None and box.element is not above and hasattr(box, "margin_height"):
                yield box
            yield from outermost(box, box.element)


def _strips_on(box: Any) -> Iterator[Any]:
    """The boxes on a page from margin to margin."""
    for each in getattr(box, "children", ()):
        if each.element is not None and each.element.tag in AROUND:
            yield from _strips_on(each)
        elif type(each).__name__ not in ("MarginBox", "FootnoteAreaBox") and each.element is not None:
            yield each
