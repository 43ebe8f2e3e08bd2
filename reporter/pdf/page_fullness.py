"""Measure how full the pages of each chapter are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint import Document  # type: ignore[import-untyped]

CHAPTER, NOTES = "chapter", "many"


@dataclass(frozen=True, slots=True)
class ChapterPage:
    """A page on which one chapter stands, and how full it is.

    `page` is its number, counted from 1, `chapter` the id of the chapter; `filled` is how far down it is filled, from 0
    to 1. `opens` says that the chapter begins on it, `ends` that it ends there; `tail` is how far down the notes reach
    that go on from the page before; `foot` is the part of the page that footnotes take.
    """

    page: int
    chapter: str
    filled: float
    opens: bool
    ends: bool
    tail: float = 0.0
    foot: float = 0.0


def chapter_pages(document: Document) -> tuple[ChapterPage, ...]:
    """Return the pages on which one chapter stands alone, in order."""
    # The boxes are Any, because WeasyPrint has no annotations.
    found: list[tuple[int, Any, Any]] = []
    for number, each in enumerate(document.pages, 1):
        parts = [part for part in _inner(each._page_box) if _has(part, CHAPTER)]
        found += [(number, each._page_box, parts[0])] if len(parts) == 1 else []
    chapters = [part.element.get("id", "") for _, _, part in found]
    return tuple(
        ChapterPage(
            page=number,
            chapter=name,
            filled=_filled(page, part),
            opens=chapters[:place].count(name) == 0,
            ends=chapters[place + 1 :].count(name) == 0,
            tail=_tail(page, part),
            foot=_foot(page),
        )
        for place, ((number, page, part), name) in enumerate(zip(found, chapters, strict=True))
    )


def _inner(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        yield child
        yield from _inner(child)


def _has(box: Any, name: str) -> bool:
    return box.element is not None and name in str(box.element.get("class", "")).split()


def _filled(page: Any, part: Any) -> float:
    """Return how far a page is filled, from 0 to 1.

    This is measured from the top of the area of the page to the lowest line or picture of `part`.
    """
    kinds = ((type(each).__name__, each) for each in _inner(part))
    bottoms = (each.position_y + each.height for kind, each in kinds if kind == "LineBox" or "Replaced" in kind)
    return float((max(bottoms, default=page.content_box_y()) - page.content_box_y()) / page.height)


def _tail(page: Any, chapter: Any) -> float:
    """Return how far notes at the top of a page reach.

    From 0 to 1; 0 when something else stands there.
    """
    top = page.content_box_y() + 1.0
    notes = [each for each in _inner(chapter) if _has(each, NOTES) and each.position_y <= top]
    return _filled(page, notes[0]) if notes else 0.0


def _foot(page: Any) -> float:
    """Return the part of a page that footnotes take."""
    areas = (each.margin_height() for each in page.children if type(each).__name__ == "FootnoteAreaBox")
    return float(sum(areas) / page.height)
