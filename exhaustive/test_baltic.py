"""Latvia and Estonia: every figure is that of UNODC's file and no other, counted here a second time."""

import csv
import io
from collections.abc import Iterator, Mapping

import pytest
import yaml

from reporter.check import check
from reporter.data.errors import Finding, Severity
from reporter.data.i18n import load_locale
from reporter.data.records import Dataset, is_given, vintage
from reporter.editions.checked import CheckedDataset
from reporter.editions.job import Job
from reporter.editions.making.exports import extract_of, make_sdmx
from reporter.report.sections import compose
from tests.fixtures import HERE, LITHUANIA
from tests.snapshots import dataset_of, translated

COUNTRIES = {"LV": "LVA", "EE": "EST"}
YEARS = range(2014, 2023)
INDICATORS = {
    "Offences of trafficking in persons": "investigations.opened",
    "Detected trafficking victims": "victims.registered",
    "Persons brought into formal contact": "suspects.formal_contact",
    "Persons prosecuted": "persons.prosecuted",
    "Persons convicted": "persons.convicted",
}
PERSONS = {
    ("Total", "18 years or over"): "adults",
    ("Female", "18 years or over"): "women",
    ("Male", "18 years or over"): "men",
    ("Total", "0 to 17 years"): "children",
    ("Female", "0 to 17 years"): "girls",
    ("Male", "0 to 17 years"): "boys",
}
CATEGORIES = {"Sexual exploitation": "form.sexual", "Forced labour": "form.labour", "Nationals": "citizenship.national"}
OWN = {"LV": ("Latvia", "Latvian"), "EE": ("Estonia", "Estonians")}


def published(country: str) -> Iterator[tuple[tuple[int, str, str], str]]:
    """Each row that has a place in the data, and what is printed. The place is year, indicator and part."""
    lines = (HERE / "data/glotip" / f"{COUNTRIES[country]}.csv").read_text(encoding="utf-8").splitlines()
    categories = CATEGORIES | dict.fromkeys(OWN[country], "citizenship.national")
    for row in csv.reader(lines[3:]):
        indicator, _, category, sex, age, year, unit, value = row[4:12]
        assert "Counts" == unit
        part = categories.get(category, "")
        if (category, sex, age) == ("Total", "Total", "Total"):
            yield (int(year), INDICATORS[indicator], ""), value
        elif category == "Total" and (sex, age) in PERSONS:
            yield (int(year), INDICATORS[indicator], f"person.{PERSONS[sex, age]}"), value
        elif part and (sex, age) == ("Total", "Total"):
            yield (int(year), INDICATORS[indicator], part), value


