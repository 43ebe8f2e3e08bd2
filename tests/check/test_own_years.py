"""Offices, recommendations and countries named: in their own time, with words and addressees, by their codes."""

from dataclasses import replace

import pytest

from reporter.check import check
from reporter.data.errors import Finding
from tests import small
from tests.check.broken import checked

COUNTRY = "data/XX/country.yaml"
AGENCY = "institutions:\n  agency: {name: {en: Agency for Schools}, since: 2020}\n"
EARLY = "data/XX/text/en/2019.md"
TEXT = "# general_situation\n\nThe Agency for\nSchools drew an app.\n"


def told(root, changed, frozen_until=0):
    dataset = small.load(root, changed)
    data = replace(dataset.countries[0], frozen_until=frozen_until)
    return [str(each).splitlines()[0] for each in check(data, dataset) if each.code == "told-early"]


def country(lines):
    return {COUNTRY: small.FILES[COUNTRY] + lines}


def test_a_text_names_no_body_before_it_takes_part(tmp_path):
    found = told(tmp_path, country(AGENCY) | {EARLY: TEXT})
    expected = "3:5: warning: names Agency for Schools, which takes part only since 2020 [told-early]"
    assert [f"{EARLY}:{expected}"] == found
    longer = TEXT.replace("Schools", "Schoolscience")
    assert [] == told(tmp_path, country(AGENCY) | {small.TEXT: TEXT, EARLY: longer})


@pytest.mark.parametrize(
    "lines",
    [
        "references: {a: {group: link, title: {en: Agenda 2020}, since: 2020}}\n",
        "references: {cc_1: {group: plan, title: {en: Plan 2020–2022}, since: 2019}}\n"
        "plans: {cc_1: {name: {en: Plan}, period: 2020/2022, adopted: 2019-12-01}}\n",
        "references: {a: {group: legislation, title: {en: Directive 2011/36/EU}}}\n",
        "references: {a: {group: legislation, title: {en: 'Another code, Article 1'}}}\n",
        "contacts: {a: {name: {en: Council}, since: 2020}}\ninstitutions: {a: {name: {en: Council}, since: 2020}}\n",
        "rapporteur_since: 2020\ninstitutions: {a: {name: {en: National Rapporteur}, since: 2020}}\n",
    ],
)
def test_what_is_told_in_time_is_not_found(tmp_path, lines):
    assert [] == told(tmp_path, country(lines))


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("plans: {a: {name: {en: A}, period: 2018/2025, note: {en: Experts assessed it in 2020.}}}\n", "plans.a"),
        ("institutions: {a: {name: {en: A}, note: {en: It was merged in 2020.}}}\n", "institutions.a"),
        ("contacts: {a: {name: {en: A}, role: {en: Open since 2020}}}\n", "contacts.a"),
    ],
)
def test_no_text_of_the_country_tells_of_a_later_year(tmp_path, lines, name):
    assert [name] == [each.split(": ")[2] for each in told(tmp_path, country(lines))]


def test_what_was_published_is_not_asked_about(tmp_path):
    lines = country("references: {a: {group: link, title: {en: Recommendations of 2021}}}\n")
    assert (1, []) == (len(told(tmp_path, lines)), told(tmp_path, lines, frozen_until=2020))


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("since: 20190", "institutions.a: since: 20190 is not a year"),
        (
            "listed_from: 2020, roles: {b: {role: {en: Leads}, since: 2018}}",
            "institutions.a.roles.b: it begins in 2018",
        ),
        ("since: 2020, roles: {b: {role: {en: Leads}, until: 2018}}", "institutions.a.roles.b: it lasts until 2018"),
    ],
)
def test_years_that_would_keep_something_out_of_every_edition_are_found(tmp_path, lines, problem):
    dataset = small.load(tmp_path, country(f"institutions: {{a: {{name: {{en: A}}, {lines}}}}}\n"))
    found = [each.message for each in check(dataset.countries[0], dataset) if each.code == "years-disagree"]
    assert [problem] == [each.partition(", but ")[0] for each in found]


OFFICE = "institutions:\n  police: {name: {en: Police, lt: Policija}}\n"
RECORD = "recommendations:\n  beds: {to: [police], by: 2022}\n"
RECOMMENDED = "# recommendations\n\n## Places in shelters {#beds}\n\nBuild them.\n"
LITHUANIAN = small.TEXT.replace("/en/", "/lt/")


