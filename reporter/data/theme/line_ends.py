"""Where no line may end. Between a number and the word that it belongs to, within a number, before a dash, after an
initial."""

import re

from reporter.data.languages import LANGUAGES
from reporter.data.languages.language import any_of

NO_BREAK = "\u00a0"
# What stays with the number before it, and with the one behind it. A page in one language has sentences in another, so
# that words of all are looked for in every text.
BEHIND = rf"[%‰€]|{any_of(each.line_behind for each in LANGUAGES.values())}"
AHEAD = rf"(?:{any_of(each.line_before for each in LANGUAGES.values())})"
CAPITAL = "[A-ZÀ-ÖØ-ÞĄČĘĖĮŠŲŪŽ]"
# A tag, which is left alone, or a blank, by what stands behind it; and what has to stand before it, perhaps in tags.
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
# Longer than any word that is looked for, and the tags that end with it.
NEAR = 60


def held_together(text: str) -> str:
    def held(blank: re.Match[str]) -> str:
        before = BEFORE.get(blank.lastgroup or "")
        return NO_BREAK if before and before.search(text[max(0, blank.start() - NEAR) : blank.start()]) else blank[0]

    return BLANK.sub(held, text)
