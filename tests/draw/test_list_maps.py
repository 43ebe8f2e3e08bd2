"""Lists of countries as small maps: signs, not colours, say what changed."""

from dataclasses import replace

import pytest

from reporter.draw.list_maps import UNLIKE
from tests.draw.plots import LISTS, drawn


def test_codes_have_their_signs_and_the_sign_of_what_is_not_compared_stands_once() -> None:
    words = drawn(LISTS, 174).words
    assert {"+ NL", "\u2212 UK", "\u2212 IE", "DE"} <= set(words)
    assert 1 == words.count(UNLIKE)


def test_names_stand_under_the_maps() -> None:
    words = " ".join(drawn(LISTS, 174).words)
    assert "+ new: Netherlands" in words


@pytest.mark.parametrize(("count", "rows"), [(1, 1), (3, 1), (4, 1), (5, 2)])
def test_three_maps_stand_in_a_row_or_four_in_one(count: int, rows: int) -> None:
    plot = replace(LISTS, maps=tuple(replace(LISTS.maps[0], title=f"Map {n}") for n in range(count)))
    heights = {item.top for item in drawn(plot, 174).printed if item.words.startswith("Map ")}
    assert rows == len(heights)
