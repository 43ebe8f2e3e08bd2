"""What a page may take: steps, characters, the processor's time."""

import pytest

from reporter.render.step_limits import Budget, OverLimitError, begin, bounded, counted, step


def test_steps_that_are_taken_are_counted() -> None:
    budget = Budget(steps=10)
    budget.step(7)
    assert 7 == budget.taken
    with pytest.raises(OverLimitError, match="more than 10 steps"):
        budget.step(4)


def test_characters_that_are_written_are_counted() -> None:
    budget = Budget(written=10)
    budget.write(10)
    with pytest.raises(OverLimitError, match="writes more than 10 characters"):
        budget.write(1)


def test_a_page_that_takes_too_long_stops() -> None:
    budget = Budget(seconds=-1)
    with pytest.raises(OverLimitError, match="longer than -1 seconds"):
        budget.step(1000)


def test_a_list_is_counted_before_its_loop_and_others_within() -> None:
    budget = Budget()
    begin(budget)
    assert [1, 2] == counted([1, 2])
    assert 3 == budget.taken
    assert [1, 2] == list(counted(iter([1, 2]), 5))
    assert 13 == budget.taken


def test_what_a_list_holds_is_counted_as_often_as_it_stands_there() -> None:
    budget = Budget()
    begin(budget)
    shared = ["a"] * 10
    bounded([shared, shared])
    assert 22 == budget.taken


def test_a_new_page_begins_anew() -> None:
    for _ in range(2):
        begin(Budget(steps=10))
        step(9)
