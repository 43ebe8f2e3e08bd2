"""`reporter compare`, `audit` and `protect`: what they print and write, and what they refuse."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from reporter.cli.compare import comparison_jobs
from reporter.data.errors import UsageError
from tests import small
from tests.cli.comparing import OTHER
from tests.cli.running import RIGHT
from tests.reconcile.invented import VICTIMS as VICTIM_ROWS
from tests.reconcile.invented import invented, person, total
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
    ("2019 2020", "no country is named", "write COUNTRY YEAR YEAR …"),
    ("ZZ 2019 2020", "unknown country 'ZZ'", "countries with data: XX, YY"),
    ("XX YY 2019", "countries are compared for one year", "name it as --year 2019"),
    ("XX YY", "the year to compare the countries for is missing", "name it as --year 2019"),
    ("XX 2019 --year 2020", "--year is for comparing countries, and only one is named", "write COUNTRY"),
    ("XX 2019 2020 --editions 2019,2020", "--editions compares the editions of one year", "name one year"),
    ("XX 2019 --editions 2020", "a comparison needs two editions", "two editions of 2019 or later"),
    ("XX 2019 --editions 2020,first", "'first' is no edition", "--editions 2018,2020"),
    ("XX 2019 --editions 2018,2020", "the edition of 2018 was made before 2019", "editions of 2019 or later"),
    ("--all", "the year to compare the countries for is missing", "name it as --all --year 2019"),
    ("--all --year 2019", "a comparison needs two countries with a file of 2019", "with one: XX"),
    ("--all XX --year 2020", "--all already means every country", "leave some out with --without CY,MT"),
    ("XX YY --year 2020 --without YY", "--without leaves countries out of --all", "write --all"),
    ("XX 2019-2020", "'2019-2020' is not a year", "write each year separately: 2019 2020"),
    ("XX YY --year 20x", "'20x' is not a year", "write four digits, such as 2019"),
    ("XX 2019 2020 --format html,xlsx", "unknown format 'xlsx'", "formats: pdf, html; or one of text, csv"),
    ("XX 2019 2020 --format pdf,text", "'text' is printed and cannot be combined", "write --format text"),
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
    hint = "  hint: each of them has different figures: choose others\n"
    message = "XX and YY have no figure in common"
    words = ("XX", "YY", "--year", "2020")
    assert (2, "", f"reporter: {message}\n{hint}") == compare(*words, "--lang", "en", "--format", "csv")
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
    code, out, err = compare("--all", "--year", "2020", "--format", "csv")
    assert (0, "left out, without a file for 2020: ZZ\n") == (code, err)
    assert {"XX", "YY"} == {each["country"] for each in csv.DictReader(io.StringIO(out))}


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
    code, out, err = compare("XX", "2019", "2020", "--format", "csv")
    assert (0, "") == (code, err)
    lines = [each for each in csv.DictReader(io.StringIO(out)) if each["indicator"] == "investigations.opened"]
    told = ("year", "value", "change", "relative", "obstacle")
    assert [("2019", "9", "", "", ""), ("2020", "11", "2", "", "")] == [
        tuple(each[name] for name in told) for each in lines[:2]
    ]
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


HIDDEN = {small.YEAR: small.FINAL[small.YEAR].replace("men: 20", "men: suppressed")}
# What is withheld already is no remedy.
ALL_KEPT = "withheld: {2020: {victims.identified.women: {because: chosen}}}\n"
FOLLOWS = "victims.identified.men of 2020 can only be 20: victims.identified 80 = women 60 + men in 2020 (XX 2020)\n"


def test_what_follows_leaves_with_one_and_says_from_what(tmp_path, called):
    root = small.write(tmp_path, small.FINAL | HIDDEN)
    code, out, _ = called("audit", "XX", "2020", "-w", root)
    assert (1, True) == (code, out.startswith(FOLLOWS))
    assert "no finished files: only figures were checked; reporter build makes the files\n" in out
    assert "1 figures withheld, 1 of them exposed; 0 numbers read in 0 files of XX 2020\n" in out
    assert out.endswith("  hint: reporter protect XX 2020 withholds the figures that disclose them\n")
    code, out, _ = called("audit", "XX", "2020", "-w", root, "--format", "json")
    answer = json.loads(out)
    (one,) = answer["exposed"]
    assert (1, False) == (code, answer["passes"])
    assert ("victims.identified.men", 20, 20) == (one["figure"], one["lowest"], one["highest"])
    small.write(tmp_path, small.FINAL | HIDDEN | {"data/XX/protection/2020.yaml": ALL_KEPT})
    assert "reporter protect" not in called("audit", "XX", "2020", "-w", root)[1]


def test_what_is_no_edition_is_wrong_usage(tmp_path, called):
    root = small.write(tmp_path, small.FINAL)
    wrong = [("XX",), ("XX", "soon"), ("XX", "1990")]
    assert [2, 2, 2, 0] == [called("audit", *words, "-w", root)[0] for words in (*wrong, ("XX", "2020"))]


def test_without_the_solver_its_extra_is_named(tmp_path, called, monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    for name in [
        each for each in sys.modules if each.startswith("reporter.figures.withhold.") and "public" not in each
    ]:
        monkeypatch.delitem(sys.modules, name)
    code, _, err = called("audit", "XX", "2020", "-w", small.write(tmp_path, small.FINAL))
    assert (2, True) == (code, 'pip install "reporter[protect]"' in err)


def with_parts(tmp_path, parts: str):
    year = small.FINAL[small.YEAR].replace("{women: 60, men: 20}", parts)
    return small.write(tmp_path, small.FINAL | {small.YEAR: year})


def test_a_public_package_does_not_leave_while_a_withheld_figure_follows(tmp_path, called):
    root = with_parts(tmp_path, "{women: 77, men: suppressed, children: suppressed}")
    code, _, err = called("package", "XX", "2020", "--to", "figures", "-w", root)
    assert (1, []) == (code, list(root.glob("build/XX/2020/package/*.zip*")))
    assert "victims.identified.children of 2020 lies between 0 and 3" in err
    assert "reporter protect XX 2020" in err


def test_one_whose_withheld_figures_are_protected_leaves_and_is_audited_without_a_workspace(tmp_path, called):
    root = with_parts(tmp_path, "{women: 60, men: suppressed, children: suppressed}")
    assert 0 == called("package", "XX", "2020", "--to", "figures", "-w", root)[0]
    (package,) = root.glob("build/XX/2020/package/*.zip")
    code, out, _ = called("audit", package)
    assert (0, True) == (code, "2 figures withheld, 0 of them exposed" in out)


FILE = "data/XX/protection/2020.yaml"
VICTIMS = "victims.identified"
PEOPLE = f"{small.HEAD}figures:\n  {VICTIMS}: {{total: 31, by person: {{women: 16, men: 13, children: 2}}}}\n"


@pytest.fixture
def root(tmp_path):
    return small.write(tmp_path, {small.YEAR: PEOPLE, small.TEXT: None})


def test_it_shows_why_each_value_goes_and_what_is_left(root, called):
    code, out, err = called("protect", "XX", "2020", "-w", root)
    assert 0 == code
    expected = (
        f"XX 2020: figures withheld from the public\n\n2020  {VICTIMS}\n  + men 13      Without it, children could be "
        "worked out; costs 10\n  + children 2  A count this small could identify a person.\n    published: "
        "total 31, women 16\n"
    )
    assert expected == out
    assert "2 values are withheld, 2 of them new\nfor every withheld figure at least 5 values remain possible" in err
    assert f"wrote {FILE}\n" in err
    assert f"    {VICTIMS}.children: {{because: small}}\n" in (root / FILE).read_text(encoding="utf-8")


def test_a_dry_run_and_a_second_time_write_nothing_and_the_journal_knows_who_decided(root, called):
    code, _, err = called("protect", "XX", "2020", "-w", root, "--dry-run")
    assert (0, False) == (code, (root / FILE).exists())
    assert f"nothing was written: without --dry-run, {FILE} would be\n" in err
    called("protect", "XX", "2020", "-w", root, "-q", "--by", "Ona")
    (journal,) = (root / ".reporter/journal").iterdir()
    line = json.loads(journal.read_text(encoding="utf-8"))
    assert ("Ona", FILE, ["withheld"]) == (line["person"], line["file"], line["path"])
    before = (root / FILE).read_bytes()
    code, out, err = called("protect", "XX", "2020", "-w", root)
    assert (0, before, True) == (code, (root / FILE).read_bytes(), "    children 2  A count this small" in out)
    assert (True, False) == ("2 values are withheld\n" in err, "wrote" in err)


def test_machines_get_values_bounds_and_places(root, called):
    code, out, _ = called("protect", "XX", "2020", "-w", root, "--format", "json", "--dry-run")
    answer = json.loads(out)
    assert (0, FILE, True, False) == (code, answer["file"], answer["changed"], answer["written"])
    men, children = answer["withheld"]
    assert (f"{VICTIMS}.men", "protects", [f"{VICTIMS}.children"]) == (men["figure"], men["because"], men["protects"])
    told = tuple(children[name] for name in ("value", "because", "new", "place"))
    assert ("2", "small", True, "data/XX/2020.yaml:4:77") == told
    found = [(each["lowest"], each["highest"], each["protected"]) for each in answer["possible"]]
    assert [(1, 14, True), (1, 14, True)] == found


def test_of_a_figure_that_is_small_itself_nothing_is_left_and_a_published_year_becomes_a_corrigendum(root, called):
    parts = "{total: 31, by person: {women: 16, men: 13, children: 2}}"
    few = PEOPLE.replace(parts, "{total: 3, by person: {women: 3}}")
    small.write(root, {small.YEAR: few, small.TEXT: None, "data/XX/editions/2020.yaml": ""})
    code, out, err = called("protect", "XX", "2020", "-w", root)
    assert (0, True) == (code, "published: none of it" in out)
    assert "XX 2020 is published: with this change it becomes a corrigendum\n" in err
    assert [2, 2] == [called("protect", *words, "-w", root)[0] for words in (("XX", "2017"), ("YY", "2020"))]


def test_what_others_publish_protects_nothing(tmp_path, called):
    figures = f"  {VICTIMS}: {{total: 31, by person: {{women: 16, men: 13, children: 2}}}}"
    there = [total(VICTIM_ROWS, 31), person(VICTIM_ROWS, "men", 13), person(VICTIM_ROWS, "women", 16)]
    root, file = invented(tmp_path, figures, there)
    assert 0 == called("protect", "XX", "2020", "-w", root, "--dry-run")[0]
    code, out, _ = called("protect", "XX", "2020", "-w", root, "--dry-run", "--publication", file)
    assert (1, True) == (code, f"{VICTIMS}.children of 2020 is not protected: readers can work out 2: " in out)


def test_a_table_can_be_rounded_instead(root, called):
    code, out, err = called("protect", "XX", "2020", "-w", root, "--round", VICTIMS)
    assert (0, True) == (code, "    children 2  printed as about 0\n" in out)
    assert "printed as multiples of 5: 4\n" in err
    assert "rounded:\n  2020:\n" in (root / FILE).read_text(encoding="utf-8")
    assert 2 == called("protect", "XX", "2020", "-w", root, "--round", "victims.men")[0]


def test_rounding_is_named_where_nothing_is_left_and_a_trial_of_it_protects(root, called, monkeypatch):
    parts = "{total: 31, by person: {women: 16, men: 13, children: 2}}"
    small.write(
        root, {small.YEAR: PEOPLE.replace(parts, "{total: 6, by person: {women: 3, men: 3}}"), small.TEXT: None}
    )
    words = ("protect", "XX", "2020", "-w", root, "--dry-run")
    offer = f"  reporter protect XX 2020 --round {VICTIMS}\n"
    assert offer in called(*words)[1]

    def refused(*_: object) -> None:
        raise UsageError("after rounding, it can still be derived")

    monkeypatch.setattr("reporter.figures.withhold.decisions.rounded_tables", refused)
    code, out, _ = called(*words)
    assert (0, True, False) == (code, "published: total 6" in out, "--round" in out)
