"""A timeline for a phone: each name above its bar, the latest first."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.document.plot import Span, Spans
from tests.draw.plots import LONG, PLANS, on_desk, on_phone

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
