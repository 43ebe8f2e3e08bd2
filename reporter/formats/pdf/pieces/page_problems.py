"""Find what is wrong with the pages of a window; a window in which something must move is laid out again."""

import logging
import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from reporter.data.errors import ReporterError
from reporter.data.i18n.locale import folded
from reporter.formats.pdf.pieces.manuscript import HEADINGS, Window, classes

LOGGERS = ("weasyprint", "fontTools")
PROGRESS = "weasyprint.progress"
SHEET = re.compile(r"Step 2 .* - (?:template:)?(.*)")
# A character that no font of the machine has.
UNDRAWN = re.compile(r'unsupported by fonts: "(.)"')
PLACE = re.compile(r" at (\d+:\d+)")
HINT = "correct the template, stylesheet or chart named above; until then no PDF is written"


class Problems(logging.Handler):
    """Collects this thread's warnings and errors with their stylesheet; undrawable characters are kept separately."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.found: list[str] = []
        self.letters: set[str] = set()
        self.sheet = ""
        self.thread = threading.get_ident()

    @property
    def count(self) -> int:
        return len(self.found) + len(self.letters)

    def emit(self, record: logging.LogRecord) -> None:
        """Handle a log record: progress names the stylesheet being read, anything more serious is a problem."""
        if record.thread != self.thread:
            return
        message = record.getMessage()
        if record.name == PROGRESS:
            reading = SHEET.match(message)
            self.sheet = f"{reading[1]}: " if reading else ""
        elif undrawn := UNDRAWN.search(message):
            self.letters.add(undrawn[1])
        elif record.levelno >= logging.WARNING:
            self.found.append(f"{self.sheet}{message}" if PLACE.search(message) else message)


@contextmanager
def collecting() -> Iterator[Problems]:
    """Listen to the libraries while a PDF is made. Raises ReporterError at the end when they logged a problem."""
    problems = Problems()
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(problems)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    try:
        yield problems
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(problems)
            logger.setLevel(level)
            logger.propagate = propagate
    refuse(problems.found)


def refuse(problems: Iterable[str]) -> None:
    """Raise ReporterError with the problems, once each, if there are any."""
    messages = list(dict.fromkeys(problems))
    if messages:
        raise ReporterError("\n  ".join(("the pages cannot be laid out:", *messages)), hint=HINT)


PARAGRAPHS = ("p", "li", "td", "th", "h1", "h2", "h3", "caption", "blockquote")
NOTE = "note"
# Blanks, hyphens and hyphenation marks: lines break elsewhere than in the HTML.
LOOSE = re.compile("[\\s\u00ad\u200b\u2010\u2011\u2060-]+")
# Text added by stylesheets, such as quotation marks and calls of notes, is not in the HTML.
ADDED = ("::before", "::after", "::marker", "::footnote-call", "::footnote-marker")
COMPARED = 14
Paragraph = tuple[Any, str]


def lost_text(document: Any, paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """Yield the ends of paragraphs that no page shows. The document is Any: WeasyPrint has no annotations."""
    printed: dict[Any, list[str]] = defaultdict(list)
    for page in document.pages:
        for box in page._page_box.children:
            if type(box).__name__ != "MarginBox":
                _collect(box, None, printed)
    for element, words in paragraphs:
        end = _bare(words)[-COMPARED:]
        if end and end not in _bare("".join(printed[element])):
            yield " ".join(words.split())[-4 * COMPARED :]


def _collect(box: Any, element: Any, printed: dict[Any, list[str]]) -> None:
    if (box.element_tag or "").endswith(ADDED):
        return
    if box.element is not None and _is_paragraph(box.element):
        element = box.element
    if type(box).__name__ == "TextBox":
        printed[element].append(box.text)
    for child in getattr(box, "children", ()):
        _collect(child, element, printed)


def paragraphs_of(body: Any) -> Iterator[Paragraph]:
    texts_by_element: dict[Any, list[str]] = {}
    waiting: list[tuple[Any, Any, bool]] = [(body, None, False)]
    while waiting:
        element, paragraph, ended = waiting.pop()
        if ended:
            texts_by_element.setdefault(paragraph, []).append(element.tail or "")
            continue
        own = element if _is_paragraph(element) else paragraph
        texts_by_element.setdefault(own, []).append(element.text or "")
        waiting += [pair for child in reversed(list(element)) for pair in ((child, own, True), (child, own, False))]
    yield from ((owner, "".join(words)) for owner, words in texts_by_element.items() if owner is not None)


def _is_paragraph(element: Any) -> bool:
    return element.tag in PARAGRAPHS or NOTE in str(element.get("class", "")).split()


def _bare(text: str) -> str:
    return folded(LOOSE.sub("", text))


# The containers of strips from margin to margin.
AROUND = ("html", "body", "main", "section")


class Top(NamedTuple):
    """Where an element starts: `page` from 0, and `down` from the top of its area in CSS pixels."""

    page: int
    down: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The heights of elements (summed over pages) and where they start, in CSS pixels. `feet` is how far down each page
    is filled, footnotes included; `height` is that of a page's area; `notes` are the footnotes of each page."""

    heights: Mapping[Any, float]
    tops: Mapping[Any, Top]
    feet: tuple[float, ...]
    height: float
    notes: tuple[Set[Any], ...]

    @property
    def fullness(self) -> tuple[float, ...]:
        return tuple(foot / self.height for foot in self.feet)


