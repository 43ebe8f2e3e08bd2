"""Take the lead from the text of a chapter. It is the first paragraph, or the first sentences of a long one."""

import re
from dataclasses import replace

from reporter.document.document import Section, Text
from reporter.model.label import Said
from reporter.prose.sentence_ends import BLANK, sentence_breaks

# Characters of text that stand well as a lead.
MOST_IN_LEAD = 360
TAG = re.compile(r'\u00a0?<span class="note".*?</span>|<[^>]*>', re.S)  # footnotes stand elsewhere on the page
CALL = re.compile(r'\u00a0?<(?P<name>span|a) class="(?:note|note-call)".*?</(?P=name)>|<[^>]*>', re.S)
FIRST_PARAGRAPH = re.compile(r"\s*<p>(.*?)</p>\s*", re.S)
OPENED, CLOSED = re.compile(r"<(?!/|br\b)[^>]*>"), re.compile(r"</[^>]*>")


def split_lead(section: Section) -> tuple[str, Section]:
    """Return the lead of a chapter, and the rest. The lead is the first paragraph, of a long one the first sentences.
    It is empty where there is no such paragraph, or none of its sentences can be told to end early enough. It knows its
    language where that is another one."""
    first = section.blocks[0] if section.blocks else None
    found = FIRST_PARAGRAPH.match(first.html) if isinstance(first, Text) and section.level == 1 else None
    lead, more = _cut(found[1]) if found else ("", "")
    if found is None or not isinstance(first, Text) or not lead:
        return "", section
    rest = (f"<p>{more}</p>\n" if more else "") + first.html[found.end() :]
    blocks = (replace(first, html=rest), *section.blocks[1:]) if rest else section.blocks[1:]
    return Said(lead, first.language), replace(section, blocks=blocks)


def plain_text(html: str) -> str:
    return TAG.sub("", html)


def _cut(paragraph: str) -> tuple[str, str]:
    """Return the beginning of a paragraph for a lead, and the rest. It is the whole of a short one, else as many
    sentences as fit, perhaps none."""
    if len(plain_text(paragraph)) <= MOST_IN_LEAD:
        return paragraph, ""
    masked = CALL.sub(lambda match: BLANK * len(match[0]), paragraph)
    fitting = []
    for end, start in sentence_breaks(masked):
        begun = paragraph[:end]
        # It is short, and cuts no element in two.
        if len(OPENED.findall(begun)) == len(CLOSED.findall(begun)) and len(plain_text(begun)) <= MOST_IN_LEAD:
            fitting.append((end, start))
    if not fitting:
        return "", paragraph
    end, start = fitting[-1]
    return paragraph[:end], paragraph[start:]
