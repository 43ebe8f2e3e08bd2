"""Slopes for a phone: two sides in one chart, of more sides each figure in a small one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.document.plot_of_sides import Slope, Slopes
from reporter.draw.slope_panel import UNLIKE
from tests.draw.plots import LONG, SLOPES, THEME, on_desk, on_phone, stops

VALUES = st.one_of(st.none(), st.integers(0, 60), st.integers(0, 99999))


@st.composite
def slopes(draw: st.DrawFn) -> Slopes:
    """Some figures from side to side."""
    years = sorted(draw(st.sets(st.integers(2009, 2020), min_size=2, max_size=6)))
    row = st.lists(VALUES, min_size=len(years), max_size=len(years))
    rows = draw(st.lists(row, min_size=1, max_size=4))
    apart = draw(st.sets(st.integers(1, 5), max_size=2))
    made = tuple(
        Slope(f"{LONG} {n}" if n % 2 else f"Figure {n}", stops(*each, apart=tuple(apart)))
        for n, each in enumerate(rows)
    )
    larger = (Slope("Persons assisted", stops(*[400] * len(years))),) if draw(st.booleans()) else ()
    return Slopes(tuple(map(str, years)), tuple(years), made, larger, 10)


@given(slopes())
@settings(max_examples=8, deadline=None)
def test_any_slopes_can_be_read_and_each_dot_says_its_figure(plot: Slopes) -> None:
    said = {
        f"{slope.label}, {label}: {stop.text}"
        for slope in (*plot.slopes, *plot.larger)
        for label, stop in zip(plot.labels, slope.stops, strict=True)
        if stop.value is not None
    }
    sheet = on_phone(plot)
    assert ([], said) == (sheet.faults, set(sheet.told))


def test_two_sides_share_a_scale_and_have_their_names_at_the_lines() -> None:
    sheet = on_phone(SLOPES)
    assert [] == sheet.faults
    assert (2, 2) == (sheet.words.count("2019"), sheet.words.count("2020"))
    assert set(on_desk(SLOPES).told) == set(sheet.told)


def test_of_more_sides_each_figure_has_its_own_chart_with_all_its_values() -> None:
    labels = ("2014", "2017", "2020")
    rows = (Slope("Victims", stops(40, None, 24)), Slope("Cases", stops(20, 10, 5, apart=(2,))))
    sheet = on_phone(Slopes(labels, (2014, 2017, 2020), rows))
    assert [] == [each for each in ("Victims", "Cases", "40", ":", "24", "20", "10", "5") if each not in sheet.words]
    # What follows a gap is not joined to what was before it.
    assert (2, 2) == (sheet.words.count("2017"), sheet.words.count(UNLIKE))


def test_small_charts_have_one_scale() -> None:
    rows = (Slope("Victims", stops(40, 40, 40)), Slope("Cases", stops(10, 10, 10)))
    sheet = on_phone(Slopes(("2018", "2019", "2020"), (2018, 2019, 2020), rows))
    lines = sheet.stroked(THEME.colours["secondary"])
    bases = sorted(line[0][1] for line in lines)
    dots = sorted((corners[0][1] + corners[1][1]) / 2 for said, corners in sheet.told.items() if "2020" in said)
    high, low = (base - dot for base, dot in zip(bases, dots, strict=True))
    assert 4 * low == pytest.approx(high, rel=0.01)
