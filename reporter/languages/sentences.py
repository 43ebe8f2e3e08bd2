"""Cut texts into sentences. Where an abbreviation or a number makes it doubtful, none ends."""

import re
from collections.abc import Iterable, Iterator

from reporter.languages import LANGUAGES

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
        # A piece of a text may begin with the stop of the sentence before.
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
    # A text has names and notes in other languages, too.
    known = LANGUAGES.values()
    if "." in word or any(re.fullmatch(each.abbreviations, word, re.I) for each in known):
        return False
    is_long = len(word) >= LEAST_LETTERS or (len(word) > 1 and word.isupper())
    return is_long or any(re.fullmatch(each.short_words, word, re.I) for each in known)
