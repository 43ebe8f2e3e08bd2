"""Arithmetic that knows breaks, bounds, definitions and missing values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.analysis.arithmetic import Obstacle, Share, change, is_unnamed_zero, remainder, share, top_parts, total_of
from reporter.model import Code, Dimension, Flag, Label, Observation, Qualifier, Status, vintage
from tests import small
from tests.small import series, value

BROKEN = frozenset({Flag.BREAK})
PERSON = Dimension(
    code="person",
    label=Label(),
    codes=tuple(
        Code(code=code, label=Label(), within=within)
        for code, within in [
            ("women", "adults"),
            ("men", "adults"),
            ("children", ""),
            ("adults", ""),
            ("girls", "children"),
            ("boys", "children"),
        ]
    ),
)


def parts(**numbers: int | None) -> list[Observation]:
    """Parts of 2020 by person; None for one that is suppressed."""
    return [
        value(2020, number, dimension="person", code=code, status=Status.SUPPRESSED if number is None else Status.GIVEN)
        for code, number in numbers.items()
    ]


# change


def test_change_is_the_difference_and_its_part_of_the_earlier_value():
    found = change(series(value(2019, 40), value(2020, 30)), 2020)
    assert (Decimal(-10), Decimal("-0.25"), None) == (found.difference, found.relative, found.obstacle)


@pytest.mark.parametrize(
    ("before", "after", "obstacle"),
    [
        (None, value(2020, 3), Obstacle.MISSING),
        (value(2019, 3), None, Obstacle.MISSING),
        (value(2019, None, status=Status.SUPPRESSED), value(2020, 3), Obstacle.HIDDEN),
        (value(2019, 3), value(2020, None, status=Status.NOT_APPLICABLE), Obstacle.MISSING),
        (value(2019, 3), value(2020, 3, flags=BROKEN), Obstacle.BREAK),
        (value(2019, 3), value(2020, 3, definition="narrow"), Obstacle.DEFINITION),
        (value(2019, 3), value(2020, 3, qualifier=Qualifier.AT_LEAST), Obstacle.BOUND),
        (value(2019, 3, qualifier=Qualifier.ABOUT), value(2020, 3), Obstacle.BOUND),
    ],
)
def test_change_is_none_when_two_values_must_not_be_compared(before, after, obstacle):
    found = change(series(*filter(None, (before, after))), 2020)
    assert (None, None, obstacle) == (found.difference, found.relative, found.obstacle)


def test_a_break_at_the_earlier_year_is_no_obstacle():
    assert Decimal(1) == change(series(value(2019, 3, flags=BROKEN), value(2020, 4)), 2020).difference


@pytest.mark.parametrize(("year", "before"), [(2020, 2018), (2018, 2020)])
def test_a_break_between_two_years_stops_their_comparison_in_either_direction(year, before):
    line = series(value(2018, 3), value(2019, 5, flags=BROKEN), value(2020, 4))
    assert Obstacle.BREAK == change(line, year, before).obstacle


def test_a_missing_break_year_does_not_hide_the_break():
    gone = value(2019, None, status=Status.MISSING, flags=BROKEN)
    assert Obstacle.BREAK == change(series(value(2018, 3), gone, value(2020, 4)), 2020, 2018).obstacle


def test_change_from_zero_is_a_difference_without_a_relative():
    found = change(series(value(2019, 0), value(2020, 5)), 2020)
    assert (Decimal(5), None) == (found.difference, found.relative)


STATES = st.builds(
    lambda number, flags, qualifier, definition: (
        {"number": number, "flags": flags, "qualifier": qualifier, "definition": definition}
        if number is not None
        else {"number": None, "flags": flags, "status": Status.MISSING}
    ),
    st.none() | st.integers(0, 10**6),
    st.sampled_from([frozenset(), frozenset(), frozenset(), BROKEN]),
    st.sampled_from([Qualifier.EXACT, Qualifier.EXACT, Qualifier.EXACT, Qualifier.ABOUT, Qualifier.AT_LEAST]),
    st.sampled_from(["", "", "", "narrow"]),
)


@given(st.lists(STATES, min_size=2, max_size=6), st.integers(0, 5), st.integers(0, 5))
def test_change_backwards_is_change_with_the_other_sign(states, first, last):
    line = series(*(value(2000 + year, **state) for year, state in enumerate(states)))
    there, back = change(line, 2000 + last, 2000 + first), change(line, 2000 + first, 2000 + last)
    assert there.obstacle == back.obstacle
    assert there.difference == (None if back.difference is None else -back.difference)


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_relative_change_leads_from_the_earlier_value_to_the_later(before, after):
    relative = change(series(value(2019, before), value(2020, after)), 2020).relative
    assert after == pytest.approx(before * (1 + float(relative)))


# parts and totals


@pytest.mark.parametrize(
    ("given_parts", "top"),
    [
        ({"women": 3, "men": 2, "children": 1}, ["women", "men", "children"]),
        ({"women": 3, "men": 2, "adults": 5, "children": 1}, ["adults", "children"]),
        ({"adults": 5, "children": 3, "girls": 2, "boys": 1}, ["adults", "children"]),
        ({"women": 3, "men": 2, "girls": 2, "boys": 1}, ["women", "men", "girls", "boys"]),
        ({"women": 3, "men": 2, "children": 3, "girls": 2, "boys": 1}, ["women", "men", "children"]),
        ({}, []),
    ],
)
def test_a_part_within_another_one_that_is_given_makes_no_part_of_the_total(given_parts, top):
    assert top == [seen.code for seen in top_parts(parts(**given_parts), PERSON)]


@pytest.mark.parametrize(
    ("total", "given_parts", "rest"),
    [
        (6, {"women": 3, "men": 2, "children": 1, "girls": 1}, 0),
        (9, {"women": 3, "men": 2}, 4),
        (4, {"women": 3, "men": 2}, -1),
        (5, {}, 5),
        (0, {"women": 0}, 0),
        (9, {"women": None, "men": 2}, None),
    ],
)
def test_the_remainder_is_what_the_parts_leave(total, given_parts, rest):
    assert rest == remainder(value(2020, total), parts(**given_parts), PERSON)


def test_there_is_no_remainder_of_a_bound():
    assert remainder(value(2020, 9, qualifier=Qualifier.AT_LEAST), parts(women=3), PERSON) is None
    assert remainder(None, parts(women=3), PERSON) is None


@given(
    st.integers(0, 10**6), st.dictionaries(st.sampled_from([each.code for each in PERSON.codes]), st.integers(0, 10**5))
)
def test_parts_and_remainder_make_the_total(total, numbers):
    found = parts(**numbers)
    assert total == total_of(top_parts(found, PERSON)) + remainder(value(2020, total), found, PERSON)


def test_a_sum_with_one_value_that_is_not_exact_is_none():
    assert Decimal(5) == total_of([value(2020, 2), value(2020, 3)])
    assert total_of([value(2020, 2), None]) is None
    assert total_of([value(2020, 2), value(2020, 3, qualifier=Qualifier.ABOUT)]) is None


# shares


def test_a_share_keeps_part_and_base():
    assert Share(Decimal(3), Decimal(12)) == share(value(2020, 3), value(2020, 12))
    assert Decimal("0.25") == share(value(2020, 3), value(2020, 12)).value


def test_there_is_no_share_of_nothing():
    assert share(value(2020, 0), value(2020, 0)).value is None


def test_there_is_no_share_in_a_bound():
    assert share(value(2020, 3), value(2020, 12, qualifier=Qualifier.AT_LEAST)) is None
    assert share(value(2020, None, status=Status.SUPPRESSED), value(2020, 12)) is None


def test_a_change_stops_where_the_definition_differs_in_one_year_only():
    found = change(series(value(2019, 10), value(2020, 14, flags=frozenset({Flag.DEFINITION_DIFFERS}))), 2020)
    assert (None, Obstacle.DEFINITION) == (found.difference, found.obstacle)


def test_a_figure_in_doubt_is_compared_with_no_other():
    found = change(series(value(2019, 10), value(2020, 14, doubtful=True)), 2020)
    assert (None, Obstacle.DOUBT) == (found.difference, found.obstacle)


@pytest.mark.parametrize(
    ("figures", "zeros"),
    [
        ("{total: 9, by person: {women: 5, men: 4}}", {"children", "girls", "boys"}),
        ("{total: 9, by person: {women: 5, girls: 4}}", {"men", "boys"}),
        ("{total: 9, by person: {women: 5, children: 4}}", {"men"}),
        ("{total: 9, by person: {women: 5, children: 3}}", set()),
        ("{total: 9, by person: {women: 5, children: suppressed}}", set()),
        ("at least 9", set()),
    ],
)
def test_a_part_is_0_where_the_others_make_the_whole_and_none_overlaps_it(tmp_path, figures, zeros):
    dataset = small.load(tmp_path, {small.YEAR: f"{small.HEAD}figures: {{victims.identified: {figures}}}\n"})
    known = vintage(dataset, "XX", 2020)
    axis, total = known.catalogue.dimension("person"), known.observation("victims.identified")
    assert axis
    parts = known.parts("victims.identified", "person")
    assert zeros == {each.code for each in axis.codes if is_unnamed_zero(each.code, total, parts, axis)}
