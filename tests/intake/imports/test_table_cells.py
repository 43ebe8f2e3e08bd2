"""A cell of a table is read where it can be read in one way only."""

import pytest

from reporter.errors import ReporterError
from reporter.intake.imports.table_cells import (
    confidentiality_in,
    definition_in,
    flags_in,
    is_target,
    period_in,
    value_in,
    year_in,
)
from reporter.load.figure_table import TableRow


def value(text: str, status: str = "", qualifier: str = "", *, whole: bool = True) -> str:
    return value_in(TableRow(2, {"value": text, "status": status, "qualifier": qualifier}), whole=whole)


@pytest.mark.parametrize(
    ("text", "status", "qualifier", "read"),
    [
        ("12", "given", "exact", "12"),
        ("12", "", "", "12"),
        ("0", "given", "exact", "0"),
        ("12", "given", "at least", "at least 12"),
        ("at least 12", "", "", "at least 12"),
        ("at least 12", "given", "at least", "at least 12"),
        ("", "suppressed", "", "suppressed"),
        ("", "Not collected", "", "not collected"),
        ("missing", "", "", "missing"),
        ("missing", "missing", "", "missing"),
        ("", "unanswered", "", "unanswered"),
        ("1 024", "given", "", "1024"),
        ("1\u202f024\u00a0000", "", "about", "about 1024000"),
        ("12.0", "", "", "12"),
        ("12,0", "", "", "12"),
        ("", "", "", ""),
    ],
)
def test_a_value_is_read_as_a_file_of_the_year_has_it(text, status, qualifier, read):
    assert read == value(text, status, qualifier)


def test_decimals_stay_where_they_are_counted():
    found = [value(each, whole=False) for each in ("2.5", "2,5", "2.0", "0.125", "1 200,75")]
    assert ["2.5", "2.5", "2.0", "0.125", "1200.75"] == found


@pytest.mark.parametrize(
    ("text", "status", "qualifier", "said"),
    [
        ("1,024", "", "", "'1,024' has a separator between the thousands\n  hint: write 1024"),
        ("1.024", "given", "", "'1.024' has a separator between the thousands\n  hint: write 1024"),
        ("12.5", "", "", "12.5 is no whole number\n  hint: write how many were counted"),
        ("-3", "", "", "-3 is less than zero\n  hint: write 0 or more"),
        ("<5", "", "", "'<5' does not say how many\n  hint: write 'suppressed', or the number"),
        ("12%", "", "", "is a percentage\n  hint: write the count"),
        ("2020-01-02", "", "", "'2020-01-02' is not a number\n  hint: write a number"),
        ("12", "missing", "", "the value is '12', and the status missing\n  hint: delete one of them"),
        ("", "given", "", "there is no number, and the status is given\n  hint: write the number, or in the column"),
        ("12", "supressed", "", "the status is 'supressed'\n  hint: did you mean 'suppressed'?"),
        ("12", "", "at most", "the qualifier is 'at most'\n  hint: did you mean 'at least'?"),
        ("over 12", "", "at least", "the value says 'over', and the qualifier 'at least'\n  hint: delete one"),
    ],
)
def test_what_can_be_read_in_two_ways_is_told_with_what_to_write(text, status, qualifier, said):
    with pytest.raises(ReporterError) as caught:
        value(text, status, qualifier)
    assert said in str(caught.value)


def test_what_the_public_does_not_get_says_no_rule():
    found = [confidentiality_in(*each) for each in (("C", "suppressed"), ("A", "suppressed"), ("c", "12"), ("", "12"))]
    assert ["", "A", "C", ""] == found


def test_remarks_are_read_as_they_are_typed_by_hand():
    read = (year_in("2019.0"), year_in(""), flags_in("P, b"), is_target("TRUE"), period_in("2019/2020"))
    assert (2019, None, ("b", "p"), True, "2019/2020") == read


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda: year_in("19"), "the year is '19'\n  hint: write four digits"),
        (lambda: flags_in("bx"), "no flag is called 'x'\n  hint: write one of b, d, e"),
        (lambda: confidentiality_in("X", "12"), "the confidentiality is 'X'\n  hint: write one of F, C"),
        (lambda: is_target("perhaps"), "the target is 'perhaps'\n  hint: write true, false or nothing"),
        (lambda: period_in("2019-2020"), "'2019-2020' is not a period\n  hint: write 2017 or"),
        (lambda: definition_in("narow", ["narrow"], "a.b"), "a.b has no definition 'narow'\n  hint: did you mean"),
    ],
)
def test_remarks_that_say_nothing_known_are_told(read, said):
    with pytest.raises(ReporterError) as caught:
        read()
    assert said in str(caught.value)
