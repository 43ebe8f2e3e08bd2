"""Recommendations: their words in each language, whom they are for, and what became of earlier ones."""

import pytest

from reporter.check import check
from reporter.errors import Finding
from tests import small

OFFICE = "institutions:\n  police: {name: {en: Police, lt: Policija}}\n"
COUNTRY = "data/XX/country.yaml"
RECORD = "recommendations:\n  beds: {to: [police], by: 2022}\n"
TEXT = "# recommendations\n\n## Places in shelters {#beds}\n\nBuild them.\n"
LITHUANIAN = small.TEXT.replace("/en/", "/lt/")


def found(root, files: dict[str, str | None], code: str = "recommendation-") -> list[Finding]:
    dataset = small.load(root, {COUNTRY: small.FILES[COUNTRY] + OFFICE, small.TEXT: None} | files)
    return [each for each in check(dataset.countries[0], dataset) if each.code.startswith(code)]


def test_a_recommendation_with_words_addressee_and_date_is_in_order(tmp_path):
    assert [] == found(tmp_path, {small.YEAR: small.HEAD + RECORD, small.TEXT: TEXT})


def test_a_recommendation_must_be_written_in_each_language_of_its_section(tmp_path):
    files = {
        "reporter.yaml": "title: {en: Small, lt: Maža}\nlanguages: [en, lt]\n",
        small.YEAR: small.HEAD + RECORD + "  doors: {to: [police], by: 2022}\n",
        small.TEXT: TEXT + "\n## Open doors {#doors}\n\nOpen them.\n",
        LITHUANIAN: TEXT,
    }
    assert ["recommendation doors has no text in lt"] == [each.message for each in found(tmp_path, files)]


@pytest.mark.parametrize(("status", "rule"), [("draft", "unanswered"), ("final", "left-unanswered")])
@pytest.mark.parametrize(("written", "lacking"), [("to: [police]", "by"), ("by: 2022", "to"), ("", "to and by")])
def test_only_a_draft_leaves_addressee_and_date_open(tmp_path, status: str, rule: str, written: str, lacking: str):
    record = f"status: {status}\nrecommendations:\n  beds: {{{written}}}\n"
    told = found(tmp_path, {small.YEAR: small.HEAD + record, small.TEXT: TEXT}, rule)
    assert [(rule, f"recommendation beds does not say {lacking}")] == [(each.code, each.message) for each in told]


@pytest.mark.parametrize(("by", "is_late"), [("2019", True), ("2019-12-31", True), ("2020", False), ("2021-01", False)])
def test_nothing_is_due_before_its_year(tmp_path, by: str, is_late: bool):
    record = f"recommendations:\n  beds: {{to: [police], by: {by}}}\n"
    told = found(tmp_path, {small.YEAR: small.HEAD + record, small.TEXT: TEXT})
    assert ["recommendation-date"] * is_late == [each.code for each in told]


EARLIER = {"data/XX/2019.yaml": f"year: 2019\nsource: police\n{RECORD}", "data/XX/text/en/2019.md": TEXT}


@pytest.mark.parametrize("state", ["done", "under way", "not begun", "dropped"])
def test_an_earlier_recommendation_with_a_state_is_in_order(tmp_path, state: str):
    year = f"{small.HEAD}earlier_recommendations:\n  beds: {{state: {state}}}\n"
    assert [] == found(tmp_path, EARLIER | {small.YEAR: year})


def test_an_earlier_recommendation_without_a_state_is_found_with_the_line_to_write(tmp_path):
    (told,) = found(tmp_path, EARLIER | {small.YEAR: small.HEAD})
    assert ("recommendation-state", small.YEAR) == (told.code, told.mark.path)
    assert "beds: {state: under way}" in told.hint


@pytest.mark.parametrize(("status", "rule"), [("draft", "unanswered"), ("final", "left-unanswered")])
def test_a_state_that_nobody_has_looked_up_is_for_drafts(tmp_path, status: str, rule: str):
    year = f"{small.HEAD}status: {status}\nearlier_recommendations:\n  beds: {{state: unanswered}}\n"
    told = found(tmp_path, EARLIER | {small.YEAR: year}, rule)
    assert [(rule, "what became of recommendation beds is not answered yet")] == [
        (each.code, each.message) for each in told
    ]
