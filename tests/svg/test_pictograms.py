"""What is counted in marks: persons, squares, dots, and a figure in two years."""

from dataclasses import replace

from reporter.report.document.plot import Shade
from tests.svg.plots import DUMBBELL, NAMED, PEOPLE, SQUARES, THEME, drawn, on_phone

NOW, BEFORE = THEME.colours["now"], THEME.colours["before"]


def test_every_person_of_both_years_has_a_figure_below_the_counts_of_the_group() -> None:
    sheet = drawn(PEOPLE, 174)
    # A head and a body each.
    assert (2 * 24, 2 * 39) == (len(sheet.filled(NOW)), len(sheet.filled(BEFORE)))
    assert {"women", "16", "after 17", "after 4 (d)", "2020", "2019"} <= set(sheet.words)


def test_a_year_alone_has_one_line() -> None:
    alone = replace(PEOPLE, labels=("2020",))
    sheet = drawn(alone, 174)
    assert [] == sheet.filled(BEFORE)
    assert sheet.size[1] < drawn(PEOPLE, 174).size[1] * 0.7


def test_each_row_says_what_it_counts_and_bars_in_the_place_of_squares_the_same() -> None:
    for plot in (SQUARES, replace(SQUARES, bars=True)):
        assert ["Forced begging: 4", "Form not stated: 2"] == list(on_phone(plot).told)


def test_dots_have_one_shape_in_the_shade_of_their_year_and_main_ones_have_a_ring() -> None:
    sheet = drawn(NAMED, 174)
    dots = [sheet.filled(THEME.colours[shade]) for shade in (Shade.EARLIER, Shade.BEFORE, Shade.NOW)]
    assert [2, 1, 1] == list(map(len, dots))
    assert 1 == len({len(dot) for same in dots for dot in same})
    assert [1, 1] == [len(sheet.stroked(THEME.colours["ink"])), len(sheet.filled(THEME.colours["tint"]))]


def test_ring_and_dot_say_their_year_and_value() -> None:
    said = on_phone(replace(DUMBBELL, words=("2019: 39", "2020: 24"))).told
    assert ["2019: 39", "2020: 24"] == list(said)
    # The scale begins at zero on the left.
    assert said["2019: 39"][0][0] > said["2020: 24"][1][0]
    assert {} == on_phone(replace(DUMBBELL, before=None, after=None, words=("2019: 39", "2020: 24"))).told
