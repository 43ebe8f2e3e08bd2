"""Where no line may end: between a number and its word, inside a number, before a dash, after an initial or article."""

import re
from functools import cache

from reporter.data.languages import LANGUAGES, known_language
from reporter.data.languages.language import any_of

NO_BREAK, JOINER = "\u00a0", "\u2060"
# What stays on a line with the number before or after it, in all languages: a page may contain sentences in others.
BEHIND = rf"[%‰€]|{any_of(language.line_behind for language in LANGUAGES.values())}"
AHEAD = rf"(?:{any_of(language.line_before for language in LANGUAGES.values())})"
CAPITAL = "[A-ZÀ-ÖØ-ÞĄČĘĖĮŠŲŪŽ]"
# A tag, which is kept, or a blank by what follows it; and what must precede it, perhaps inside tags.
BLANK = re.compile(
    rf"<[^>]*>|[ \n](?:(?=(?P<word>{BEHIND}))|(?<=\d )(?=(?P<group>\d{{3}}(?!\d)))"
    r"|(?=(?P<number>(?:<[a-z][^>]*>)*\d))|(?=(?P<dash>[–—](?:\s|$)))"
    rf"|(?=(?P<name>{CAPITAL}(?:[^\W\d_]|\.)))|(?=(?P<letter>[ytp]\.)))"
)
CLOSED = r"(?:</[a-z]+\d?>)*$"
BEFORE = {
    "word": re.compile(rf"[\d¹²³⁴⁵⁶⁷⁸⁹⁰]{CLOSED}"),
    "group": re.compile(r"(?<![\d.,/-])\d{1,3}$"),
    "number": re.compile(rf"(?<!\w){AHEAD}$"),
    "dash": re.compile(rf"[^\s>]{CLOSED}"),
    "name": re.compile(rf"(?<![^\W_]){CAPITAL}\.$"),
    "letter": re.compile(r"\bt\.$"),
}
# Longer than any word searched for, with the tags after it.
NEAR = 60


def with_no_breaks(text: str, language: str = "") -> str:
    def replacement(blank: re.Match[str]) -> str:
        before = BEFORE.get(blank.lastgroup or "")
        return NO_BREAK if before and before.search(text[max(0, blank.start() - NEAR) : blank.start()]) else blank[0]

    def joined(last: re.Match[str]) -> str:
        return last["word"] + (NO_BREAK if last["blank"] else JOINER) if last["word"] else last[0]

    return _never_last(language).sub(joined, BLANK.sub(replacement, text))


@cache
def _never_last(language: str) -> re.Pattern[str]:
    """A tag, or a word that ends no line in a language, with the blank after it if it has no hyphen."""
    words = known_language(language).never_last
    return re.compile(rf"<[^>]*>|(?<![\w&;'’-])(?P<word>{words})(?:(?<=-)(?=\w)|(?<!-)(?P<blank>[ \n]))", re.I)
