"""Compare two versions of a text: paragraphs first, then their words. Sentences and paragraphs that moved are found
within a section and beyond it."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from reporter.languages.sentences import between, sentence_breaks

# A number is one word, with the spaces that group its digits and its percent sign.
WORD = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?(?:[ \u00a0\u202f]?%)?"
    r"|\d+(?:[.,:/–-]\d+)*(?:[ \u00a0\u202f]?%)?"
    r"|[^\W\d_]+(?:['’‑-]?[^\W_]+)*|\S"
)
# Paragraphs match when they share ALIKE of their words, or when WITHIN of the shorter one is in the other; a shorter
# one with fewer than LEAST_WITHIN words is too short for that.
ALIKE, WITHIN, LEAST_WITHIN = 0.5, 0.8, 3
# CHANCE equal words in a row or fewer are chance when more than MUCH times as many around them differ.
CHANCE, MUCH = 2, 4
# Where no larger share of the words is equal, the paragraph was written anew.
LITTLE = 0.2
# A sentence of fewer words may stand in two places by chance, without having moved.
LEAST_MOVED = 5


class Fate(StrEnum):
    """What became of some words."""

    UNCHANGED = "unchanged"
    INSERTED = "inserted"
    DELETED = "deleted"
    LEFT = "left"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class WordRun:
    """Neighbouring words of one fate, with the space around them. `place` is the code of the section they left for or
    came from; how it is worded on the page is decided elsewhere."""

    fate: Fate
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphDiff:
    """A paragraph of one or both versions, with its words. `was` and `now` are its numbers in the old and the new
    version, None where it is missing. `moved` says that it changed places."""

    was: int | None
    now: int | None
    runs: tuple[WordRun, ...]
    moved: bool = False

    @property
    def unchanged(self) -> bool:
        return not self.moved and all(run.fate is Fate.UNCHANGED for run in self.runs)


class Paragraph(NamedTuple):
    """A paragraph of a version. Paragraphs of different sorts, such as a heading and an item, are never matched."""

    text: str
    sort: str = ""


class _Pair(NamedTuple):
    was: int
    now: int


def compare_paragraphs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[ParagraphDiff, ...]:
    """Match the paragraphs of two versions and compare their words. In the order of the new version, deleted paragraphs
    where they were. Which paragraphs belong together, and which of them moved, is the same in both directions."""
    pairs = _pairs(old, new)
    settled = _in_order(pairs, old, new)
    made = [
        ParagraphDiff(*pair, compare_words(old[pair.was].text, new[pair.now].text), pair not in settled)
        for pair in pairs
    ]
    kept, known = {pair.was for pair in pairs}, {pair.now for pair in pairs}
    made += [ParagraphDiff(None, n, _whole(Fate.INSERTED, each.text)) for n, each in enumerate(new) if n not in known]
    made += [ParagraphDiff(n, None, _whole(Fate.DELETED, each.text)) for n, each in enumerate(old) if n not in kept]
    return tuple(sorted(made, key=lambda each: _place(each, sorted(settled))))


def compare_words(old: str, new: str) -> tuple[WordRun, ...]:
    """Compare two versions of a paragraph word by word. Whole words come and go, never letters."""
    if old == new:
        return _whole(Fate.UNCHANGED, old)
    one, other = _cut(old), _cut(new)
    blocks = _matching([word for _, word in one], [word for _, word in other])
    if not blocks:
        return (*_whole(Fate.DELETED, old), *_whole(Fate.INSERTED, new))
    return tuple(_joined(_runs(one, other, blocks)))


def mark_moved_sentences(sections: Mapping[str, Sequence[ParagraphDiff]]) -> dict[str, tuple[ParagraphDiff, ...]]:
    """Mark the sentences that left one place and came to another. A sentence that was deleted in one section and
    inserted in another, or in the same one, is marked in both places."""
    gone, come = _sentences(sections, Fate.DELETED), _sentences(sections, Fate.INSERTED)
    went: dict[_Spot, WordRun] = {}
    for text in gone.keys() & come.keys():
        for one, other in zip(gone[text], come[text], strict=False):
            went[one] = WordRun(Fate.LEFT, "", other.section)
            went[other] = WordRun(Fate.CAME, "", one.section)
    return {
        code: tuple(_traced(each, code, number, went) for number, each in enumerate(revisions))
        for code, revisions in sections.items()
    }


def _whole(fate: Fate, text: str) -> tuple[WordRun, ...]:
    return (WordRun(fate, text),) if text else ()


# which paragraphs belong together


def _pairs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[_Pair]:
    """The paragraphs that belong together. Equal ones first, in their order; then the most alike, the nearest first."""
    pairs = _equal(old, new)
    kept, known = {pair.was for pair in pairs}, {pair.now for pair in pairs}
    one = {n: _counted(each.text) for n, each in enumerate(old) if n not in kept}
    other = {n: _counted(each.text) for n, each in enumerate(new) if n not in known}
    alike = [_Pair(i, j) for i in one for j in other if old[i].sort == new[j].sort]
    found = [(_likeness(one[pair.was], other[pair.now]), pair) for pair in alike]
    for likeness, pair in sorted(found, key=lambda each: (-each[0], *_distance(each[1]))):
        if likeness >= ALIKE and pair.was in one and pair.now in other:
            pairs.append(pair)
            del one[pair.was], other[pair.now]
    return sorted(pairs)


def _equal(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[_Pair]:
    places: dict[Paragraph, list[int]] = defaultdict(list)
    for number, each in enumerate(new):
        places[each].append(number)
    return [_Pair(number, places[each].pop(0)) for number, each in enumerate(old) if places.get(each)]


def _distance(pair: _Pair) -> tuple[int, int]:
    """How far apart two paragraphs stand, to order equally likely pairs. It is equal in both directions, and different
    for two pairs that share a paragraph."""
    return abs(pair.was - pair.now), pair.was + pair.now


def _counted(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in WORD.findall(text) if word[0].isalnum())


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two paragraphs have in common. A paragraph to which words were only added counts as
    alike."""
    short, total = min(one.total(), other.total()), one.total() + other.total()
    if not short:
        return 0.0
    shared = sum(min(count, other[word]) for word, count in one.items() if word in other)
    within = ALIKE if short >= LEAST_WITHIN and shared >= WITHIN * short else 0.0
    return max(2 * shared / total, within)


