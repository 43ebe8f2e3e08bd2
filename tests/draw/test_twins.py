"""Parts on two sides: a square for each case, or a bar, and the number where they end."""

from dataclasses import replace

import pytest

from reporter.document.plot import Twin, Twins
from tests.draw.plots import THEME, TWINS, bars, drawn


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
