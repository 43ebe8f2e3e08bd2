"""What is mapped and matched, and what explains a difference."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reporter.data.errors import Mark
from reporter.data.read.glotip import read_glotip
from reporter.data.records import ExternalCell, ExternalValue, vintage
from reporter.figures.reconcile import Agreement, reconcile
from reporter.figures.reconcile.matching import possible_causes
from tests.reconcile.invented import CONVICTED, VICTIMS, catalogue, compared, invented, one, person, total
from tests.snapshots import dataset_of


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
        ("over 30", "31", Agreement.COMPATIBLE),
        ("over 31", "31", Agreement.DIFFERS),
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


ONE_DIGIT = "14 and 64 differ in one digit: one may be a misprint"


@pytest.mark.parametrize(
    ("figures", "lines", "causes"),
    [
        ("victims.identified: 36", [63], ["36 and 63 are the same digits in another order"]),
        ("victims.identified: 136", [631], ["136 and 631 are the same digits in another order"]),
        ("victims.identified: 14", [64], [ONE_DIGIT]),
        ("victims.identified: 12", [120], ["120 without one digit is 12"]),
        ("persons.convicted: 30", [total(CONVICTED, 21), total("Suspects", 30)], []),
        ("victims.identified: 30", [21, total(VICTIMS, 30, 2019)], ["the file has 30 for 2019"]),
        (
            "victims.identified: 30",
            [27, person(VICTIMS, "women", 11), person(VICTIMS, "men", 19)],
            ["the parts there add up to 11 + 19 = 30"],
        ),
        (
            "victims.identified: 19",
            [27, person(VICTIMS, "men", 19)],
            ["19 is the number of Male, 18 years or over there"],
        ),
        (
            "victims.identified: 19",
            [27, f"{VICTIMS},Total,Total,Male,Total,2020,Counts,19"],
            ["19 is the number of Male there"],
        ),
        (
            "victims.identified: 19",
            [27, f"{VICTIMS},by form,Forced labour,Total,Total,2020,Counts,19"],
            ["19 is the number of Forced labour there"],
        ),
    ],
)
def test_a_difference_gets_its_likely_reading(tmp_path, figures, lines, causes):
    rows_there = [total(VICTIMS, each) if isinstance(each, int) else each for each in lines]
    found = one(compared(tmp_path, f"  {figures}\n", rows_there), figures.split(":")[0], 2020)
    assert Agreement.DIFFERS is found.agreement
    assert causes == [*found.causes]


def test_swapped_sexes_are_read_as_such(tmp_path):
    figures = "  victims.identified: {total: 30, by person: {women: 17, men: 13}}\n"
    lines = [total(VICTIMS, 30), person(VICTIMS, "women", 13), person(VICTIMS, "men", 17)]
    found = compared(tmp_path, figures, lines)
    expected = {
        "women": "Male there is 17: the two sexes may be swapped",
        "men": "Female there is 13: the two sexes may be swapped",
    }
    for code in ("women", "men"):
        assert (expected[code],) == one(found, f"victims.identified.{code}", 2020).causes


@given(st.integers(10, 99999))
def test_any_transposition_is_read_as_one(number):
    text = str(number)
    swapped = text[1] + text[0] + text[2:]
    assume(swapped != text and not swapped.startswith("0"))
    there = ExternalValue(ExternalCell(VICTIMS), 2020, int(swapped), None, Mark("f.csv"))
    found = possible_causes(number, there, {(there.cell, 2020): there})
    assert f"{number} and {swapped} are the same digits in another order" in found
