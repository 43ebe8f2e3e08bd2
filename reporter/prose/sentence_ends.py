"""Tell where sentences end. Where an abbreviation or a number makes it doubtful, none does."""

import re
from collections.abc import Iterator

# What stands in the place of a tag or a note while the ends of sentences are looked for.
BLANK = "\0"
# No word is longer; what stands before it does not tell whether it is whole.
LONGEST_WORD = 200
END = re.compile(r"(?P<stop>[.!?])(?:&quot;|[’”“»)\]])*\0*(?P<space>[ \n]+)\0*(?:&quot;|[„“”‘«(\[])*(?P<next>\w)")
LAST_WORD = re.compile(r"[^\s(„“«/–]*\Z")
# Fewer digits, or two letters that are no capitals, may be an ordinal or an abbreviation in some language.
LEAST_DIGITS, LEAST_LETTERS = 3, 3
SHORT = re.compile(r"it|us|me|we|he|so|do|go|up|on|in|by|jų|jo|ją|jį|ne", re.IGNORECASE)
ABBREVIATION = re.compile(
    r"abs|adv|angl|approx|apr|art|aug|bzw|cap|chap|col|dab|dec|dept|dir|doc|eds|est|etc|evtl|feb|figs?|gen|ggf|gov|gyv|"
    r"ibid|inc|incl|jan|jul|jun|lent|lot|ltd|mar|max|mėn|min|mlrd|mln|mrs|nos|nov|oct|pan|paras?|past|pav|plg|proc|"
    r"prof|psl|punkt|pvz|red|rev|sec|sept?|skyr|str|tab|tūkst|usw|val|vert|vgl|vid|vnt|vok|vols?|žin",
    re.IGNORECASE,
)


def sentence_breaks(text: str) -> Iterator[tuple[int, int]]:
    for match in END.finditer(text):
        before = text[max(0, match.start() - LONGEST_WORD) : match.start()].replace(BLANK, "").rstrip("’”“»)]")
        begins = match["next"].isupper() or match["next"].isdigit()
        if begins and (match["stop"] != "." or _is_whole(LAST_WORD.findall(before)[0])):
            yield match.span("space")


def _is_whole(word: str) -> bool:
    if word.isdigit():
        return len(word) >= LEAST_DIGITS
    if "." in word or ABBREVIATION.fullmatch(word):
        return False
    return len(word) >= LEAST_LETTERS or (len(word) > 1 and word.isupper()) or bool(SHORT.fullmatch(word))
