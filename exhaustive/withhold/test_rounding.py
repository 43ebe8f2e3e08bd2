"""Rounded tables in two and three dimensions, of counts of every size."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporter.data.records.protection import ROUNDED_TO
from reporter.figures.withhold.decisions import controlled_rounding
from tests.tabulated import table, total_of


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(((3, 5), (4, 4), (2, 3, 3), (7,))))
def test_sums_hold_and_every_count_stays_near(data, shape):
    size = 1
    for each in shape:
        size *= each
    values = tuple(data.draw(st.lists(st.integers(0, 400), min_size=size, max_size=size)))
    system = table(shape, values)
    found = controlled_rounding(system, [each.key for each in system.counts])
    # In two dimensions there is always one.
    assert found or len(shape) == 3
    if found:
        assert all(0 == total_of(each.terms, found.printed) for each in system.ties)
        for each in system.counts:
            assert 0 == found.printed[each.key] % ROUNDED_TO
            assert abs(found.printed[each.key] - each.value) < ROUNDED_TO
