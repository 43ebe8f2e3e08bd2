"""Where no line may end: between a number and its word, in a number or range, before a dash, after an article."""

import re
from collections.abc import Sequence
from functools import cache

from pyphen import Pyphen, language_fallback  # type: ignore[import-untyped]

from reporter.data.languages import LANGUAGES, known_language
from reporter.data.languages.language import any_of

NO_BREAK, JOINER = "\u00a0", "\u2060"
# What stays on a line with the number before or after it, in all languages: a page may contain sentences in others.
BEHIND = rf"[%‰€]|{any_of(language.line_behind for language in LANGUAGES.values())}"
AHEAD = rf"(?:{any_of(language.line_before for language in LANGUAGES.values())})"
CAPITAL = "[A-ZÀ-ÖØ-ÞĄČĘĖĮŠŲŪŽ]"
# A tag, or a field with what a person wrote, which are kept.
TAG = r"(?s:<textarea\b.*?</textarea>)|<[^>]*>"
# A tag, or a blank by what follows it; and what must precede it, perhaps inside tags.
BLANK = re.compile(
    rf"{TAG}|[ \n](?:(?=(?P<word>{BEHIND}))|(?<=\d )(?=(?P<group>\d{{3}}(?!\d)))"
    r"|(?=(?P<number>(?:<[a-z][^>]*>)*\d))|(?=(?P<dash>[–—](?:\s|$)))"
    rf"|(?=(?P<name>{CAPITAL}(?:[^\W\d_]|\.)))|(?=(?P<letter>[ytp]\.)))"
)
# Tags that close behind a word; more letters than any word searched for has with them.
CLOSED, NEAR = r"(?:</[a-z]+\d?>)*$", 60
BEFORE = {
    "word": re.compile(rf"[\d¹²³⁴⁵⁶⁷⁸⁹⁰]\.?{CLOSED}"),
    "group": re.compile(r"(?<![\d.,/-])\d{1,3}$"),
    "number": re.compile(rf"(?<!\w){AHEAD}$"),
    "dash": re.compile(rf"[^\s>]{CLOSED}"),
    "name": re.compile(rf"(?<![^\W_]){CAPITAL}\.$"),
    "letter": re.compile(r"\bt\.$"),
}


def with_no_breaks(text: str, language: str = "") -> str:
    def replacement(blank: re.Match[str]) -> str:
        before = BEFORE.get(blank.lastgroup or "")
        return NO_BREAK if before and before.search(text[max(0, blank.start() - NEAR) : blank.start()]) else blank[0]

    def joined(last: re.Match[str]) -> str:
        return last["word"] + (NO_BREAK if last["blank"] else JOINER) if last["word"] else last[0]

    return _never_last(language).sub(joined, BLANK.sub(replacement, text))


def syllables(word: str, language: str) -> Sequence[int]:
    """The places in a word where a line may end with a hyphen, as far as its language is known."""
    if dictionary := language_fallback(language):
        return [int(place) for place in Pyphen(lang=dictionary).positions(word)]
    return [match.start() for match in re.finditer(known_language(language).syllable, word, re.I)]


@cache
def _never_last(language: str) -> re.Pattern[str]:
    """A tag, the dash of a range, or a word that ends no line in a language, with the blank after it if any."""
    # A range, also of days with points, and a slash before capitals, also of other alphabets: 2011/36/ES.
    words = rf"(?<=[\d.])–|(?<=\d)/(?=(?-i:[^\W\d_a-z]))|(?<![\w&;'’-])(?:{known_language(language).never_last})"
    return re.compile(rf"{TAG}|(?P<word>{words})(?:(?<=[-–/])(?=\w)|(?<![-–/])(?P<blank>[ \n]))", re.I)
