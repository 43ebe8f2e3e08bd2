"""Many countries: ranks and ranges among those that count alike, whatever their order."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.data.records import Flag, Observation, Qualifier, Status, is_given, vintage
from reporter.figures.compare.figures import FigureRow, Manner, Rates, Side, Sides, counted_alike
from reporter.figures.compare.ranking import (
    LEAST_RANKED,
    MOST_SIDE_BY_SIDE,
    Exclusion,
    is_ranked,
    printed_rate,
    rank_figure,
)
from tests import small

OPENED = "investigations.opened"


@pytest.fixture(scope="module")
def side(tmp_path_factory) -> Side:
    """The year of a country whose catalogue defines the figure in two ways."""
    known = vintage(small.load(tmp_path_factory.mktemp("ranked")), "XX", 2020)
    return Side(2020, known, known)


def sides_of(side: Side, count: int) -> Sides:
    return Sides(Manner.COUNTRIES, (side,) * count)


def row_of(side: Side, values: Sequence[Observation | None]) -> FigureRow:
    indicator = side.figures.catalogue.indicator(OPENED)
    assert indicator
    return FigureRow(indicator=indicator, values=tuple(values), changes=(), overall=None)


def seen(number: int, **known: object) -> Observation:
    return replace(small.value(2020, number, **known), indicator=OPENED)


# Whatever a country may state of a figure.
STATED = st.builds(
    lambda number, known: seen(number, **known),
    st.integers(0, 9),
    st.fixed_dictionaries(
        {},
        optional={
            "qualifier": st.sampled_from(Qualifier),
            "definition": st.sampled_from(["", "narrow"]),
            "flags": st.frozensets(st.sampled_from([Flag.BREAK, Flag.DEFINITION_DIFFERS, Flag.PROVISIONAL])),
            "doubtful": st.booleans(),
            "since": st.sampled_from(["", "2019"]),
        },
    ),
)
NOT_READ = st.sampled_from([Status.SUPPRESSED, Status.MISSING]).map(
    lambda status: replace(small.value(2020, None), status=status)
)
VALUES = st.lists(st.one_of(st.none(), STATED, STATED, NOT_READ), min_size=2, max_size=14)
POPULATIONS = st.lists(st.one_of(st.none(), st.integers(1, 400)), min_size=14, max_size=14)


def rates_of(row: FigureRow, people: Sequence[int | None]) -> Rates:
    pairs = zip(row.values, people, strict=False)
    return Rates(
        row, tuple(Decimal(each.value) / n if each and each.value is not None and n else None for each, n in pairs)
    )


@settings(max_examples=20)
@given(VALUES, POPULATIONS, st.booleans())
def test_each_country_is_in_one_group_or_outside_and_a_rank_has_a_sound_value(side, values, people, with_rates):
    row, sides = row_of(side, values), sides_of(side, len(values))
    found = rank_figure(row, sides, rate=rates_of(row, people) if with_rates else None)
    placed = [each.side for group in found.groups for each in group.placed]
    assert list(range(len(values))) == sorted([*placed, *(place for place, _ in found.outside)])
    for group in found.groups:
        own = [row.values[each.side] for each in group.placed]
        assert len(own) >= LEAST_RANKED
        assert all(is_given(each) and each.qualifier is Qualifier.EXACT and not each.doubtful for each in own if each)
        alone = replace(
            row, values=tuple(each if n in {p.side for p in group.placed} else None for n, each in enumerate(values))
        )
        assert counted_alike(alone, sides)


@settings(max_examples=20)
@given(VALUES)
def test_rank_counts_who_is_higher_and_range_and_middle_are_those_of_the_values(side, values):
    for group in rank_figure(row_of(side, values), sides_of(side, len(values))).groups:
        numbers = [each.value for each in group.placed]
        assert [1 + sum(other > each for other in numbers) for each in numbers] == [each.rank for each in group.placed]
        assert {max(numbers)} == {each.value for each in group.highest}
        assert {min(numbers)} == {each.value for each in group.lowest}
        assert median(numbers) == group.median


@settings(max_examples=20)
@given(VALUES, POPULATIONS, st.randoms())
def test_the_order_in_which_countries_are_named_changes_no_rank(side, values, people, random):
    order = list(range(len(values)))
    random.shuffle(order)
    sides = sides_of(side, len(values))

    def told(places: Sequence[int]) -> set[object]:
        row = row_of(side, [values[place] for place in places])
        found = rank_figure(row, sides, rate=rates_of(row, [people[place] for place in places]))
        ranks = {(places[p.side], len(g.placed), p.rank, p.value) for g in found.groups for p in g.placed}
        return ranks | {(places[place], why) for place, why in found.outside}

    assert told(range(len(values))) == told(order)


@settings(max_examples=20)
@given(st.lists(st.integers(0, 40), min_size=3, max_size=9), st.lists(st.integers(1, 10_000), min_size=9, max_size=9))
def test_rates_that_are_printed_alike_share_a_rank(side, numbers, people):
    row = row_of(side, [seen(each) for each in numbers])
    (group,) = rank_figure(row, sides_of(side, len(numbers)), rate=rates_of(row, people)).groups
    told = {(printed_rate(each.value), each.value > 0): each.rank for each in group.placed}
    assert group.by_rate
    assert len(told) == len({each.rank for each in group.placed})
    assert sorted(told, reverse=True) == sorted(told, key=lambda each: told[each])


def reasons(side: Side, *values: Observation | None) -> list[Exclusion | None]:
    found = rank_figure(row_of(side, values), sides_of(side, len(values)))
    return [dict(found.outside).get(place) for place in range(len(values))]


ALIKE = (seen(4), seen(7), seen(9))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, Exclusion.MISSING),
        (replace(small.value(2020, None), status=Status.SUPPRESSED), Exclusion.HIDDEN),
        (seen(3, since="2019"), Exclusion.PERIOD),
        (seen(3, doubtful=True), Exclusion.DOUBT),
        (seen(3, qualifier=Qualifier.AT_LEAST), Exclusion.BOUND),
        (seen(3, flags=frozenset({Flag.DEFINITION_DIFFERS})), Exclusion.DEFINITION),
        (seen(3, definition="narrow"), Exclusion.DEFINITION),
        (seen(3, flags=frozenset({Flag.BREAK})), None),
    ],
)
def test_a_country_outside_has_the_reason(side, value, why):
    assert [None, None, None, why] == reasons(side, *ALIKE, value)


def test_two_ways_of_counting_are_two_ranges(side):
    others = [replace(each, definition="narrow") for each in (*ALIKE, seen(1))]
    found = rank_figure(row_of(side, (*ALIKE, *others)), sides_of(side, 7))
    assert [(4, (1, 9)), (3, (4, 9))] == [
        (len(each.placed), (each.lowest[0].value, each.highest[0].value)) for each in found.groups
    ]


def test_without_the_inhabitants_of_most_countries_numbers_are_ranked(side):
    row = row_of(side, [seen(each) for each in (4, 7, 9, 2, 5, 6)])
    told = []
    for people in ((1, 1, 1, 1, None, None), (1, 1, 1, None, None, None)):
        found = rank_figure(row, sides_of(side, 6), rate=rates_of(row, people))
        told.append((found.groups[0].by_rate, [why for _, why in found.outside]))
    assert [(True, [Exclusion.INHABITANTS] * 2), (False, [])] == told


def test_a_part_stands_apart_where_its_total_does(side):
    whole = row_of(side, (*ALIKE, seen(9, doubtful=True)))
    found = rank_figure(row_of(side, (*ALIKE, seen(3))), sides_of(side, 4), whole)
    assert ((3, Exclusion.DOUBT),) == found.outside


def test_few_countries_keep_their_columns(side):
    assert [False, True] == [is_ranked(sides_of(side, n)) for n in (MOST_SIDE_BY_SIDE, MOST_SIDE_BY_SIDE + 1)]
