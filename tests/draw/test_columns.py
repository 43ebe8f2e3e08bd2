"""Columns: a missing value is none, zero is a sliver, a break is a line."""

from dataclasses import replace

import pytest

from reporter.document.plot import (
    Columns,
    Panels,
)
from reporter.draw.text_width import POINT
from tests.draw.plots import OPENED, THEME, VICTIMS, YEARS, bars, drawn, height


def test_missing_value_prints_a_colon_and_draws_no_column() -> None:
    sheet = drawn(VICTIMS)
    assert sheet.words.count(":") == 2
    assert len(sheet.filled(THEME.muted(3))) == 8
    assert len(sheet.filled(THEME.accent(3))) == 2


def test_zero_is_a_sliver_with_its_figure() -> None:
    sheet = drawn(Columns("", YEARS[:2], bars(0, 20, latest=0), 0))
    assert sorted(round(height(column), 1) for column in sheet.filled(THEME.muted(0)))[0] == 1.0
    assert "0" in sheet.words


def test_break_is_a_dashed_line_before_its_column() -> None:
    broken = tuple(replace(bar, broken=n == 3) for n, bar in enumerate(OPENED.bars))
    sheet = drawn(replace(OPENED, bars=broken))
    (line,) = sheet.dashed()
    lefts = sorted(min(x for x, _ in column) for column in sheet.filled(THEME.muted(0)))
    assert lefts[2] < line[0][0] < lefts[3]


def test_narrow_columns_print_only_the_highest_and_the_latest_figures() -> None:
    figures = {bar.text for bar in OPENED.bars}
    assert sorted(text for text in drawn(OPENED, 30).words if text in figures) == ["11", "16", "35"]


def test_inner_value_without_an_outer_one_stands_alone_under_a_colon() -> None:
    sheet = drawn(Columns("", YEARS[:1], bars(None), 0, bars(113)))
    (column,) = sheet.filled(THEME.accent(0))
    colon = next(item for item in sheet.printed if item.words == ":")
    assert colon.baseline < min(y for _, y in column)


def test_panels_share_one_scale() -> None:
    low, high = (Columns("", ("2020",), bars(value), accent) for value, accent in ((10, 0), (40, 3)))
    sheet = drawn(Panels((low, high)))
    (first,), (second,) = sheet.filled(THEME.accent(0)), sheet.filled(THEME.accent(3))
    assert height(second) / height(first) == pytest.approx(4, rel=0.01)


def test_panels_of_other_numbers_have_a_scale_of_their_own() -> None:
    panels = tuple(Columns("", ("2020",), bars(value), n) for n, value in enumerate((10, 40, 200)))
    sheet = drawn(Panels(panels, scales=(0, 0, 2)), 174)
    low, high, other = (height(*sheet.filled(THEME.accent(n))) for n in range(3))
    assert (pytest.approx(4, rel=0.01), pytest.approx(1, rel=0.01)) == (high / low, other / high)
    assert {"40", "200"} <= set(sheet.words)


def test_inner_columns_stand_in_the_full_colour_within_muted_ones() -> None:
    sheet = drawn(Columns("", YEARS[:2], bars(208, 224), 0, bars(113, 116)))
    assert len(sheet.filled(THEME.muted(0))) == 2
    assert len(sheet.filled(THEME.accent(0))) == 2
