"""Fill pages, so that none has only a few lines on it.

How a chapter must be set is found out on the chapter alone, and remembered.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from reporter.pdf.manuscript import Manuscript
from reporter.pdf.memory import Memory
from reporter.pdf.page_fullness import ChapterPage, chapter_pages

# The last page of a chapter is filled to this part at least, and every page after which the chapter goes on to that.
LEAST_AT_END, LEAST_BEFORE = 0.15, 0.34
# A page that is emptier than this, at the end or for want of room for what comes next, is worth a try or two; so are
# notes that go on to the next page and take less than this part of it.
FAIR_AT_END, FAIR_BEFORE, LEAST_OF_NOTES = 0.25, 0.6, 0.15
# What may stand in the way of a full page is allowed to break.
OPEN = "& .whole, & .pair, & .kept, & .box { break-inside: auto }"
# A few lines fit on the page before when all stand a little closer; else what they belong to comes along with them,
# or all stand a little wider.
CLOSE = """
& { font-size: 9.2pt; line-height: 1.37 }
& .text p { margin-bottom: 1.6mm } & .text li { margin-bottom: 0.4mm }
& { --above-part: 4.4mm; --above-title: 2.4mm }
& .entries { margin-bottom: 1.6mm } & .entries > .title { margin: 1.4mm 0 0.8mm }
& .entries li { padding: 0.5mm 0 0.7mm } & .entries li.bare { padding: 0.2mm 0 0.4mm }
& th, & td { padding-top: 0.8mm; padding-bottom: 0.8mm }
& figure:not(.noted), & .table { margin-bottom: 2.4mm }
"""
TOGETHER = "& .flow, & .entries, & .whole { break-inside: avoid }"
WIDE = """
& { line-height: 1.5 }
& { --above-part: 9mm; --above-title: 5mm } & .text p { margin-bottom: 3mm }
& .entries li { padding: 1.7mm 0 2mm } & th, & td { padding-top: 1.6mm; padding-bottom: 1.6mm }
& figure:not(.noted), & .table { margin-bottom: 8mm }
"""
DECLARATION = re.compile(r"([a-z-]+: [^;}]*[^;} ])")
# A short chapter goes on below the one before it, on a page of its kind, with so much of the page between them.
JOINED = "& { page: SHEET; break-before: auto; margin-top: 14mm; margin-break: discard }"
BETWEEN, SHORT, FULL = 0.07, 0.45, 0.9
MENDS = (CLOSE, TOGETHER, WIDE, OPEN, CLOSE + OPEN, WIDE + OPEN)


class Length(NamedTuple):
    """The length of a chapter.

    `end` is how far its last page is filled, from 0 to 1, footnotes and all.
    """

    pages: int
    end: float


class Mend(NamedTuple):
    """CSS rules that mend a chapter, and its pages under them."""

    rule: str
    pages: Sequence[ChapterPage]


class PageFiller:
    """Finds the CSS rules that fill scant pages, by chapter.

    `found` has the rules by the id of the chapter, empty when none helps.
    """

    def __init__(self, manuscript: Manuscript, memory: Memory) -> None:
        """Look at every chapter alone.

        This is quick, and is not done for a chapter that was looked at before.
        """
        self.manuscript = manuscript
        self.found: dict[str, str] = {}
        lengths: dict[str, Length] = {}
        for run in manuscript.chapter_runs():
            html = manuscript.extract(run)
            seen = memory.recall(manuscript.style + html, partial(self._seen, html))
            self.found |= seen["rules"]
            lengths |= {name: Length(*length) for name, length in seen["lengths"].items()}
        self.joined = dict(self._joined(lengths))

    def rules(self) -> str:
        """Return the CSS for all chapters concerned."""
        return "\n".join(_important(name, rule) for found in (self.found, self.joined) for name, rule in found.items())

    def improve(self, pages: Sequence[ChapterPage], breaking: int) -> bool:
        """Mend chapters that have a bad page only among the others.

        Returns whether the document must be laid out again.
        """
        new = [each for each in pages if each.chapter not in self.found]
        found = {name: mend.rule for name, mend in self._mends(new, breaking)}
        self.found |= found
        return any(found.values())

    def _seen(self, html: str) -> dict[str, dict[str, Any]]:
        """Return what mends some chapters, looked at alone, and their lengths."""
        pages = chapter_pages(self.manuscript.lay_out_part(html, 0, ""))
        mends = dict(self._mends(pages, 0))
        before = {name: [each for each in pages if each.chapter == name] for name in _chapters(pages)}
        after = before | {name: mend.pages for name, mend in mends.items()}
        rules = {name: mend.rule for name, mend in mends.items()}
        lengths = {name: Length(len(own), own[-1].filled + own[-1].foot) for name, own in after.items()}
        return {"rules": rules, "lengths": lengths}

    def _joined(self, lengths: Mapping[str, Length]) -> Iterator[tuple[str, str]]:
        """Yield rules for short chapters that need no page of their own.

        Such a chapter goes on where the one before it ends, as long as both are on one page.
        """
        kind, end = "", 1.0
        for name, length in lengths.items():
            named = self.manuscript.named_page(name)
            after = end + BETWEEN + length.end
            if kind and named and length.pages == 1 and min(end, length.end) < SHORT and after <= FULL:
                yield name, JOINED.replace("SHEET", kind)
                end = after
            else:
                kind, end = named, length.end

    def _mends(self, pages: Sequence[ChapterPage], breaking: int) -> Iterator[tuple[str, Mend]]:
        """Yield what mends each chapter with a scant or loose page."""
        scant = _chapters(each for each in pages if is_scant(each))
        loose = _chapters(each for each in pages if is_loose(each) and each.chapter not in scant)
        tries = [(name, MENDS, is_scant) for name in scant] + [(name, (CLOSE, OPEN, WIDE), is_loose) for name in loose]
        for name, rules, is_bad in tries:
            own = [each for each in pages if each.chapter == name]
            yield name, self._mend(name, breaking, rules, is_bad) or Mend("", own)

    def _mend(
        self, name: str, breaking: int, rules: Sequence[str], is_bad: Callable[[ChapterPage], bool]
    ) -> Mend | None:
        """Return the first rules that leave no bad page, or None."""
        part = self.manuscript.extract((name,))
        for rule in rules:
            pages = chapter_pages(self.manuscript.lay_out_part(part, breaking, _important(name, rule)))
            if not any(map(is_bad, pages)):
                return Mend(rule, pages)
        return None


def _chapters(pages: Iterable[ChapterPage]) -> dict[str, None]:
    return dict.fromkeys(each.chapter for each in pages)


def _important(name: str, rule: str) -> str:
    """Return the rules for one chapter, each of them important.

    Others would yield to the stylesheets of the document itself.
    """
    return DECLARATION.sub(r"\1 !important", rule).replace("&", f"#{name}")


def is_scant(page: ChapterPage) -> bool:
    """Return whether a page is emptier than it may be.

    Its chapter goes on after it, or ends with a few lines on it. A chapter that also begins on it is as short as it is.
    """
    return not page.opens and page.filled < LEAST_AT_END if page.ends else page.filled < LEAST_BEFORE


def is_loose(page: ChapterPage) -> bool:
    """Return whether a page is worth a try to fill it better.

    It is scant, or far from full although its chapter goes on, or begins with a few notes left over.
    """
    fair = FAIR_BEFORE if not page.ends else 0 if page.opens else FAIR_AT_END
    return is_scant(page) or page.filled < fair or 0 < page.tail < LEAST_OF_NOTES
