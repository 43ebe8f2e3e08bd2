"""Figures that add up, contain or limit each other: what passes, and what one changed number breaks."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.model import Qualifier
from tests.check.broken import FORMS, counts, figure, invented


@settings(max_examples=15)
@given(st.lists(counts, min_size=1, max_size=4), st.data())
def test_parts_that_make_the_total_pass_and_one_changed_part_is_one_finding(ruritania, numbers, data):
    total = figure("investigations.opened", sum(numbers))
    breakdown = [figure("investigations.opened", n, code=code) for n, code in zip(numbers, FORMS, strict=False)]
    assert set() == invented(ruritania, total, *breakdown)
    place = data.draw(st.integers(0, len(numbers) - 1))
    value = data.draw(counts.filter(lambda n: n != numbers[place]))
    breakdown[place] = replace(breakdown[place], value=Decimal(value))
    assert len(invented(ruritania, total, *breakdown)) == 1


@settings(max_examples=15)
@given(st.lists(counts, min_size=1, max_size=4), st.integers(0, 50))
def test_a_remainder_is_allowed_only_where_parts_are_said_to_be_missing(ruritania, numbers, rest):
    total = figure("investigations.opened", sum(numbers) + rest, incomplete=("form",))
    breakdown = [figure("investigations.opened", n, code=code) for n, code in zip(numbers, FORMS, strict=False)]
    found = invented(ruritania, total, *breakdown)
    zeros = len(numbers) > 1 and not any(numbers) and rest
    assert ({("zero-or-missing", 2022)} if zeros else set()) == found
    breakdown[0] = replace(breakdown[0], value=Decimal(numbers[0] + rest + 1))
    assert len(invented(ruritania, total, *breakdown)) == 1


def test_a_table_that_was_rounded_with_its_sums_adds_nothing_up(ruritania):
    numbers = {"": 30, "sexual": 15, "labour": 10, "begging": 5}
    about = {
        code: figure("investigations.opened", n, code=code, qualifier=Qualifier.ABOUT) for code, n in numbers.items()
    }
    assert set() == invented(ruritania, *about.values())
    about[""] = replace(about[""], value=Decimal(35))
    assert {("bound-in-sum", 2022)} == invented(ruritania, *about.values())


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
