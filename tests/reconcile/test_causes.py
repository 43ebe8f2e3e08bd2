"""The likely causes of a difference, each in words."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reporter.errors import Mark
from reporter.load.glotip import read_glotip
from reporter.model import ExternalCell, ExternalValue, vintage
from reporter.reconcile import Agreement, Pattern, reconcile
from reporter.reconcile.causes import Discrepancy, possible_causes
from tests import small
from tests.reconcile.invented import CONVICTED, VICTIMS, compared, invented, one, person, told, total
from tests.snapshots import dataset_of

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
