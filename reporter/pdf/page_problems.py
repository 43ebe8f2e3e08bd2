"""Tell what is wrong with the pages of a window. A window in which something must be moved is laid out again; so no
page of it is laid out that has no say in that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from reporter.pdf.floats import Move, first_move
from reporter.pdf.manuscript import ACROSS, HEADINGS, Window, classes
from reporter.pdf.page_boxes import Layout, outermost, read_layout

# No heading begins in the last eighth of a page: in the stylesheet, what is late takes room with it.
LOWEST, LATE = 7 / 8, "late"
# Hears the pages of a window as they are laid out, and says whether there are enough.
Enough = Callable[[Sequence[Any]], bool]


@dataclass(frozen=True, slots=True)
class PageProblems:
    """What to move, and which sections begin too low. The pages of both are counted from 0."""

    found: Move | None
    late: Mapping[str, int]

    def first(self, otherwise: int) -> int:
        return min([*self.late.values(), *([self.found.page] if self.found else [])], default=otherwise)


def problems_of(pages: Sequence[Any], layout: Layout, window: Window) -> PageProblems:
    """What is wrong with the pages of a window."""
    late: dict[str, int] = {}
    for number, page in enumerate(pages):
        sheet, section = page._page_box, ""
        for box in outermost(sheet):
            if box.element.tag == "section":
                section = box.element.get("id", "") if LATE not in box.element.get("class", "").split() else ""
            elif box.element.tag in HEADINGS and box.position_y > sheet.content_box_y() + LOWEST * sheet.height:
                late.setdefault(section, number)
    late.pop("", None)
    chapters = [each for each in window.parts if each.tag == "section"]
    return PageProblems(first_move(layout, chapters) if window.in_main else None, late)


class EarlyEnd:
    """Tells when the first pages of a window decide over it. That is when something is wrong with a page before the
    last one, and nothing that stands further on can change what must be moved."""

    def __init__(self, window: Window) -> None:
        self.window, self.is_reached = window, False
        # Heights are told of the highest page: of two kinds, the other one may come later.
        self.has_two_kinds = any(ACROSS in classes(each) for each in window.parts)

    def __call__(self, sheets: Sequence[Any]) -> bool:
        """Return whether no more pages are needed. The first one stands for what is before the window."""
        pages = [SimpleNamespace(_page_box=each) for each in sheets[1:]]
        if len(pages) > 1 and not self.has_two_kinds:
            layout = read_layout(pages)
            last = len(pages) - 1
            begun = [number for number, unit in enumerate(self.window.units) if unit.element in layout.tops]
            ended = {each for unit in self.window.units[: max(begun, default=0)] for each in unit.element.iter()}
            heights = _Ended((each, layout.heights.get(each, 0.0)) for each in ended)
            try:
                self.is_reached = problems_of(pages, replace(layout, heights=heights), self.window).first(last) < last
            except _NotEndedError:
                self.is_reached = False
        return self.is_reached


class _NotEndedError(Exception):
    """The height of something is asked for that has not ended."""


class _Ended(dict[Any, float]):
    """The heights of what has ended."""

    def get(self, element: Any, _otherwise: object = None) -> float:
        """The height of an element; raises NotEndedError for any other."""
        if element not in self:
            raise _NotEndedError
        return self[element]
