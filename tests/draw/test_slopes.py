"""Slopes between sides: at their distance, on one scale, and no line across what cannot be compared."""

import pytest

from reporter.document.plot_of_sides import (
    Slope,
    Slopes,
)
from reporter.draw.slope_panel import UNLIKE
from tests.draw.plots import SLOPES, THEME, Sheet, drawn, stops
from tests.extents import collisions


def discs(sheet: Sheet, colour: str) -> list[tuple[float, float]]:
    """The middles of the dots of this colour of the theme, in points."""
    found = [outline for outline in sheet.filled(THEME.colours[colour]) if len(outline) > 5]
    return [(sum(x for x, _ in (dot[0], dot[6])) / 2, (dot[0][1] + dot[6][1]) / 2) for dot in found]


def trend(*values: int | None, at: tuple[int, ...] = (), apart: tuple[int, ...] = (), across: float = 84) -> Sheet:
    """One slope, drawn alone."""
    years = at or tuple(range(2021 - len(values), 2021))
    return drawn(Slopes(tuple(map(str, years)), years, (Slope("Cases", stops(*values, apart=apart)),)), across)


def test_a_line_in_the_colour_of_now_leads_to_the_latest_value_which_is_a_dot() -> None:
    sheet = trend(16, 11)
    (line,) = (each for each in sheet.stroked(THEME.colours["now"]) if len(each) == 2)
    (latest,) = discs(sheet, "now")
    assert line[1] == pytest.approx(latest, abs=0.1)
    assert [text for text in ("Cases", "16", "11", "2019", "2020") if text not in sheet.words] == []


def test_years_stand_at_their_distance() -> None:
    sheet = trend(20, 30, 40, 50, at=(2009, 2014, 2017, 2020), across=174)
    middles = {item.words: (item.left + item.right) / 2 for item in sheet.printed if item.words.startswith("20")}
    steps = [middles["2014"] - middles["2009"], middles["2017"] - middles["2014"], middles["2020"] - middles["2017"]]
    assert [pytest.approx(steps[0] * share, rel=0.06) for share in (1, 3 / 5, 3 / 5)] == steps


def test_no_line_leads_across_an_obstacle_but_a_sign_stands_there() -> None:
    sheet = trend(24, 20, apart=(1,))
    assert [] == [each for each in sheet.stroked(THEME.colours["now"]) if len(each) == 2]
    assert 1 == sheet.words.count(UNLIKE)


def test_larger_figures_are_drawn_at_their_part_of_the_scale() -> None:
    sheet = drawn(SLOPES, 114)
    heights = sorted(y for _, y in discs(sheet, "now"))
    base = max(y for line in sheet.stroked(THEME.colours["secondary"]) for _, y in line)
    assert (base - heights[0]) / (base - heights[1]) == pytest.approx((208 / 6) / 24, rel=0.01)


def test_what_has_no_value_on_the_last_side_stands_there_with_a_colon() -> None:
    sheet = trend(10, 20, None)
    assert {":", "Cases"} <= set(sheet.words)


@pytest.mark.parametrize("across", [84, 114, 174])
@pytest.mark.parametrize("values", [(39, 24), (11, 11, 11), (0, 0), (0, 99), (99999, 1), (5, None, 7)])
def test_words_of_slopes_neither_meet_nor_leave_the_sheet(values: tuple[int | None, ...], across: float) -> None:
    years = tuple(range(2021 - len(values), 2021))
    slopes = tuple(Slope(f"Figure {n}", stops(*values)) for n in range(4))
    assert collisions(Slopes(tuple(map(str, years)), years, slopes), THEME, across) == []
