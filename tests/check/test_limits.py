"""Figures that limit each other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.check.broken import counts, figure, invented


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
