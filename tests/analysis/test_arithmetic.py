"""Arithmetic that knows breaks, bounds, definitions and missing values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.data.records import Code, Dimension, Flag, Label, Observation, Qualifier, Status, vintage
from reporter.figures.analysis.arithmetic import (
    Obstacle,
    Share,
    change,
    part_value,
    remainder,
    share,
    top_parts,
    total_of,
)
from tests import small
from tests.crossed import FIGURE, crossed
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
        (value(2019, 3), value(2020, 3, flags=frozenset({Flag.DEFINITION_DIFFERS})), Obstacle.DEFINITION),
        (value(2019, 3), value(2020, 3, doubtful=True), Obstacle.DOUBT),
    ],
)
def test_change_is_none_when_two_values_must_not_be_compared(before, after, obstacle):
    found = change(series(*filter(None, (before, after))), 2020)
    assert (None, None, obstacle) == (found.difference, found.relative, found.obstacle)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (value(2019, 40), value(2020, 30), (Decimal(-10), Decimal("-0.25"))),
        (value(2019, 0), value(2020, 5), (Decimal(5), None)),
        # A break at the earlier year is no obstacle.
        (value(2019, 4, flags=BROKEN), value(2020, 5), (Decimal(1), Decimal("0.25"))),
    ],
)
def test_change_is_the_difference_and_its_part_of_the_earlier_value(before, after, expected):
    found = change(series(before, after), 2020)
    assert (*expected, None) == (found.difference, found.relative, found.obstacle)


@pytest.mark.parametrize(("year", "before"), [(2020, 2018), (2018, 2020)])
@pytest.mark.parametrize(
    "between", [value(2019, 5, flags=BROKEN), value(2019, None, status=Status.MISSING, flags=BROKEN)]
)
def test_a_break_between_two_years_stops_their_comparison_in_either_direction(year, before, between):
    assert Obstacle.BREAK == change(series(value(2018, 3), between, value(2020, 4)), year, before).obstacle


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


def test_nothing_is_worked_out_of_what_is_not_exact():
    bound, about = (value(2020, 9, qualifier=each) for each in (Qualifier.AT_LEAST, Qualifier.ABOUT))
    hidden = value(2020, None, status=Status.SUPPRESSED)
    assert [None, None] == [remainder(each, parts(women=3), PERSON) for each in (bound, None)]
    assert [Decimal(5), None, None] == [total_of([value(2020, 2), each]) for each in (value(2020, 3), None, about)]
    assert (None, None) == (share(value(2020, 3), bound), share(hidden, value(2020, 12)))
    assert Share(Decimal(3), Decimal(12)) == share(value(2020, 3), value(2020, 12))
    assert [Decimal("0.25"), None] == [share(value(2020, n), value(2020, 4 * n)).value for n in (3, 0)]


# shares


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
    codes = (each.code for each in known.catalogue.dimension("person").codes)
    found = {code: part_value(known, "victims.identified", "person", code, 2020) for code in codes}
    assert zeros == {code for code, seen in found.items() if seen and seen.implied and seen.value == 0}


@pytest.mark.parametrize(
    ("cells", "zeros"),
    [
        # By the row, by the column, and by all cells.
        ("{sexual: {women: 13, children: 1}}", {"sexual.men", "labour.children"}),
        ("{labour: {men: 8}}", {"sexual.men"}),
        ("{sexual: {women: 13}}", set()),
        ("{sexual: {women: suppressed, children: 1}}", {"labour.children"}),
    ],
)
def test_a_cell_is_0_where_the_others_of_its_row_or_column_make_the_whole(tmp_path, cells, zeros):
    figure = FIGURE[: FIGURE.index("      sexual:")].rstrip() + f" {cells}\n    incomplete: [form and person]\n"
    known = crossed(tmp_path, figure)
    (cross,) = known.crosses("victims.identified")
    codes = [f"{form}.{person}" for form in ("sexual", "labour") for person in ("women", "men", "children")]
    found = {code: part_value(known, "victims.identified", cross.code, code, 2020) for code in codes}
    assert zeros == {code for code, seen in found.items() if seen and seen.implied and seen.value == 0}
