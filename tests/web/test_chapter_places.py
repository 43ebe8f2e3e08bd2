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


def test_every_section_and_what_stands_over_a_chart_is_in_its_chapter() -> None:
    written = {each.code for each in CHAPTERS if each.code in CODES}
    assert written == {chapter_of_section(each.code) for each in parts(CHAPTERS)} & CODES
    assert ["justice", "justice", ""] == [
        chapter_of_section(each) for each in ("forms", "figure-forms_over_years", "figure-nothing")
    ]


def test_a_finding_belongs_where_its_figure_or_its_text_stands() -> None:
    data = checked("LT").dataset.country("LT")
    passage = next(each for each in data.passages if (each.section, each.year, each.language) == ("forms", 2020, "en"))
    inside = Mark(passage.mark.path, passage.mark.line + 1)
    campaign = next(each for each in data.activities if each.kind is ActivityKind.CAMPAIGN)

    def found(mark: Mark, figure: str = "") -> str:
        finding = Finding(severity=Severity.ERROR, code="x", message="", mark=mark, figure=figure)
        return chapter_of_finding(finding, data)

    year = Mark("data/LT/2020.yaml", 3)
    assert "justice" == found(inside)
    assert "general_situation" == found(year, "victims.identified.women")
    assert "prevention_and_capacity" == found(year, f"activities.{campaign.code}.posters")
    assert "justice" == found(year, "text.forms")
    assert "" == found(Mark("reporter.yaml", 1))
    assert FIGURES == chapter_of_address("something.new", data)
