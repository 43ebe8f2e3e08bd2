"""Which counts to withhold besides, on larger tables, and with the slow ones of the published examples."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporter.figures.withhold.bounds import bounds_of
from reporter.figures.withhold.cell_equations import System
from reporter.figures.withhold.protection import protection_of
from tests.gauss import EXAMPLES
from tests.tabulated import tables

SHAPES = ((6,), (3, 4), (4, 4), (2, 2, 3), (3, 3, 2))


def exposed(system, enough=5):
    return {each.key for each in bounds_of(system, enough=enough).exposed}


def by_value(system: System) -> System:
    """The system in which a count weighs what its number is."""
    return replace(system, counts=tuple(replace(each, weight=each.value or 0) for each in system.counts))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(SHAPES), st.sampled_from((2, 5, 8)), st.booleans())
def test_every_proposal_passes_the_audit_and_spares_what_it_can(system, enough, kept):
    counts = tuple(
        replace(each, withheld=0 < (each.value or 0) < 4, must_print=kept and set(each.key.address) == {"*"})
        for each in system.counts
    )
    system = replace(system, counts=counts)
    proposal = protection_of(system, enough=enough)
    hopeless = {each.key for each in proposal.hopeless}
    assert hopeless == exposed(system.withholding(proposal.keys), enough)
    for key in proposal.keys:
        assert exposed(system.withholding(set(proposal.keys) - {key}), enough) - hopeless
    for each in proposal.hopeless:
        released = replace(
            system,
            counts=tuple(
                replace(count, must_print=count.must_print and count.key not in each.instead) for count in counts
            ),
        )
        assert not each.instead or each.key not in {
            left.key for left in protection_of(released, enough=enough).hopeless
        }


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("enough", [2, 5])
@pytest.mark.parametrize("weighed", [lambda system: system, by_value])
def test_published_examples_are_protected_for_no_more_than_there(name, enough, weighed):
    example = EXAMPLES[name]
    system = weighed(example.system)
    proposal = protection_of(system, enough=enough)
    assert ((), True) == (proposal.hopeless, proposal.is_cheapest)
    assert set() == exposed(system.withholding(proposal.keys), enough)
    if not exposed(system.withholding(example.secondary), enough):
        weights = {each.key: each.weight for each in system.counts}
        assert sum(map(weights.get, proposal.keys)) <= sum(map(weights.get, example.secondary))
