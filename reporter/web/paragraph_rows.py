"""Paragraphs of two texts beside each other. Those that say the same stand in one row, also where one was split, or two
were joined."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from reporter.web.preview import PreviewedParagraph

Paragraphs = tuple[PreviewedParagraph, ...]
TAG, WORD = re.compile(r"<del>.*?</del>|<[^>]*>"), re.compile(r"\w+")
# How many of either text stand in a row, and what that costs besides what differs in it. One that stands alone costs
# more than two of which every second word is another.
STEPS = (((1, 1), 0.0), ((1, 2), 0.25), ((2, 1), 0.25), ((1, 0), 0.6), ((0, 1), 0.6))
# What words have in common weighs more than that they are as many; of another language there are few.
COMMON, AS_MANY = 0.6, 0.4


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """Paragraphs of a text, and those of another that say the same."""

    own: Paragraphs
    beside: Paragraphs

    @property
    def is_same(self) -> bool:
        return bool(self.own) and _plain(self.own) == _plain(self.beside)


def paragraph_rows(own: Sequence[PreviewedParagraph], beside: Sequence[PreviewedParagraph]) -> Iterator[ParagraphRow]:
    """The rows of two texts, each paragraph in one of them."""
    # What the best way to each pair of places costs, and the step that it ends with.
    ways: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for n in range(len(own) + 1):
        for m in range(len(beside) + 1):
            found = [
                (ways[n - a, m - b][0] + cost + _distance(tuple(own[n - a : n]), tuple(beside[m - b : m])), (a, b))
                for (a, b), cost in STEPS
                if a <= n and b <= m
            ]
            if found:
                ways[n, m] = min(found)
    rows, (n, m) = list[ParagraphRow](), (len(own), len(beside))
    while n or m:
        a, b = ways[n, m][1]
        rows.append(ParagraphRow(tuple(own[n - a : n]), tuple(beside[m - b : m])))
        n, m = n - a, m - b
    return reversed(rows)


def _distance(own: Paragraphs, beside: Paragraphs) -> float:
    """How much differs between them: 0 where nothing does, at most 1."""
    if not (own and beside):
        return 0.0
    mine, theirs = _words(own), _words(beside)
    sizes = mine.total(), theirs.total()
    if not all(sizes):
        return 1.0
    common = 2 * (mine & theirs).total() / sum(sizes)
    return 1 - COMMON * common - AS_MANY * min(sizes) / max(sizes)


@lru_cache(maxsize=512)
def _words(paragraphs: Paragraphs) -> Counter[str]:
    return Counter(WORD.findall(_plain(paragraphs).casefold()))


def _plain(paragraphs: Paragraphs) -> str:
    pieces = (f"{each.title} {each.html}" for each in paragraphs)
    return " ".join(unescape(TAG.sub("", " ".join(pieces))).split())
