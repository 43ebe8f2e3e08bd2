"""`reporter reconcile`: what agrees and differs, what the outside file contradicts itself in, what is explained."""

from pathlib import Path

import pytest

from reporter.check import check
from reporter.errors import ExitCode
from reporter.i18n import load_locale, three_letters
from reporter.load.glotip import read_glotip
from reporter.model import ExternalCell, vintage
from reporter.reconcile import Agreement, Pattern, reconcile
from reporter.sections import compose
from tests import small
from tests.fixtures import LITHUANIA, Golden
from tests.reconcile.invented import (
    CONTACT,
    CONVICTED,
    DIFFERS,
    EXPLAINED,
    FILES,
    STAMP,
    THERE,
    VICTIMS,
    invented,
    one,
    result,
    told,
    total,
)
from tests.snapshots import dataset_of, translated


@pytest.mark.parametrize("country", FILES)
def test_the_report_of_a_real_file(country, monkeypatch, called, golden: Golden):
    monkeypatch.chdir(LITHUANIA)
    code, out, err = called("reconcile", country, f"../glotip/{FILES[country]}.csv")
    assert ExitCode.OK == code
    golden(f"reconcile/{country}.txt", out + err)
    assert 80 >= max(len(line) for line in out.splitlines())


@pytest.mark.parametrize(
    ("country", "pattern", "indicator", "years"),
    [
        ("LT", Pattern.SHIFTED, CONTACT, [2020, 2021, 2022]),
        ("LV", Pattern.SHIFTED, CONTACT, [2022]),
        ("LT", Pattern.COPIED, CONVICTED, [2008, 2009, 2010, 2014, 2015, 2016]),
        ("LV", Pattern.COPIED, CONVICTED, [2015]),
        ("LV", Pattern.BORROWED, CONVICTED, [2021, 2022]),
        ("EE", Pattern.BORROWED, CONVICTED, [2021, 2022]),
        ("LV", Pattern.SEXES_SWAPPED, VICTIMS, [2019]),
        ("LV", Pattern.EXCESS, VICTIMS, [2019, 2020]),
        ("LV", Pattern.EXCESS, CONVICTED, [2016, 2017]),
        ("EE", Pattern.SEXES_SWAPPED, VICTIMS, [2018]),
        ("EE", Pattern.EXCESS, VICTIMS, [2021, 2022]),
        ("EE", Pattern.EXCESS, "Persons prosecuted", [2017]),
        ("LT", Pattern.GAP, VICTIMS, [2013]),
        ("LT", Pattern.GAP, CONVICTED, [2013, 2019]),
        ("LT", Pattern.GAP, "Persons prosecuted", [2013, 2019]),
    ],
)
def test_the_faults_known_of_the_files_are_found(country, pattern, indicator, years):
    found = result(country).faults
    assert years == sorted({each.year for each in found if (each.pattern, each.indicator) == (pattern, indicator)})


@pytest.mark.parametrize(
    ("figure", "year", "here", "there", "causes"),
    [
        (
            "persons.prosecuted",
            2016,
            "14",
            "64",
            [(Pattern.MISTYPED, "14 and 64 differ in one digit: one may be a misprint")],
        ),
        (
            "persons.prosecuted",
            2017,
            "56",
            "47",
            [(Pattern.OTHER_FIGURE, f"{CONTACT} there: that is perhaps what was counted here")],
        ),
        ("persons.prosecuted.women", 2017, "16", "11", []),
        ("victims.identified", 2017, "60", "58", []),
        ("investigations.opened", 2010, "15", "17", []),
        (
            "persons.convicted",
            2009,
            "14",
            "13",
            [(Pattern.OTHER_YEAR, "14 is what the file has for 2008")],
        ),
        ("persons.convicted", 2010, "9", "11", []),
        ("persons.prosecuted", 2011, "30", "33", []),
        ("victims.recognised", 2011, "25", "22", []),
        ("persons.prosecuted", 2012, "25", "24", []),
    ],
)
def test_a_known_difference_is_found_read_and_explained(lithuanian, figure, year, here, there, causes):
    found = one(lithuanian, figure, year)
    assert (Agreement.DIFFERS, here, there) == (found.agreement, found.here, str(found.there))
    assert causes == told(found)
    explanation = found.explanation
    assert (found.figure, year, there) == (explanation.figure, explanation.year, explanation.published)


