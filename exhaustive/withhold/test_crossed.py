"""Random crosses of form and person, published with what is stated of either alone: a reader who replays the rules is
left with five values of everything withheld. REPLAY_CROSSES=300 tries so many."""

import os

import pytest

from exhaustive.withhold.crossed import crossed_world
from exhaustive.withhold.replaying import below_the_promise

CROSSES, AT_ONCE = int(os.environ.get("REPLAY_CROSSES", "60")), 20


@pytest.mark.parametrize("first", range(0, CROSSES, AT_ONCE))
def test_no_reader_who_replays_the_rules_on_a_cross_is_left_with_fewer_than_five_values(first: int) -> None:
    found = {seed: below_the_promise(seed, crossed_world) for seed in range(first, first + AT_ONCE)}
    assert {} == {seed: each for seed, each in found.items() if each not in ("", "not promised")}
    assert list(found.values()).count("not promised") < AT_ONCE / 4
