"""Drawings for a phone: all can be read, and every mark says what it shows."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.document.plot import ColumnGroup, Crowd, Dot, Matrix, PersonGroup, Shade, Span, Spans, Twin, Twins
from reporter.document.plot_of_sides import Slope, Slopes
from reporter.draw.list_maps import UNLIKE
from tests.draw.plots import (
    LISTS,
    LONG,
    NAMED,
    PEOPLE,
    PLANS,
    SLOPES,
    THEME,
    TWINS,
    Sheet,
    bars,
    on_desk,
    on_phone,
    stops,
)

COUNTS = st.integers(0, 60)


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=4))
@settings(max_examples=8, deadline=None)
def test_any_crowd_can_be_read_and_each_group_says_its_counts(counts: list[tuple[int, int]]) -> None:
    names = [LONG if n == 2 else f"group {n}" for n in range(len(counts))]
    made = [
        PersonGroup(name, "woman", count, str(count), before, f"after {before}")
        for name, (count, before) in zip(names, counts, strict=True)
    ]
    sheet = on_phone(Crowd(("2020", "2019"), tuple(made)))
    said = {f"{group.label}: {group.text} {group.past}" for group in made}
    assert ([], said) == (sheet.faults, set(sheet.told))
    # A head and a body each.
    assert 2 * sum(count for count, _ in counts) == len(sheet.filled(THEME.colours["now"]))


def test_the_wide_drawing_says_the_same_of_its_groups() -> None:
    assert set(on_desk(PEOPLE).told) == set(on_phone(PEOPLE).told)


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    named = (
        replace(each, lands=tuple(replace(land, name="Germany") if land.code == "DE" else land for land in each.lands))
        for each in LISTS.maps
    )
    return on_phone(replace(LISTS, maps=tuple(named)))


def test_maps_stand_below_each_other_with_the_latest_first(sheet: Sheet) -> None:
    tops = {item.words: item.top for item in sheet.printed if ":" in item.words or "and" in item.words}
    titles = ["2020: countries of destination", f"{UNLIKE} 2019: countries of exploitation", "2018 and 2019"]
    assert titles == [each for each in sorted(tops, key=lambda words: tops[words]) if "new" not in each]
    assert [] == sheet.faults


def test_a_country_says_its_name_list_and_sign(sheet: Sheet) -> None:
    said = {"2020: countries of destination: Germany", "2018 and 2019: + NL", "2018 and 2019: \u2212 IE"}
    assert said <= set(sheet.told)
    assert sum(len(each.lands) for each in LISTS.maps) == len(sheet.rects)
    # What is added is parted from the sides.
    assert 1 == len([line for line in sheet.stroked(THEME.colours["rule"]) if line[0][1] == line[1][1]])


NAMES = ("Germany", "United Kingdom", "Scandinavian countries", LONG)


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    counts = draw(st.lists(st.integers(1, 9), min_size=1, max_size=3))
    columns = tuple(str(2012 + n) for n in range(sum(counts)))
    places = st.tuples(st.integers(0, len(NAMES) - 1), st.integers(0, len(columns) - 1), st.booleans())
    dots = draw(st.lists(places, min_size=1, max_size=12, unique_by=lambda each: each[:2]))
    return Matrix(
        rows=NAMES,
        columns=columns,
        shades=(*[Shade.EARLIER] * (len(columns) - 1), Shade.NOW),
        groups=tuple(ColumnGroup(f"Kind {n}", count) for n, count in enumerate(counts)),
        dots=tuple(Dot(*each) for each in dots),
    )


@given(matrices())
@settings(max_examples=8, deadline=None)
def test_any_matrix_can_be_read_and_each_dot_says_who_is_named_where(plot: Matrix) -> None:
    kinds = [group.title for group in plot.groups for _ in range(group.count)]
    said = {f"{NAMES[dot.row]}: {kinds[dot.column]}, {plot.columns[dot.column]}" for dot in plot.dots}
    sheet = on_phone(plot)
    assert ([], said) == (sheet.faults, set(sheet.told))
    assert len(plot.dots) == sum(len(sheet.filled(THEME.colours[shade])) for shade in Shade)


def test_a_ring_says_that_the_country_is_a_main_one_also_on_a_wide_screen() -> None:
    assert "Germany: Target countries, 2018, main country" in on_phone(NAMED).told
    assert set(on_phone(NAMED).told) == set(on_desk(NAMED).told)


VALUES = st.one_of(st.none(), st.integers(0, 60), st.integers(0, 99999))


@st.composite
def slopes(draw: st.DrawFn) -> Slopes:
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


ENDS = st.one_of(st.none(), st.integers(2000, 2030).map(Decimal))


@given(st.lists(st.tuples(ENDS, ENDS), min_size=1, max_size=6))
@settings(max_examples=8, deadline=None)
def test_any_timeline_can_be_read_and_each_bar_says_its_plan(ends: list[tuple[Decimal | None, Decimal | None]]) -> None:
    spans = tuple(
        Span(LONG if n % 2 else f"Plan {n}", start, end, f"{start}\u2013{end}", n % 3 == 0)
        for n, (start, end) in enumerate(ends)
    )
    sheet = on_phone(Spans(spans, 2002, 2025, 2020))
    assert [] == sheet.faults
    assert {f"{span.label}: {span.text}" for span in spans} == set(sheet.told)


def test_the_last_plan_stands_above_and_says_what_it_says_on_a_wide_screen() -> None:
    at = {item.words: item.top for item in on_phone(PLANS).printed}
    assert at["Public Security Development Programme"] < at["Second action plan"] < at["2005–2008"]
    assert set(on_desk(PLANS).told) == set(on_phone(PLANS).told)


PARTS = st.one_of(st.none(), st.integers(0, 30), st.integers(0, 99999))


@given(st.lists(st.tuples(PARTS, PARTS), min_size=1, max_size=6))
@settings(max_examples=8, deadline=None)
def test_any_twins_can_be_read_and_each_side_says_its_part(values: list[tuple[int | None, int | None]]) -> None:
    names = [f"{LONG} {n}" for n in range(len(values))]
    rows = tuple(Twin(name, *bars(*each), "\u221299\u00a0998") for name, each in zip(names, values, strict=True))
    sheet = on_phone(Twins((f"2019: {LONG}", f"2020: {LONG}", "Change"), rows))
    said = {
        f"{year}: {LONG}; {row.label}: {bar.text}"
        for row in rows
        for year, bar in ((2019, row.before), (2020, row.after))
        if bar.value is not None
    }
    assert ([], said) == (sheet.faults, set(sheet.told))


def test_all_words_are_those_of_the_wide_drawing() -> None:
    assert sorted(on_desk(TWINS).words) == sorted(on_phone(TWINS).words)
    assert set(on_desk(TWINS).told) == set(on_phone(TWINS).told)