def written(country: str) -> Iterator[tuple[tuple[int, str, str], str]]:
    """Each value of the files of the years, read without the program."""
    for year in YEARS:
        figures = yaml.load((LITHUANIA / f"data/{country}/{year}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)[
            "figures"
        ]
        for indicator, figure in figures.items():
            yield (year, indicator, ""), figure["total"]
            for key in (key for key in figure if key.startswith("by ")):
                for code, value in figure[key].items():
                    # What would give away a masked count is withheld, and stands in the file all the same.
                    stated = value["value"] if isinstance(value, dict) else value
                    yield (year, indicator, f"{key.removeprefix('by ')}.{code}"), stated


@pytest.fixture(scope="module")
def baltic() -> Dataset:
    return dataset_of(LITHUANIA, COUNTRIES)


@pytest.fixture(scope="module")
def findings(baltic: Dataset) -> Mapping[str, tuple[Finding, ...]]:
    """What is found in the data of each country."""
    return {country: check(baltic.country(country), baltic) for country in COUNTRIES}


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_figure_is_that_of_the_file(country):
    expected = {key: "suppressed" if value == "<5" else value for key, value in published(country)}
    # A citizenship without any total beside it has no figure to stand under.
    lone = [key for key in expected if key[2].startswith("citizenship") and not _has_more(expected, key)]
    found = {key: value for key, value in written(country) if value != "missing"}
    assert {key: value for key, value in expected.items() if key not in lone} == found
    assert {"LV": [(2020, "persons.convicted", "citizenship.national")], "EE": []}[country] == lone


def _has_more(expected: dict, key: tuple[int, str, str]) -> bool:
    return any(other[:2] == key[:2] and not other[2].startswith("citizenship") for other in expected)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_total_that_the_file_lacks_is_said_to_be_missing_with_a_note(country, baltic):
    totals = {key[:2] for key, _ in published(country) if not key[2]}
    silent = [seen for seen in baltic.country(country).observations if not seen.code and seen.status == "missing"]
    lacking = {(year, code) for year in YEARS for code in INDICATORS.values()} - totals
    assert {"LV": 2, "EE": 7}[country] == len(lacking)
    assert lacking == {(seen.year, seen.indicator) for seen in silent if seen.notes}
    assert len(lacking) == len(silent)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_masked_count_is_never_a_number_and_never_without_a_note(country, baltic):
    known = baltic.country(country).observations
    masked = [seen for seen in known if seen.status == "suppressed"]
    assert [] == [seen for seen in masked if is_given(seen) or seen.value is not None]
    noted = {
        (seen.indicator, seen.year)
        for seen in known
        if not seen.code and any("masked" in each.text("en") for each in seen.notes)
    }
    assert set() == {(seen.indicator, seen.year) for seen in masked} - noted


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_finding_is_open(country, findings):
    assert [] == [str(each) for each in findings[country] if each.severity is not Severity.NOTE and not each.accepted]


@pytest.mark.parametrize(
    ("country", "year", "indicator"),
    [
        ("LV", 2015, "persons.convicted"),
        ("LV", 2017, "persons.convicted"),
        ("LV", 2020, "victims.registered"),
        ("LV", 2021, "persons.convicted"),
        ("LV", 2022, "persons.convicted"),
        ("LV", 2022, "suspects.formal_contact"),
        ("EE", 2017, "persons.prosecuted"),
        ("EE", 2021, "persons.convicted"),
        ("EE", 2022, "persons.convicted"),
    ],
)
def test_a_figure_in_doubt_is_compared_with_no_other(country, year, indicator, baltic):
    assert vintage(baltic, country, year).observation(indicator, year).doubtful


def test_figures_that_count_otherwise_than_in_lithuania_say_so(baltic):
    for country in COUNTRIES:
        known = vintage(baltic, country, 2019)
        for code in ("investigations.opened", "persons.prosecuted", "persons.convicted"):
            seen = known.observation(code)
            assert seen.definition
            assert {"d"} == set(seen.flags)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_edition_is_a_document_in_both_languages(country, baltic, findings):
    for number, year in enumerate(YEARS):
        # By turns; whatever is not written in a language is the same in every year.
        locale = translated(("en", "lt")[number % 2])
        made = compose(vintage(baltic, country, year), locale, findings[country])
        assert () == made.findings
        assert {"at_a_glance", "general_situation"} <= {each.code for each in made.document.walk()}


def test_the_source_is_unodc_alone(baltic):
    assert {"unodc_glotip"} == {seen.source for data in baltic.countries for seen in data.observations}
    assert "2025-04-14" == baltic.catalogue.source("unodc_glotip").published


@pytest.mark.parametrize(
    ("country", "year", "person", "value"),
    [("EE", "2022", "PER_VICT", "87"), ("EE", "2016", "PER_SUSP", "17"), ("LV", "2019", "PER_VICT", "39")],
)
def test_what_they_register_is_in_the_tables_for_eurostat(country, year, person, value, baltic):
    extract = extract_of(CheckedDataset(baltic, ()), Job(country, 2022, "en"), load_locale("en"))
    content = make_sdmx(extract)[f"{country}-2022-crim_thb_sex.csv"].decode()
    (line,) = (
        each
        for each in csv.DictReader(io.StringIO(content, newline=""))
        if (person, "T", year) == (each["leg_stat"], each["sex"], each["TIME_PERIOD"])
    )
    assert (value, "", "") == (line["OBS_VALUE"], line["OBS_FLAG"], line["CONF_STATUS"])
