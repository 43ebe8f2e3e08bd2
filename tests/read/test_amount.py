"""Amounts as they are written: numbers, bounds, words for nothing; anything else is refused."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.data.errors import Finding, Mark, Severity
from reporter.data.files.sources import Sources
from reporter.data.read.amount import NOTHING, parse_amount
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Accepted, Qualifier, Status
from tests import small

DEFAULT = "write a number, 'at least N', 'over N', 'about N' or 'missing'"


@pytest.mark.parametrize(
    ("written", "value", "said"),
    [
        ("35", 35, Qualifier.EXACT),
        ("0", 0, Qualifier.EXACT),
        ("at least 999999999999999", 10**15 - 1, Qualifier.AT_LEAST),
        ("over 100", 100, Qualifier.OVER),
        ("about 250", 250, Qualifier.ABOUT),
        ("2.5", Decimal("2.5"), Qualifier.EXACT),
        ("-3", -3, Qualifier.EXACT),
        ("missing", None, Status.MISSING),
        ("not applicable", None, Status.NOT_APPLICABLE),
        ("suppressed", None, Status.SUPPRESSED),
        ("not collected", None, Status.NOT_COLLECTED),
    ],
)
def test_bounds_approximations_and_words_for_nothing_stay_apart(written, value, said):
    amount = parse_amount(written)
    assert (value, said) == (amount.value, amount.status if value is None else amount.qualifier)
    assert (value is None) == (amount.status is not Status.GIVEN)


@pytest.mark.parametrize("lines", ["0.0", "at least 0.00", "{total: 4, by person: {women: 4, men: 0.0}}", "35.0"])
def test_a_count_with_decimals_of_zero_is_refused_with_the_whole_number(tmp_path, lines):
    (told,) = small.wrong(tmp_path, f"{small.HEAD}figures:\n  victims.identified: {lines}\n")
    number = re.search(r"\d+\.0+", lines)[0]
    message = f"victims.identified: {number} is not a whole number, but persons are counted"
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
    assert " is not a whole number, but " in told


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        *(
            (each, "write 'suppressed', or the number")
            for each in ("<5", "< 5", "≤4", "1-4", "1–4", "fewer than 5", "mažiau nei 5")
        ),
        *(
            (each, NOTHING)
            for each in ("-", "–", "—", "−", "…", "...", "..", "x", "X", ":", ".", "*", "n.a.", "nėra", "")
        ),
        *((each, NOTHING) for each in ("none", "n/a", "null")),
        *((each, DEFAULT) for each in ("1e3", "0x10", ".inf", "1٢", "yes")),
        *((each, "write at most 15 digits") for each in ("9" * 16, "about " + "9" * 400)),
        *((each, "write 0") for each in ("-0", "-0.0", "-0.000000")),
        *((each, "write 35") for each in ("“35”", "„35“", "35 persons", "35.", "35\u00a0")),
        *((each, "write 1200") for each in ("1\u00a0200", "1\u2009200")),
        *((each, "write 1000") for each in ("1_000", "1,000", "1.000", "1 000")),
        *((each, "write 10") for each in ("010", "1_0")),
        *((each, "write 12, and the words as its note:") for each in ("12*", "12 (1)")),
        *((each, "write 'at least 100'") for each in ("100+", "≥ 100", "ne mažiau kaip 100")),
        *((each, "write 'over 100'") for each in (">100", "above 100")),
        *((each, "write 'over 1000'") for each in ("more than 1 000", "daugiau nei 1 000")),
        *((each, "write 'about 250'") for each in ("~250", "ca. 250", "apie 250")),
        *((each, "write the count; shares are calculated") for each in ("67,5 %", "36%")),
        *(("8,5", "write 8.5"), ("about 8,5", "write about 8.5"), ("1.234,5", "write 1234.5")),
        *(("over 1,000", "write over 1000"), ("about 1,000", "write about 1000"), ("1'000'000", "write 1000000")),
        *(("at least -0", "write at least 0"), ("about -0.0", "write about 0"), ("12:30", "write a number")),
        *(("Missing", "write 'missing'"), ("mising", "did you mean 'missing'?"), ("total:3", "write total: 3")),
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


HEAD = f"{small.HEAD}accepted:\n  - {{rule: jump, figure: victims.identified, reason: {{en: Known.}}, "


def entry(written: str) -> Accepted:
    files = {**small.FILES, small.YEAR: f"{HEAD}{written}}}\n"}
    dataset, faults = load_dataset(Sources.from_contents({name: text.encode() for name, text in files.items()}), ["XX"])
    assert () == faults
    return dataset.countries[0].accepted[0]


def test_the_order_and_the_decimals_of_values_and_the_line_breaks_of_words_do_not_matter():
    read = entry("values: {2020: {a.b: at least 5.0}, 2019: {a.b: 5.00, b.c: 39.0}}")
    assert ((2019, "a.b", "5"), (2019, "b.c", "39"), (2020, "a.b", "at least 5")) == read.values
    assert "fell, in 2020" == entry('words: "fell,\n      in 2020"').words


def test_values_are_read_as_they_are_printed():
    said = ("0", "0.25", "1000000", "at least 3", "about 2.5", "missing", "suppressed", "not applicable", "unanswered")
    known = ((0, "law.cc_1.prison_max", "12"), *((2000 + number, "a.b_c", each) for number, each in enumerate(said)))
    finding = Finding(severity=Severity.WARNING, code="jump", message="", mark=Mark(small.YEAR), values=known)
    assert known == entry(finding.foundation[0]).values


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("values: {20: {a.b: 5}}", "'20' is not a year | write {2020: {ADDRESS: 24}}, as reporter check prints it"),
        ("values: {2020: {a.b: -0.0}}", "'-0.0' is zero with a minus sign | write 0"),
        ("values: {2020: {a.b: <5}}", "'<5' is a limit or a range | write 'suppressed', or the number"),
    ],
)
def test_values_that_cannot_be_are_refused_with_what_to_write(tmp_path, written: str, told: str):
    (found,) = small.wrong(tmp_path, f"{HEAD}{written}}}\n")
    assert found.endswith(told)
