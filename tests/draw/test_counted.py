"""What is counted in marks: persons, squares, dots, and a figure in two years."""

from dataclasses import replace

import pytest

from reporter.document.plot import Crowd, PersonGroup, Shade, Twin, Twins
from tests.draw.plots import DUMBBELL, NAMED, PEOPLE, SQUARES, THEME, TWINS, bars, drawn, height, on_phone

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
        bodies[symbol] = max(drawn(Crowd(("2020",), (PersonGroup("", symbol, 1, "1"),)), 60).filled(NOW), key=height)
    assert height(bodies["child"]) < height(bodies["man"]) * 0.75
    assert len({len(body) for body in (bodies["woman"], bodies["man"])}) == 2
    assert len({tuple(map(tuple, body)) for body in bodies.values()}) >= 4


@pytest.mark.parametrize("count", [40, 90, 150])
def test_many_persons_shrink_and_take_more_lines(count: int) -> None:
    sheet = drawn(Crowd(("2020", "2019"), (PersonGroup("women", "woman", count, str(count), count // 2),)), 174)
    right, bottom = sheet.size
    assert 2 * count == len(sheet.filled(NOW))
    assert [] == [
        body for body in sheet.filled(NOW) if max(x for x, _ in body) > right or max(y for _, y in body) > bottom
    ]


def test_each_row_says_what_it_counts() -> None:
    assert ["Forced begging: 4", "Form not stated: 2"] == list(on_phone(SQUARES).told)


def test_bars_in_the_place_of_many_squares_say_the_same() -> None:
    assert on_phone(SQUARES).told.keys() == on_phone(replace(SQUARES, bars=True)).told.keys()


def test_each_case_is_a_square_on_its_side() -> None:
    sheet = drawn(TWINS, 174)
    counted = [len(sheet.filled(THEME.colours[name])) for name in ("before", "now")]
    assert [7 + 1 + 1, 4 + 3 + 0 + 1] == counted


def test_zero_is_printed_and_what_is_not_known_is_a_colon() -> None:
    words = drawn(TWINS, 174).words
    assert (1, 2) == (words.count("0"), words.count(":"))


def test_many_cases_are_bars() -> None:
    plot = replace(TWINS, rows=(Twin("Sexual exploitation", *bars(400, 200), "\u2212200"),))
    (before,), (after,) = (drawn(plot, 174).filled(THEME.colours[name]) for name in ("before", "now"))
    widths = [max(x for x, _ in each) - min(x for x, _ in each) for each in (before, after)]
    assert widths[0] / widths[1] == pytest.approx(2.0, rel=0.2)


def test_a_chart_without_rows_is_empty() -> None:
    assert [] == drawn(Twins(("", "", ""), ()), 174).words


def test_dots_have_one_shape_in_the_shade_of_their_year_and_main_ones_have_a_ring() -> None:
    sheet = drawn(NAMED, 174)
    dots = [sheet.filled(THEME.colours[shade]) for shade in (Shade.EARLIER, Shade.BEFORE, Shade.NOW)]
    assert [2, 1, 1] == list(map(len, dots))
    assert 1 == len({len(dot) for same in dots for dot in same})
    assert len(sheet.stroked(THEME.colours["ink"])) == 1


def test_lists_of_one_kind_stand_under_its_name() -> None:
    sheet = drawn(NAMED, 174)
    at = {item.words: item for item in sheet.printed}
    target, exploitation = at["Target countries"], at["Countries of"]
    assert target.left < at["2018"].right < at["2019"].right < exploitation.left < at["2020"].right
    assert max(target.baseline, exploitation.baseline) < at["2018"].top


def test_the_column_of_the_year_reported_is_tinted() -> None:
    assert 1 == len(drawn(NAMED, 174).filled(THEME.colours["tint"]))


def test_ring_and_dot_say_their_year_and_value() -> None:
    said = on_phone(replace(DUMBBELL, words=("2019: 39", "2020: 24"))).told
    assert ["2019: 39", "2020: 24"] == list(said)
    # The scale begins at zero on the left.
    assert said["2019: 39"][0][0] > said["2020: 24"][1][0]


def test_a_row_without_values_says_nothing() -> None:
    assert {} == on_phone(replace(DUMBBELL, before=None, after=None, words=("2019: 39", "2020: 24"))).told
