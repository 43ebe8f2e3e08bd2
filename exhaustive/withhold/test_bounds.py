"""What readers can work out of withheld counts, on many more tables than in the quick tests."""

from hypothesis import HealthCheck, given, settings

from reporter.figures.withhold.bounds import Judge, bounds_of
from tests.tabulated import completions, puzzling_tables

MANY = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(puzzling_tables())
def test_every_limit_is_that_of_all_completions(system):
    every = completions(system)
    found = bounds_of(system)
    for limits in found.limits:
        values = sorted({each[limits.key] for each in every})
        assert (values[0], values[-1]) == (limits.lowest, limits.highest)
        assert (len(values) >= 5) == limits.is_protected
        assert set(limits.values) <= set(values)
    assert {each.key for each in found.exposed} == Judge(system, 5).exposed(())
