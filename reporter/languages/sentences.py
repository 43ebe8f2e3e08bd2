"""Cut texts into sentences. Where an abbreviation or a number makes it doubtful, none ends."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from reporter.languages import LANGUAGES
from reporter.languages.language import any_of

# What stands in the place of a tag or a note while the ends of sentences are looked for, and in that of a value.
BLANK, FILLER = "\0", "¤"
# No word is longer; what stands before it does not tell whether it is whole.
LONGEST_WORD = 200
END = re.compile(r"(?P<stop>[.!?])(?:&quot;|[’”“»)\]])*\0*(?P<space>[ \n]+)\0*(?:&quot;|[„“”‘«(\[])*(?P<next>[\w¤])")
LAST_WORD = re.compile(r"[^\s(„“«/–]*\Z")
# Fewer digits, or two letters that are no capitals, may be an ordinal or an abbreviation in some language.
LEAST_DIGITS, LEAST_LETTERS = 3, 3


def sentence_breaks(text: str) -> Iterator[tuple[int, int]]:
    """The blanks between sentences, by their places."""
    for match in END.finditer(text):
        before = text[max(0, match.start() - LONGEST_WORD) : match.start()].replace(BLANK, "").rstrip("’”“»)]")
        begins = match["next"].isupper() or match["next"].isdigit() or match["next"] == FILLER
        if begins and (match["stop"] != "." or _is_whole(LAST_WORD.findall(before)[0])):
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
    abbreviations, short = _known_words()
    if "." in word or abbreviations.fullmatch(word):
        return False
    return len(word) >= LEAST_LETTERS or (len(word) > 1 and word.isupper()) or bool(short.fullmatch(word))


@cache
def _known_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Abbreviations and short words of all languages: whose text it is, is not known."""
    known = LANGUAGES.values()
    patterns = (any_of(each.abbreviations for each in known), any_of(each.short_words for each in known))
    return re.compile(patterns[0], re.I), re.compile(patterns[1], re.I)
