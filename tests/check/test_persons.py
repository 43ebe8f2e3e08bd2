"""Girls and boys are children, women and men adults."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.check.broken import counts, figure, invented


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
