"""Which chapter figures, texts and findings belong to."""

from collections.abc import Mapping
from functools import cache

from reporter.document.outline import CHAPTERS, Outline, Part
from reporter.edition.checked import OF_TEXT, passage_at
from reporter.errors import Finding
from reporter.model import CountryData, Passage
from reporter.model.country import OVER, ActivityKind

GENERAL, JUSTICE, HELP, LAW = "general_situation", "justice", "assistance_and_support", "framework"
PREVENTION, COOPERATION, FIGURES = "prevention_and_capacity", "international", "figures"
# By the first word of an address. What is not here is told with the figures year by year.
BY_WORD: Mapping[str, str] = {
    "victims": GENERAL,
    "countries": GENERAL,
    "investigations": JUSTICE,
    "cases": JUSTICE,
    "suspects": JUSTICE,
    "persons": JUSTICE,
    "sentences": JUSTICE,
    "assistance": HELP,
    "law": LAW,
}
BY_KIND: Mapping[ActivityKind, str] = {
    ActivityKind.TRAINING: PREVENTION,
    ActivityKind.CAMPAIGN: PREVENTION,
    ActivityKind.COOPERATION: COOPERATION,
    ActivityKind.COORDINATION: LAW,
}
ACTIVITIES, TEXT = "activities", "text"
# Counted for one thing, not for the year.
OF_THINGS = "activity.", "law."


def written_chapters() -> Outline:
    return tuple(each for each in CHAPTERS if not each.made or each.code == FIGURES)


def chapter_of_address(address: str, data: CountryData) -> str:
    word, _, rest = address.partition(".")
    if word == TEXT:
        return chapter_of_section(rest.partition(".")[0])
    if word == ACTIVITIES:
        code = rest.partition(".")[0]
        return next((BY_KIND[each.kind] for each in data.activities if each.code == code), FIGURES)
    return BY_WORD.get(word, FIGURES)


def chapter_of_section(section: str) -> str:
    """The code of the chapter that has a section or chart. Empty for what is in none."""
    name = section.removeprefix(OVER[0]).removeprefix(OVER[1])
    return _places().get(name, "")


def part_of_section(section: str) -> Part | None:
    """The part in whose text a section or what stands over a chart is written; None for none."""
    name = section.removeprefix(OVER[0]).removeprefix(OVER[1])
    written = (part for chapter in written_chapters() for part in chapter.walk() if not part.made)
    return next((part for part in written if name == part.code or name in part.blocks), None)


def chapter_of_finding(finding: Finding, data: CountryData) -> str:
    """The code of the chapter that a finding is about. Empty for one about files or settings."""
    if OF_TEXT.match(finding.mark.path):
        passage = passage_at(finding, data.passages)
        return chapter_of_section(passage.section) if passage else ""
    return chapter_of_address(finding.figure, data) if finding.figure else ""


@cache
def _places() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for chapter in CHAPTERS:
        for part in chapter.walk():
            found |= dict.fromkeys((part.code, *part.blocks), chapter.code)
    return found


def unwritten(chapter: Part, passages: tuple[Passage, ...]) -> tuple[str, ...]:
    written = {each.section for each in passages}
    return tuple(part.code for part in chapter.walk() if not (part.made or part.parts or part.code in written))
