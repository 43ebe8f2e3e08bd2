"""Columns, rows, strips and spans: a missing value is none, zero is a sliver, a break is a line."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.formats.svg.timeline import SEAM, YearAxis
from reporter.report.document.plot import Bar, Columns, Panels, Rows, Shade, Span, YearStrip
from tests.svg.plots import ALONE, BIG, OPENED, PLANS, POPULATIONS, THEME, VICTIMS, YEARS, bars, drawn, height, on_phone

NOW, BEFORE, EARLIER = (THEME.colours[shade] for shade in Shade)


def test_missing_value_prints_a_colon_and_draws_no_column() -> None:
    sheet = drawn(Panels((VICTIMS,)))
    assert sheet.words.count(":") == 2
    assert [8, 1, 1] == [len(sheet.filled(colour)) for colour in (EARLIER, BEFORE, NOW)]


def test_zero_is_a_sliver_with_its_figure() -> None:
    sheet = drawn(Panels((Columns("", YEARS[:2], bars(0, 20, latest=0)),)))
    assert sorted(round(height(column), 1) for column in sheet.filled(EARLIER))[0] == 1.0
    assert "0" in sheet.words


def test_break_is_a_dashed_line_of_caution_before_its_column() -> None:
    broken = tuple(replace(bar, broken=n == 3) for n, bar in enumerate(OPENED.bars))
    sheet = drawn(Panels((replace(OPENED, bars=broken),)))
    (line,) = sheet.dashed()
    assert [line] == sheet.stroked(THEME.colours["caution"])
    lefts = sorted(min(x for x, _ in column) for column in sheet.filled(EARLIER))
    assert lefts[2] < line[0][0] < lefts[3]


def test_a_value_that_is_not_comparable_is_hatched_and_never_filled() -> None:
    sheet = drawn(Panels((Columns("", YEARS[:2], (replace(bars(4, latest=0)[0], off_series=True), *bars(2))),)))
    assert ([], [], 1) == (sheet.filled(EARLIER), sheet.filled(BEFORE), len(sheet.filled(NOW)))
    assert sheet.stroked(BEFORE)


def test_panels_stand_below_each_other_where_only_then_every_column_has_its_figure() -> None:
    panels = Panels(tuple(replace(OPENED, bars=bars(*BIG)) for _ in range(4)), columns=4)
    words = drawn(panels, 174).words
    assert {4} == {words.count(bar.text) for bar in bars(*BIG) if bar.value}


def test_narrow_columns_print_only_the_highest_and_the_latest_figures() -> None:
    figures = {bar.text for bar in OPENED.bars}
    assert sorted(text for text in drawn(ALONE, 30).words if text in figures) == ["11", "16", "35"]


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


LATEST = THEME.colours[Shade.NOW]


def test_rows_share_one_scale_and_one_axis() -> None:
    rows = tuple(Columns("", YEARS[-2:], bars(None, value)) for value in (10, 40))
    sheet = drawn(Rows(rows), 174)
    first, second = sorted(map(height, sheet.filled(LATEST)))
    assert second / first == pytest.approx(4, rel=0.01)
    assert ["2019", "2020"] == [word for word in sheet.words if word in YEARS]


def test_rows_share_one_tint_and_every_figure_and_every_sign_of_a_missing_value_is_printed() -> None:
    words = drawn(POPULATIONS, 174).words
    assert 1 == len(drawn(POPULATIONS, 174).filled(THEME.colours["tint"]))
    wanted = [bar.text for row in POPULATIONS.rows for bar in row.bars]
    assert {text: wanted.count(text) for text in wanted} == {text: words.count(text) for text in wanted}


STRIP = YearStrip(bars(23, None, 0, 11, 60, 30), 16.0)
COLOURS = {name: THEME.colours[name] for name in ("now", "before", "earlier")}


def test_each_column_of_a_strip_has_the_colour_of_its_time_and_its_number_a_zero_and_a_missing_value_too() -> None:
    sheet = drawn(STRIP, 100)
    assert {"now": 1, "before": 1, "earlier": 2} == {name: len(sheet.filled(each)) for name, each in COLOURS.items()}
    assert ["0", "11", "23", "30", "60", ":"] == sorted(sheet.words)


@pytest.mark.parametrize("count", [1, 2])
def test_on_a_phone_the_first_years_stand_under_their_columns_and_leave_room_for_the_words_of_their_row(count):
    years = YEARS[-count:]
    sheet = on_phone(YearStrip(bars(*range(7, 7 + count)), 22.0, labels=years))
    columns = sorted(min(x for x, _ in each) for colour in COLOURS.values() for each in sheet.filled(colour))
    named = sorted(each.left for each in sheet.printed if each.words in years)
    assert columns == pytest.approx(named, abs=4)
    # What templates/web/glance.css leaves below the words: 30.6 of 100 of the width.
    assert sheet.size[1] <= 0.306 * sheet.size[0]


def test_a_break_is_a_dashed_line_and_what_cannot_be_compared_is_hatched() -> None:
    broken = YearStrip((Bar(Decimal(5), "5", off_series=True), Bar(Decimal(6), "6", Shade.NOW, broken=True)))
    sheet = drawn(broken, 100)
    assert 1 == len(sheet.stroked(THEME.colours["caution"]))
    assert sheet.stroked(COLOURS["before"])
    assert [] == sheet.filled(COLOURS["earlier"])


def test_timeline_marks_the_year_of_the_edition_and_an_open_end_is_an_arrow() -> None:
    sheet = drawn(PLANS, 174)
    assert (1, True) == (len(sheet.stroked(THEME.colours["ink"])), "2020" in sheet.words)
    (closed,), (opened,) = (sheet.filled(THEME.colours[each]) for each in ("earlier", "now"))
    assert len(opened) > len(closed)
    assert max(x for x, _ in opened) == pytest.approx(sheet.size[0], abs=3)


def test_a_whole_year_is_counted_to_its_end_and_what_goes_on_beyond_the_axis_is_open_there() -> None:
    axis = YearAxis(0.0, 105.0, 2002, 2022)
    bar = axis.bar(Span("Plan", Decimal(2005), Decimal(2008), ""))
    assert (15.0, 35.0) == (pytest.approx(bar.x - SEAM), pytest.approx(bar.right + SEAM))
    for ends, is_open in {
        (2002, 2022): (False, False),
        (2001, 2022): (True, False),
        (2002, 2023): (False, True),
    }.items():
        assert is_open == axis.open_ends(Span("Plan", *map(Decimal, ends), ""))
