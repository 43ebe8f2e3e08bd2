"""Drawings for a phone: all can be read, and every mark says what it shows."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.report.document.plot import ColumnGroup, Crowd, Dot, Matrix, PersonGroup, Shade, Span, Spans
from tests.svg.plots import LONG, NAMED, PEOPLE, PLANS, THEME, on_desk, on_phone

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


def test_a_plan_says_what_it_says_on_a_wide_screen() -> None:
    assert set(on_desk(PLANS).told) == set(on_phone(PLANS).told)
