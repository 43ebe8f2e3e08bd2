"""A figure for each person, the year above the year before."""

from dataclasses import replace

import pytest

from reporter.document.plot import Crowd, Group
from tests.draw.plots import PEOPLE, THEME, drawn, height

NOW, BEFORE = THEME.colours["now"], THEME.colours["before"]


def test_every_person_of_both_years_has_a_figure() -> None:
    sheet = drawn(PEOPLE, 174)
    # A head and a body each.
    assert (2 * 24, 2 * 39) == (len(sheet.filled(NOW)), len(sheet.filled(BEFORE)))


def test_groups_are_named_above_with_both_counts_and_the_call_of_a_note() -> None:
    words = drawn(PEOPLE, 174).words
    assert [] == [each for each in ("women", "16", "after 17", "after 4 (d)", "2020", "2019") if each not in words]


def test_a_year_alone_has_one_line() -> None:
    alone = replace(PEOPLE, labels=("2020",))
    sheet = drawn(alone, 174)
    assert [] == sheet.filled(BEFORE)
    assert sheet.size[1] < drawn(PEOPLE, 174).size[1] * 0.7


def test_children_are_smaller_and_women_have_another_outline_than_men() -> None:
    bodies = {}
    for symbol in ("woman", "man", "child", "girl", "boy"):
        bodies[symbol] = max(drawn(Crowd(("2020",), (Group("", symbol, 1, "1"),)), 60).filled(NOW), key=height)
    assert height(bodies["child"]) < height(bodies["man"]) * 0.75
    assert len({len(body) for body in (bodies["woman"], bodies["man"])}) == 2
    assert len({tuple(map(tuple, body)) for body in bodies.values()}) >= 4


@pytest.mark.parametrize("count", [40, 90, 150])
def test_many_persons_shrink_and_take_more_lines(count: int) -> None:
    sheet = drawn(Crowd(("2020", "2019"), (Group("women", "woman", count, str(count), count // 2),)), 174)
    right, bottom = sheet.size
    assert 2 * count == len(sheet.filled(NOW))
    assert [] == [
        body for body in sheet.filled(NOW) if max(x for x, _ in body) > right or max(y for _, y in body) > bottom
    ]
