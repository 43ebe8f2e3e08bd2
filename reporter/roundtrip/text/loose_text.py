"""Compare what a PDF says outside its chapters. Running titles, the list of contents, cover, imprint and the last
page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby

from reporter.roundtrip.text.page_text import IMPRINT, REPEATED
from reporter.roundtrip.text.said import Chapter, ChapteredText, key_of, letters_of, place_of, quoted
from reporter.roundtrip.text.tagged_text import CONTENTS, HEADINGS, JOINT, SaidPassage

PAGE_NUMBER = re.compile(rf"{JOINT}\d{{1,4}}$")
# A table that goes on: its number, and the word for it.
CONTINUED = re.compile(r"(.*\d.*), [^\W\d]+")
# The number of a figure or table in a list; the number or letter of a chapter.
COUNTED, NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*|[A-Z])\s+"), re.compile(r"\b(?:\d{1,2}|[A-Z])\b")
PARTED = " · "
FORM = re.compile(r"\.(pdf|html)$")
# What a PDF says about itself: a file attached, its address, the standards it keeps; and at most so many words with it.
ABOUT = re.compile(
    rf"[A-Z]{{2}}-\d{{4}}(-[a-z_]+)*\.(csv|yaml)\b|(.*{JOINT})?([a-z0-9-]+\.)+[a-z]{{2,}}(/\S*)?$|.*veraPDF\b.*PDF/UA-1\b.*PDF/A-3a\b",
    re.S,
)
MOST_LINES, MOST_SAID = 8, 240


def outside_differences(outside: Sequence[tuple[int, str]], one: ChapteredText, other: ChapteredText) -> Iterator[str]:
    """Find text without a tag that is no running title. It is the number of the page or chapter, a title of the web
    page, words of it that stand on most pages, or a whole row of heads of a table once more."""
    pages = {each.page for each in one.passages}
    banners = {text for text, times in Counter(text for _, text in outside).items() if times * 2 > len(pages)}
    banners = {text for text in banners if other.says(text) and not any(map(str.isdigit, text))}
    titles = "\n".join(letters_of(each.text) for each in [*one.of(*HEADINGS), *other.of(*HEADINGS, IMPRINT)])
    numbers = {each for found in one.of(*HEADINGS) for each in NUMBER.findall(found.text)}
    rows = _heads(one.passages)
    for number, texts in groupby(outside, key=lambda each: each[0]):
        left = [text.strip() for _, text in texts]
        while left:
            text = left[0]
            joined = list(accumulate(map(key_of, left)))
            row = next((place for place, each in enumerate(joined, 1) if each in rows), 0)
            if not (row or text in (str(number), *numbers, *banners) or _is_title(text, titles, other)):
                yield f"page {number} shows {quoted(text)} outside its tags, which is no running title"
            del left[: row or 1]


def _is_title(text: str, titles: str, other: ChapteredText) -> bool:
    for part in text.split(PARTED):
        found = CONTINUED.fullmatch(part)
        if not (letters_of(part) in titles and any(map(str.isalpha, part))) and not (found and other.says(found[1])):
            return False
    return True


def _heads(passages: Sequence[SaidPassage]) -> set[str]:
    rows = ([*row] for number, row in groupby(passages, key=lambda each: each.row) if number)
    return {"".join(key_of(each.text) for each in row) for row in rows if all(each.role == "/TH" for each in row)} - {
        ""
    }


def contents_differences(one: ChapteredText, other: ChapteredText) -> Iterator[str]:
    """Find what the list of contents says and the document does not."""
    for each in one.of(CONTENTS):
        if letters_of(PAGE_NUMBER.sub("", each.text)) not in other.letters:
            yield f"page {each.page}: the contents say {quoted(each.text)}, and the web page does not"
    for each in other.of(CONTENTS):
        words = COUNTED.sub("", each.text.strip())
        if letters_of(words) not in one.letters and not words.isalpha():
            yield f"the contents of the web page say {quoted(each.text)}, which is not here"


def imprint_differences(
    chapters: Iterable[Chapter], one: ChapteredText, other: ChapteredText, beside: ChapteredText
) -> Iterator[str]:
    """Find what cover, imprint and last page say alone. A PDF may say what is attached to it, which standards it keeps
    and where it is on the web, in lines of words without further numbers."""
    for chapter in chapters:
        runs = groupby(
            (*chapter.flow, *chapter.notes),
            key=lambda each: all(other.says(one) or beside.says(one) for one in FORM.sub("", each.text).split(JOINT)),
        )
        for is_said, run in runs:
            lines = list(run)
            if not is_said and not _is_about_file([each.text for each in lines]):
                yield from (f"{place_of(each, chapter)}: {quoted(each.text)} is not on the web page" for each in lines)
    for each in (*other.of(IMPRINT), *other.of(REPEATED)):
        if not one.says(FORM.sub("", each.text)):
            yield f"the web page says {quoted(each.text)}, which is not here"


def _is_about_file(lines: Sequence[str]) -> bool:
    rest = [ABOUT.sub("", each, count=1) for each in lines]
    return (
        any(map(ABOUT.match, lines))
        and len(lines) <= MOST_LINES
        and not any(len(each) > MOST_SAID or any(map(str.isdigit, each)) for each in rest)
    )
