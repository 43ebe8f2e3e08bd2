"""Amounts as they are written: numbers, bounds, words for nothing; anything else is refused."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.load.amount import NOTHING, parse_amount
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
        ("over 100", 100, Qualifier.OVER),
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


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("<5", "write 'suppressed', or the number"),
        ("< 5", "write 'suppressed', or the number"),
        ("≤4", "write 'suppressed', or the number"),
        ("1-4", "write 'suppressed', or the number"),
        ("1–4", "write 'suppressed', or the number"),
        ("fewer than 5", "write 'suppressed', or the number"),
        ("mažiau nei 5", "write 'suppressed', or the number"),
        *(
            (sign, NOTHING)
            for sign in ("-", "–", "—", "−", "…", "...", "..", "x", "X", ":", ".", "*", "n.a.", "nėra", "")
        ),
        ("8,5", "write 8.5"),
        ("about 8,5", "write about 8.5"),
        ("1\u00a0200", "write 1200"),
        ("1\u2009200", "write 1200"),
        ("1.234,5", "write 1234.5"),
        ("“35”", "write 35"),
        ("„35“", "write 35"),
        ("35 persons", "write 35"),
        ("35.", "write 35"),
        ("35\u00a0", "write 35"),
        ("12*", "write 12, and the words as its note:"),
        ("12 (1)", "write 12, and the words as its note:"),
        ("100+", "write 'at least 100'"),
        ("≥ 100", "write 'at least 100'"),
        ("ne mažiau kaip 100", "write 'at least 100'"),
        (">100", "write 'over 100'"),
        ("more than 1 000", "write 'over 1000'"),
        ("daugiau nei 1 000", "write 'over 1000'"),
        ("over 1,000", "write over 1000"),
        ("~250", "write 'about 250'"),
        ("ca. 250", "write 'about 250'"),
        ("apie 250", "write 'about 250'"),
        ("67,5 %", "write the count; shares are worked out"),
        ("Missing", "write 'missing'"),
        ("mising", "did you mean 'missing'?"),
        ("total:3", "write total: 3"),
    ],
)
def test_what_people_write_for_a_number_is_answered_with_what_to_write(written, remedy):
    with pytest.raises(ValueError, match=r" \| ") as refused:
        parse_amount(written)
    assert remedy == str(refused.value).partition(" | ")[2]


@given(st.text("0123456789.,' \u00a0<>~%+*-–“”xat least over about", max_size=12))
def test_a_number_that_is_proposed_is_accepted(text):
    try:
        parse_amount(text)
    except ValueError as refused:
        found = re.search(r"\| write '?((?:at least |over |about )?[\d.]+)'?$", str(refused))
        assert not found or parse_amount(found[1])


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
