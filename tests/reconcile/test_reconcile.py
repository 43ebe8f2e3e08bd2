"""`reporter reconcile`: what agrees and differs, what the outside file contradicts itself in, what is explained."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reporter.check import check
from reporter.errors import DataError, ExitCode, Mark, UsageError
from reporter.i18n import load_locale, three_letters
from reporter.load.glotip import read_glotip
from reporter.model import ExternalCell, ExternalValue, Publication, vintage
from reporter.reconcile import Agreement, Comparison, Pattern, Reconciliation, reconcile
from reporter.reconcile.causes import Discrepancy, possible_causes
from reporter.reconcile.inconsistencies import faults
from reporter.sections import compose
from tests import small
from tests.conftest import HERE, LITHUANIA, Golden
from tests.snapshots import dataset_of, translated

GLOTIP = HERE / "data" / "glotip"
FILES = {"LT": "LTU", "LV": "LVA", "EE": "EST"}
STAMP = "UNODC,unodc_dass@un.org,,,,,,,,,,,\n14/04/2025,,,,,,,,,,,,\n"
HEAD = (
    "Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source\n"
)
PERSONS = {
    "adults": ("Total", "18 years or over"),
    "women": ("Female", "18 years or over"),
    "men": ("Male", "18 years or over"),
    "children": ("Total", "0 to 17 years"),
    "girls": ("Female", "0 to 17 years"),
    "boys": ("Male", "0 to 17 years"),
}
CONTACT, CONVICTED, VICTIMS = "Persons brought into formal contact", "Persons convicted", "Detected trafficking victims"


def result(country: str, year: int | None = None) -> Reconciliation:
    known = vintage(dataset_of(LITHUANIA, (country,)), country, {"LT": 2020}.get(country, 2022))
    return reconcile(known, publication(country), year)


def publication(country: str) -> Publication:
    name = f"{FILES[country]}.csv"
    return read_glotip(GLOTIP / name, name, three_letters(country))


@pytest.fixture(scope="module")
def lithuanian() -> Reconciliation:
    return result("LT")


def one(found: Reconciliation, figure: str, year: int) -> Comparison:
    (each,) = (each for each in found.comparisons if (each.figure, each.year) == (figure, year))
    return each


def told(found: Comparison) -> list[tuple[Pattern, str]]:
    """The possible causes of a difference, each with its words."""
    return [(each.pattern, each.text) for each in found.causes]


# the real files


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


def test_a_mask_covers_small_numbers(lithuanian):
    assert Agreement.COMPATIBLE is one(lithuanian, "victims.identified.children", 2019).agreement


def test_a_year_alone_is_compared_alone():
    found = result("LT", 2017)
    assert {2017} == {each.year for each in found.comparisons}
    assert () == found.stale


def test_no_figure_of_the_countries_taken_from_the_file_differs():
    for country in ("LV", "EE"):
        found = result(country)
        assert ((), ()) == (found.of(Agreement.DIFFERS), found.of(Agreement.ONLY_HERE))


# invented files: mistakes in countries nobody has seen


def rows(indicator: str, year: int, cells: dict[tuple[str, ...], int]) -> list[ExternalValue]:
    """Rows as the file would have them, numbers below five masked."""
    made = []
    for number, (axes, value) in enumerate(cells.items(), 1):
        masked = value < 5
        cell = ExternalCell(indicator, *axes)
        made.append(ExternalValue(cell, year, None if masked else value, 5 if masked else None, Mark("f.csv", number)))
    return made


def table(women: int, men: int, girls: int, boys: int) -> dict[tuple[str, ...], int]:
    """A table by sex and age that fits together."""
    numbers = {
        "women": women,
        "men": men,
        "girls": girls,
        "boys": boys,
        "adults": women + men,
        "children": girls + boys,
    }
    parts = {("Total", "Total", *PERSONS[code]): number for code, number in numbers.items()}
    return {("Total", "Total", "Total", "Total"): women + men + girls + boys, **parts}


def patterns(*made: ExternalValue) -> list[Pattern]:
    return [each.pattern for each in faults(Publication("f.csv", "", "", made), PERSONS)]


counts = st.integers(0, 400)
several = st.integers(5, 400)


@given(counts, counts, counts, counts)
def test_a_table_that_fits_has_no_fault(women, men, girls, boys):
    # Children who happen to be as many as the women are no proof, and adults are women and men here.
    assert [] == patterns(*rows(CONVICTED, 2020, table(women, men, girls, boys)))


@given(several, several, st.integers(0, 2), st.integers(0, 2))
def test_shifted_columns_are_found_wherever_they_are(women, men, girls, boys):
    cells = table(women, men, girls, boys)
    cells["Total", "Total", *PERSONS["children"]] = women
    cells["Total", "Total", *PERSONS["adults"]] = men
    assert Pattern.SHIFTED in patterns(*rows(CONTACT, 2020, cells))


@given(several, st.sampled_from(["by form of exploitation", "by citizenship"]))
def test_a_total_copied_into_categories_is_found(total, dimension):
    cells = table(total, 0, 0, 0)
    cells |= {(dimension, category, "Total", "Total"): total for category in ("One", "Other")}
    assert [Pattern.COPIED] == patterns(*rows(CONVICTED, 2020, cells))


@given(st.integers(5, 50), several, several)
def test_victims_under_convicted_are_found(convicted, sexual, labour):
    assume(sexual > convicted and sexual != labour)
    forms = {
        ("by form of exploitation", "Sexual exploitation", "Total", "Total"): sexual,
        ("by form of exploitation", "Forced labour", "Total", "Total"): labour,
    }
    whole = ("Total", "Total", "Total", "Total")
    made = [
        *rows(CONVICTED, 2020, {whole: convicted, **forms}),
        *rows(VICTIMS, 2020, {whole: sexual + labour, **forms}),
    ]
    assert Pattern.BORROWED in patterns(*made)


@given(several, several, st.integers(1, 50))
def test_parts_that_exceed_their_total_are_found(women, men, surplus):
    cells = table(women, men, 0, 0)
    cells["Total", "Total", *PERSONS["adults"]] = women + men - surplus
    assume(women + men - surplus >= 5)
    assert {Pattern.EXCESS} == set(patterns(*rows(CONVICTED, 2020, cells)))


def test_a_mask_is_never_taken_for_a_contradiction():
    cells = table(6, 3, 2, 4)
    assert [] == patterns(*rows(CONVICTED, 2020, cells))


def test_swapped_sexes_of_a_category_are_found():
    cells = table(15, 23, 0, 0) | {
        ("by form of exploitation", "Forced labour", *PERSONS["women"]): 23,
        ("by form of exploitation", "Forced labour", *PERSONS["men"]): 15,
    }
    assert [Pattern.SEXES_SWAPPED] == patterns(*rows(VICTIMS, 2020, cells))


def test_a_gap_between_two_years_is_found_and_none_at_the_ends():
    made = [row for year in (2015, 2017) for row in rows(VICTIMS, year, table(9, 9, 9, 9))]
    made += [row for year in range(2014, 2019) for row in rows(CONVICTED, year, table(9, 8, 9, 9))]
    found = [each for each in faults(Publication("f", "", "", tuple(made)), PERSONS) if each.pattern is Pattern.GAP]
    assert [(VICTIMS, 2016)] == [(each.indicator, each.year) for each in found]


def test_a_cell_with_two_values_is_found():
    first, second = (rows(VICTIMS, 2020, {("Total", "Total", "Total", "Total"): n})[0] for n in (7, 8))
    assert [Pattern.TWICE] == patterns(first, replace(second, mark=Mark("f.csv", 9)))


# an invented country: possible causes of a difference

WORDS = {"victims.identified": VICTIMS, "persons.convicted": CONVICTED, "investigations.opened": "Offences"}


def catalogue() -> str:
    text = small.FILES["data/catalogue.yaml"].replace("title: {en: Yearbook}", "title: {en: Yearbook}, layout: glotip")
    for code, words in WORDS.items():
        text = text.replace(f"  {code}:\n", f"  {code}:\n    mappings: {{glotip: {words}}}\n")
    for code, (sex, age) in PERSONS.items():
        text = text.replace(
            f"      {code}: {{", f"      {code}: {{mappings: {{glotip_sex: {sex}, glotip_age: {age}}}, "
        )
    return text.replace("label: {en: Form}\n", "label: {en: Form}\n    mappings: {glotip: by form}\n").replace(
        "labour: {label", "labour: {mappings: {glotip: Forced labour}, label"
    )


def invented(root: Path, figures: str, lines: list[str], more: str = "") -> tuple[Path, Path]:
    """A workspace with some figures of 2020, and a file of GLOTIP with some rows for it."""
    small.write(
        root,
        {"data/catalogue.yaml": catalogue(), small.YEAR: f"{small.HEAD}figures:\n{figures}{more}", small.TEXT: None},
    )
    file = root / "outside.csv"
    file.write_text(STAMP + HEAD + "".join(f"XXX,Nowhere,,,{line},GLOTIP\n" for line in lines), encoding="utf-8")
    return root, file


def compared(root: Path, figures: str, lines: list[str], more: str = "") -> Reconciliation:
    root, file = invented(root, figures, lines, more)
    return reconcile(vintage(dataset_of(root, ("XX",)), "XX", 2020), read_glotip(file, "outside.csv", "XXX"))


def total(indicator: str, value: int | str, year: int = 2020) -> str:
    return f"{indicator},Total,Total,Total,Total,{year},Counts,{value}"


def person(indicator: str, code: str, value: int | str) -> str:
    return f"{indicator},Total,Total,{','.join(PERSONS[code])},2020,Counts,{value}"


ONE_DIGIT = "14 and 64 differ in one digit: one may be a misprint"


@pytest.mark.parametrize(
    ("figures", "lines", "causes"),
    [
        ("victims.identified: 36", [63], [(Pattern.TRANSPOSED, "36 and 63 are the same digits in another order")]),
        ("victims.identified: 136", [631], [(Pattern.TRANSPOSED, "136 and 631 are the same digits in another order")]),
        ("victims.identified: 14", [64], [(Pattern.MISTYPED, ONE_DIGIT)]),
        ("victims.identified: 12", [120], [(Pattern.DIGIT_LOST, "120 without one digit is 12")]),
        ("persons.convicted: 30", [total(CONVICTED, 21), total("Suspects", 30)], []),
        (
            "victims.identified: 30",
            [21, total(VICTIMS, 30, 2019)],
            [(Pattern.OTHER_YEAR, "30 is what the file has for 2019")],
        ),
        (
            "victims.identified: 30",
            [27, person(VICTIMS, "women", 11), person(VICTIMS, "men", 19)],
            [(Pattern.PARTS_COUNTED, "the parts there make 11 + 19 = 30")],
        ),
        (
            "victims.identified: 19",
            [27, person(VICTIMS, "men", 19)],
            [(Pattern.PART_COUNTED, "19 is the number of Male, 18 years or over there")],
        ),
        (
            "victims.identified: 19",
            [27, f"{VICTIMS},Total,Total,Male,Total,2020,Counts,19"],
            [(Pattern.PART_COUNTED, "19 is the number of Male there")],
        ),
        (
            "victims.identified: 19",
            [27, f"{VICTIMS},by form,Forced labour,Total,Total,2020,Counts,19"],
            [(Pattern.PART_COUNTED, "19 is the number of Forced labour there")],
        ),
    ],
)
def test_a_difference_gets_its_likely_reading(tmp_path, figures, lines, causes):
    rows_there = [total(VICTIMS, each) if isinstance(each, int) else each for each in lines]
    found = one(compared(tmp_path, f"  {figures}\n", rows_there), figures.split(":")[0], 2020)
    assert Agreement.DIFFERS is found.agreement
    assert causes == told(found)


def test_the_number_of_another_year_says_nothing_of_one_of_several_populations(tmp_path):
    """Presumed victims of 2010 are no victims that the file counts for 2011."""
    lines = [total(VICTIMS, 21), total(VICTIMS, 30, 2019)]
    small.write(tmp_path, {})
    root, file = invented(tmp_path, "  victims.identified: 30\n  victims.presumed: 40\n", lines)
    path = root / "data/catalogue.yaml"
    code, rest = path.read_text().split("  victims.identified:\n")[0:2]
    entry = rest.partition("  persons.convicted:\n")[0]
    path.write_text(
        f"{code}  victims.presumed:\n{entry.replace('population: identified', 'population: presumed')}"
        f"  victims.identified:\n{rest}"
    )
    found = reconcile(vintage(dataset_of(root, ("XX",)), "XX", 2020), read_glotip(file, "outside.csv", "XXX"))
    assert () == one(found, "victims.identified", 2020).causes


def test_swapped_sexes_are_read_as_such(tmp_path):
    figures = "  victims.identified: {total: 30, by person: {women: 17, men: 13}}\n"
    lines = [total(VICTIMS, 30), person(VICTIMS, "women", 13), person(VICTIMS, "men", 17)]
    found = compared(tmp_path, figures, lines)
    expected = {
        "women": "Male there is 17: the two sexes may be swapped",
        "men": "Female there is 13: the two sexes may be swapped",
    }
    for code in ("women", "men"):
        assert [(Pattern.SEXES_SWAPPED, expected[code])] == told(one(found, f"victims.identified.{code}", 2020))


@given(st.integers(10, 99999))
def test_any_transposition_is_read_as_one(number):
    text = str(number)
    swapped = text[1] + text[0] + text[2:]
    assume(swapped != text and not swapped.startswith("0"))
    there = ExternalValue(ExternalCell(VICTIMS), 2020, int(swapped), None, Mark("f.csv"))
    found = possible_causes(Discrepancy(number, there, {(there.cell, 2020): there}, {}, frozenset()))
    assert Pattern.TRANSPOSED in [each.pattern for each in found]


@pytest.mark.parametrize(
    ("here", "there", "agreement"),
    [
        ("30", "30", Agreement.AGREES),
        ("0", "<5", Agreement.COMPATIBLE),
        ("4", "<5", Agreement.COMPATIBLE),
        ("5", "<5", Agreement.DIFFERS),
        ("12", "<20", Agreement.COMPATIBLE),
        ("at least 20", "31", Agreement.COMPATIBLE),
        ("at least 40", "31", Agreement.DIFFERS),
        ("about 30", "31", Agreement.COMPATIBLE),
        ("about 60", "31", Agreement.DIFFERS),
        ("suppressed", "<5", Agreement.COMPATIBLE),
        ("suppressed", "31", Agreement.CONFIDENTIAL),
        ("{total: 31, confidentiality: C}", "31", Agreement.CONFIDENTIAL),
        ("missing", "31", Agreement.ONLY_THERE),
    ],
)
def test_bounds_masks_and_what_is_hidden(tmp_path, here, there, agreement):
    found = compared(tmp_path, f"  victims.identified: {here}\n", [total(VICTIMS, there)])
    assert [agreement] == [each.agreement for each in found.comparisons]


@pytest.mark.parametrize("missing", ["sexual", "labour"])
def test_where_one_of_several_codes_is_missing_the_other_is_compared_and_is_no_secret(tmp_path, missing):
    text = catalogue().replace("sexual: {label", "sexual: {mappings: {glotip: Forced labour}, label")
    forms = {"sexual": "7", "labour": "7"} | {missing: "missing"}
    figures = f"  investigations.opened: {{total: 7, by form: {forms}}}\n".replace("'", "")
    lines = [total("Offences", 7), "Offences,by form,Forced labour,Total,Total,2020,Counts,7"]
    root, file = invented(tmp_path, figures, lines)
    (root / "data/catalogue.yaml").write_text(text, encoding="utf-8")
    found = reconcile(vintage(dataset_of(root, ("XX",)), "XX", 2020), read_glotip(file, "outside.csv", "XXX"))
    stated = {"sexual": "labour", "labour": "sexual"}[missing]
    expected = [
        ("investigations.opened", Agreement.AGREES, "7"),
        (f"investigations.opened.{stated}", Agreement.AGREES, "7"),
    ]
    assert expected == [(each.figure, each.agreement, each.here) for each in found.comparisons]


def test_a_confidential_number_is_nowhere_in_the_answer(tmp_path, called):
    figures = (
        "  victims.identified: {total: 7331, confidentiality: C}\n  persons.convicted: {total: 4, confidentiality: C}\n"
    )
    root, file = invented(tmp_path, figures, [total(VICTIMS, 12), total(CONVICTED, "<5")])
    for form in ("text", "json"):
        code, out, err = called("reconcile", "XX", file, "-w", root, "--format", form)
        assert (0, False) == (code, "7331" in out + err)


def test_one_figure_there_is_compared_with_each_population_until_one_agrees(tmp_path):
    text = catalogue().replace(
        "  activity.posters:",
        "  victims.presumed:\n    label: {en: Presumed}\n    unit: persons\n    kind: flow\n    population: presumed\n"
        f"    definition: {{en: Presumed.}}\n    mappings: {{glotip: {VICTIMS}}}\n  activity.posters:",
    )
    root, file = invented(tmp_path, "  victims.identified: 30\n  victims.presumed: 50\n", [total(VICTIMS, 30)])
    (root / "data/catalogue.yaml").write_text(text, encoding="utf-8")
    found = reconcile(vintage(dataset_of(root, ("XX",)), "XX", 2020), read_glotip(file, "f", "XXX"))
    verdicts = {each.figure: each.agreement for each in found.comparisons}
    assert {"victims.identified": Agreement.AGREES, "victims.presumed": Agreement.POPULATION} == verdicts


# explanations

DIFFERS = "  victims.identified: 14\n"
THERE = [total(VICTIMS, 64)]
EXPLAINED = (
    "differences:\n  - {publication: office, figure: victims.identified, published: 64, reason: {en: A misprint.}}\n"
)


@pytest.mark.parametrize(
    ("figures", "more", "code", "said"),
    [
        (DIFFERS, "", 1, "Differ, not explained (1)\n  victims.identified 2020: 14 here, 64 there\n"),
        (DIFFERS, EXPLAINED, 0, "    reason: A misprint.\n"),
        (DIFFERS.replace("14", "64"), "", 0, "Agree (1)\n  victims.identified: 2020\n"),
        (DIFFERS, EXPLAINED.replace("64", "65"), 1, "Explained, but not so (1)\n  victims.identified 2020: 65 there"),
        (DIFFERS, EXPLAINED.replace("office", "police"), 1, "Differ, not explained (1)"),
    ],
)
def test_an_unexplained_difference_leaves_with_one(tmp_path, called, figures, more, code, said):
    root, file = invented(tmp_path, figures, THERE, more)
    left, out, _ = called("reconcile", "XX", file, "-w", root)
    assert (code, True) == (left, said in out)


def test_an_indicator_that_is_called_otherwise_is_named_and_leaves_with_one(tmp_path, called):
    renamed = [total("Victims found", 14), person("Victims found", "men", 9)]
    root, file = invented(tmp_path, DIFFERS, renamed)
    for quiet in ([], ["-q"]):
        left, out, _ = called("reconcile", "XX", file, "-w", root, *quiet)
        assert 1 == left
        assert (
            "Called otherwise, it seems (1)\n  Detected trafficking victims: not in the file, which has Victims found\n"
        ) in out
        assert "  hint: write the new words as glotip: in data/catalogue.yaml\n" in out
    told = json.loads(called("reconcile", "XX", file, "-w", root, "--format", "json")[1])
    assert (["Detected trafficking victims"], ["Victims found"]) == (told["absent"], told["unknown"])


def test_an_indicator_more_in_the_file_is_no_difference(tmp_path, called):
    root, file = invented(tmp_path, DIFFERS, [total(VICTIMS, 14), total("Suspects", 30)])
    left, out, _ = called("reconcile", "XX", file, "-w", root)
    assert 0 == left
    assert "Rows that no figure here answers to: 1\n  of indicators that none answers to: Suspects\n" in out


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


def test_the_answer_in_json_is_data_and_nothing_else(tmp_path, called):
    root, file = invented(tmp_path, DIFFERS, THERE, EXPLAINED)
    code, out, err = called("reconcile", "XX", file, "-w", root, "--format", "json")
    told = json.loads(out)
    (figure,) = told["figures"]
    assert (0, "XX", 0, [2020]) == (code, told["country"], told["unexplained"], told["years"])
    expected = ("victims.identified", 2020, "differs", "14", "64", "A misprint.")
    assert expected == tuple(figure[name] for name in ("figure", "year", "verdict", "here", "there", "reason"))
    assert ["a digit mistyped"] == [each["pattern"] for each in figure["likely"]]
    assert "1 differ, 0 of them unexplained" in err


def test_quiet_says_only_what_asks_for_work(tmp_path, called):
    root, file = invented(tmp_path, DIFFERS, THERE, EXPLAINED)
    assert (0, "", "") == called("reconcile", "XX", file, "-w", root, "-q")


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
        ("  victims.identified: {total: 14, confidentiality: C}\n", "64", False),
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
    assert ["Metai", "Čia", "Kitur", "Kas žinoma apie skirtumą"] == [each.label for each in found.columns]
    assert ("Patraukti baudžiamojon atsakomybėn", ("2016", "14", "64")) in [
        (row.label, tuple(cell.text for cell in row.cells[:3])) for row in found.rows
    ]


# bad files

ROW = "XXX,Nowhere,,,Persons convicted,Total,Total,Total,Total,2020,Counts,12,GLOTIP\n"
GOOD = STAMP + HEAD + ROW


def outside(tmp_path: Path, content: str | bytes) -> Publication:
    path = tmp_path / "outside.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_glotip(path, "outside.csv", "XXX")


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        b"\xef\xbb\xbf" + GOOD.encode(),
        HEAD + ROW,
        GOOD.replace("\n", "\r\n"),
        # Columns may stand in any order, and others beside them.
        "Note,txtVALUE,Year,Age,Sex,Category,Dimension,Indicator,Iso3_code\n"
        ",12,2020,Total,Total,Total,Total,Persons convicted,XXX\n",
        GOOD + ROW.replace("XXX,", "YYY,").replace("12", "many"),
        GOOD + "\n,,,\n",
    ],
)
def test_a_file_is_read_by_the_names_of_its_columns(tmp_path, content):
    (seen,) = outside(tmp_path, content).rows
    assert (ExternalCell(CONVICTED), 2020, 12) == (seen.cell, seen.year, seen.value)


def test_the_stamp_tells_whose_file_it_is_and_of_which_day(tmp_path):
    found = outside(tmp_path, GOOD)
    assert ("UNODC", "14/04/2025", 4) == (found.publisher, found.stamped, found.rows[0].mark.line)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "outside.csv:1:1: error: no header of a GLOTIP file was found [wrong-columns]\n  hint: the header of"),
        ("a,b\n1,2\n", "no header of a GLOTIP file was found"),
        (GOOD.replace("txtVALUE", "Value"), "outside.csv:3:1: error: column 'txtVALUE' is missing [wrong-columns]\n"),
        (GOOD.replace(",", ";"), "columns are separated by semicolons, not by commas [wrong-columns]\n  hint: save"),
        (GOOD.replace(",", "\t"), "columns are separated by tabs, not by commas"),
        (GOOD.replace("XXX,", "EST,"), "there is no row of XXX in the file [other-country]\n  hint: it holds: EST"),
        (STAMP + HEAD, "there is no row of XXX in the file [other-country]\n  hint: the file has no rows"),
        (GOOD.replace("12", "1,2").replace("1,2,", '"1,2",'), "outside.csv:4:1: error: txtVALUE is '1,2' [bad-row]"),
        (GOOD.replace("12,GL", "-3,GL"), "txtVALUE is '-3' [bad-row]\n  hint: write a whole number or a mask"),
        (GOOD.replace("12,GL", "<,GL"), "txtVALUE is '<'"),
        (GOOD.replace("12,GL", "<0,GL"), "txtVALUE is '<0'"),
        (GOOD.replace("2020", "20"), "Year is '20' [bad-row]\n  hint: write four digits"),
        (GOOD.replace("Total,2020", ",2020"), "Age is empty [bad-row]\n  hint: write Total where nothing is divided"),
        (GOOD.encode("utf-16"), "text is UTF-16, not UTF-8 [not-utf-8]\n  hint: save the file as CSV UTF-8"),
        (GOOD.replace("Nowhere", "Nöwhere").encode("latin-1"), "outside.csv:4:6: error: text is not UTF-8 [not-utf-8]"),
        (b"PK\x03\x04" + bytes(20), "this is a workbook, not a CSV file [not-text]\n  hint: save it as CSV, UTF-8"),
        (b"\x00\x01", "this is not a text file [not-text]"),
        (GOOD + '"XXX,open\n', "not valid CSV: unexpected end of data [not-csv]\n  hint: look for a quotation mark"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_gets_a_clear_message(tmp_path, content, said):
    with pytest.raises(DataError) as stopped:
        outside(tmp_path, content)
    assert said in "\n".join(map(str, stopped.value.findings))


@pytest.mark.parametrize(("name", "said"), [("none.csv", "none.csv does not exist"), (".", ". is a folder")])
def test_a_file_that_is_none_is_wrong_usage(tmp_path, name, said):
    with pytest.raises(UsageError, match=said):
        read_glotip(tmp_path / name, name, "XXX")


@given(st.text(max_size=200))
def test_no_text_at_all_is_a_fault_of_the_program(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "outside.csv"
    path.write_bytes((GOOD + text).encode("utf-8", "surrogatepass"))
    try:
        assert read_glotip(path, "outside.csv", "XXX").rows
    except DataError as problem:
        assert (True, []) == (len(problem.findings) > 0, [each for each in problem.findings if not each.hint])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ["LV", "../glotip/LTU.csv"],
            2,
            "there is no row of LVA in the file [other-country]\n  hint: it holds: LTU\n"
            "reporter: 1 error in ../glotip/LTU.csv; nothing was compared\n",
        ),
        (["LT", "../glotip/README.md"], 2, "reporter: 1 error in ../glotip/README.md; nothing was compared\n"),
        (["ZZ", "../glotip/LTU.csv"], 2, "unknown country 'ZZ'"),
        (
            ["LT", "../glotip/LTU.csv", "1999"],
            2,
            "LT has no file for 1999\n  hint: years with a file: 2009–2020",
        ),
        (["LT", "nothing.csv"], 2, "nothing.csv does not exist\n  hint: name the CSV file of the publication"),
        (["LT", "../glotip/LTU.csv", "abc"], 2, "reporter: 'abc' is no year\n  hint: write four digits"),
        (["LT"], 2, "Missing argument 'FILE'"),
    ],
)
def test_wrong_words_on_the_command_line(monkeypatch, called, arguments, code, said):
    monkeypatch.chdir(LITHUANIA)
    left, out, err = called("reconcile", *arguments)
    assert (code, "") == (left, out)
    assert said in err


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
