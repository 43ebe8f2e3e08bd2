"""Where no line may end.

Between a number and the word that it belongs to, before a dash, after an initial.
"""

import re

NO_BREAK = "\u00a0"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
MENESIAI = "(?:saus|vasar|kov|baland|geguž|birž|liep|rugpjū|rugsėj|spal|lapkri|gruod)[a-ž]+"
# What stays with the number before it, and with the one behind it. Words of one language are none of the other's, so
# all are looked for in every text: a page in one has sentences in another.
BEHIND = (
    rf"[%‰€]|(?:{MONTHS})\b|(?:per cent|percent|million|billion|EUR|Eur)\b"
    r"|(?:m|d|mln|mlrd|tūkst|proc|val|min|p|psl|str|pav)\.(?!\d)|straipsn|dal(?:is|ies|į|yje)\b|punkt|skyri|eur[aoųu]"
)
AHEAD = (
    rf"(?:Articles?|Art\.|Nos?\.?|Nr\.|Directive|Regulation|Chapter|Annex|Figure|Table|Section|pp?\.|psl\.|str\.|"
    rf"(?i:direktyv|reglament)[a-ž]+|{MENESIAI})"
)
INITIAL = r"(?<![^\W_])[A-ZÀ-ÖØ-ÞĄČĘĖĮŠŲŪŽ]\."
CLOSED = r"(?:</[a-z]+\d?>)*"
RULES = (
    (re.compile(rf"(?<=[\d¹²³⁴⁵⁶⁷⁸⁹⁰])({CLOSED})[ \n](?={BEHIND})"), rf"\1{NO_BREAK}"),
    (re.compile(rf"(?<!\w)({AHEAD})[ \n](?=(?:<[a-z][^>]*>)*\d)"), rf"\1{NO_BREAK}"),
    (re.compile(rf"({INITIAL})[ \n](?=[A-ZÀ-ÖØ-ÞĄČĘĖĮŠŲŪŽ](?:[^\W\d_]|\.))"), rf"\1{NO_BREAK}"),
    (re.compile(r"(?<=\bt\.)[ \n](?=[ytp]\.)"), NO_BREAK),
    (re.compile(rf"(?<=[^\s>])({CLOSED})[ \n](?=[–—](?:\s|$))"), rf"\1{NO_BREAK}"),
)


def held_together(text: str) -> str:
    """Set blanks at which no line of a text or page ends."""
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text