@pytest.mark.parametrize(
    ("figure", "year"),
    [
        ("victims.recognised", 2014),
        ("persons.prosecuted", 2014),
        ("persons.convicted", 2014),
        ("victims.identified", 2018),
        ("persons.convicted", 2018),
        ("investigations.opened", 2018),
        ("victims.identified", 2019),
        ("investigations.opened", 2020),
        ("persons.convicted", 2020),
    ],
)
def test_a_known_agreement_is_one(lithuanian, figure, year):
    assert Agreement.AGREES is one(lithuanian, figure, year).agreement


def test_what_one_side_lacks_is_no_difference(lithuanian):
    there = {
        (each.cell.indicator, each.year)
        for each in lithuanian.of(Agreement.ONLY_THERE)
        if each.cell == ExternalCell(each.cell.indicator)
    }
    assert {(VICTIMS, 2015), ("Persons prosecuted", 2015), (CONVICTED, 2015), ("Persons prosecuted", 2018)} <= there
    assert Agreement.ONLY_HERE is one(lithuanian, "persons.prosecuted", 2019).agreement
    assert () == lithuanian.unexplained


def test_a_year_alone_is_compared_alone():
    found = result("LT", 2017)
    assert {2017} == {each.year for each in found.comparisons}
    assert () == found.stale


def test_no_figure_of_the_countries_taken_from_the_file_differs():
    for country in ("LV", "EE"):
        found = result(country)
        assert ((), ()) == (found.of(Agreement.DIFFERS), found.of(Agreement.ONLY_HERE))


def test_a_confidential_number_is_nowhere_in_the_answer(tmp_path, called):
    figures = (
        "  victims.identified: {total: 7331, confidentiality: C}\n  persons.convicted: {total: 4, confidentiality: C}\n"
    )
    root, file = invented(tmp_path, figures, [total(VICTIMS, 12), total(CONVICTED, "<5")])
    for form in ("text", "json"):
        code, out, err = called("reconcile", "XX", file, "-w", root, "--format", form)
        assert (0, False) == (code, "7331" in out + err)


def test_a_file_without_a_stamp_is_told_as_one(tmp_path, called):
    root, file = invented(tmp_path, DIFFERS, THERE, EXPLAINED)
    file.write_text(file.read_text().removeprefix(STAMP))
    out = called("reconcile", "XX", file, "-w", root)[1]
    assert "XX against a publication that names neither publisher nor date\n" == out.splitlines(keepends=True)[0]


def test_the_places_of_both_numbers_are_told(tmp_path, monkeypatch, called):
    root, _ = invented(tmp_path, DIFFERS, THERE)
    monkeypatch.chdir(root)
    out = called("reconcile", "XX", "outside.csv")[1]
    assert "      data/XX/2020.yaml:4:23\n      outside.csv:4:1\n" in out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "victims.identified, pub",
            "victims.identifed, pub",
            "unknown-indicator: unknown indicator 'victims.identifed'",
        ),
        ("victims.identified, pub", "victims.identified.woman, pub", "unknown-code: unknown code 'woman'"),
        ("office", "ofice", "unknown-source: unknown source 'ofice' | did you mean 'office'?"),
        (
            "published: 64",
            "published: many",
            "'many' is not what a publication says | write a number, or a mask such as <5",
        ),
        ("published: 64", "published: 64, year: 2021", "wrong-year: a difference explained in 2020 cannot be of 2021"),
        (", reason: {en: A misprint.}", "", "missing-key: key 'reason' is missing"),
        ("{en: A misprint.}", "A misprint.", "a text needs its language"),
        ("published: 64", "publshed: 64", "unknown-key: unknown key 'publshed' | did you mean 'published'?"),
    ],
)
def test_an_explanation_that_cannot_be_is_an_error_with_its_place(tmp_path, old, new, said):
    content = f"{small.HEAD}figures:\n{DIFFERS}{EXPLAINED.replace(old, new)}"
    found = small.wrong(tmp_path, content)
    assert any(said in each for each in found)
    assert all(each.startswith("6:") for each in found)


