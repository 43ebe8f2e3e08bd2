"""Split texts into sentences and words, and align two texts."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from functools import lru_cache

from reporter.data.languages import LANGUAGES

# A number is one word, with its digit-group spaces and percent sign.
WORD = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?(?:[ \u00a0\u202f]?%)?"
    r"|\d+(?:[.,:/–-]\d+)*(?:[ \u00a0\u202f]?%)?"
    r"|[^\W\d_]+(?:['’‑-]?[^\W_]+)*|\S"
)
# No-break blanks, and invisible characters.
PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "\u00ad": None, "\u2060": None})


@lru_cache(maxsize=8192)
def plain_text(text: str) -> str:
    return " ".join(text.translate(PLAIN).split())


@lru_cache(maxsize=8192)
def words_of(text: str) -> Counter[str]:
    """How often each word occurs in a text."""
    return Counter(word.casefold() for word in WORD.findall(plain_text(text)) if word[0].isalnum())


def likeness(one: str, other: str) -> float:
    """How similar two texts are: 0 to 1."""
    mine, theirs = words_of(one), words_of(other)
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


def equal_words(one: Sequence[str], other: Sequence[str]) -> list[Match]:
    """The blocks of words that two texts share, and an empty one at the end."""
    return SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()


def count_words(words: Sequence[str]) -> int:
    return sum(word[:1].isalnum() for word in words)


def place_in(other: str, one: str, place: int) -> int:
    """The position in the other text for one in the first; inside missing words, where these would start."""
    pairs = _places(one, other)
    last = bisect_right(pairs, (place, len(other))) - 1
    if last < 0:
        return 0
    here, there = pairs[last]
    return min(there + place - here, pairs[last + 1][1] if last + 1 < len(pairs) else len(other))


@lru_cache(maxsize=256)
def _places(one: str, other: str) -> tuple[tuple[int, int], ...]:
    mine, theirs = list(WORD.finditer(one)), list(WORD.finditer(other))
    blocks = equal_words([match[0] for match in mine], [match[0] for match in theirs])
    equal = [(mine[block.a + n], theirs[block.b + n]) for block in blocks for n in range(block.size)]
    return tuple(dict.fromkeys(pair for a, b in equal for pair in ((a.start(), b.start()), (a.end(), b.end()))))


# Placeholders for a tag or note, and for a value, while sentence ends are searched.
BLANK, FILLER = "\0", "¤"
# No word is longer; the text before it does not show whether it is complete.
LONGEST_WORD = 200
END = re.compile(r"(?P<stop>[.!?])(?:&quot;|[’”“»)\]])*\0*(?P<space>[ \n]+)\0*(?:&quot;|[„“”‘«(\[])*(?P<next>[\w¤])")
LAST_WORD = re.compile(r"[^\s(„“«/–]*\Z")
# Fewer digits, or two lower-case letters, may be an ordinal or abbreviation in some language.
LEAST_DIGITS, LEAST_LETTERS = 3, 3


def sentence_breaks(text: str) -> Iterator[tuple[int, int]]:
    """The positions of the blanks between sentences."""
    for match in END.finditer(text):
        before = text[max(0, match.start() - LONGEST_WORD) : match.start()].replace(BLANK, "").rstrip("’”“»)]")
        begins = match["next"].isupper() or match["next"].isdigit() or match["next"] == FILLER
        # A piece of a text may start with the full stop of the sentence before.
        if begins and (match["stop"] != "." or not before or _is_whole(LAST_WORD.findall(before)[0])):
            yield match.span("space")


def between(cuts: Iterable[tuple[int, int]], end: int) -> Iterator[tuple[int, int]]:
    """What is left of a text between cuts, which may overlap."""
    start = 0
    for stop, begin in sorted(cuts):
        yield start, max(start, stop)
        start = max(start, begin)
    yield start, end


def sentences(text: str) -> Iterator[str]:
    return (text[start:end] for start, end in between(sentence_breaks(text), len(text)))


def _is_whole(word: str) -> bool:
    if word.isdigit():
        return len(word) >= LEAST_DIGITS
    # Names and notes in a text may be in other languages.
    languages = LANGUAGES.values()
    if "." in word or any(re.fullmatch(language.abbreviations, word, re.I) for language in languages):
        return False
    is_long = len(word) >= LEAST_LETTERS or (len(word) > 1 and word.isupper())
    return is_long or any(re.fullmatch(language.short_words, word, re.I) for language in languages)


# Quotation marks of several languages that Word inserts for typed ones.
WORD_QUOTES = "“”„‟«»‘’‚‛‹›"
ODD_BLANK = re.compile("[\t\u00a0\u2007\u2009\u202f\u3000]")
DASHES = "–—‑−"
APOSTROPHE = re.compile(r"(?<=\w)[’‘](?=\w)")
WORD_SIGNS = str.maketrans(dict.fromkeys(WORD_QUOTES, '"') | dict.fromkeys(DASHES, "-"))


def plainly(text: str) -> str:
    return ODD_BLANK.sub(" ", APOSTROPHE.sub("'", text).translate(WORD_SIGNS))
