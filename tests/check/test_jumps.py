"""Sums and jumps: what passes, what one changed number breaks, and what cannot be compared never jumps."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.check import check
from reporter.data.records import (
    Accepted,
    Confidentiality,
    CountryData,
    Dataset,
    EditionStatus,
    Flag,
    Observation,
    Qualifier,
    YearFile,
)
from tests.check.broken import counts, figure, invented

D, B = frozenset({Flag.DEFINITION_DIFFERS}), frozenset({Flag.BREAK})


def told(dataset: Dataset, rule: str, *figures: Observation, published: tuple[Accepted, ...] = ()) -> list[str]:
    country = replace(dataset.countries[0].country, provisions=())
    marks = {each.year: each.mark for each in figures}
    files = tuple(
        YearFile(year=year, status=EditionStatus.FINAL, source="", mark=marks[year]) for year in sorted(marks)
    )
    until = max(marks) if published else 0
    data = CountryData(country, files, figures, (), (), (), (), (), published, frozen_until=until)
    return [each.message for each in check(data, dataset) if each.code == rule]


def series(*values: int | None, code: str = "", **more: object) -> list[Observation]:
    known = [(year, n) for year, n in enumerate(values, 2000) if n is not None]
    return [figure("persons.convicted", n, year, code, **more) for year, n in known]


def jumps(dataset: Dataset, *values: int | None, **last: object) -> list[str]:
    figures = series(*values)
    figures[-1] = replace(figures[-1], **last)
    return [each.partition(" ")[2] for each in told(dataset, "jump", *figures)]


def slips(dataset: Dataset, *values: int | None, **last: object) -> list[str]:
    figures = series(*values)
    figures[-1] = replace(figures[-1], **last)
    return [each.partition(" is ")[2].partition(":")[0] for each in told(dataset, "tenfold", *figures)]


def test_a_jump_is_more_than_ten_and_more_than_half(ruritania: Dataset):
    assert jumps(ruritania, 20, 31) == ["rose from 20 in 2000 to 31 in 2001"]
    assert jumps(ruritania, 20, 30) == []
    assert jumps(ruritania, 30, 45) == []
    assert jumps(ruritania, 48, 14) == ["fell from 48 in 2000 to 14 in 2001"]
    # Ten times as many is asked about however few they are.
    assert jumps(ruritania, 1, 10) == ["rose from 1 in 2000 to 10 in 2001"]
    assert jumps(ruritania, 10, 1) == ["fell from 10 in 2000 to 1 in 2001"]
    assert jumps(ruritania, 1, 9) == jumps(ruritania, 0, 10) == []
    assert slips(ruritania, 1, 10, flags=B) == ["10 in 2001, 1 in 2000"]
    assert slips(ruritania, 10, None, 1) == ["1 in 2002, 10 in 2000"]
    # The usual range of five years.
    assert jumps(ruritania, 100, 102, 98, 101, 104, 125) == ["rose from 104 in 2004 to 125 in 2005"]
    assert jumps(ruritania, 102, 98, 104, 125) == []
    assert jumps(ruritania, 100, 102, 98, 101, 160, 148)[1:] == []


def test_nothing_jumps_across_a_break_a_definition_or_a_missing_year(ruritania: Dataset):
    assert jumps(ruritania, 20, 60, flags=B) == []
    assert jumps(ruritania, 20, 60, definition="other") == []
    assert jumps(ruritania, 20, 60, qualifier=Qualifier.AT_LEAST) == []
    assert jumps(ruritania, 20, None, 60) == []
    assert slips(ruritania, 14, 140, since="1999", until="2001") == []
    assert slips(ruritania, 14, 140, confidentiality=Confidentiality.CONFIDENTIAL) == []


def test_a_part_jumps_where_its_total_does_not(ruritania: Dataset):
    totals, men = series(100, 100, incomplete=("person",)), series(55, 5, code="men")
    expected = ["persons.convicted.men fell from 55 in 2000 to 5 in 2001"]
    assert expected == told(ruritania, "jump", *totals, *men)
    complete = told(ruritania, "jump", *series(100, 100), *men, *series(45, 95, code="women"))
    assert [f"{expected[0]}; persons.convicted.women rose from 45 to 95"] == complete

    both = told(ruritania, "jump", *series(60, 20), *series(40, 5, code="men"), *series(20, 15, code="women"))
    assert ["persons.convicted fell from 60 in 2000 to 20 in 2001; persons.convicted.men fell from 40 to 5"] == both


def test_years_of_definitions_without_a_name_are_asked_about_and_not_compared(ruritania: Dataset):
    message = "persons.convicted is 60 in 2001 and was 20 in 2000; the definitions are not named"
    assert [message] == told(ruritania, "jump", *series(20, 60, flags=D))
    assert [] == told(ruritania, "jump", *series(20, 30, flags=D))
    named = series(20, 60, flags=D, definition="final")
    assert ["persons.convicted rose from 20 in 2000 to 60 in 2001"] == told(ruritania, "jump", *named)


@pytest.mark.parametrize(
    "last", [{"definition": "final"}, {"qualifier": Qualifier.AT_LEAST}, {"flags": B | D}, {"doubtful": True}]
)
def test_a_digit_is_asked_about_whatever_keeps_a_value_from_being_compared(ruritania: Dataset, last: dict[str, object]):
    assert ["140 in 2001, 14 in 2000"] == [each.removeprefix("at least ") for each in slips(ruritania, 14, 140, **last)]


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