@pytest.mark.parametrize(
    ("figures", "published", "needed"),
    [
        (DIFFERS, "64", True),
        (DIFFERS, "14", False),
        (DIFFERS, "<5", True),
        (DIFFERS, "<20", False),
        ("  victims.identified: missing\n", "64", False),
        ("  victims.identified: suppressed\n", "64", False),
        # Who may know the number may know the difference.
        ("  victims.identified: {total: 14, confidentiality: C}\n", "64", True),
        ("  persons.convicted: 3\n", "64", False),
    ],
)
def test_an_explanation_of_no_difference_is_a_finding(tmp_path, figures, published, needed):
    root, _ = invented(tmp_path, figures, THERE, EXPLAINED.replace("published: 64", f'published: "{published}"'))
    dataset = dataset_of(root, ("XX",))
    codes = [each.code for each in check(dataset.countries[0], dataset)]
    assert needed is ("difference-not-needed" not in codes)


def test_a_difference_that_a_later_edition_settles_is_printed_in_the_earlier_one_only(tmp_path):
    settled = """year: 2021
source: police
revisions:
  - {figure: victims.identified, year: 2020, was: 14, now: 64, reason: {en: A misprint.}}
"""
    root, file = invented(tmp_path, DIFFERS, THERE, EXPLAINED)
    (root / "data/XX/2021.yaml").write_text(settled, encoding="utf-8")
    assert [True, False] == ["differences" in printed(root, year) for year in (2020, 2021)]
    dataset = dataset_of(root, ("XX",))
    assert "difference-not-needed" not in [each.code for each in check(dataset.countries[0], dataset)]
    found = reconcile(vintage(dataset, "XX", 2021), read_glotip(file, "outside.csv", "XXX"))
    assert Agreement.AGREES is one(found, "victims.identified", 2020).agreement


def printed(root: Path, year: int = 2020) -> list[str]:
    dataset = dataset_of(root, ("XX",))
    made = compose(vintage(dataset, "XX", year), load_locale("en"))
    return [table.code for table in made.document.tables()]


def test_the_annex_prints_a_difference_only_when_there_is_one(tmp_path):
    root, _ = invented(tmp_path, DIFFERS, THERE, EXPLAINED)
    assert "differences" in printed(root)
    assert "differences" not in printed(root, 2019)
    invented(tmp_path, DIFFERS, THERE)
    assert "differences" not in printed(root)


@pytest.mark.parametrize("year", [2010, 2016, 2020])
def test_the_annex_of_lithuania_tells_of_no_later_year(lithuania, year):
    made = compose(vintage(lithuania, "LT", year), load_locale("en"))
    (found,) = (each for each in made.document.tables() if each.code == "differences")
    years = [int(row.cells[0].text) for row in found.rows]
    assert years == sorted(years)
    assert years[-1] == {2010: 2010, 2016: 2016, 2020: 2017}[year]
    assert "United Nations Office on Drugs and Crime" in found.source_note


def test_the_annex_speaks_lithuanian(lithuania):
    made = compose(vintage(lithuania, "LT", 2020), translated("lt"))
    (found,) = (each for each in made.document.tables() if each.code == "differences")
    office = "Jungtinių Tautų narkotikų kontrolės ir nusikalstamumo prevencijos biuras"
    assert ["Metai", "Šis leidinys", office, "Kas žinoma apie skirtumą"] == [each.label for each in found.columns]
    assert ("Baudžiamojon atsakomybėn patraukti asmenys", ("2016", "14", "64")) in [
        (row.label, tuple(cell.text for cell in row.cells[:3])) for row in found.rows
    ]


@pytest.mark.parametrize(
    ("code", "letters"),
    [
        ("LT", "LTU"),
        ("EL", "GRC"),
        ("UK", "GBR"),
        ("DE", "DEU"),
        ("FR", "FRA"),
        ("EE", "EST"),
        ("XX", "XXX"),
        ("Q1", "Q1"),
    ],
)
def test_a_country_has_three_letters(code, letters):
    assert letters == three_letters(code)
