"""Slopes between sides: at their distance, on one scale, and no line across what cannot be compared."""

import pytest

from reporter.document.plot_of_sides import Slope, Slopes
from reporter.draw.slope_panel import UNLIKE
from tests.draw.plots import SLOPES, THEME, Sheet, drawn, stops
from tests.extents import collisions


def discs(sheet: Sheet, colour: str) -> list[tuple[float, float]]:
    """The middles of the dots of this colour of the theme, in points."""
    found = [outline for outline in sheet.filled(THEME.colours[colour]) if len(outline) > 5]
    return [(sum(x for x, _ in (dot[0], dot[6])) / 2, (dot[0][1] + dot[6][1]) / 2) for dot in found]


def trend(*values: int | None, at: tuple[int, ...] = (), apart: tuple[int, ...] = (), across: float = 84) -> Sheet:
    years = at or tuple(range(2021 - len(values), 2021))
    return drawn(Slopes(tuple(map(str, years)), years, (Slope("Cases", stops(*values, apart=apart)),)), across)


def test_no_line_leads_across_an_obstacle_but_a_sign_stands_there() -> None:
    sheet = trend(24, 20, apart=(1,))
    assert [] == [each for each in sheet.stroked(THEME.colours["now"]) if len(each) == 2]
    assert 1 == sheet.words.count(UNLIKE)
    assert {":", "Cases"} <= set(trend(10, 20, None).words)


def test_larger_figures_are_drawn_at_their_part_of_the_scale() -> None:
    sheet = drawn(SLOPES, 114)
    heights = sorted(y for _, y in discs(sheet, "now"))
    base = max(y for line in sheet.stroked(THEME.colours["secondary"]) for _, y in line)
    assert (base - heights[0]) / (base - heights[1]) == pytest.approx((208 / 6) / 24, rel=0.01)


@pytest.mark.parametrize("across", [84, 114, 174])
@pytest.mark.parametrize("values", [(39, 24), (11, 11, 11), (0, 0), (0, 99), (99999, 1), (5, None, 7)])
def test_words_of_slopes_neither_meet_nor_leave_the_sheet(values: tuple[int | None, ...], across: float) -> None:
    years = tuple(range(2021 - len(values), 2021))
    slopes = tuple(Slope(f"Figure {n}", stops(*values)) for n in range(4))
    assert collisions(Slopes(tuple(map(str, years)), years, slopes), THEME, across) == []
