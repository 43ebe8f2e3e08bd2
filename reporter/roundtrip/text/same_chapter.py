"""Compare a chapter of a PDF with that of the web page."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from reporter.roundtrip.stated import MalformedFileError
from reporter.roundtrip.text.page_text import FIRST_FOLDED, IMPRINT
from reporter.roundtrip.text.said import (
    Chapter,
    ChapteredText,
    is_spaced_alike,
    key_of,
    letters_of,
    place_of,
    quoted,
    sentences_of,
)
from reporter.roundtrip.text.tagged_text import CAPTION, CELLS, HEADINGS, JOINT, SaidPassage

MOST_CHANGED, MOST_LABEL = 2_000, 40
SaidPassages = Sequence[SaidPassage]


class ChangedRun(NamedTuple):
    """A run of passages that the other document has not there. `place` counts the passages of the page before it."""

    here: SaidPassages
    there: SaidPassages
    place: int


class ComparedChapter:
    """A chapter of a PDF, and the same of a page."""

    def __init__(self, chapter: Chapter, page: Chapter, one: ChapteredText, other: ChapteredText) -> None:
        self.chapter = chapter
        self.page = page
        self.one = one
        self.other = other
        self.tables: set[int] = set()
        self.said = {sentence for each in chapter.notes for sentence in sentences_of(each.text)}
        self.expected = {sentence for each in page.notes for sentence in sentences_of(each.text)}
        self.blocks = self._lift_tables([self._without_notes(each) for each in self._blocks()])

    def differences(self) -> Iterator[str]:
        for here, there, _ in self.blocks:
            left, missed = self._without_cover(here, there)
            left = self._without_labels(left)
            # Both may say one text, however it is cut into passages.
            one, other = JOINT.join(each.text for each in left), " ".join(each.text for each in missed)
            is_alike = key_of(one) == key_of(other) and is_spaced_alike(one, other)
            if not is_alike or all(each.role in CELLS for each in (*left, *missed)):
                yield from self._told(left, missed)
        for each in self.chapter.notes:
            if not self.expected.issuperset(sentences_of(each.text)):
                yield f"{place_of(each, self.chapter)}: the note {quoted(each.text)} is not on the web page"
        for each in self.page.notes:
            if not all(sentence in self.said or self.one.says(sentence) for sentence in sentences_of(each.text)):
                yield missing(each, self.chapter)

    def _blocks(self) -> Iterator[ChangedRun]:
        """Yield the runs in which the chapters differ. Notes the tables of the PDF that are tables on the page. Raises
        MalformedFileError when the chapters have so little in common that a comparison would take long."""
        ours, theirs = self.chapter.keys, self.page.keys
        least = min(len(ours), len(theirs))
        begin = next((place for place in range(least) if ours[place] != theirs[place]), least)
        end = next((n for n in range(least - begin) if ours[-1 - n] != theirs[-1 - n]), least - begin)
        stop, last = len(ours) - end, len(theirs) - end
        if min(stop, last) - begin > MOST_CHANGED:
            raise MalformedFileError(f"page {self.chapter.flow[begin].page}: has little in common with the web page")
        found = SequenceMatcher(None, ours[begin:stop], theirs[begin:last], autojunk=False).get_matching_blocks()
        runs = [(0, 0, begin), *((begin + a, begin + b, size) for a, b, size in found), (stop, last, end)]
        place, other = 0, 0
        for first, second, size in runs:
            if first > place or second > other:
                yield ChangedRun(self.chapter.flow[place:first], self.page.flow[other:second], other)
            place, other = first + size, second + size
            for number in range(size):
                here, there = self.chapter.flow[first + number], self.page.flow[second + number]
                if here.role in CELLS and there.role in CELLS:
                    self.tables.add(here.table)
                if not is_spaced_alike(here.text, there.text):
                    yield ChangedRun([here], [there], second + number)

    def _without_notes(self, block: ChangedRun) -> ChangedRun:
        left: list[SaidPassage] = []
        has_folded = any(each.table > FIRST_FOLDED for each in self.page.flow)
        for each in block.here:
            sentences = set(sentences_of(each.text))
            # The notes of a folded table: the page has that beside its chart, with the notes of the chart.
            is_under_folded = has_folded and all(map(self.other.says, each.text.replace(JOINT, " ").split()))
            if each.role == "/P" and self.expected.issuperset(sentences):
                self.said.update(sentences)
            elif each.role != "/P" or not is_under_folded:
                left.append(each)
        return block._replace(here=left)

    def _lift_tables(self, blocks: list[ChangedRun]) -> list[ChangedRun]:
        for number, block in enumerate(blocks):
            keys = [key_of(each.text) for each in block.here]
            for place, other in enumerate(blocks):
                same = keys and place != number and not block.there and not other.here
                if same and keys == [key_of(each.text) for each in other.there]:
                    first, last = sorted((block.place, other.place + (block.place > other.place) * len(other.there)))
                    if _is_table(block.here, self.chapter) or _is_table(self.page.flow[first:last], self.page):
                        blocks[number] = blocks[place] = ChangedRun([], [], 0)
                        break
        return [each for each in blocks if each.here or each.there]

    def _without_cover(self, here: SaidPassages, there: SaidPassages) -> tuple[SaidPassages, SaidPassages]:
        if not (here and there and here[0].role in HEADINGS and there[0].role in HEADINGS):
            return here, there
        cover = "\n".join(letters_of(each.text) for each in self.other.of(IMPRINT))
        words, short = there[0].text.split(), letters_of(here[0].text)
        for place in range(1, len(words)):
            if letters_of("".join(words[place:])) == short:
                known = all(letters_of(each) in cover for each in words[:place])
                return (here[1:], there[1:]) if known else (here, there)
        return here, there

    def _without_labels(self, here: SaidPassages) -> SaidPassages:
        free = {each.table for each in self.chapter.flow if each.role == "/TD" and each.text} - self.tables
        loud = {each.row for each in self.chapter.flow if each.role == "/TD" or not _is_label(each)}
        return [
            each
            for each in here
            if each.table not in free
            or not (
                (each.role in CELLS and not each.text)
                or (each.role == CAPTION and _is_label(each))
                or (each.role == "/TH" and each.row not in loud)
            )
        ]

    def _told(self, here: SaidPassages, there: SaidPassages) -> Iterator[str]:
        for ours, theirs in zip(here, there, strict=False):
            yield f"{place_of(ours, self.chapter)}: says {quoted(ours.text)}, and the web page {quoted(theirs.text)}"
        more = here[len(there) :]
        yield from (f"{place_of(each, self.chapter)}: {quoted(each.text)} is not on the web page" for each in more)
        yield from (missing(each, self.chapter) for each in there[len(here) :])


def missing(passage: SaidPassage, chapter: Chapter) -> str:
    """Say that the PDF lacks a passage of the page."""
    return f"under {quoted(chapter.heading)}, the web page says {quoted(passage.text)}, which is not here"


def _is_label(passage: SaidPassage) -> bool:
    return len(passage.text) <= MOST_LABEL and not any(map(str.isdigit, passage.text))


def _is_table(passages: SaidPassages, chapter: Chapter) -> bool:
    tables = {each.table for each in passages}
    return 0 not in tables and len(passages) == sum(each.table in tables for each in chapter.flow)
