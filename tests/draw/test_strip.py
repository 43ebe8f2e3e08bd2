"""The years of a key figure as one low strip."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.document.plot import Bar, Strip
from reporter.draw.text_width import POINT
from tests.draw.plots import THEME, bars, drawn, height

STRIP = Strip(bars(23, None, 0, 11, 60, 30), Decimal(60), 16.0)
COLOURS = {name: THEME.colours[name] for name in ("now", "before", "earlier")}


def test_the_year_the_year_before_and_all_others_have_a_colour_each() -> None:
    sheet = drawn(STRIP, 100)
    assert {"now": 1, "before": 1, "earlier": 2} == {name: len(sheet.filled(each)) for name, each in COLOURS.items()}


def test_every_column_has_its_number_a_zero_and_a_missing_value_too() -> None:
    assert ["0", "11", "23", "30", "60", ":"] == sorted(drawn(STRIP, 100).words)


def test_a_strip_is_as_high_as_asked_and_columns_as_high_as_their_scale() -> None:
    assert pytest.approx(16 / POINT, abs=0.01) == drawn(STRIP, 100).size[1]
    quarter = drawn(replace(STRIP, top=Decimal(240)), 100)
    assert pytest.approx(4, rel=0.02) == height(drawn(STRIP, 100).filled(COLOURS["now"])[0]) / height(
        quarter.filled(COLOURS["now"])[0]
    )


def test_where_not_all_numbers_fit_the_latest_and_the_highest_stay() -> None:
    many = Strip(bars(1001, 1002, 9000, *range(1000, 1040)), Decimal(9000))
    words = drawn(many, 100).words
    assert [] == [each for each in ("9\u00a0000", "1\u00a0039") if each not in words]
    assert 5 < len(words) < 20


def test_a_break_is_a_dashed_line_and_what_cannot_be_compared_is_hatched() -> None:
    broken = Strip((Bar(Decimal(5), "5", off_series=True), Bar(Decimal(6), "6", broken=True)), Decimal(6))
    sheet = drawn(broken, 100)
    assert 1 == len(sheet.stroked(THEME.colours["caution"]))
    assert sheet.stroked(COLOURS["before"])
    assert [] == sheet.filled(COLOURS["earlier"])
