"""Figures that add up, contain or limit each other: what passes, and what one changed number breaks."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.check.broken import counts, figure, invented


@settings(max_examples=15)
@given(counts, counts, counts, counts, st.integers(1, 50))
def test_children_are_girls_and_boys_and_adults_women_and_men(ruritania, women, men, girls, boys, more):
    numbers = {
        "adults": women + men,
        "women": women,
        "men": men,
        "children": girls + boys,
        "girls": girls,
        "boys": boys,
    }
    total = figure("victims.identified", women + men + girls + boys)
    parts = {code: figure("victims.identified", n, code=code) for code, n in numbers.items()}
    assert set() == invented(ruritania, total, *parts.values())
    parts["girls"] = replace(parts["girls"], value=Decimal(girls + more))
    assert len(invented(ruritania, total, *parts.values())) == 1


@settings(max_examples=15)
@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=6), st.data())
def test_nothing_is_carried_over_that_was_not_there(ruritania, numbers, data):
    conducted = 0
    figures, carried = {}, {}
    for year, (opened, over) in enumerate(numbers, 2000):
        carried[year] = min(over, conducted) if figures else over
        conducted, before = opened + carried[year], conducted
        figures["o", year] = figure("investigations.opened", opened, year)
        figures["c", year] = figure("investigations.conducted", conducted, year)
        spare = before - carried[year]
    assert set() == invented(ruritania, *figures.values()) - {("repeated-value", year) for year in carried}
    last = figures["c", year]
    figures["c", year] = replace(last, value=last.value + spare + data.draw(st.integers(1, 50)))
    assert {("stock-flow", year)} == invented(ruritania, *figures.values())
