"""Numbers, percentages and fractions in words are read with how exactly they are meant."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.prose.quantities import Quantity, Sign, numbers_spelt, quantities

READ = [
    ("en", "twenty-four victims", [("twenty-four", "24", "=")]),
    ("en", "a hundred and five", [("a hundred and five", "105", "=")]),
    ("en", "two hundred and six, a dozen", [("two hundred and six", "206", "="), ("a dozen", "12", "=")]),
    ("en", "1,200 persons or 12.5 %", [("1,200", "1200", "="), ("12.5 %", "12.5 %", "=")]),
    ("en", "more than 50 per cent", [("more than 50 per cent", "50 %", ">")]),
    ("en", "nearly half", [("nearly half", "50 %", "nearly")]),
    ("en", "at least two thirds", [("at least two thirds", "66.7 %", ">=")]),
    ("en", "three out of four", [("three out of four", "75 %", "=")]),
    ("en", "fewer than ten", [("fewer than ten", "10", "<")]),
    ("en", "no more than three", [("no more than three", "3", "<=")]),
    ("en", "in 2020, under Article 147-1 and for three years, four times", []),
    ("en", "twofold and twenty-first", []),
    ("lt", "dvidešimt keturios aukos", [("dvidešimt keturios", "24", "=")]),
    ("lt", "dvylika bylų ir šimtas du asmenys", [("dvylika", "12", "="), ("šimtas du", "102", "=")]),
    ("lt", "daugiau kaip pusė", [("daugiau kaip pusė", "50 %", ">")]),
    ("lt", "du trečdaliai ir trečdalis", [("du trečdaliai", "66.7 %", "="), ("trečdalis", "33.3 %", "=")]),
    ("lt", "beveik 40 proc.", [("beveik 40 proc.", "40 %", "nearly")]),
    ("lt", "mažiau nei dešimt", [("mažiau nei dešimt", "10", "<")]),
    ("lt", "2017 m., 147 straipsnis, dvejus metus", []),
]


def said(each: Quantity) -> tuple[str, str, str]:
    number = f"{float(100 * each.number):.3g} %" if each.is_share else f"{each.number}"
    return each.text, number, each.sign


@pytest.mark.parametrize(("language", "text", "expected"), READ, ids=lambda value: str(value)[:40])
def test_numbers_are_read_with_their_sign(language: str, text: str, expected: list[tuple[str, str, str]]):
    assert expected == [said(each) for each in quantities(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "fell by a third from 39 to 26", ["by", "from", "to"]),
        ("en", "an increase of half", ["by"]),
        ("en", "a quarter more", ["by"]),
        ("lt", "sumažėjo trečdaliu nuo 39 iki 26", ["by", "from", "to"]),
    ],
)
def test_what_a_number_is_of_a_change_is_read(language: str, text: str, expected: list[str]):
    assert expected == [each.role for each in quantities(text, language)]


def test_a_language_whose_numbers_are_not_known_has_none():
    assert ([], []) == (list(quantities("24 uhria", "fi")), list(numbers_spelt("kaksi", "fi")))


@given(number=st.integers(1, 999), value=st.integers(0, 1200))
def test_a_number_fits_as_its_sign_says(number: int, value: int):
    def fits(sign: Sign) -> bool:
        return Quantity("", 0, 0, Decimal(number), sign).fits(Decimal(value))

    expected = [value > number, value < number, value >= number, value <= number, value == number]
    assert expected == [fits(each) for each in (Sign.ABOVE, Sign.BELOW, Sign.LEAST, Sign.MOST, Sign.EXACT)]
    assert fits(Sign.NEARLY) <= fits(Sign.BELOW)
