"""Random figures in several crosses of form, person and citizenship: a reader who tries all tables of the three is left
with five values of everything withheld. REPLAY_WIDE=60 tries so many, in ten minutes."""

import os

import pytest

from exhaustive.withhold.replaying import below_the_promise
from exhaustive.withhold.wide import wide_world

WORLDS = int(os.environ.get("REPLAY_WIDE", "4"))


@pytest.mark.parametrize("seed", range(1, 1 + WORLDS))
def test_no_reader_who_replays_the_rules_on_several_crosses_is_left_with_fewer_than_five_values(seed: int) -> None:
    assert below_the_promise(seed, wide_world) in ("", "not promised")
