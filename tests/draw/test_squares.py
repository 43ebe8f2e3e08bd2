"""Rows of squares: what each says on screens."""

from dataclasses import replace

from tests.draw.plots import SQUARES, on_phone


def test_each_row_says_what_it_counts() -> None:
    assert ["Forced begging: 4", "Form not stated: 2"] == list(on_phone(SQUARES).told)


def test_bars_in_the_place_of_many_squares_say_the_same() -> None:
    assert on_phone(SQUARES).told.keys() == on_phone(replace(SQUARES, bars=True)).told.keys()
