"""Compare the tagged text of a PDF with its web page. Both say the same: headings, paragraphs, items of lists, cells
and captions in the same order within each chapter, notes, and what is drawn and said of each figure. Not compared are
white space but between digits, soft hyphens, hyphens between letters, which may end a line, and capitals. By these
rules alone a PDF may differ from the page:

- chapters, figures with their captions, and notes may stand elsewhere, since a page has other room for them; notes are
  compared sentence by sentence;
- the cover, the imprint and the last page say what the page says, in any order, and besides what is attached to the
  file, which standards it keeps and where it is on the web, in words without other numbers;
- the list of contents adds numbers of pages, and says only what stands in the document;
- a table may stand elsewhere among the paragraphs of its chapter, where it found room;
- a heading of the page may begin with words of the cover; a table of the PDF whose cells are paragraphs of the page may
  have a short caption and heads of words besides;
- running titles, which no tag has, say the number of the page, a title, or the head of a table once more;
- an annex may have the tables that the page has beside the charts, with notes in words of the page;
- the signs before the items of a list are left out, and so is what a page alone has: the data beside a chart, and what
  leads about the page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate, groupby
from typing import NamedTuple

from reporter.roundtrip.stated import MalformedFileError
from reporter.roundtrip.text.page_text import FIRST_FOLDED, IMPRINT, REPEATED, read_passages
from reporter.roundtrip.text.tagged_text import (
    CAPTION,
    CELLS,
    CONTENTS,
    FIGURE,
    HEADINGS,
    JOINT,
    NOTE,
    SaidPassage,
    read_tagged,
)

BLANK, HYPHEN = re.compile(rf"[\s{JOINT}]+"), re.compile(r"(?<=[^\W\d_])[-\u2010](?=[^\W\d_])")
NOT_LETTERS = re.compile(r"[\W_]+")
SENTENCE, LABEL = re.compile(r"(?<=\.)\s+"), re.compile(r"[^\W\d]+:")
# The sign before an item of a list.
SIGN = re.compile(r"[•–◦▪]?|\(?(\d{1,3}|[a-z])[.)]")
SHOWN = 60
# What is compared by itself.
APART = (CONTENTS, FIGURE, IMPRINT, REPEATED)


def key_of(text: str) -> str:
    """A text without white space, soft hyphens, hyphens between letters, and capitals."""
    return HYPHEN.sub("", BLANK.sub("", text.replace("\u00ad", "")).casefold())


def is_spaced_alike(one: str, other: str) -> bool:
    """Tell if the digits of two texts are parted alike."""
    return _spaced(other, "") in (_spaced(one, ""), _spaced(one, " "))


def _spaced(text: str, joint: str) -> str:
    plain = BLANK.sub(" ", text.replace(JOINT, joint).replace("\u00ad", "")).strip()
    return HYPHEN.sub("", re.sub(r"(?<!\d) | (?!\d)", "", plain).casefold())


def letters_of(text: str) -> str:
    """The letters and digits of a text, without capitals."""
    return NOT_LETTERS.sub("", key_of(text))


def sentences_of(text: str) -> list[str]:
    """The sentences of a note, without its first label."""
    found = [key_of(each) for each in SENTENCE.split(text.replace(JOINT, " ").strip())]
    return [LABEL.sub("", found[0], count=1), *found[1:]]


def quoted(text: str) -> str:
    """The first words of a text, to name it."""
    words = " ".join(text.replace(JOINT, " ").split())
    return repr(words if len(words) <= SHOWN else f"{words[:SHOWN]}…")


class Chapter:
    """What stands between two headings of the first rank."""

    def __init__(self) -> None:
        self.heading = ""
        self.flow: list[SaidPassage] = []
        self.notes: list[SaidPassage] = []

    @cached_property
    def keys(self) -> list[str]:
        return [key_of(each.text) for each in self.flow]


class ChapteredText:
    """What a document says, chapter by chapter."""

    def __init__(self, passages: Sequence[SaidPassage]) -> None:
        self.passages = passages
        self.chapters: dict[int, Chapter] = {}
        for each in passages:
            chapter = self.chapters.setdefault(each.chapter, Chapter())
            if each.role in HEADINGS:
                chapter.heading = chapter.heading or each.text
            if each.role == NOTE:
                chapter.notes.append(each)
            elif each.role in CELLS or not (each.role in APART or SIGN.fullmatch(each.text)):
                chapter.flow.append(each)

    def of(self, *roles: str) -> list[SaidPassage]:
        return [each for each in self.passages if each.role in roles]

    @cached_property
    def letters(self) -> str:
        """The letters of all passages, each in a line."""
        return "\n".join(letters_of(each.text) for each in self.passages)

    def says(self, text: str) -> bool:
        """Return whether all pieces of a text stand in the document."""
        return all(letters_of(each) in self.letters for each in text.split(JOINT))


def place_of(passage: SaidPassage, chapter: Chapter) -> str:
    return f"page {passage.page}, under {quoted(chapter.heading)}" if chapter.heading else f"page {passage.page}"


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


PAGE_NUMBER = re.compile(rf"{JOINT}\d{{1,4}}$")
# A table that goes on: its number, and the word for it.
CONTINUED = re.compile(r"(.*\d.*), [^\W\d]+")
# The number of a figure or table in a list; the number or letter of a chapter.
COUNTED, NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*|[A-Z])\s+"), re.compile(r"\b(?:\d{1,2}|[A-Z])\b")
PARTED = " · "
FORM = re.compile(r"\.(pdf|html)$")
# What a PDF says about itself: a file attached, its address, the standards it keeps; and at most so many words with it.
ABOUT = re.compile(
    rf"[A-Z]{{2}}-\d{{4}}(-[a-z_]+)*\.(csv|yaml)\b|(.*{JOINT})?([a-z0-9-]+\.)+[a-z]{{2,}}(/\S*)?$|.*veraPDF\b.*PDF/UA-1\b.*PDF/A-3a\b",
    re.S,
)
MOST_LINES, MOST_SAID = 8, 240


def outside_differences(outside: Sequence[tuple[int, str]], one: ChapteredText, other: ChapteredText) -> Iterator[str]:
    """Find text without a tag that is no running title. It is the number of the page or chapter, a title of the web
    page, words of it that stand on most pages, or a whole row of heads of a table once more."""
    pages = {each.page for each in one.passages}
    banners = {text for text, times in Counter(text for _, text in outside).items() if times * 2 > len(pages)}
    banners = {text for text in banners if other.says(text) and not any(map(str.isdigit, text))}
    titles = "\n".join(letters_of(each.text) for each in [*one.of(*HEADINGS), *other.of(*HEADINGS, IMPRINT)])
    numbers = {each for found in one.of(*HEADINGS) for each in NUMBER.findall(found.text)}
    rows = _heads(one.passages)
    for number, texts in groupby(outside, key=lambda each: each[0]):
        left = [text.strip() for _, text in texts]
        while left:
            text = left[0]
            joined = list(accumulate(map(key_of, left)))
            row = next((place for place, each in enumerate(joined, 1) if each in rows), 0)
            if not (row or text in (str(number), *numbers, *banners) or _is_title(text, titles, other)):
                yield f"page {number} shows {quoted(text)} outside its tags, which is no running title"
            del left[: row or 1]


def _is_title(text: str, titles: str, other: ChapteredText) -> bool:
    for part in text.split(PARTED):
        found = CONTINUED.fullmatch(part)
        if not (letters_of(part) in titles and any(map(str.isalpha, part))) and not (found and other.says(found[1])):
            return False
    return True


def _heads(passages: Sequence[SaidPassage]) -> set[str]:
    rows = ([*row] for number, row in groupby(passages, key=lambda each: each.row) if number)
    return {"".join(key_of(each.text) for each in row) for row in rows if all(each.role == "/TH" for each in row)} - {
        ""
    }


def contents_differences(one: ChapteredText, other: ChapteredText) -> Iterator[str]:
    """Find what the list of contents says and the document does not."""
    for each in one.of(CONTENTS):
        if letters_of(PAGE_NUMBER.sub("", each.text)) not in other.letters:
            yield f"page {each.page}: the contents say {quoted(each.text)}, and the web page does not"
    for each in other.of(CONTENTS):
        words = COUNTED.sub("", each.text.strip())
        if letters_of(words) not in one.letters and not words.isalpha():
            yield f"the contents of the web page say {quoted(each.text)}, which is not here"


def imprint_differences(
    chapters: Iterable[Chapter], one: ChapteredText, other: ChapteredText, beside: ChapteredText
) -> Iterator[str]:
    """Find what cover, imprint and last page say alone. A PDF may say what is attached to it, which standards it keeps
    and where it is on the web, in lines of words without further numbers."""
    for chapter in chapters:
        runs = groupby(
            (*chapter.flow, *chapter.notes),
            key=lambda each: all(other.says(one) or beside.says(one) for one in FORM.sub("", each.text).split(JOINT)),
        )
        for is_said, run in runs:
            lines = list(run)
            if not is_said and not _is_about_file([each.text for each in lines]):
                yield from (f"{place_of(each, chapter)}: {quoted(each.text)} is not on the web page" for each in lines)
    for each in (*other.of(IMPRINT), *other.of(REPEATED)):
        if not one.says(FORM.sub("", each.text)):
            yield f"the web page says {quoted(each.text)}, which is not here"


def _is_about_file(lines: Sequence[str]) -> bool:
    rest = [ABOUT.sub("", each, count=1) for each in lines]
    return (
        any(map(ABOUT.match, lines))
        and len(lines) <= MOST_LINES
        and not any(len(each) > MOST_SAID or any(map(str.isdigit, each)) for each in rest)
    )


# The number of the first chapter.
COVER = 1
MOST_PASSAGES = 40_000


def text_differences(pdf: bytes, page: bytes, beside: bytes = b"") -> Iterator[str]:
    """Find where a PDF and a page do not say the same. `beside` is the page of the other volume, which alone may say
    whom to ask. Raises MalformedFileError for what is no PDF with tags, or too long."""
    tagged = read_tagged(pdf)
    one, other = ChapteredText(tagged.passages), ChapteredText(read_passages(page))
    if max(len(one.passages), len(other.passages)) > MOST_PASSAGES:
        raise MalformedFileError(f"has more than {MOST_PASSAGES} passages")
    yield from outside_differences(tagged.outside, one, other)
    yield from contents_differences(one, other)
    yield from _figures(one, other)
    pairs = _pairs(one, other)
    loose = [chapter for number, chapter in one.chapters.items() if number not in pairs]
    yield from imprint_differences(loose, one, other, ChapteredText(read_passages(beside)))
    for number, met in pairs.items():
        yield from ComparedChapter(one.chapters[number], other.chapters[met], one, other).differences()
    for number, chapter in other.chapters.items():
        if number not in pairs.values():
            yield from (missing(each, chapter) for each in chapter.flow if not one.says(each.text))


def _figures(one: ChapteredText, other: ChapteredText) -> Iterator[str]:
    drawn, expected = (Counter(key_of(each.text) for each in text.of(FIGURE)) for text in (one, other))
    for each in one.of(FIGURE):
        if drawn[key_of(each.text)] > expected[key_of(each.text)]:
            yield f"page {each.page}: a figure says {quoted(each.text)}, and none on the web page does"
    for each in other.of(FIGURE):
        if expected[key_of(each.text)] > drawn[key_of(each.text)]:
            yield f"a figure of the web page says {quoted(each.text)}, and none here does"


def _pairs(one: ChapteredText, other: ChapteredText) -> dict[int, int]:
    """The chapter of the page for each chapter of the PDF. It has the same heading, or more than half in common. The
    cover has none."""
    left = dict(other.chapters)
    found: dict[int, int] = {}
    for number, chapter in one.chapters.items():
        own, heading = Counter(chapter.keys), letters_of(chapter.heading)
        shared = {
            each: (heading != "" and letters_of(page.heading) == heading, (own & Counter(page.keys)).total())
            for each, page in left.items()
        }
        best = max(shared, key=lambda each: shared[each], default=0)
        if number > COVER and shared.get(best) and (shared[best][0] or shared[best][1] * 2 > len(left[best].flow)):
            found[number] = best
            del left[best]
    return found
