"""Columns: a missing value is none, zero is a sliver, a break is a line, colour is the year."""

from dataclasses import replace

import pytest

from reporter.document.plot import Columns, Panels, Shade
from tests.draw.plots import BIG, OPENED, THEME, VICTIMS, YEARS, bars, drawn, height

NOW, BEFORE, EARLIER = (THEME.colours[shade] for shade in Shade)


def test_missing_value_prints_a_colon_and_draws_no_column() -> None:
    sheet = drawn(VICTIMS)
    assert sheet.words.count(":") == 2
    assert [8, 1, 1] == [len(sheet.filled(colour)) for colour in (EARLIER, BEFORE, NOW)]


def test_zero_is_a_sliver_with_its_figure() -> None:
    sheet = drawn(Columns("", YEARS[:2], bars(0, 20, latest=0)))
    assert sorted(round(height(column), 1) for column in sheet.filled(EARLIER))[0] == 1.0
    assert "0" in sheet.words


def test_break_is_a_dashed_line_of_caution_before_its_column() -> None:
    broken = tuple(replace(bar, broken=n == 3) for n, bar in enumerate(OPENED.bars))
    sheet = drawn(replace(OPENED, bars=broken))
    (line,) = sheet.dashed()
    assert [line] == sheet.stroked(THEME.colours["caution"])
    lefts = sorted(min(x for x, _ in column) for column in sheet.filled(EARLIER))
    assert lefts[2] < line[0][0] < lefts[3]


def test_the_column_of_the_year_reported_is_tinted_down_to_its_label() -> None:
    sheet = drawn(OPENED, 174)
    (tint,), (now,) = sheet.filled(THEME.colours["tint"]), sheet.filled(NOW)
    assert min(x for x, _ in tint) < min(x for x, _ in now)
    label = next(item for item in sheet.printed if item.words == "2020")
    assert label.baseline < max(y for _, y in tint)


def test_one_year_alone_has_no_tint() -> None:
    assert [] == drawn(Columns("", ("2020",), bars(24)), 174).filled(THEME.colours["tint"])


def test_a_value_that_is_not_comparable_is_hatched_and_never_filled() -> None:
    sheet = drawn(Columns("", YEARS[:2], (replace(bars(4, latest=0)[0], off_series=True), *bars(2))))
    assert ([], [], 1) == (sheet.filled(EARLIER), sheet.filled(BEFORE), len(sheet.filled(NOW)))
    assert sheet.stroked(BEFORE)


@pytest.mark.parametrize("across", [84, 174])
def test_every_column_of_a_short_series_has_its_figure(across: float) -> None:
    words = drawn(OPENED, across).words
    assert [] == [bar.text for bar in OPENED.bars if bar.text not in words]


def test_panels_stand_below_each_other_where_only_then_every_column_has_its_figure() -> None:
    panels = Panels(tuple(replace(OPENED, bars=bars(*BIG)) for _ in range(4)), columns=4)
    words = drawn(panels, 174).words
    assert {4} == {words.count(bar.text) for bar in bars(*BIG) if bar.value}


def test_narrow_columns_print_only_the_highest_and_the_latest_figures() -> None:
    figures = {bar.text for bar in OPENED.bars}
    assert sorted(text for text in drawn(OPENED, 30).words if text in figures) == ["11", "16", "35"]


def test_panels_share_one_scale() -> None:
    low, high = (Columns("", ("2020",), bars(value)) for value in (10, 40))
    first, second = sorted(map(height, drawn(Panels((low, high))).filled(NOW)))
    assert second / first == pytest.approx(4, rel=0.01)


def test_panels_of_other_numbers_have_a_scale_of_their_own() -> None:
    panels = tuple(Columns("", ("2020",), bars(value)) for value in (10, 40, 200))
    sheet = drawn(Panels(panels, scales=(0, 0, 2)), 174)
    low, high, other = (height(column) for column in sheet.filled(NOW))
    assert (pytest.approx(4, rel=0.01), pytest.approx(1, rel=0.01)) == (high / low, other / high)
    assert {"40", "200"} <= set(sheet.words)
