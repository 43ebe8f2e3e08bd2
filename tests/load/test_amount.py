"""Amounts as they are written: numbers, bounds, words for nothing; anything else is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.load.amount import parse_amount
from reporter.model import Qualifier, Status
from tests.load.reading import read


def test_zero_is_not_missing(tmp_path):
    seen = read(tmp_path, "victims.identified: 0")
    assert (Decimal(0), Status.GIVEN) == (seen.value, seen.status)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("missing", Status.MISSING),
        ("not applicable", Status.NOT_APPLICABLE),
        ("suppressed", Status.SUPPRESSED),
        ("not collected", Status.NOT_COLLECTED),
    ],
)
def test_the_words_for_nothing_stay_apart(tmp_path, written, expected):
    seen = read(tmp_path, f"victims.identified: {written}")
    assert (None, expected) == (seen.value, seen.status)


@pytest.mark.parametrize(
    ("written", "value", "qualifier"),
    [
        ("35", 35, Qualifier.EXACT),
        ("at least 100", 100, Qualifier.AT_LEAST),
        ("about 250", 250, Qualifier.ABOUT),
        ("2.5", Decimal("2.5"), Qualifier.EXACT),
        ("-3", -3, Qualifier.EXACT),
    ],
)
def test_bounds_and_approximations_are_no_exact_values(written, value, qualifier):
    amount = parse_amount(written)
    assert (value, qualifier) == (amount.value, amount.qualifier)


def test_minus_zero_is_zero():
    assert "0" == str(parse_amount("-0").value)


@given(st.text())
def test_any_text_is_an_amount_or_refused(text):
    try:
        amount = parse_amount(text)
    except ValueError as refused:
        assert " | " in str(refused)
    else:
        assert (amount.value is None) == (amount.status is not Status.GIVEN)


@given(st.integers(0, 10**15 - 1))
def test_a_count_is_read_as_it_is_written(number):
    assert number == parse_amount(str(number)).value
    assert str(number) == str(parse_amount(f"at least {number}").value)
