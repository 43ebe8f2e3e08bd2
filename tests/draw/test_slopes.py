"""Slopes between sides: no line leads across what cannot be compared."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.document.plot import (
    Shade,
    Slope,
    Slopes,
    Stop,
)
from reporter.draw.slopes import RADIUS, RING, UNLIKE
from reporter.draw.text_width import POINT
from tests.draw.plots import EXTREME, LONG, SLOPES, THEME, TURNS, YEARS, Sheet, bars, drawn, height, stops
from tests.extents import collisions

NOW, BEFORE, EARLIER = (THEME.colours[shade] for shade in Shade)


def discs(sheet: Sheet, colour: str) -> list[tuple[float, float]]:
    """The middles of the dots of this colour, in points."""
    found = [outline for outline in sheet.filled(colour) if len(outline) > 5]
    return [(sum(x for x, _ in (dot[0], dot[6])) / 2, (dot[0][1] + dot[6][1]) / 2) for dot in found]


def trend(*values: int | None, apart: tuple[int, ...] = (), across: float = 54) -> Sheet:
    """One slope in the first colour, drawn alone."""
    return drawn(Slopes(YEARS[-len(values) :], (Slope("Cases", stops(*values, apart=apart), "words"),)), across)


def test_slope_leads_from_the_past_value_to_the_latest_in_the_full_colour() -> None:
    sheet = trend(16, 11)
    (line,), (past,), (latest,) = (
        sheet.stroked(NOW),
        discs(sheet, BEFORE),
        discs(sheet, NOW),
    )
    assert line == [pytest.approx(past, abs=0.1), pytest.approx(latest, abs=0.1)]
    assert [text for text in ("Cases", "words", "16", "11", "2019", "2020") if text not in sheet.words] == []


def test_no_line_leads_across_an_obstacle_but_a_sign_stands_there() -> None:
    sheet = trend(224, 208, apart=(1,))
    assert sheet.stroked(NOW) == []
    (line,) = sheet.dashed()
    (past,), (latest,) = discs(sheet, BEFORE), discs(sheet, NOW)
    assert past[0] < line[0][0] < latest[0]
    assert sheet.words.count(UNLIKE) == 1


def test_slope_of_three_sides_breaks_only_where_it_must() -> None:
    sheet = trend(50, 40, 30, apart=(2,))
    assert len(sheet.stroked(BEFORE)) == 1
    assert sheet.stroked(NOW) == []
    assert (len(sheet.dashed()), sheet.words.count(UNLIKE)) == (1, 1)


def test_missing_value_of_a_slope_is_a_colon_at_the_baseline_without_dot_line_or_sign() -> None:
    wrongly_joined = (*stops(46, None), Stop(Decimal(40), "40", joined=True))
    sheet = drawn(Slopes(YEARS[-3:], (Slope("", wrongly_joined),)), 54)
    assert (len(discs(sheet, EARLIER)), len(discs(sheet, NOW))) == (1, 1)
    assert (sheet.stroked(NOW), sheet.stroked(BEFORE), sheet.dashed()) == ([], [], [])
    colon = next(item for item in sheet.printed if item.words == ":")
    (baseline,) = sheet.stroked(THEME.colours["rule"])
    assert 0 < baseline[0][1] - colon.baseline < 3
    assert UNLIKE not in sheet.words


def test_zero_of_a_slope_lies_on_the_baseline() -> None:
    sheet = trend(0, 24)
    (baseline,), (zero,) = sheet.stroked(THEME.colours["rule"]), discs(sheet, BEFORE)
    assert zero == pytest.approx(baseline[0], abs=0.1)


def test_slope_is_drawn_on_a_scale_from_zero_of_its_own() -> None:
    sheet = drawn(Slopes(YEARS[-2:], (Slope("", stops(20, 40)), Slope("", stops(1000, 4000)))), 174)
    bases = {line[0][1] for line in sheet.stroked(THEME.colours["rule"])}
    (base,) = bases
    half, quarter = (base - y for _, y in discs(sheet, BEFORE))
    whole, other = (base - y for _, y in discs(sheet, NOW))
    assert half / whole == pytest.approx(0.5, rel=0.01)
    assert quarter / other == pytest.approx(0.25, rel=0.01)
    assert whole == pytest.approx(other, abs=0.1)


def test_panels_of_slopes_in_a_row_stand_on_one_baseline_whatever_their_titles() -> None:
    sheet = drawn(replace(SLOPES, slopes=(replace(SLOPES.slopes[0], title=f"{LONG} {LONG}"), *SLOPES.slopes[1:])), 174)
    heights = [round(line[0][1], 1) for line in sheet.stroked(THEME.colours["rule"])]
    assert [heights.count(height) for height in dict.fromkeys(heights)] == [3, 3]


@pytest.mark.parametrize(
    ("count", "across", "rows"), [(6, 174, 2), (5, 174, 2), (4, 174, 2), (3, 174, 1), (6, 108, 3), (6, 84, 3)]
)
def test_rows_of_slopes_are_even(count: int, across: float, rows: int) -> None:
    sheet = drawn(replace(SLOPES, slopes=SLOPES.slopes[:count]), across)
    assert len({round(line[0][1], 1) for line in sheet.stroked(THEME.colours["rule"])}) == rows


@pytest.mark.parametrize("values", TURNS)
def test_no_line_of_a_slope_runs_through_its_figures(values: tuple[int, ...]) -> None:
    sheet = trend(*values)
    figures = [item for item in sheet.printed if item.words in {bar.text for bar in bars(*values)}]
    lines = [line for colour in (EARLIER, BEFORE, NOW) for line in sheet.stroked(colour)]
    points = [
        (x + (right - x) * n / 200, y + (end - y) * n / 200) for (x, y), (right, end) in lines for n in range(201)
    ]
    inside = [
        item.words for item in figures for x, y in points if item.left < x < item.right and item.top < y < item.baseline
    ]
    assert inside == []


@pytest.mark.parametrize("across", [30, 60, 84, 108, 174])
@pytest.mark.parametrize("name", [name for name in EXTREME if name.startswith("slopes")])
def test_ink_of_the_words_of_slopes_neither_meets_nor_leaves_the_sheet(name: str, across: float) -> None:
    assert collisions(EXTREME[name], THEME, across) == []


@pytest.mark.parametrize("across", [84, 108, 174])
def test_no_word_or_figure_of_a_slope_is_broken_or_left_out(across: float) -> None:
    words = " ".join(drawn(SLOPES, across).words).split()
    told = " ".join(
        text for slope in SLOPES.slopes for text in (slope.title, slope.change, *(s.text for s in slope.stops))
    )
    assert sorted(words) == sorted([*told.split(), UNLIKE, *SLOPES.labels * 6])


def test_dots_of_a_slope_have_a_ring_of_paper() -> None:
    rings = [outline for outline in trend(16, 11).filled(THEME.colours["paper"]) if len(outline) > 5]
    assert [height(ring) for ring in rings] == [pytest.approx(2 * (RADIUS + RING) / POINT, abs=0.1)] * 2


def test_the_sign_of_what_cannot_be_compared_yields_only_to_words_in_its_place() -> None:
    """The words of the first and the last side stand beside the lines, at whatever height, and never in its place."""
    drawings = (trend(first, 100, apart=(1,)) for first in range(0, 101, 10))
    signs = [each for sheet in drawings for each in sheet.printed if each.words == UNLIKE]
    assert (11, 1) == (len(signs), len({round(each.baseline, 2) for each in signs}))
