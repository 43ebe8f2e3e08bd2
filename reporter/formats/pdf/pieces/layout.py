"""Lay out a document window by window into pieces that start and end with a page. Every paragraph must be complete,
figures float where they would leave a page half empty, and no heading is at the foot of a page. The result of a window
depends on nothing else, so it can be cached."""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from reporter.formats.pdf.pieces.manuscript import FOLLOWS, OPENS, Manuscript, PdfPiece, Window, set_class, units_of
from reporter.formats.pdf.pieces.page_problems import (
    LATE,
    Layout,
    Move,
    PageProblems,
    lost_text,
    move,
    paragraphs_of,
    problems_of,
    read_layout,
)

# WeasyPrint 70 sometimes loses a footnote that it moved to the next page; other line breaks move other footnotes.
ORPHANS = (0, 1, 3, 4)
# The most times that a page is laid out: what moves on one page shifts the next.
MOST_FILLINGS = 4
# The approximate pages of a window: more means less laid out twice, but more laid out again for a changed word.
PAGES, WIDER = 3.5, 1.5
# A page is settled when the next one is filled this far, or is followed by another.
SETTLED = 0.2
# A last page filled less than SCANT is worth a retry; less than LEAST is too empty.
SCANT, LEAST = 0.3, 0.15
# The approximate pages at the end of a part that are set closer or looser.
TAIL = 4
CLOSE, LOOSE = "close", "loose"
# The most of a page that a short part and the start of the next may fill together.
SHARED = 0.9
# The contents name the destinations whose pages they print.
TARGET, PAGE = "data-target", "data-page"


@dataclass(frozen=True, slots=True)
class Step:
    """What to do with a window: move figures or give sections (`late`) room, widen it, or cut off a `piece`."""

    move: Move | None = None
    late: tuple[str, ...] = ()
    unit_count: int = 0
    piece: PdfPiece | None = None


TakeStep = Callable[[str, Callable[[], Step]], Step]


@dataclass(frozen=True, slots=True)
class _Filled:
    """A part of a document with its pieces."""

    part: list[Any]
    in_main: bool
    pieces: list[PdfPiece]

    @property
    def is_contents(self) -> bool:
        return any(line.get(TARGET) for element in self.part for line in element.iter())


