"""The process for what takes long: what comes back from it, in which order, and what happens when it dies."""

import os
from collections.abc import Iterator
from operator import add
from threading import Event
from time import sleep

import pytest

from reporter.edition.compared_jobs import compared_years
from reporter.errors import WordedError
from reporter.files.sources import NO_SOURCES
from reporter.web import workshop as room
from reporter.web.desk import FAULT
from reporter.web.workshop import Task, Workshop

LONG = 60.0


@pytest.fixture(scope="module")
def shared() -> Iterator[Workshop]:
    workshop = Workshop(3)
    workshop.open()
    yield workshop
    workshop.close()


def sum_of(name: str, *numbers: int, thing: str = "") -> Task:
    return Task(thing or name, name, add, numbers)


def test_what_is_made_comes_back_and_is_not_made_again(shared: Workshop) -> None:
    assert 3 == shared.wait(sum_of("three", 1, 2), LONG).made
    # By its digest, whatever it says that it would be.
    assert 3 == shared.ask(sum_of("three", 5, 5)).made


def test_a_problem_comes_back_with_its_words(shared: Workshop) -> None:
    problem = shared.wait(Task("x", "no year", compared_years, (NO_SOURCES, "XX", [2020])), LONG).problem
    assert isinstance(problem, WordedError)
    assert ("only {year} is named: a comparison needs two", 2020) == (problem.words, problem.values["year"])


def test_a_fault_is_told_and_the_next_task_is_done(shared: Workshop) -> None:
    assert FAULT == shared.wait(Task("x", "fault", add, (1, "2")), LONG).problem.message
    assert 9 == shared.wait(sum_of("nine", 4, 5), LONG).made


def test_a_process_that_dies_is_told_and_started_again(shared: Workshop) -> None:
    assert FAULT == shared.wait(Task("x", "death", os._exit, (1,)), LONG).problem.message
    assert 11 == shared.wait(sum_of("eleven", 5, 6), LONG).made


def test_what_failed_is_tried_again_after_a_while(shared: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shared.wait(Task("x", "tried", add, (1, "2")), LONG).problem
    assert shared.ask(sum_of("tried", 1, 2)).problem
    monkeypatch.setattr(room, "FORGIVEN", -1.0)
    assert shared.ask(sum_of("tried", 1, 2)) is None


def test_only_so_much_is_kept(shared: Workshop) -> None:
    for number in range(4):
        assert number == shared.wait(sum_of(f"kept {number}", number, 0), LONG).made
    assert (None, 3) == (shared.ask(sum_of("kept 0", 0, 0)), shared.ask(sum_of("kept 3", 3, 0)).made)


def test_the_newest_is_made_first_and_of_one_thing_nothing_older() -> None:
    workshop, told = Workshop(9), list[list[str]]()
    tasks = {each.digest: each for each in (sum_of("old", 1, 1, thing="page"), sum_of("between", 3, 3))}
    tasks |= {"new": sum_of("new", 2, 2, thing="page")}
    workshop.listen(lambda: told.append([each for each in tasks if not workshop.is_due(each)]))
    for each in tasks.values():
        assert workshop.ask(each) is None
    workshop.open()
    try:
        assert 6 == workshop.wait(tasks["between"], LONG).made
        assert 4 == workshop.wait(tasks["new"], LONG).made
    finally:
        workshop.close()
    assert ["old", "new"] == told[0]
    assert ["old", "between", "new"] == told[1]


def test_it_ends_at_once_and_a_thread_that_waits_goes_on() -> None:
    workshop, told = Workshop(1), Event()
    workshop.listen(told.set)
    workshop.open()
    task = Task("long", "long", sleep, (300.0,))
    workshop.ask(task)
    workshop.close()
    assert told.is_set()
    assert workshop.wait(task, LONG) is None
