"""Lay two texts over each other, word by word."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

TOKEN = re.compile(r"\w+|[^\w\s]")
# Blanks that break no line, and letters that are not seen.
PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "\u00ad": None, "\u2060": None})


@lru_cache(maxsize=8192)
def plain_text(text: str) -> str:
    return " ".join(text.translate(PLAIN).split())


@lru_cache(maxsize=8192)
def words_of(text: str) -> Counter[str]:
    return Counter(each.casefold() for each in re.findall(r"\w+", plain_text(text)))


def likeness(one: str, other: str) -> float:
    """How much two texts have in common: 0 to 1."""
    mine, theirs = words_of(one), words_of(other)
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Overlay:
    """Places of one text in another, where both have the same words. `pairs` are places of the one and the other, in
    order; `common` is how many words they share."""

    pairs: tuple[tuple[int, int], ...]
    length: int
    common: int

    def at(self, place: int) -> int:
        """The place in the other text for one in the first. Within words that the other lacks it is where those would
        begin."""
        last = bisect_right(self.pairs, (place, self.length)) - 1
        if last < 0:
            return 0
        here, there = self.pairs[last]
        bound = self.pairs[last + 1][1] if last + 1 < len(self.pairs) else self.length
        return min(there + place - here, bound)


@lru_cache(maxsize=256)
def overlay(one: str, other: str) -> Overlay:
    mine, theirs = list(TOKEN.finditer(one)), list(TOKEN.finditer(other))
    matcher = SequenceMatcher(None, [each[0] for each in mine], [each[0] for each in theirs], autojunk=False)
    pairs: list[tuple[int, int]] = []
    common = 0
    for block in matcher.get_matching_blocks():
        for n in range(block.size):
            a, b = mine[block.a + n], theirs[block.b + n]
            pairs += [(a.start(), b.start()), (a.end(), b.end())]
            common += a[0][0].isalnum()
    return Overlay(tuple(dict.fromkeys(pairs)), len(other), common)
