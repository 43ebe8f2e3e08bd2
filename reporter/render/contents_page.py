"""Divide the contents into two columns that one page holds."""

from collections.abc import Iterable

from reporter.document.document import Section

# Heights in mm, as in the stylesheet: a chapter, a section, each further line of a title; and letters on a line.
CHAPTER, CHAPTER_MORE, MOST_OF_CHAPTER = 13.1, 4.7, 34
SECTION, SECTION_MORE, MOST_OF_SECTION = 6.4, 4.1, 42
# What a column holds in the usual setting, up to where it is set roomily, and how much of it the tight one takes.
USUAL, ROOMY, TIGHT = 222.0, 172.0, 0.62


def halves(sections: tuple[Section, ...]) -> tuple[tuple[Section, ...], ...]:
    """Divide the chapters into two columns for the contents. They have about the same number of lines."""
    lines = [2 + len(section.sections) for section in sections]
    cut = min(range(len(lines) + 1), key=lambda place: abs(sum(lines[:place]) - sum(lines[place:])))
    return sections[:cut], sections[cut:]


def contents_setting(sections: tuple[Section, ...]) -> str:
    """Return how the contents are set so that they fit a page. That is `roomy`, `usual`, `tight`, or `chapters` without
    the sections in them."""
    height = max(map(_height, halves(sections)), default=0.0)
    if height <= ROOMY:
        return "roomy"
    return "usual" if height <= USUAL else "tight" if TIGHT * height <= USUAL else "chapters"


def _height(sections: Iterable[Section]) -> float:
    return sum(
        CHAPTER
        + CHAPTER_MORE * ((len(each.title) - 1) // MOST_OF_CHAPTER)
        + sum(SECTION + SECTION_MORE * ((len(below.title) - 1) // MOST_OF_SECTION) for below in each.sections)
        for each in sections
    )
