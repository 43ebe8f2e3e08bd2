"""What charts find and how chapters open where nobody wrote it: what the data say, and nothing where they do not."""

import re
from collections import Counter
from pathlib import Path

import pytest

from reporter.data.i18n import load_locale
from reporter.data.records import vintage
from reporter.editions.checked import CheckedDataset
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from reporter.formats.html.arrange import split_lead
from reporter.report.document.document import Document, Figure, Section, Table
from reporter.report.sections import compose
from reporter.text.change_sentences import leading_part
from reporter.text.tree import Text
from tests import small
from tests.editions import document
from tests.fixtures import LITHUANIA
from tests.snapshots import dataset_of, translated
from tests.texts import html

ENGLISH = load_locale("en")
OPENED, YEARS = "investigations.opened", (2018, 2019, 2020)
TAG = re.compile("<[^>]+>")


def year_file(figures: str, year: int, more: str = "") -> str:
    return f"year: {year}\nsource: police\n{more}figures:\n{figures}"


def opened(tmp_path: Path, values: dict[int, str], text: str = "", **more: str) -> Document:
    files = {f"data/XX/{year}.yaml": year_file(f"  {OPENED}: {value}\n", year) for year, value in values.items()}
    found = small.load(
        tmp_path,
        dict.fromkeys(f"data/XX/{year}.yaml" for year in YEARS)
        | files
        | {small.TEXT: f"{text}\n# forms\n\nForms.\n"}
        | more,
    )
    return compose(vintage(found, "XX", max(values)), ENGLISH).document


def chapter(document: Document, code: str) -> Section:
    return next(each for each in document.sections if each.code == code)


def headline(section: Section) -> str:
    return plain(section.headline)


def plain(words: Text | None) -> str:
    return words.words if words else ""


def lead(section: Section) -> str:
    first = section.blocks[0] if section.blocks else None
    return first.words.strip() if isinstance(first, Text) else ""


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
    ("values", "expected"),
    [
        ({2019: "16", 2020: "11"}, "The number of investigations opened fell from 16 in 2019 to 11 in 2020."),
        ({2019: "3", 2020: "3"}, "The number of investigations opened was three in 2019 and in 2020."),
        ({2019: "3", 2020: "5"}, "The number of investigations opened rose from three in 2019 to five in 2020."),
        ({2018: "3", 2020: "5"}, ""),
        ({2019: "3", 2020: "{total: 5, flags: [b]}"}, ""),
        ({2019: "3", 2020: "at least 5"}, ""),
    ],
)
def test_a_lead_tells_what_changed_and_nothing_that_cannot_be_compared(tmp_path, values, expected):
    assert expected == lead(chapter(opened(tmp_path, values), "justice"))


def test_the_first_year_names_no_year_before_and_what_is_defined_otherwise_says_so():
    first = document("EE", 2014)
    told = "investigations opened (definition differs) – 5; persons prosecuted (definition differs) – 7"
    assert f"Counted in 2014: {told}." in map(lead, first.sections)
    assert {""} == {row.context for row in first.figures()[0].plot.rows}


def test_what_is_defined_otherwise_is_called_by_what_it_counts_where_the_definition_has_a_name(tmp_path):
    named = "    names: {narrow: {en: Cases of sexual exploitation}}\n    dimensions: [form]\n    terms: {en: [inv"
    catalogue = small.FILES["data/catalogue.yaml"].replace("    dimensions: [form]\n    terms: {en: [inv", named)
    values = {2019: "{total: 3, definition: narrow}", 2020: "{total: 5, definition: narrow}"}
    made = opened(tmp_path, values, **{"data/catalogue.yaml": catalogue})
    told = "The number of cases of sexual exploitation rose from three in 2019 to five in 2020."
    assert told == lead(chapter(made, "justice"))


@pytest.mark.parametrize(("year", "language"), [(2009, "en"), (2014, "lt"), (2017, "en"), (2020, "lt")])
def test_chapters_of_lithuania_have_leads_and_no_headline_stands_twice(year, language):
    dataset = CheckedDataset(dataset_of(LITHUANIA, ("LT",)), ())
    made = document_of(dataset, Job("LT", year, language), translated(language))
    found = []
    for section in made.walk():
        charts = (plain(each.headline) for each in section.blocks if isinstance(each, Figure))
        found += [headline(section), *charts]
    assert [] == [each for each, count in Counter(found).items() if each and count > 1]
    charts = [plain(each.headline) for each in made.figures() if each.headline]
    assert [] == [each for each in charts if re.search(r"[:;%(]| \d+ (?:of|iš) ", each)]
    # A box and a table need no lead.
    assert ["reading"] == [each.code for each in made.sections if each.number.isdigit() and not lead(each)]
    texts = [each for each in made.sections if not each.number.isalpha() and lead(each)]
    assert len(texts) >= 8
    # Challenges are a list.
    assert [] == [each.code for each in texts if each.code != "proposals" and not split_lead(each)[0]]


