"""Scales of groups of figures: one where all can be seen on it, else a whole ratio."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.charts.gauges import gauges, ratio

COUNTS = st.lists(st.integers(min_value=0, max_value=10**7), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("largest", "expected"),
    [
        ([39, 16, 224], [50, 50, 250]),
        ([39, 16], [40, 40]),
        ([300, 15, 400], [400, 20, 400]),
        ([0, 0], [5, 5]),
        ([1], [4]),
        ([1201, 5001, 1], [3000, 6000, 6]),
        ([], []),
    ],
)
def test_groups_have_one_scale_where_their_values_can_be_seen_on_it(largest: list[int], expected: list[int]) -> None:
    assert expected == [int(each.top) for each in gauges([Decimal(each) for each in largest])]


@given(COUNTS)
def test_every_value_fits_its_scale_whose_lines_are_whole_numbers(largest: list[int]) -> None:
    found = gauges([Decimal(each) for each in largest])
    assert len(largest) == len(found)
    for most, gauge in zip(largest, found, strict=True):
        assert most <= gauge.top
        assert 0 == gauge.top % gauge.steps
        assert most == 0 or gauge.top <= 5 * most or gauge.top / gauge.steps == 1 or gauge.top <= 4 * max(most, 25)


@given(COUNTS)
def test_a_scale_is_a_whole_number_of_times_the_one_above_it(largest: list[int]) -> None:
    found = gauges([Decimal(each) for each in largest])
    for above, below in pairwise(found):
        times = ratio(above, below)
        assert below.top == (above.top * times if times > 0 else above.top / -times)