def found(root, files: dict[str, str | None], code: str = "recommendation-") -> list[Finding]:
    dataset = small.load(root, {COUNTRY: small.FILES[COUNTRY] + OFFICE, small.TEXT: None} | files)
    return [each for each in check(dataset.countries[0], dataset) if each.code.startswith(code)]


def test_a_recommendation_must_be_written_in_each_language_of_its_section(tmp_path):
    files = {
        "reporter.yaml": "title: {en: Small, lt: Maža}\nlanguages: [en, lt]\n",
        small.YEAR: small.HEAD + RECORD + "  doors: {to: [police], by: 2022}\n",
        small.TEXT: RECOMMENDED + "\n## Open doors {#doors}\n\nOpen them.\n",
        LITHUANIAN: RECOMMENDED,
    }
    assert [] == found(tmp_path / "right", {small.YEAR: small.HEAD + RECORD, small.TEXT: RECOMMENDED})
    assert ["recommendation doors has no text in lt"] == [each.message for each in found(tmp_path, files)]


@pytest.mark.parametrize(("status", "rule"), [("draft", "unanswered"), ("final", "left-unanswered")])
@pytest.mark.parametrize(("written", "lacking"), [("to: [police]", "by"), ("by: 2022", "to"), ("", "to and by")])
def test_only_a_draft_leaves_addressee_and_date_open(tmp_path, status: str, rule: str, written: str, lacking: str):
    record = f"status: {status}\nrecommendations:\n  beds: {{{written}}}\n"
    told = found(tmp_path, {small.YEAR: small.HEAD + record, small.TEXT: RECOMMENDED}, rule)
    assert [(rule, f"recommendation beds does not state: {lacking}")] == [(each.code, each.message) for each in told]


@pytest.mark.parametrize(("by", "is_late"), [("2019", True), ("2019-12-31", True), ("2020", False), ("2021-01", False)])
def test_nothing_is_due_before_its_year(tmp_path, by: str, is_late: bool):
    record = f"recommendations:\n  beds: {{to: [police], by: {by}}}\n"
    told = found(tmp_path, {small.YEAR: small.HEAD + record, small.TEXT: RECOMMENDED})
    assert ["recommendation-date"] * is_late == [each.code for each in told]


EARLIER = {"data/XX/2019.yaml": f"year: 2019\nsource: police\n{RECORD}", "data/XX/text/en/2019.md": RECOMMENDED}


def test_an_earlier_recommendation_without_a_state_is_found_with_the_line_to_write(tmp_path):
    (told,) = found(tmp_path, EARLIER | {small.YEAR: small.HEAD})
    assert ("recommendation-state", small.YEAR) == (told.code, told.mark.path)
    assert "beds: {state: under way}" in told.hint


@pytest.mark.parametrize(("status", "rule"), [("draft", "unanswered"), ("final", "left-unanswered")])
def test_a_state_that_nobody_has_looked_up_is_for_drafts(tmp_path, status: str, rule: str):
    year = f"{small.HEAD}status: {status}\nearlier_recommendations:\n  beds: {{state: unanswered}}\n"
    told = found(tmp_path, EARLIER | {small.YEAR: year}, rule)
    seen = [(each.code, each.message) for each in told]
    assert [(rule, "the follow-up to recommendation beds is still open")] == seen


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("lt", "'lt' is not a country code | write LT"),
        ("Germany", "'Germany' is not a country code | write DE"),
        ("greece", "'greece' is not a country code | write EL"),
        ("GB", "'GB' is not a country code | the EU writes UK"),
        ("QQ", "'QQ' is not a country code | write the ISO 3166 code; a group of countries goes under groups:"),
    ],
)
def test_what_was_meant_is_what_to_write(tmp_path, named, told):
    year = f"{small.FILES[small.YEAR]}countries: [{{kind: origin, named: [{named}]}}]\n"
    found = checked(small.write(tmp_path, {small.YEAR: year.replace("labour: 6", "labour: 7")}))
    assert [told] == [f"{each.message} | {each.hint}" for each in found if each.code == "country-names"]
