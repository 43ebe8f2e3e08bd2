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
    found = [(number, box, parts) for number, box, parts in _pages(document) if len(parts) == 1]
    chapters = [parts[0].element.get("id", "") for _, _, parts in found]
    return tuple(
        ChapterPage(
            page=number,
            chapter=name,
            filled=_filled(page, parts[0]),
            opens=chapters[:place].count(name) == 0,
            ends=chapters[place + 1 :].count(name) == 0,
            tail=_tail(page, parts[0]),
            foot=_foot(page),
        )
        for place, ((number, page, parts), name) in enumerate(zip(found, chapters, strict=True))
    )


def _pages(document: Document) -> Iterator[tuple[int, Any, list[Any]]]:
    """Yield each page with the boxes of the chapters on it.

    The boxes are Any, because WeasyPrint has no annotations.
    """
    for number, page in enumerate(document.pages, 1):
        box = page._page_box
        yield number, box, [each for each in _inner(box) if _is_chapter(each)]


def _inner(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        yield child
        yield from _inner(child)


def _is_chapter(box: Any) -> bool:
    return _has(box, CHAPTER)


def _has(box: Any, name: str) -> bool:
    return box.element is not None and name in str(box.element.get("class", "")).split()


def _filled(page: Any, part: Any) -> float:
    """Return how far a page is filled, from 0 to 1.

    This is measured from the top of the area of the page to the lowest line or picture of `part`.
    """
    bottoms = (each.position_y + each.height for each in _inner(part) if _is_seen(each))
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


def _is_seen(box: Any) -> bool:
    """Return whether a box is a line of text or a picture."""
    return type(box).__name__ == "LineBox" or "Replaced" in type(box).__name__
