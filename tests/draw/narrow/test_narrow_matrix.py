"""Who was named when, for a phone: lists of one kind in a part of their own, the latest first."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.document.plot import ColumnGroup, Dot, Matrix, Shade
from tests.draw.plots import LONG, NAMED, THEME, YEARS, on_desk, on_phone

NAMES = ("Germany", "United Kingdom", "Scandinavian countries", LONG)


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    """Who was named when, in some kinds of lists."""
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


def test_the_latest_list_comes_first_and_every_kind_names_only_its_own() -> None:
    words = on_phone(NAMED).words
    assert ["Countries of exploitation", "2020", "Germany", "Target countries", "2019", "2018"] == words[:6]
    assert ["Germany", "United Kingdom"] == words[6:]


def test_more_years_than_fit_go_on_below_under_the_title_of_their_kind() -> None:
    dots = tuple(Dot(0, n) for n in range(len(YEARS)))
    group = (ColumnGroup("Target countries", len(YEARS)),)
    plot = replace(NAMED, columns=YEARS, shades=(Shade.EARLIER,) * len(YEARS), groups=group, dots=dots)
    words = on_phone(plot).words
    assert list(YEARS[::-1]) == [each for each in words if each.isdigit()]
    assert words.count("Target countries") == words.count("Germany") == 2


def test_a_ring_says_that_the_country_is_a_main_one() -> None:
    assert "Germany: Target countries, 2018, main country" in on_phone(NAMED).told


def test_the_wide_drawing_says_the_same_of_its_dots() -> None:
    assert set(on_phone(NAMED).told) == set(on_desk(NAMED).told)
