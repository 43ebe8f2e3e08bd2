"""`reporter compare`: what it prints and writes, and what it says to those who ask for what cannot be."""

import csv
import io
import json
from pathlib import Path

import pytest

from reporter.cli.compare_arguments import comparison_jobs
from reporter.errors import UsageError
from tests import small
from tests.cli.comparing import OTHER
from tests.cli.running import RIGHT
from tests.snapshots import snapshot


@pytest.fixture
def countries(tmp_path) -> Path:
    return small.write(tmp_path, RIGHT | OTHER | {"templates/profile.html": small.PAGE})


@pytest.fixture
def compare(countries, called):
    return lambda *words: called("compare", *words, "-w", countries)


FEW = "years with a file: 2018–2020"
WRONG = [
    ("XX", "no year is named: a comparison needs two", FEW),
    ("XX 2019", "only 2019 is named: a comparison needs two", FEW),
    ("XX 2019 2019", "2019 is named twice", "name each one once"),
    ("XX 2019 2017", "XX has no file for 2017", FEW),
    ("2019 2020", "no country is named", "write COUNTRY YEAR YEAR …"),
    ("ZZ 2019 2020", "unknown country 'ZZ'", "countries with data: XX, YY"),
    ("XX YY", "for which year are the countries to be compared?", "name it as --year 2019"),
    ("XX YY 2019", "countries are laid side by side for one year", "name it as --year 2019"),
    ("XX 2019 --year 2020", "--year is for countries side by side, and only one is named", "write COUNTRY"),
    ("XX 2019 2020 --editions 2019,2020", "lays the editions of one year side by side", "name one year"),
    ("XX 2019 --editions 2020", "a comparison needs two editions", "two editions of 2019 or later"),
    ("XX 2019 --editions 2020,first", "'first' is no edition", "--editions 2018,2020"),
    ("XX 2019 --editions 2018,2020", "the edition of 2018 was made before 2019", "editions of 2019 or later"),
    ("--all", "for which year are the countries to be compared?", "name it as --all --year 2019"),
    ("--all --year 2019", "a comparison needs two countries with a file of 2019", "with one: XX"),
    ("--all XX --year 2020", "--all names every country already", "leave some out as --without CY,MT"),
    ("XX YY --year 2020 --without YY", "--without leaves countries out of --all", "write --all"),
    ("XX 2019 2020 --lang lt", "reporter.yaml does not list the language 'lt'", "languages: en"),
    ("XX 2019-2020", "'2019-2020' is no year", "write the years apart: 2019 2020"),
    ("XX YY --year 20x", "'20x' is no year", "write four digits, such as 2019"),
    ("XX 2019 2020 --format html,xlsx", "unknown format 'xlsx'", "formats: pdf, html; or one of text, json, csv"),
    ("XX 2019 2020 --format pdf,text", "'text' is printed and stands alone", "write --format text"),
]


@pytest.mark.parametrize(("words", "message", "hint"), WRONG)
def test_what_cannot_be_compared_is_said_with_the_remedy(countries, compare, words, message, hint):
    code, out, err = compare(*words.split())
    assert (2, "", True, True) == (code, out, message in err, hint in err)
    assert not (countries / "build").exists()


def test_sides_without_a_common_figure_are_wrong_usage_told_once_and_nothing_is_left(countries, compare):
    countries.joinpath("data/XX/2020.yaml").write_text("year: 2020\nsource: police\nfigures: {victims.identified: 3}\n")
    countries.joinpath("data/XX/text/en/2020.md").write_text("# general_situation\n\nNothing.\n")
    settings = countries / "reporter.yaml"
    settings.write_text(settings.read_text().replace("languages: [en]", "languages: [en, lt]"))
    hint = "  hint: of XX: victims.identified; of YY: persons.convicted\n"
    message = "XX and YY have no figure in common"
    words = ("XX", "YY", "--year", "2020")
    assert (2, "", f"reporter: {message}\n{hint}") == compare(*words, "--lang", "en", "--format", "json")
    told = compare(*words, "--format", "html", "-j", "1")
    assert (2, "", f"reporter: compare-XX-YY-2020 (en, lt): {message}\n{hint}") == told
    assert [".cache"] == [path.name for path in (countries / "build").iterdir()]


