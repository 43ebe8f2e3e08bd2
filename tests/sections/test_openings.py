"""What charts find and how chapters open where nobody wrote it: what the data say, and nothing where they do not."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from reporter.charts import CHARTS
from reporter.context import Context
from reporter.document.document import Document, Figure, Section, Text
from reporter.document.outline import Part
from reporter.edition.checked import CheckedDataset
from reporter.edition.job import Job
from reporter.i18n import load_locale
from reporter.model import Dataset, vintage
from reporter.produce.composed import document_of
from reporter.prose.headlines import change_headline, leading_part, lines_of, names_headline, share_headline
from reporter.render.leads import split_lead
from reporter.sections import compose
from tests import small
from tests.charts.shown import figures, known
from tests.fixtures import LITHUANIA
from tests.snapshots import dataset_of, translated

ENGLISH = load_locale("en")
OPENED, YEARS = "investigations.opened", (2018, 2019, 2020)
ASSISTANCE = (Part("assistance", "Assistance", ("assisted", "assisted_men")),)
TAG = re.compile("<[^>]+>")


def year_file(figures: str, year: int, more: str = "") -> str:
    return f"year: {year}\nsource: police\n{more}figures:\n{figures}"


def opened(tmp_path: Path, values: dict[int, str], text: str = "") -> Document:
    """A document whose only figures are investigations opened, as written in the files of their years."""
    files = {f"data/XX/{year}.yaml": year_file(f"  {OPENED}: {value}\n", year) for year, value in values.items()}
    found = small.load(tmp_path, dict.fromkeys(f"data/XX/{year}.yaml" for year in YEARS) | files | {small.TEXT: text})
    return compose(vintage(found, "XX", max(values)), ENGLISH).document


def chapter(document: Document, code: str) -> Section:
    return next(each for each in document.sections if each.code == code)


def headline(section: Section) -> str:
    return TAG.sub("", section.headline.html) if section.headline else ""


def lead(section: Section) -> str:
    first = section.blocks[0] if section.blocks else None
    return TAG.sub("", first.html).strip() if isinstance(first, Text) else ""


# what a chart finds


def test_every_chart_of_the_lithuanian_profile_finds_something():
    # The two narrow ones of the year have a plain title.
    plain = {"countries_year", "forms_year"}
    assert [] == [code for code, figure in figures("LT", 2020).items() if not figure.headline and code not in plain]


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("countries_named", 2020, "Target countries, 2011–2014, in each list: the United Kingdom"),
        (
            "countries_named",
            2017,
            "Countries of exploitation, 2016 and 2017, in each list: Germany, Ireland and two more",
        ),
        ("countries_named", 2013, "Target countries, 2011–2013, in each list: the United Kingdom"),
        ("countries_by_kind", 2020, "Eight lists of two kinds, not comparable with one another"),
        ("action_plans", 2016, "In force in 2016: Public Security Development Programme"),
        ("forms_over_years", 2020, "Forced criminal activities: the most frequent form in 2014, 2016 and 2018–2020"),
    ],
)
def test_the_findings_of_the_charts_of_lithuania(code, year, expected):
    assert expected == figures("LT", year)[code].headline


def test_the_year_after_the_last_plan_has_none(tmp_path):
    plan = "plans:\n  first: {name: {en: First plan}, period: 2018/2019}\n"
    files = {"data/XX/country.yaml": small.FILES["data/XX/country.yaml"] + plan}
    found = small.load(tmp_path, files)
    told = {year: CHARTS["action_plans"](Context(vintage(found, "XX", year), ENGLISH)) for year in (2019, 2020)}
    assert {2019: "In force in 2019: First plan", 2020: "No plan is known for 2020"} == {
        year: figure.headline if figure else "" for year, figure in told.items()
    }


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["A"], "Named: A"),
        (["A", "B", "C", "D"], "Named: A, B, C and D"),
        (["A", "B", "C", "D", "E"], "Named: A, B, C and two more"),
    ],
)
def test_of_many_names_the_first_three_and_how_many_more(names, expected):
    assert expected == names_headline("Named", names, ENGLISH)


@pytest.mark.parametrize(
    ("parts", "rest", "expected"),
    [
        ("{sexual: 5, labour: 3}", 1, "sexual"),
        ("{sexual: 5, labour: 3}", 2, ""),
        ("{sexual: 4, labour: 4}", 0, ""),
        ("{sexual: 4}", 0, ""),
        ("{sexual: at least 9, labour: 3}", 0, ""),
    ],
)
def test_a_part_leads_when_the_rest_cannot_change_that(tmp_path, parts, rest, expected):
    figure = year_file(f"  {OPENED}: {{total: 12, by form: {parts}}}\n", 2020)
    place = vintage(small.load(tmp_path, {small.YEAR: figure}), "XX", 2020)
    found = leading_part(place.parts(OPENED, "form"), rest)
    assert expected == (found.code if found else "")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("{total: 49, by form: {sexual: 7}}", "Sexual, 2020: 7 of 49"),
        ("{total: 50, by form: {sexual: 7}}", "Sexual, 2020: 14%"),
        ("{total: at least 50, by form: {sexual: 7}}", ""),
        ("{total: 50}", ""),
    ],
)
def test_a_share_is_a_percentage_on_a_large_base_only(tmp_path, figure, expected):
    place = vintage(small.load(tmp_path, {small.YEAR: year_file(f"  {OPENED}: {figure}\n", 2020)}), "XX", 2020)
    part, total = place.series(OPENED, "sexual").get(2020), place.observation(OPENED)
    assert expected == share_headline("Sexual", part, total, place, ENGLISH)


def test_a_form_is_the_largest_of_the_most_years_or_there_is_none(tmp_path):
    labour, sexual = "{total: 5, by form: {labour: 4, sexual: 1}}", "{total: 5, by form: {labour: 1, sexual: 4}}"
    found = {
        "more": opened(tmp_path / "more", {2018: labour, 2019: sexual, 2020: labour}),
        "even": opened(tmp_path / "even", {2019: sexual, 2020: labour}),
        "open": opened(tmp_path / "open", {2019: sexual, 2020: "{total: 9, by form: {labour: 4, sexual: 1}}"}),
    }
    # It is the headline of the chapter, where that has no better one.
    heads = {name: headline(chapter(each, "justice")) for name, each in found.items()}
    assert {
        "more": "Labour exploitation: the most frequent form in 2018 and 2020",
        "even": "",
        "open": "Sexual exploitation: the most frequent form in 2019",
    } == heads


# how a chapter opens


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({2019: "16", 2020: "11"}, "The number of investigations opened fell from 16 in 2019 to 11 in 2020."),
        ({2019: "3", 2020: "3"}, "The number of investigations opened was the same in 2019 and 2020: three."),
        ({2019: "3", 2020: "5"}, "The number of investigations opened rose from three in 2019 to five in 2020."),
        ({2018: "3", 2020: "5"}, ""),
        ({2019: "3", 2020: "{total: 5, flags: [b]}"}, ""),
        ({2019: "3", 2020: "at least 5"}, ""),
    ],
)
def test_a_lead_tells_what_changed_and_nothing_that_cannot_be_compared(tmp_path, values, expected):
    assert expected == lead(chapter(opened(tmp_path, values), "justice"))


def test_what_is_written_stands_instead_of_what_would_be_made(tmp_path):
    values, glance = {2019: "16", 2020: "11"}, "# at_a_glance: Of the year\n\nAll of it.\n\n"
    made = chapter(opened(tmp_path / "made", values, glance), "justice")
    assert [
        "Investigations opened: 11, 5 fewer than in 2019",
        "The number of investigations opened fell from 16 in 2019 to 11 in 2020.",
    ] == [
        headline(made),
        lead(made),
    ]
    written = chapter(opened(tmp_path / "written", values, f"{glance}# justice: Fewer\n\nOf our own.\n"), "justice")
    assert ["Fewer", "Of our own."] == [headline(written), lead(written)]


def test_a_chapter_without_figures_to_compare_opens_with_what_its_first_chart_finds(tmp_path):
    plan = "plans:\n  first: {name: {en: First plan}, period: 2018/2020}\n"
    found = small.load(tmp_path, {"data/XX/country.yaml": small.FILES["data/XX/country.yaml"] + plan})
    document = compose(vintage(found, "XX", 2020), ENGLISH).document
    assert "In force in 2020: First plan" == headline(chapter(document, "framework"))
    below = next(each for each in document.walk() if each.code == "action_plans")
    assert None is below.headline


@pytest.mark.parametrize("year", range(2009, 2021))
@pytest.mark.parametrize("language", ["en", "lt"])
def test_every_numbered_chapter_of_lithuania_has_a_lead(year, language):
    document = compose(known("LT", year), translated(language)).document
    assert [] == [each.code for each in document.sections if each.number.isdigit() and not lead(each)]


@pytest.mark.parametrize("year", [2009, 2014, 2017, 2020])
@pytest.mark.parametrize("language", ["en", "lt"])
def test_every_chapter_with_a_text_of_its_own_is_opened_by_a_lead(year, language):
    found = [each for each in edition(year, language).sections if not each.number.isalpha()]
    texts = [each for each in found if each.blocks and isinstance(each.blocks[0], Text)]
    assert len(texts) >= 8
    assert [] == [each.code for each in texts if not split_lead(each)[0]]


# what headlines are not


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({2020: "11"}, "Investigations opened: 11"),
        ({2019: "missing", 2020: "11"}, "Investigations opened: 11"),
        ({2018: "9", 2020: "11"}, "Investigations opened: 11; no figure for 2019"),
        ({2019: "at least 9", 2020: "11"}, "Investigations opened: 11; not comparable with 2019"),
        ({2019: "9", 2020: "missing"}, "Investigations opened: no figure for 2020; 9 in 2019"),
    ],
)
def test_the_first_year_of_a_series_is_compared_with_nothing(tmp_path, values, expected):
    assert expected == headline(chapter(opened(tmp_path, values), "at_a_glance"))


def headlines(year: int, language: str) -> list[str]:
    """Every headline of an edition in reading order, those of its charts among them."""
    found = []
    for section in edition(year, language).walk():
        figures = (each.headline for each in section.blocks if isinstance(each, Figure))
        found += [headline(section), *figures]
    return list(filter(None, found))


@cache
def edition(year: int, language: str) -> Document:
    """An edition of Lithuania with what it lays beside the year before."""
    locale = translated(language)
    return document_of(CheckedDataset(lithuanian(), ()), Job("LT", year, language), locale)


@cache
def lithuanian() -> Dataset:
    return dataset_of(LITHUANIA, ("LT",))


@pytest.mark.parametrize("year", [2009, 2014, 2017, 2020])
@pytest.mark.parametrize("language", ["en", "lt"])
def test_no_finding_stands_twice_as_a_headline_and_none_on_three_lines(year, language):
    found = headlines(year, language)
    assert [] == [each for each, count in Counter(found).items() if count > 1]
    assert [] == [each for each in found if lines_of(each) > 2]


def test_a_chapter_whose_finding_is_told_takes_the_next_one(tmp_path):
    figures = {2019: "16", 2020: "11"}
    files = {
        f"data/XX/{year}.yaml": year_file(f"  {OPENED}: {value}\n  persons.convicted: {value}\n", year)
        for year, value in figures.items()
    }
    document = compose(vintage(small.load(tmp_path, files | {small.TEXT: ""}), "XX", 2020), ENGLISH).document
    assert [
        "Investigations opened: 11, 5 fewer than in 2019",
        "Persons convicted: 11, 5 fewer than in 2019",
    ] == [headline(chapter(document, code)) for code in ("at_a_glance", "justice")]


NAMES = ["Plan for the Prevention of Trafficking in Human Beings", "Programme of Public Security and its Development"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (NAMES[1:], f"In force: {NAMES[1]}"),
        (NAMES, f"In force: {NAMES[0]} and one more"),
        ([*NAMES, *NAMES], f"In force: {NAMES[0]} and three more"),
        ([" and ".join(NAMES)], ""),
    ],
)
def test_a_headline_of_names_has_as_many_as_stand_on_two_lines(names, expected):
    assert expected == names_headline("In force", names, ENGLISH)


def test_a_headline_that_is_too_long_is_said_shorter_or_not_at_all(tmp_path):
    files = {small.YEAR: year_file(f"  {OPENED}: 11\n", 2020), "data/XX/2019.yaml": year_file(f"  {OPENED}: 9\n", 2019)}
    place = vintage(small.load(tmp_path, files), "XX", 2020)
    told = [change_headline("Opened " * count, place.series(OPENED), place, ENGLISH) for count in (1, 8, 14)]
    assert ["Opened : 11, 2 more than in 2019", f"{'Opened ' * 8}: 11", ""] == told
