"""Compare two versions of a text: paragraphs, then words; moved sentences and paragraphs are found across sections."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import Match
from enum import StrEnum
from itertools import groupby, pairwise
from zlib import crc32

from reporter.data.languages.sentences import (
    WORD,
    between,
    count_words,
    equal_words,
    likeness,
    sentence_breaks,
    words_of,
)

# Paragraphs match when they share ALIKE of their words, or WITHIN of the shorter one's if at least LEAST_WITHIN.
ALIKE, WITHIN, LEAST_WITHIN = 0.5, 0.8, 3
# CHANCE equal words in a row or fewer are chance when more than MUCH times as many around them differ.
CHANCE, MUCH = 2, 4
# Unless a larger share of the words is equal, the paragraph was rewritten.
LITTLE = 0.2
# A sentence of fewer words may be in two places by chance.
LEAST_MOVED = 5


class Fate(StrEnum):
    """What happened to some words."""

    UNCHANGED = "unchanged"
    INSERTED = "inserted"
    DELETED = "deleted"
    LEFT = "left"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class WordRun:
    """Neighbouring words of one fate, with the space around them, and the section they moved to or from."""

    fate: Fate
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphDiff:
    """A paragraph with its words, its number in the old and the new version (or None), and whether it moved."""

    was: int | None
    now: int | None
    runs: tuple[WordRun, ...]
    moved: bool = False

    @property
    def unchanged(self) -> bool:
        return not self.moved and all(run.fate is Fate.UNCHANGED for run in self.runs)


# The text and the sort of a paragraph; those of different sorts, such as a heading and an item, never match.
Paragraph = tuple[str, str]
# The numbers of a paragraph in the old and the new version.
_Pair = tuple[int, int]


def compare_paragraphs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[ParagraphDiff, ...]:
    """Match the paragraphs of two versions and compare their words, in the new order, alike in both directions."""
    pairs = _pairs(old, new)
    settled = sorted(_in_order(pairs, old, new))
    diffs = [
        ParagraphDiff(was, now, compare_words(old[was][0], new[now][0]), (was, now) not in settled)
        for was, now in pairs
    ]
    before, after = {was for was, _ in pairs}, {now for _, now in pairs}
    diffs += [ParagraphDiff(None, n, compare_words("", text)) for n, (text, _) in enumerate(new) if n not in after]
    diffs += [ParagraphDiff(n, None, compare_words(text, "")) for n, (text, _) in enumerate(old) if n not in before]
    return tuple(sorted(diffs, key=lambda paragraph: _place(paragraph, settled)))


def compare_words(old: str, new: str) -> tuple[WordRun, ...]:
    """Compare two versions of a paragraph by whole words."""
    if old == new:
        return (WordRun(Fate.UNCHANGED, old),)
    one, other = _cut(old), _cut(new)
    blocks = _matching([word for _, word in one], [word for _, word in other])
    return tuple(_joined(_runs(one, other, blocks)))


def mark_moved_sentences(sections: Mapping[str, Sequence[ParagraphDiff]]) -> dict[str, tuple[ParagraphDiff, ...]]:
    """Mark sentences that were deleted in one place and inserted in another, in both places."""
    cut = [
        (code, number, replace(run, text=run.text[start:end]))
        for code, paragraphs in sections.items()
        for number, paragraph in enumerate(paragraphs)
        for run in paragraph.runs
        # Each sentence includes the space before it.
        for start, end in between(((stop, stop) for stop, _ in sentence_breaks(run.text)), len(run.text))
    ]
    places: dict[tuple[Fate, str], list[int]] = defaultdict(list)
    for place, (_, _, run) in enumerate(cut):
        if count_words(WORD.findall(run.text)) >= LEAST_MOVED:
            places[run.fate, run.text.strip()].append(place)
    for text in [text for fate, text in places if fate is Fate.DELETED]:
        for one, other in zip(places[Fate.DELETED, text], places[Fate.INSERTED, text], strict=False):
            for here, there, moved in ((one, other, Fate.LEFT), (other, one, Fate.CAME)):
                code, number, run = cut[here]
                cut[here] = code, number, replace(run, fate=moved, place=cut[there][0])
    runs: dict[tuple[str, int], list[WordRun]] = defaultdict(list)
    for code, number, run in cut:
        runs[code, number].append(run)
    return {
        code: tuple(replace(item, runs=tuple(_joined(runs[code, number]))) for number, item in enumerate(paragraphs))
        for code, paragraphs in sections.items()
    }


# Matching of paragraphs


def _pairs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[_Pair]:
    """The paragraphs that match: equal ones first, in their order; then the most alike, the nearest first."""
    places: dict[Paragraph, list[int]] = defaultdict(list)
    for number, paragraph in enumerate(new):
        places[paragraph].append(number)
    pairs = [(number, places[paragraph].pop(0)) for number, paragraph in enumerate(old) if places.get(paragraph)]
    one, other = {*range(len(old))} - {was for was, _ in pairs}, {*range(len(new))} - {now for _, now in pairs}
    alike = ((i, j) for i in one for j in other if old[i][1] == new[j][1])
    candidates = [(-_likeness(old[was][0], new[now][0]), *_distance((was, now)), was, now) for was, now in alike]
    for unlike, *_, was, now in sorted(candidates):
        if -unlike >= ALIKE and was in one and now in other:
            pairs.append((was, now))
            one.remove(was)
            other.remove(now)
    return sorted(pairs)


def _distance(pair: _Pair) -> _Pair:
    """A sort key for equally likely pairs, the same in both directions, different for pairs with a common paragraph."""
    return abs(pair[0] - pair[1]), sum(pair)


def _likeness(one: str, other: str) -> float:
    """The share of words that two paragraphs have in common; one to which words were only added counts as alike."""
    short = min(words_of(one).total(), words_of(other).total())
    is_within = short >= LEAST_WITHIN and (words_of(one) & words_of(other)).total() >= WITHIN * short
    return max(likeness(one, other), ALIKE if is_within else 0.0)


def _in_order(pairs: Sequence[_Pair], old: Sequence[Paragraph], new: Sequence[Paragraph]) -> set[_Pair]:
    """The pairs that kept their order, chosen to include as many characters as possible; the others moved."""
    best: list[tuple[tuple[int, int], int]] = []
    for number, pair in enumerate(pairs):
        before = [(best[n][0], n) for n in range(number) if pairs[n][1] < pair[1]]
        (length, sign), last = max(before, default=((0, 0), -1))
        one, other = old[pair[0]][0], new[pair[1]][0]
        # The second number settles a tie in the same way in both directions.
        tie = crc32(f"{sorted((one, other))} {_distance(pair)}".encode())
        best.append(((length + len(one) + len(other) + 1, sign + tie), last))
    place = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    settled = set()
    while place >= 0:
        settled.add(pairs[place])
        place = best[place][1]
    return settled


def _place(paragraph: ParagraphDiff, settled: list[_Pair]) -> tuple[int, int, int]:
    """The sort key of a paragraph: its new place; a deleted one comes after the one it followed."""
    if paragraph.now is not None:
        return paragraph.now, 0, 0
    was = paragraph.was or 0
    before = bisect_left(settled, (was, -1)) - 1
    return settled[before][1] if before >= 0 else -1, 1, was


# Words within a paragraph

# The space before a word, and the word.
TOKEN = re.compile(rf"(\s*)({WORD.pattern}|\Z)")


def _cut(text: str) -> list[tuple[str, str]]:
    """Split a text into words, each with the space before it; space at the end belongs to an empty word."""
    return [(space, word) for space, word in TOKEN.findall(text) if space or word]


def _matching(one: list[str], other: list[str]) -> list[Match]:
    """The blocks of equal words without small islands in rewritten text; empty when too little is equal."""
    blocks = [Match(0, 0, 0)]
    for block, after in pairwise(equal_words(one, other)):
        count = count_words(one[block.a : block.a + block.size])
        left, right = _gap(blocks[-1], block), _gap(block, after)
        if not (count <= CHANCE and bool(left and right) and (left + right > MUCH * max(count, 1))):
            blocks.append(block)
    equal = sum(count_words(one[block.a : block.a + block.size]) for block in blocks)
    return blocks[1:] if equal > LITTLE * min(count_words(one), count_words(other)) else []


def _gap(before: Match, block: Match) -> int:
    """How many words are between two blocks, in the version that has more of them."""
    return max(block.a - before.a, block.b - before.b) - before.size


def _runs(
    one: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]], blocks: Sequence[Match]
) -> Iterator[WordRun]:
    """The words in turn: equal ones, deleted ones, inserted ones."""
    ends = [Match(0, 0, 0), *blocks, Match(len(one), len(other), 0)]
    for (was, now, size), (next_was, next_now, _) in pairwise(ends):
        for left, right in zip(one[was : was + size], other[now : now + size], strict=True):
            # The space before a word of both versions may differ.
            if left[0] != right[0]:
                yield WordRun(Fate.DELETED, left[0])
                yield WordRun(Fate.INSERTED, right[0])
            yield WordRun(Fate.UNCHANGED, left[1] if left[0] != right[0] else "".join(left))
        yield from (WordRun(Fate.DELETED, "".join(token)) for token in one[was + size : next_was])
        yield from (WordRun(Fate.INSERTED, "".join(token)) for token in other[now + size : next_now])


def _joined(runs: Iterable[WordRun]) -> Iterator[WordRun]:
    """Join neighbouring runs of one fate, without empty ones."""
    for (fate, place), group in groupby(filter(lambda run: run.text, runs), key=lambda run: (run.fate, run.place)):
        if text := "".join(run.text for run in group):
            yield WordRun(fate, text, place)
