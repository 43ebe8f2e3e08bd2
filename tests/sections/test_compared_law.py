"""Law, plans, institutions and contacts of two years: what is new, amended or ended."""

from pathlib import Path

import pytest

from reporter.document.document import Table, Text
from reporter.model import Dataset
from reporter.sections.compared_law import law_changed, law_in_brief
from tests import small
from tests.sections.test_compared_text import job, material

COUNTRY = "data/XX/country.yaml"
HEAD = "code: XX\nrapporteur: {en: National Rapporteur}\npublisher: {en: Ministry}\nsource: police\n"
LAW = "law: {en: Criminal Code}, subject: {en: Trafficking}"


def tables(root: Path, lines: str, *years: str) -> list[list[tuple[str, ...]]]:
    """The rows of each table when the file of the country has these lines."""
    dataset = small.load(root, {COUNTRY: HEAD + lines, small.TEXT: "# aliens\n\nText.\n"})
    found = law_changed(material(dataset, job(*(years or ("2019", "2020")))))
    return [
        [(row.label, *(cell.text for cell in row.cells)) for row in each.rows]
        for each in found
        if isinstance(each, Table)
    ]


def test_an_article_whose_penalty_changed_is_amended_with_both_penalties(tmp_path):
    lines = f"""provisions:
  old: {{{LAW}, article: "1", until: 2019-12-31, figures: {{prison_max: 8}}}}
  new: {{{LAW}, article: "1", since: 2020-01-01, figures: {{prison_max: 12}}}}
"""
    assert [
        [
            ("Criminal Code, Article 1: Trafficking", "amended", "1 January 2020", "–", "", ""),
            ("Longest term", "", "", "", "8\u00a0years", "12\u00a0years"),
        ]
    ] == tables(tmp_path, lines)


def test_an_article_amended_within_a_year_is_amended_once(tmp_path):
    lines = f"""provisions:
  old: {{{LAW}, article: "1", until: 2019-06-30}}
  new: {{{LAW}, article: "1", since: 2019-07-01}}
"""
    assert [] == tables(tmp_path, lines)
    assert [[("Criminal Code, Article 1: Trafficking", "amended", "1 July 2019", "–")]] == [
        [row[:4] for row in each] for each in tables(tmp_path, lines, "2018", "2019")
    ]


@pytest.mark.parametrize(("code", "expected"), [("fund_2020", ["amended"]), ("other", ["ended", "new"])])
def test_a_law_without_articles_is_amended_when_its_code_goes_on(tmp_path, code, expected):
    lines = f"provisions:\n  fund: {{{LAW}, until: 2019}}\n  {code}: {{{LAW}, since: 2020}}\n"
    assert expected == [row[1] for each in tables(tmp_path, lines) for row in each]


def test_what_began_and_ended_between_the_sides_is_told_with_its_dates(tmp_path):
    lines = "institutions:\n  a: {name: {en: Council}, since: 2019, until: 2019}\n"
    council = [
        ("Roles of institutions, 2018–2019",),
        ("Council", "new", "2019", "2019", ""),
        ("Roles of institutions, 2019–2020",),
        ("Council", "ended", "2019", "2019", ""),
    ]
    assert [council] == tables(tmp_path, lines, "2018", "2019", "2020")
    assert [] == tables(tmp_path, lines, "2018", "2020")


def test_a_sentence_says_that_nothing_changed(tmp_path):
    found = law_changed(material(small.load(tmp_path), job("2019", "2020")))
    message = (
        "Between 2019 and 2020, no provision, plan, role of an institution or contact began, was amended or ended."
    )
    assert (Text(f"<p>{message}</p>\n"),) == found


def test_years_of_a_plan_that_end_in_a_stop_have_no_second_one(lithuania: Dataset):
    found = law_in_brief(material(lithuania, job("2019", "2020", language="lt", country="LT")))
    assert found
    plans = next(each.text for each in found.runs if each.head == "Planai.")
    assert plans.endswith("2017–2019 m.")
    assert "2020–2022 m. Baigėsi: " in plans


def test_roles_that_began_or_ended_are_told_and_what_has_no_date_is_not(tmp_path):
    lines = """institutions:
  a:
    name: {en: Police}
    role: {en: Investigation}
    roles:
      guidance: {role: {en: Guidance}, since: 2020, note: {en: The year is from its website.}}
      lessons: {role: {en: Lessons}, until: 2019}
      mailbox: {role: {en: Mailbox}, listed_from: 2020}
  b: {name: {en: Agency}, listed_from: 2020}
  c: {name: {en: Old council}, since: 2000, listed_from: 2020}
"""
    assert [
        [
            ("Roles of institutions",),
            ("Police", "ended", "–", "2019", "Lessons"),
            ("Police", "new", "2020", "–", "Guidance"),
        ]
    ] == tables(tmp_path, lines)
