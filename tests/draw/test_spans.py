"""Spans of years with the year of the edition marked."""

import pytest

from tests.draw.plots import PLANS, THEME, drawn


def test_timeline_marks_the_year_of_the_edition() -> None:
    sheet = drawn(PLANS, 174)
    assert len(sheet.stroked(THEME.colours["ink"])) == 1
    assert "2020" in sheet.words


def test_open_end_of_a_span_is_an_arrow() -> None:
    sheet = drawn(PLANS, 174)
    (closed,), (opened,) = sheet.filled(THEME.muted(0)), sheet.filled(THEME.accent(4))
    assert len(opened) > len(closed)
    assert max(x for x, _ in opened) == pytest.approx(sheet.size[0], abs=3)
