"""A figure in two years: what its ring and its dot say on screens."""

from dataclasses import replace

from tests.draw.plots import DUMBBELL, on_phone


def test_ring_and_dot_say_their_year_and_value() -> None:
    said = on_phone(replace(DUMBBELL, words=("2019: 39", "2020: 24"))).told
    assert ["2019: 39", "2020: 24"] == list(said)
    # The scale begins at zero on the left.
    assert said["2019: 39"][0][0] > said["2020: 24"][1][0]


def test_a_row_without_values_says_nothing() -> None:
    assert {} == on_phone(replace(DUMBBELL, before=None, after=None, words=("2019: 39", "2020: 24"))).told
