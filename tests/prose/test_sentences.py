"""Sentences made from values: changes, bounds, shares, lists of countries."""

import pytest

from reporter.model import vintage
from tests import small
from tests.prose.printing import narrative
from tests.small import HEAD, YEAR


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("7", "5", "The number of persons convicted rose from five in 2019 to seven in 2020."),
        ("7", "7", "The number of persons convicted was the same in 2019 and 2020: seven."),
        (
            "7",
            "missing",
            "Persons convicted: no change from 2019 to 2020 can be given (one of the two figures is missing).",
        ),
        ("5", "Persons convicted: no change from 2019 to 2020 can be given (not comparable: break in the series)."),
        (
            "at least 7",
            "5",
            "Persons convicted: no change from 2019 to 2020 can be given (not comparable: the value is not exact).",
        ),
    ],
)
def test_a_change_sentence_is_right_for_every_pair(printed, now, before, expected):
    sentence = "{{ persons.convicted | change_sentence }}"
    assert expected == printed(sentence, f"  persons.convicted: {now}", f"  persons.convicted: {before}")


def test_a_change_sentence_names_the_part(printed):
    figures = "  investigations.opened: {total: 9, by form: {sexual: 4}}"
    before = "  investigations.opened: {total: 9, by form: {sexual: 6}}"
    expected = "Sexual exploitation: the number of investigations opened fell from six in 2019 to four in 2020."
    assert expected == printed("{{ investigations.opened.sexual | change_sentence }}", figures, before)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("at least 100", "At least 100"), ("about 1250", "About 1,250"), ("5001", "5,001"), ("0", "0")],
)
def test_a_value_is_said_as_exactly_as_it_is_known(printed, written, expected):
    assert expected == printed("{{ persons.convicted }}", f"  persons.convicted: {written}")


@pytest.mark.parametrize(("total", "expected"), [("49", "7 of 49"), ("50", "14%")])
def test_a_share_is_a_percentage_from_a_base_of_fifty_on(printed, total, expected):
    figures = f"  investigations.opened: {{total: {total}, by form: {{sexual: 7}}}}"
    assert expected == printed("{{ investigations.opened.sexual | share }}", figures)


def test_countries_are_listed_as_printed_with_their_groups(tmp_path, english):
    lists = "countries: [{kind: origin, named: [UK, EL, XK], groups: [{en: Nordic countries}]}]"
    known = vintage(small.load(tmp_path, {YEAR: f"{HEAD}{lists}\n"}), "XX", 2020)
    expected = "<p>The United Kingdom, Greece, Kosovo and Nordic countries</p>\n"
    assert expected == narrative(known, english, "{{ countries.origin }}").parts[0][1].html