def test_all_are_the_countries_with_a_file_of_the_year_and_the_others_are_named(countries, compare):
    other = countries / "data/ZZ"
    other.mkdir()
    for name in ("country.yaml", "2020.yaml"):
        (other / name).write_text((countries / "data/YY" / name).read_text().replace("code: YY", "code: ZZ"))
    (other / "2020.yaml").rename(other / "2019.yaml")
    (countries / "data/YY/2020.yaml").write_text("year: 2020\nsource: police\nfigures: {victims.identified: 3}\n")
    code, out, err = compare("--all", "--year", "2020", "--format", "json")
    assert (0, "left out, without a file for 2020: ZZ\n") == (code, err)
    assert ["XX", "YY"] == [each["country"] for each in json.loads(out)["sides"]]


def test_more_years_or_countries_than_fit_are_refused(countries):
    codes = [f"{one}{two}" for one in "ABCDEFGH" for two in "ABCDEFGH"][:61]
    years = [str(year) for year in range(2005, 2018)]
    files = {f"data/{code}/2020.yaml": "year: 2020\n" for code in codes}
    small.write(countries, files | {f"data/XX/{year}.yaml": f"year: {year}\n" for year in years})
    with pytest.raises(UsageError, match="13 years do not fit on a page"):
        comparison_jobs(snapshot(countries), ["XX", *years], None, (), ["en"])
    with pytest.raises(UsageError, match="61 countries cannot be compared at once"):
        comparison_jobs(snapshot(countries), codes, 2020, (), ["en"])


def test_printed_forms_write_nothing_and_stand_on_stdout(countries, compare):
    code, out, err = compare("XX", "2019", "2020", "--format", "json")
    assert (0, "") == (code, err)
    told = json.loads(out)
    assert ("years", [2019, 2020]) == (told["manner"], [side["year"] for side in told["sides"]])
    opened = next(each for each in told["figures"] if each["indicator"] == "investigations.opened")
    assert ["9", "11"] == [each["value"] for each in opened["values"]]
    assert {"difference": "2", "relative": None, "obstacle": None} == opened["changes"][0]
    lines = list(csv.DictReader(io.StringIO(compare("XX", "2019", "2020", "--format", "csv")[1])))
    assert ["9", "11"] == [each["value"] for each in lines if each["indicator"] == "investigations.opened"][:2]
    assert "Investigations opened" in compare("XX", "2019", "2020", "--format", "text")[1]
    assert not (countries / "build").exists()


def test_what_is_printed_is_printed_in_one_language(countries, compare):
    settings = countries / "reporter.yaml"
    settings.write_text(settings.read_text().replace("languages: [en]", "languages: [en, lt]"))
    words = ("XX", "2020", "2019", "--format", "csv")
    said = "reporter: 'csv' is printed in one language, and en, lt are named\n  hint: write --lang en\n"
    assert (2, "", said) == compare(*words, "--lang", "en,lt")
    assert compare(*words, "--lang", "en") == compare(*words)


@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize("words", [("2019", "2020"), ("2018", "2019"), ("2018", "--editions", "2018,2020")])
def test_an_error_in_the_data_also_of_a_later_file_stops_what_is_made_of_it(countries, compare, words, form):
    with countries.joinpath(small.YEAR).open("a") as file:
        file.write(REVISED)
    code, _, err = compare("XX", *words, "--format", form)
    assert (1, True, []) == (code, "data/XX/2020.yaml:" in err, list((countries / "build").rglob("*.html")))
    assert 0 == compare("XX", "2018", "--editions", "2018,2019", "--format", "text")[0]


REVISED = "revisions: [{year: 2018, figure: investigations.opened, was: 6, now: 5, reason: {en: Recounted.}}]\n"