# what somebody wrote over a chart or a table

HEADED = "# figure-investigations: {{ investigations.opened | fell("


def over(tmp_path: Path, text: str, files: dict[str, str] | None = None, language: str = "en") -> dict[str, str]:
    figures = {f"data/XX/{year}.yaml": year_file(f"  {OPENED}: {n}\n", year) for year, n in ((2019, 16), (2020, 11))}
    found = small.load(tmp_path, figures | {small.TEXT: text} | (files or {}))
    document = compose(vintage(found, "XX", 2020), load_locale(language)).document
    blocks = (each for section in document.walk() for each in section.blocks if isinstance(each, (Figure, Table)))
    return {each.code: plain(each.headline) for each in blocks if each.headline}


def test_a_chart_and_a_table_have_what_is_written_over_them_that_year(tmp_path):
    text = f'{HEADED}"Fewer cases") }}}}: {{{{ {OPENED} }}}} <now>\n\n# table-penalties: Prison for all\n'
    assert {"investigations": "Fewer cases: 11 <now>", "penalties": "Prison for all"} == over(tmp_path, text)
    earlier = {"data/XX/text/en/2019.md": "# figure-investigations: The police at work\n"}
    assert "The police at work" not in over(tmp_path / "earlier", "", earlier).values()


def test_a_chart_keeps_its_title_where_its_headline_is_of_another_language(tmp_path):
    both = {"reporter.yaml": "title: {en: Small}\nlanguages: [en, lt]\n"}
    text = f'{HEADED}"Fewer cases") }}}}\n'
    assert {"investigations": "Fewer cases"} == over(tmp_path / "en", text, both)
    assert {} == over(tmp_path / "lt", text, both, "lt")
    lithuanian = {"data/XX/text/lt/2020.md": text.replace("Fewer cases", "Mažiau tyrimų")}
    assert {"investigations": "Mažiau tyrimų"} == over(tmp_path / "both", text, both | lithuanian, "lt")


def test_a_chart_is_left_out_and_another_stands_in_its_place(tmp_path):
    charts = "charts: {leave_out: [forms_over_years], instead: {investigations: investigations.opened-by-form}}\n"
    settings = {"reporter.yaml": f"title: {{en: Small}}\nlanguages: [en]\n{charts}", small.TEXT: ""}
    parts = f"  {OPENED}: {{total: 11, by form: {{sexual: 4, labour: 7}}}}\n"
    forms = {f"data/XX/{year}.yaml": year_file(parts, year) for year in (2019, 2020)}
    text = '# investigation\n\n{{ figure("investigations.opened-by-form") }} shows it.\n'
    document = compose(
        vintage(small.load(tmp_path, settings | forms | {small.TEXT: text}), "XX", 2020), ENGLISH
    ).document
    section = next(each for each in document.walk() if each.code == "investigation")
    (shown,) = (each for each in section.blocks if isinstance(each, Figure))
    assert ("investigations.opened-by-form", "Investigations opened by form, 2018–2020") == (shown.code, shown.caption)
    assert 'href="#figure-investigations.opened-by-form"' in html(section.blocks[0])
    assert {"investigations", "forms_over_years"}.isdisjoint(each.code for each in document.figures())


@pytest.mark.parametrize(
    ("dated", "heading"),
    [
        ("since: 2019", "In force in 2020"),
        ("stated: 2020", "In force in 2020"),
        ("stated: 2021", "In force in 2020 where a date is given; start dates of the others are not stated"),
        ("", "In force in 2020 where a date is given; start dates of the others are not stated"),
    ],
)
def test_a_provision_without_a_date_is_not_said_to_be_in_force_before_a_source_states_it(tmp_path, dated, heading):
    country = small.FILES["data/XX/country.yaml"].replace("since: 2019, ", f"{dated}, " if dated else "")
    composed = compose(vintage(small.load(tmp_path, {"data/XX/country.yaml": country}), "XX", 2020), ENGLISH)
    tables = (each for section in composed.document.walk() for each in section.blocks if isinstance(each, Table))
    assert [heading] == [each.unit_line for each in tables if each.code == "penalties"]


def test_a_chart_is_called_by_the_figures_that_any_year_has(tmp_path):
    document = compose(vintage(small.load(tmp_path), "XX", 2020), ENGLISH).document
    captions = {each.code: each.caption for each in document.figures()}
    assert "Investigations opened, 2018–2020" == captions["investigations"]