def _in_order(pairs: Sequence[_Pair], old: Sequence[Paragraph], new: Sequence[Paragraph]) -> set[_Pair]:
    """The pairs that kept their order; the others moved. Chosen so that they hold as many of the text's characters as
    can be."""
    best: list[tuple[tuple[int, int], int]] = []
    for number, pair in enumerate(pairs):
        before = [(best[n][0], n) for n in range(number) if pairs[n].now < pair.now]
        (length, sign), last = max(before, default=((0, 0), -1))
        one, other = old[pair.was].text, new[pair.now].text
        # The second number settles a tie, alike in both directions.
        tie = crc32(f"{sorted((one, other))} {_distance(pair)}".encode())
        best.append(((length + len(one) + len(other) + 1, sign + tie), last))
    place = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    settled = set()
    while place >= 0:
        settled.add(pairs[place])
        place = best[place][1]
    return settled


def _place(each: ParagraphDiff, settled: list[_Pair]) -> tuple[int, int, int]:
    """The sort key of a paragraph. That is its new place; a deleted one stands behind the one it followed."""
    if each.now is not None:
        return each.now, 0, 0
    was = each.was or 0
    before = bisect_left(settled, (was,)) - 1
    return settled[before].now if before >= 0 else -1, 1, was


# words within a paragraph

_Token = tuple[str, str]  # the space before a word, and the word


class _Block(NamedTuple):
    """Equal words: where they begin in each version, and how many."""

    was: int
    now: int
    size: int

    def after(self, before: "_Block") -> int:
        """How many words stand between two blocks. Counted in the version that has more of them."""
        return max(self.was - before.was - before.size, self.now - before.now - before.size)


