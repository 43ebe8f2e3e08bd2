"""Every figure, text and finding has its chapter."""

from reporter.data.errors import Finding, Mark, Severity
from reporter.data.files.sources import SETTINGS
from reporter.data.outline import CHAPTERS, parts
from reporter.data.records.country import ActivityKind
from reporter.workbench.lists.listings import address_of_mark, file_tree
from reporter.workbench.year.year_state import (
    BY_KIND,
    BY_WORD,
    FIGURES,
    chapter_of_address,
    chapter_of_finding,
    chapter_of_section,
    written_chapters,
)
from tests.editions import checked
from tests.fixtures import LITHUANIA
from tests.snapshots import snapshot

CODES = {each.code for each in written_chapters()}
# Counts of activities are addressed by the activity, those of law by the provision.
OF_THINGS = "activity"


def test_each_figure_section_text_and_finding_belongs_to_a_chapter() -> None:
    words = {each.code.partition(".")[0] for each in checked("LT").dataset.catalogue.indicators} - {OF_THINGS}
    assert set() == words - BY_WORD.keys()
    assert set(BY_WORD.values()) | set(BY_KIND.values()) <= CODES
    assert set(ActivityKind) == BY_KIND.keys()
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


COUNTRY, YEAR_FILE = "data/LT/country.yaml", "data/LT/2020.yaml"
PLACES = {
    ("title", "lt"): "/settings/reports#at-title",
    ("thresholds", "jump"): "/settings/thresholds#at-thresholds/jump",
    ("mail", "host"): "/settings/mail#at-mail/host",
    ("mail", "subject", "en"): "/settings/mail#at-mail/subject",
    ("recipients", "minister", "gets"): "/settings/recipients/minister#at-gets",
    ("publish_small_counts", "0", "years"): "/settings/publish_small_counts/0#at-years",
    ("deadlines", "article_19", "due"): "/settings/deadlines/article_19#at-due",
}


def test_each_place_leads_to_its_field_and_no_place_to_another_file() -> None:
    sources = snapshot(LITHUANIA)
    tree = file_tree(sources, SETTINGS)
    marks = {path: tree.marks.get(path) or tree.keys[path] for path in PLACES}
    assert PLACES == {path: address_of_mark(sources, mark) for path, mark in marks.items()}
    begins = {COUNTRY: "/LT/lists/", YEAR_FILE: "/LT/2020/lists/", SETTINGS: "/settings/"}
    for file, start in begins.items():
        found = {address_of_mark(sources, mark) for mark in file_tree(sources, file).keys.values()}
        assert [] == [each for each in found if each and not each.startswith(start)]
    figure = file_tree(sources, YEAR_FILE).keys["figures", "victims.identified"]
    assert ["", ""] == [address_of_mark(sources, each) for each in (figure, Mark("data/catalogue.yaml", 3))]
