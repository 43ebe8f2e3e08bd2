"""Headlines: what is claimed of a figure is borne out by it, and what the data make themselves claims no more."""

import pytest

from reporter.errors import Mark
from reporter.model import Passage, vintage
from reporter.prose.expression import parse
from tests.prose.claiming import OPENED, known, verdict
from tests.small import write
from tests.snapshots import dataset_of


@pytest.mark.parametrize(
    ("before", "after", "claim", "expected"),
    [
        ("16", "11", "fell", ""),
        ("16", "11", "rose", "it went from 16 in 2019 to 11 in 2020"),
        ("11", "11", "unchanged", ""),
        ("11", "11", "fell", "it went from 11 in 2019 to 11 in 2020"),
        ("missing", "11", "fell", "2019 and 2020 cannot be compared (missing)"),
        ("at least 16", "11", "fell", "2019 and 2020 cannot be compared (bound)"),
        ("16", "{total: 11, flags: [b]}", "fell", "2019 and 2020 cannot be compared (break)"),
        ("{total: 16, definition: narrow}", "11", "fell", "2019 and 2020 cannot be compared (definition)"),
    ],
)
def test_a_change_is_claimed_only_where_it_can_be_calculated(tmp_path, before, after, claim, expected):
    assert expected == verdict(known(tmp_path, {2019: before, 2020: after}), claim)


def test_a_change_may_be_claimed_from_an_earlier_year(tmp_path):
    place = known(tmp_path, {2017: "35", 2019: "10", 2020: "11"})
    assert ["", "it went from 10 in 2019 to 11 in 2020"] == [verdict(place, "fell", 2017), verdict(place, "fell")]


def test_a_rank_looks_at_the_whole_series_and_allows_a_tie(tmp_path):
    place = known(tmp_path, {2018: "11", 2019: "16", 2020: "11"})
    assert ["", "it was 16 in 2019 and 11 in 2020"] == [verdict(place, "lowest"), verdict(place, "highest")]


def test_a_rank_does_not_look_across_a_break_unless_it_says_since_when(tmp_path):
    place = known(tmp_path, {2017: "5", 2018: "{total: 14, flags: [b]}", 2019: "16", 2020: "11"})
    refused = "2017 and 2020 cannot be compared (break): name the year it is true since"
    assert [refused, ""] == [verdict(place, "lowest"), verdict(place, "lowest", 2018)]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("{total: 11, by form: {sexual: 8, labour: 3}}", ""),
        ("{total: 11, by form: {sexual: 3, labour: 8}}", "it is 3, labour is 8"),
        ("{total: 11, by form: {sexual: 4, labour: 3}}", "it is 4, labour is 3, and 4 are not stated"),
        ("{total: 8, by form: {sexual: 8}}", "there is no other part"),
        ("{total: at least 8, by form: {sexual: 8, labour: 1}}", f"not all parts of {OPENED} in 2020 are known"),
    ],
)
def test_a_part_is_the_most_frequent_only_when_what_is_not_stated_cannot_change_that(tmp_path, figure, expected):
    assert expected == verdict(known(tmp_path, {2020: figure}), "most", address=f"{OPENED}.sexual")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("{total: 11, by form: {sexual: 6, labour: 5}}", ""),
        ("{total: 11, by form: {sexual: 6}}", ""),
        ("{total: 12, by form: {sexual: 6, labour: 3}}", "it is 6 of 12"),
        ("{total: at least 8, by form: {sexual: 8}}", "the part or its total is not known exactly for 2020"),
    ],
)
def test_a_part_is_the_majority_when_it_is_more_than_half_of_all(tmp_path, figure, expected):
    assert expected == verdict(known(tmp_path, {2020: figure}), "majority", address=f"{OPENED}.sexual")


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ("{total: 3, by form: {sexual: 3}}", ""),
        ("{total: 3, by form: {sexual: 2, labour: 1}}", "it was 1 in 2019 already"),
        ("{total: 3, by form: {sexual: 2}}", "nothing is known for 2019: name the year it is true since"),
        ("3", "nothing is known for 2019: name the year it is true since"),
    ],
)
def test_the_first_time_needs_earlier_years_that_are_known_to_have_none(tmp_path, earlier, expected):
    place = known(tmp_path, {2019: earlier, 2020: "{total: 5, by form: {labour: 5}}"})
    assert expected == verdict(place, "first", address=f"{OPENED}.labour")


@pytest.mark.parametrize("flagged", ["total: 5, flags: [b], by form: {labour: 5}", "total: 5, by form: {labour: 5}"])
def test_nothing_is_the_first_time_across_a_break(tmp_path, flagged):
    place = known(tmp_path, {2019: "{total: 3, by form: {sexual: 3}}", 2020: f"{{{flagged}}}"})
    refused = "2019 and 2020 cannot be compared (break): name the year it is true since"
    assert (refused if "flags" in flagged else "") == verdict(place, "first", address=f"{OPENED}.labour")


@pytest.mark.parametrize(
    ("claim", "base", "expected"),
    [
        ("unchanged", 2020, "it is measured from 2020, which is not before 2020"),
        ("lowest", 2020, "it is measured from 2020, which is not before 2020"),
    ],
)
def test_a_claim_is_measured_from_an_earlier_year(tmp_path, claim, base, expected):
    assert expected == verdict(known(tmp_path, {2019: "11", 2020: "11"}), claim, base)


def test_a_rank_does_not_step_over_a_year_without_a_value(tmp_path):
    place = known(tmp_path, {2017: "15", 2019: "16", 2020: "11"})
    refused = "nothing is known for 2018: name the year it is true since"
    assert [refused, ""] == [verdict(place, "lowest"), verdict(place, "lowest", 2019)]


def test_law_and_activities_have_no_series_to_claim_from(tmp_path):
    place = vintage(dataset_of(write(tmp_path), ("XX",)), "XX", 2020)
    assert "counts of law and of activities are of no year" == verdict(place, "rose", None, "law.cc_1.prison_max")


@pytest.mark.parametrize("text", ['{{ investigations.opened | fell("") }}', '{{ countries.target | rose("more") }}'])
def test_a_claim_needs_words_and_a_figure(text):
    assert ["bad-expression"] == [each.code for each in parse(Passage("justice", "en", 2020, text, Mark("t.md", 2)))[1]]


def test_nothing_is_first_where_an_earlier_year_names_what_contains_it(tmp_path):
    figures = {2019: "{total: 9, by person: {women: 5, children: 4}}", 2020: "{total: 9, by person: {girls: 9}}"}
    files = {f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{victims.identified: {each}}}\n"
             for year, each in figures.items()}  # fmt: skip
    place = vintage(dataset_of(write(tmp_path, files | {"data/XX/2018.yaml": None}), ("XX",)), "XX", 2020)
    expected = "nothing is known for 2019: name the year it is true since"
    assert expected == verdict(place, "first", address="victims.identified.girls")
