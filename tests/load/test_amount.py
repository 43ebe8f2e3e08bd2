"""Amounts as they are written: numbers, bounds, words for nothing; anything else is refused."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.load.amount import NOTHING, parse_amount
from reporter.load.dataset import load_dataset
from reporter.model import Qualifier, Status
from tests import small
from tests.load.reading import read
from tests.snapshots import snapshot


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


@pytest.mark.parametrize("written", ["-0", "-0.0", "-0.000000", "at least -0", "about -0.0"])
def test_a_zero_with_a_minus_is_refused(written):
    bound = written.partition("-")[0]
    with pytest.raises(ValueError, match=rf"^'{written}' is zero with a minus \| write {bound}0$"):
        parse_amount(written)


@pytest.mark.parametrize("lines", ["0.0", "at least 0.00", "{total: 4, by person: {women: 4, men: 0.0}}", "35.0"])
def test_a_count_with_decimals_of_zero_is_refused_with_the_whole_number(tmp_path, lines):
    (told,) = small.wrong(tmp_path, f"{small.HEAD}figures:\n  victims.identified: {lines}\n")
    number = re.search(r"\d+\.0+", lines)[0]
    message = f"victims.identified: {number} is no whole number, but persons are counted"
    assert f"wrong-type: {message} | write {number.partition('.')[0]}" == told.partition(" ")[2]


@pytest.mark.parametrize(
    "lines",
    [
        "earlier:\n  2019: {victims.identified: 60.0}\n",
        "activities:\n  walk: {kind: campaign, title: {en: W}, period: 2020, figures: {posters: 0.0}}\n",
        "revisions:\n  - {figure: victims.identified, year: 2019, was: 60.0, now: 61, reason: {en: Late.}}\n",
        "revisions:\n  - {figure: victims.identified, year: 2019, was: 60, now: 61.0, reason: {en: Late.}}\n",
    ],
)
def test_a_count_is_whole_wherever_it_is_written(tmp_path, lines):
    (told,) = small.wrong(tmp_path, small.HEAD + lines)
    assert " is no whole number, but " in told


def test_a_term_of_years_may_have_decimals(tmp_path):
    country = small.FILES["data/XX/country.yaml"].replace("prison_max: 12", "prison_max: 12.0")
    assert [] == small.wrong(tmp_path, country, "data/XX/country.yaml")


def test_a_published_zero_with_a_minus_stays_zero(tmp_path):
    sources = snapshot(small.write(tmp_path, {small.YEAR: f"{small.HEAD}figures: {{victims.identified: -0.0}}\n"}))
    dataset, findings = load_dataset(sources, ["XX"], frozen=True)
    assert ((), Decimal(0)) == (findings, dataset.countries[0].observations[-1].value)


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