def _cut(text: str) -> list[_Token]:
    """Cut a text into words, each with the space before it. Space at the end belongs to an empty word."""
    tokens, end = [], 0
    for found in WORD.finditer(text):
        tokens.append((text[end : found.start()], found[0]))
        end = found.end()
    return [*tokens, (text[end:], "")] if text[end:] else tokens


def _matching(one: list[str], other: list[str]) -> list[_Block]:
    """The blocks of equal words. Small islands that would tear newly written text into shreds are left out. Empty when
    too little is equal."""
    found = [_Block(*block) for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()]
    kept = [_Block(0, 0, 0)]
    for block, after in pairwise(found):
        count = _count_words(one[block.was : block.was + block.size])
        left, right = (block.after(kept[-1]), after.after(block))
        if not (count <= CHANCE and bool(left and right) and (left + right > MUCH * max(count, 1))):
            kept.append(block)
    equal = sum(_count_words(one[block.was : block.was + block.size]) for block in kept)
    return kept[1:] if equal > LITTLE * min(_count_words(one), _count_words(other)) else []


def _count_words(words: Iterable[str]) -> int:
    return sum(word[:1].isalnum() for word in words)


def _runs(one: Sequence[_Token], other: Sequence[_Token], blocks: Sequence[_Block]) -> Iterator[WordRun]:
    """The words in turn: equal ones, deleted ones, inserted ones."""
    ends = [_Block(0, 0, 0), *blocks, _Block(len(one), len(other), 0)]
    for (was, now, size), (next_was, next_now, _) in pairwise(ends):
        for left, right in zip(one[was : was + size], other[now : now + size], strict=True):
            yield from _equal_word(left, right)
        yield from (WordRun(Fate.DELETED, "".join(token)) for token in one[was + size : next_was])
        yield from (WordRun(Fate.INSERTED, "".join(token)) for token in other[now + size : next_now])


def _equal_word(left: _Token, right: _Token) -> Iterator[WordRun]:
    """A word of both versions; the space before it may differ."""
    if left == right:
        yield WordRun(Fate.UNCHANGED, "".join(left))
        return
    yield WordRun(Fate.DELETED, left[0])
    yield WordRun(Fate.INSERTED, right[0])
    yield WordRun(Fate.UNCHANGED, left[1])


def _joined(runs: Iterable[WordRun]) -> Iterator[WordRun]:
    """Join neighbouring runs of one fate. Empty ones are left out."""
    last: WordRun | None = None
    for run in runs:
        if last and (last.fate, last.place) == (run.fate, run.place):
            last = replace(last, text=last.text + run.text)
        elif run.text:
            yield from (last,) if last else ()
            last = run
    yield from (last,) if last else ()


# sentences that moved


class _Spot(NamedTuple):
    """The place of a sentence. By section, paragraph, run, and its number within the run."""

    section: str
    paragraph: int
    run: int
    number: int


def _sentences(sections: Mapping[str, Sequence[ParagraphDiff]], fate: Fate) -> dict[str, list[_Spot]]:
    found: dict[str, list[_Spot]] = defaultdict(list)
    for code, revisions in sections.items():
        for place, each in enumerate(revisions):
            for number, run in enumerate(each.runs):
                for part, text in enumerate(_cut_sentences(run.text)) if run.fate is fate else ():
                    if _count_words(WORD.findall(text)) >= LEAST_MOVED:
                        found[text.strip()].append(_Spot(code, place, number, part))
    return found


def _cut_sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each with the blank before it."""
    return (text[start:end] for start, end in between(((stop, stop) for stop, _ in sentence_breaks(text)), len(text)))


def _traced(each: ParagraphDiff, code: str, place: int, went: Mapping[_Spot, WordRun]) -> ParagraphDiff:
    runs = []
    for number, run in enumerate(each.runs):
        for part, text in enumerate(_cut_sentences(run.text)):
            moved = went.get(_Spot(code, place, number, part))
            runs.append(replace(moved or run, text=text))
    return replace(each, runs=tuple(_joined(runs)))