class Compositor:
    """Fills pages; `begin` creates the engine when needed, `take_step` recalls or takes a step."""

    def __init__(
        self,
        manuscript: Manuscript,
        begin: Callable[[], Any],
        take_step: TakeStep,
        is_cached: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.manuscript, self.begin, self.kept, self.known = manuscript, begin, take_step, is_cached
        self.parts = tuple(manuscript.parts())

    @cached_property
    def engine(self) -> Any:
        return self.begin()

    def has_first_step(self, number: int) -> bool:
        """Whether the first step of a part is cached; then the next one probably is, too."""
        part, in_main = self.parts[number]
        return self.known(_window_key(self.manuscript.window(part, 0, PAGES, in_main=in_main), improve=True))

    def filled(self, number: int) -> _Filled:
        """A part with its pieces; contents on pages of their own have none yet."""
        part, in_main = self.parts[number]
        empty = _Filled(part, in_main, [])
        if empty.is_contents and not in_main:
            return empty
        return replace(empty, pieces=self.pieces(part, in_main=in_main))

    def pieces(self, part: list[Any], *, in_main: bool) -> list[PdfPiece]:
        """Fill the pages of a part; if its last page is scant, its end is set closer or looser."""
        pairs = self._fill(part, 0, in_main=in_main)
        pages = [piece.fullness for piece, _ in pairs]
        if sum(map(len, pages)) < 2 or pages[-1][-1] >= SCANT:
            return [piece for piece, _ in pairs]
        place = max((n for n in range(len(pairs)) if sum(map(len, pages[n:])) >= TAIL), default=0)
        start = sum(unit_count for _, unit_count in pairs[:place])
        # Set looser, no text takes fewer pages.
        for setting in (CLOSE, LOOSE) if pages[-1][-1] < LEAST else (CLOSE,):
            before = [(chapter, dict(chapter.attrib), deepcopy(list(chapter))) for chapter in part]
            for unit in list(units_of(part))[start:]:
                set_class(unit.element, setting)
            again = self._fill(part, start, in_main=in_main)
            count, fuller = len(_feet(again)) - len(_feet(pairs[place:])), _feet(pairs)[-1] < LEAST <= _feet(again)[-1]
            if count < 0 or (count == 0 and fuller):
                return [piece for piece, _ in (*pairs[:place], *again)]
            for element, attributes, inside in before:
                element.attrib.clear()
                element.attrib.update(attributes)
                element[:] = inside
        return [piece for piece, _ in pairs]

    def _fill(self, part: list[Any], start: int, *, in_main: bool) -> list[tuple[PdfPiece, int]]:
        """Fill pages from a unit on; each piece comes with the number of its units."""
        pieces: list[tuple[PdfPiece, int]] = []
        tries, pages = 0, PAGES
        while True:
            window = self.manuscript.window(part, start, pages, in_main=in_main)
            if not window.units:
                return pieces
            improve = tries < MOST_FILLINGS
            step = self.kept(_window_key(window, improve=improve), partial(self._take, window, improve=improve))
            if step.piece:
                pieces.append((step.piece, step.unit_count))
                start, tries, pages = start + step.unit_count, 0, PAGES
            elif step.move or step.late:
                tries += 1
                for chapter in part:
                    for section in chapter.iter("section"):
                        if section.get("id") in step.late:
                            set_class(section, LATE)
                if step.move:
                    move(window.parts, part, step.move)
            else:
                pages *= WIDER

    def _take(self, window: Window, *, improve: bool) -> Step:
        for breaking in ORPHANS:
            lines = f"p {{ orphans: {breaking} !important; widows: {breaking} !important }}" if breaking else ""
            document = self.engine.lay_out(window, lines)
            document = document.copy(document.pages[1:])
            layout = read_layout(document.pages)
            wrong = problems_of(document.pages, layout, window) if improve else PageProblems(None, {})
            first = wrong.first(len(layout.feet))
            ends = [(count, units) for count, units in _ends(layout, window) if count <= first]
            if not ends:
                names = tuple(name for name, page in wrong.late.items() if page == first)
                return Step(move=wrong.move if wrong.move and wrong.move.page == first else None, late=names)
            count, unit_count = ends[-1]
            pages, units = document.copy(document.pages[:count]), window.units[:unit_count]
            lost = tuple(lost_text(pages, (paragraph for unit in units for paragraph in paragraphs_of(unit.element))))
            if not lost:
                break
        return Step(unit_count=unit_count, piece=replace(self.engine.draw(pages, layout.fullness[:count]), lost=lost))


def _window_key(window: Window, *, improve: bool) -> str:
    return f"{improve} {window.html}"


def _ends(layout: Layout, window: Window) -> Iterator[tuple[int, int]]:
    """Yield how many pages end with how many units, where what follows cannot change that. A footnote moved to the next
    page belongs to both."""
    last = len(layout.feet) - (not window.ends and layout.fullness[-1] < SETTLED)
    for number, unit in enumerate(window.units):
        top = layout.tops.get(unit.element)
        if top and 0 < top.page < last and top.down < 1.0:
            inside = {element for before in window.units[:number] for element in before.element.iter()}
            if inside.isdisjoint(layout.notes[top.page]):
                yield top.page, number
    if window.ends:
        yield len(layout.feet), len(window.units)


def _feet(pieces: Sequence[PdfPiece] | Sequence[tuple[PdfPiece, int]]) -> list[float]:
    return [fullness for piece in pieces for fullness in (piece[0] if isinstance(piece, tuple) else piece).fullness]


def compose_pages(
    compositor: Compositor, first: Sequence[int] = (), wait: Callable[[], None] = lambda: None
) -> list[PdfPiece]:
    """All pieces of a document in the order of pages. The parts `first` are filled before the call of `wait` for what
    others do meanwhile; the contents come last, because they print the pages of the others."""
    part_by_number = {number: compositor.filled(number) for number in first}
    wait()
    rest = (number for number in range(len(compositor.parts)) if number not in part_by_number)
    part_by_number |= {number: compositor.filled(number) for number in rest}
    parts = list(_joined(compositor, [part_by_number[number] for number in sorted(part_by_number)]))
    for number, part in enumerate(parts):
        tries = MOST_FILLINGS if part.is_contents else 0
        while tries and _number_lines(parts, number):
            parts[number] = replace(part, pieces=compositor.pieces(part.part, in_main=part.in_main))
            tries -= 1
    return [piece for entry in parts for piece in entry.pieces]


def _number_lines(parts: Sequence[_Filled], own: int) -> bool:
    """Give the contents the pages of all destinations; return whether they changed."""
    places: dict[str, int] = {}
    first = 1
    for number, part in enumerate(parts):
        for page_number, page in enumerate((page for piece in part.pieces for page in piece.pages), first):
            for name in page.anchors:
                places.setdefault(name, page_number)
        first += max(1, len(_feet(part.pieces))) if number == own else len(_feet(part.pieces))
    changed = False
    for line in (line for element in parts[own].part for line in element.iter() if line.get(TARGET)):
        page_label = str(places.get(line.get(TARGET)[1:], ""))
        changed |= line.get(PAGE) != page_label
        line.set(PAGE, page_label)
    return changed


def _joined(compositor: Compositor, parts: Sequence[_Filled]) -> Iterator[_Filled]:
    """Yield the parts in order. A part continues below a short one before it if its first page has room for both."""
    before: _Filled | None = None
    for current in parts:
        alone = before is not None and before.in_main and current.in_main and len(_feet(before.pieces)) == 1
        if before and alone and _feet(before.pieces)[0] + _feet(current.pieces)[0] <= SHARED:
            set_class(current.part[0], FOLLOWS, without=(OPENS,))
            part = [*before.part, *current.part]
            yield _Filled(part, True, compositor.pieces(part, in_main=True))
            before = None
            continue
        if before:
            yield before
        before = current
    if before:
        yield before
