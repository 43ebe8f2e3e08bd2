"""Take the lead from the text of a chapter.

It is the first paragraph, or the first sentences of a long one.
"""

import re
from dataclasses import replace

from reporter.document.document import Section, Text
from reporter.model.label import Said

# Characters of text that stand well as a lead.
MOST_IN_LEAD = 360
TAG = re.compile(r'<span class="note".*?</span>|<[^>]*>', re.S)  # footnotes stand elsewhere on the page
CALL = re.compile(r'<(?P<name>span|a|sup) class="(?:note|note-call|apart)".*?</(?P=name)>|<[^>]*>', re.S)
FIRST_PARAGRAPH = re.compile(r"\s*<p>(.*?)</p>\s*", re.S)
OPENED, CLOSED = re.compile(r"<(?!/|br\b)[^>]*>"), re.compile(r"</[^>]*>")
# What stands in the place of a tag or a note while the ends of sentences are looked for.
BLANK = "\0"
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


def split_lead(section: Section) -> tuple[str, Section]:
    """Return the lead of a chapter, and the rest.

    The lead is the first paragraph, of a long one the first sentences. It is empty where there is no such paragraph, or
    none of its sentences can be told to end early enough. It knows its language where that is another one.
    """
    first = section.blocks[0] if section.blocks else None
    found = FIRST_PARAGRAPH.match(first.html) if isinstance(first, Text) and section.level == 1 else None
    lead, more = _cut(found[1]) if found else ("", "")
    if found is None or not isinstance(first, Text) or not lead:
        return "", section
    rest = (f"<p>{more}</p>\n" if more else "") + first.html[found.end() :]
    blocks = (replace(first, html=rest), *section.blocks[1:]) if rest else section.blocks[1:]
    return Said(lead, first.language), replace(section, blocks=blocks)


def plain_text(html: str) -> str:
    """Return the text of HTML without tags and footnotes."""
    return TAG.sub("", html)


def _cut(paragraph: str) -> tuple[str, str]:
    """Return the beginning of a paragraph for a lead, and the rest.

    It is the whole of a short one, else as many sentences as fit, perhaps none.
    """
    if len(plain_text(paragraph)) <= MOST_IN_LEAD:
        return paragraph, ""
    masked = CALL.sub(lambda match: BLANK * len(match[0]), paragraph)
    places = [match.span("space") for match in END.finditer(masked) if _is_end(match, masked)]
    fitting = [(end, start) for end, start in places if _stands_alone(paragraph[:end])]
    if not fitting:
        return "", paragraph
    end, start = fitting[-1]
    return paragraph[:end], paragraph[start:]


def _stands_alone(html: str) -> bool:
    """Return whether HTML is short and cuts no element in two."""
    return len(OPENED.findall(html)) == len(CLOSED.findall(html)) and len(plain_text(html)) <= MOST_IN_LEAD


def _is_end(match: re.Match[str], text: str) -> bool:
    """Return whether a stop ends a sentence beyond doubt.

    It stands before a capital or a number, and a full stop also behind a whole word.
    """
    if not (match["next"].isupper() or match["next"].isdigit()):
        return False
    return match["stop"] != "." or _is_whole(LAST_WORD.findall(text[: match.start()].replace(BLANK, ""))[0])


def _is_whole(word: str) -> bool:
    """Return whether a word is neither an abbreviation nor an ordinal number."""
    if word.isdigit():
        return len(word) >= LEAST_DIGITS
    if "." in word or ABBREVIATION.fullmatch(word):
        return False
    return len(word) >= LEAST_LETTERS or (len(word) > 1 and word.isupper()) or bool(SHORT.fullmatch(word))