def read_layout(pages: Sequence[Any]) -> Layout:
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
        strips = [strip for strip in _strips_on(sheet) if strip.margin_height()]
        for one, two in pairwise(strips):
            heights[one.element] += max(0.0, two.position_y - one.position_y - one.margin_height())
        areas = [area for area in sheet.children if type(area).__name__ == "FootnoteAreaBox"]
        notes.append({descendant.element for area in areas for descendant in area.descendants()})
        foot = max((strip.position_y + strip.margin_height() for strip in strips), default=start)
        feet.append(foot - start + sum(area.margin_height() for area in areas))
    height = max((laid_page._page_box.height for laid_page in pages), default=0.0)
    return Layout(heights=heights, tops=tops, feet=tuple(feet), height=height, notes=tuple(notes))


def outermost(parent: Any, above: Any = None) -> Iterator[Any]:
    """Yield the outermost box of each element in page order, without margins; Any, as WeasyPrint has no annotations."""
    for box in getattr(parent, "children", ()):
        if type(box).__name__ != "MarginBox":
            if box.element is not None and box.element is not above and hasattr(box, "margin_height"):
                yield box
            yield from outermost(box, box.element)


def _strips_on(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element is not None and child.element.tag in AROUND:
            yield from _strips_on(child)
        elif type(child).__name__ not in ("MarginBox", "FootnoteAreaBox") and child.element is not None:
            yield child


# Text in columns, by their number; and figures and tables that may float within their chapter.
COLUMNS: Mapping[str, int] = {"flow": 2, "short": 1}
FLOATING = ("wide", "lone")
# What breaks over pages or is text alone.
BREAKING = ("long", "entries", "remarks", "revised")
# The share of a page's height that may stay empty at its foot.
SPARED = 0.08


@dataclass(frozen=True, slots=True)
class Strip:
    """A full-width part of a chapter, or a paragraph in columns. `kind` is `heading`, `text` (may break), `float` or
    `fixed`; `heights` are those laid out; `around` is the element with the `columns`, else the strip itself."""

    element: Any
    kind: str
    heights: Mapping[Any, float]
    around: Any
    columns: int = 1

    @property
    def height(self) -> float:
        return self.heights.get(self.element, 0.0) / self.columns


@dataclass(frozen=True, slots=True)
class Move:
    """Figures that move after a paragraph, by index among the strips; `page` is the one they leave half empty."""

    page: int
    figures: tuple[int, ...]
    behind: int


def first_move(layout: Layout, chapters: Sequence[Any]) -> Move | None:
    """The first page with room for later text, and what to move there; `chapters` are the elements laid out."""
    start = 0
    for chapter in chapters:
        strips = list(_strips(chapter, layout.heights))
        if page_move := _move_in(strips, layout, start):
            return page_move
        start += len(strips)
    return None


def move(chapters: Sequence[Any], parents_of: Sequence[Any], page_move: Move) -> None:
    """Move figures in the document; `chapters` were laid out, `parents_of` are the chapters they were cut from."""
    strips = [strip for chapter in chapters for strip in _strips(chapter, {})]
    parents = {child: parent for chapter in parents_of for parent in chapter.iter() for child in parent}
    before = strips[page_move.behind]
    for figure in reversed(page_move.figures):
        _put_behind(strips[figure].element, before, parents)


def _move_in(strips: Sequence[Strip], layout: Layout, start: int) -> Move | None:
    """The first move in a chapter, whose strips are counted from `start`."""
    first = 0
    while first < len(strips):
        ahead = next((n for n in range(first, len(strips)) if strips[n].kind != "heading"), len(strips) - 1)
        tops = ((n, layout.tops.get(strips[n].element)) for n in range(first, ahead + 1))
        # The first strip that starts a page.
        begins = next((n for n, top in tops if top is not None and top.page > 0 and top.down < 1.0), None)
        if begins is not None:
            page = layout.tops[strips[begins].element].page - 1
            room = layout.height - layout.feet[page] - sum(strip.height for strip in strips[begins:ahead])
            spared = SPARED * layout.height
            if room > spared and (filling := _filling(strips, ahead, room, spared)):
                floats = (n for n in range(ahead, filling) if strips[n].kind == "float")
                return Move(page, tuple(start + n for n in floats), start + filling)
        first = ahead + 1
    return None


def _filling(strips: Sequence[Strip], ahead: int, room: float, spared: float) -> int:
    """The index of the last text to print before a float; 0 when none fits the room, or a section would lose all its
    text. A longer paragraph starts in the room and continues above the float if more than `spared` would stay empty."""
    if strips[ahead].kind != "float":
        return 0
    above = strips[ahead - 1].element.tag if ahead and strips[ahead - 1].kind == "heading" else ""
    last = 0
    for n, strip in enumerate(strips[ahead + 1 :], ahead + 1):
        bare = strip.kind == "heading" and strips[n - 1].kind == "float" and strip.element.tag <= above
        before, room = room, room - (strip.height if strip.kind != "float" else 0.0)
        if strip.kind == "fixed" or bare or (room < 0 and before < 2 * spared):
            break
        if strip.kind == "heading":
            above = strip.element.tag
        elif strip.kind == "text":
            last, above = n, ""
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
        for sibling in rest:
            parent.remove(sibling)
            parents[sibling] = after
        place, parent = parent, parents[parent]
        if len(after):
            parent.insert(list(parent).index(place) + 1, after)
            parents[after] = parent
    parent.insert(list(parent).index(place) + 1, figure)
    parents[figure] = parent


def _strips(section: Any, heights: Mapping[Any, float]) -> Iterator[Strip]:
    for element in section:
        own = classes(element)
        columns = next((COLUMNS[name] for name in own if name in COLUMNS), 0)
        if element.tag == "section":
            yield from _strips(element, heights)
        elif columns:
            yield from _paragraphs(element, element, heights, columns)
        elif element.tag in HEADINGS or element.tag == "p":
            yield Strip(element, "heading", heights, element)
        else:
            inside = {name for child in element.iter() for name in classes(child)}
            # A box belongs to its figure, else to the text around it.
            boxed = "box" in inside and element.find(".//figure") is None
            moves = any(name in own for name in FLOATING) and "text" not in inside and not boxed
            words = boxed and inside.isdisjoint(("text", "table"))
            kind = "text" if words or not inside.isdisjoint(BREAKING) else "float" if moves else "fixed"
            yield Strip(element, kind, heights, element)


def _paragraphs(parent: Any, around: Any, heights: Mapping[Any, float], columns: int) -> Iterator[Strip]:
    for element in parent:
        if element.tag in ("section", "div"):
            yield from _paragraphs(element, around, heights, columns)
        else:
            kind = "heading" if element.tag in HEADINGS else "text"
            yield Strip(element=element, kind=kind, heights=heights, around=around, columns=columns)


# No heading starts in the last eighth of a page: in the stylesheet, `late` reserves room.
LOWEST, LATE = 7 / 8, "late"


@dataclass(frozen=True, slots=True)
class PageProblems:
    """What to move, and which sections start too low; pages are counted from 0."""

    move: Move | None
    late: Mapping[str, int]

    def first(self, otherwise: int) -> int:
        return min([*self.late.values(), *([self.move.page] if self.move else [])], default=otherwise)


def problems_of(pages: Sequence[Any], layout: Layout, window: Window) -> PageProblems:
    late: dict[str, int] = {}
    for number, page in enumerate(pages):
        sheet, section = page._page_box, ""
        for box in outermost(sheet):
            if box.element.tag == "section":
                section = box.element.get("id", "") if LATE not in box.element.get("class", "").split() else ""
            elif box.element.tag in HEADINGS and box.position_y > sheet.content_box_y() + LOWEST * sheet.height:
                late.setdefault(section, number)
    late.pop("", None)
    chapters = [chapter for chapter in window.parts if chapter.tag == "section"]
    return PageProblems(first_move(layout, chapters) if window.in_main else None, late)
