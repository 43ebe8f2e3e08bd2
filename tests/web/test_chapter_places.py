"""Every figure, text and finding has its chapter."""

from reporter.document.outline import CHAPTERS, parts
from reporter.errors import Finding, Mark, Severity
from reporter.model.country import ActivityKind
from reporter.web.chapter_places import (
    BY_KIND,
    BY_WORD,
    FIGURES,
    chapter_of_address,
    chapter_of_finding,
    chapter_of_section,
    written_chapters,
)
from tests.editions import checked

CODES = {each.code for each in written_chapters()}
# Counts of activities are addressed by the activity, those of law by the provision.
OF_THINGS = "activity"


def test_every_figure_of_the_catalogue_is_shown_in_a_chapter() -> None:
    words = {each.code.partition(".")[0] for each in checked("LT").dataset.catalogue.indicators} - {OF_THINGS}
    assert set() == words - BY_WORD.keys()
    assert set(BY_WORD.values()) | set(BY_KIND.values()) <= CODES
    assert set(ActivityKind) == BY_KIND.keys()


def test_a_section_a_text_and_a_finding_belong_to_the_chapter_of_their_figure_or_words() -> None:
    written = {each.code for each in CHAPTERS if each.code in CODES}
    assert written == {chapter_of_section(each.code) for each in parts(CHAPTERS)} & CODES
    charts = ("forms", "figure-forms_over_years", "figure-nothing")
    assert ["justice", "justice", ""] == [chapter_of_section(each) for each in charts]
    data = checked("LT").dataset.country("LT")
    passage = next(each for each in data.passages if (each.section, each.year, each.language) == ("forms", 2020, "en"))
    campaign = next(each for each in data.activities if each.kind is ActivityKind.CAMPAIGN)
    year = Mark("data/LT/2020.yaml", 3)
    for mark, figure, chapter in (
        (Mark(passage.mark.path, passage.mark.line + 1), "", "justice"),
        (year, "victims.identified.women", "general_situation"),
        (year, f"activities.{campaign.code}.posters", "prevention_and_capacity"),
        (year, "text.forms", "justice"),
        (Mark("reporter.yaml", 1), "", ""),
    ):
        finding = Finding(severity=Severity.ERROR, code="x", message="", mark=mark, figure=figure)
        assert chapter == chapter_of_finding(finding, data), figure
    assert FIGURES == chapter_of_address("something.new", data)
