"""What readers can work out of withheld counts and printed numbers: held against trying every completion."""

import subprocess
import sys

from hypothesis import given, settings

from reporter.figures.withhold.bounds import bounds_of
from reporter.figures.withhold.cell_equations import Count, System, Tie
from reporter.figures.withhold.solver import Between, Ending, Program, Solution
from tests.tabulated import cell, completions, puzzling_tables, victims


def limits(system, **options):
    return {each.key.address: each for each in bounds_of(system, **options).limits}


def test_a_wide_range_with_few_possible_values_is_no_protection():
    even = Tie("as many women as men", ((cell("children"), 1), (cell("men"), -4)), 0, 0)
    system = System(
        (Count(cell("children"), 4, highest=12, withheld=True), Count(cell("men"), 1, withheld=True)), (even,)
    )
    found = limits(system)["children"]
    assert (0, 12, (0, 4, 8, 12), False) == (found.lowest, found.highest, found.values, found.is_protected)


def test_of_equations_that_contradict_each_other_readers_believe_each():
    children = ((cell("children"), 1),)
    ties = (Tie("one page", children, 1, 1), Tie("another page", children, 3, 3), Tie("a third", children, 0, 90))
    found = bounds_of(System((Count(cell("children"), 1, withheld=True),), ties))
    assert ["one page", "another page"] == [each.name for each in found.contradictory]
    told = [(each.lowest, each.highest, [tie.name for tie in each.ties]) for each in found.exposed]
    assert [(1, 1, ["one page"])] == told


def test_where_the_solver_is_stopped_a_count_is_not_called_safe(monkeypatch):
    monkeypatch.setattr(Program, "least", lambda *_, **__: Solution(Ending.STOPPED))
    found = limits(victims("children", "men"))
    told = {key: (each.is_protected, each.is_open) for key, each in found.items()}
    assert {"children": (False, True), "men": (False, True)} == told


def is_exposed(key, system, ties):
    found = bounds_of(System(system.counts, tuple(ties)))
    return key in [each.key for each in found.exposed]


@settings(max_examples=20, deadline=None)
@given(puzzling_tables())
def test_every_limit_is_that_of_all_completions(system):
    every = completions(system)
    for found in bounds_of(system).limits:
        values = sorted({each[found.key] for each in every})
        assert (values[0], values[-1]) == (found.lowest, found.highest)
        assert (len(values) >= 5) == found.is_protected
        assert set(found.values) <= set(values)
        assert min(len(values), 5) == len(found.values)


@settings(max_examples=10, deadline=None)
@given(puzzling_tables())
def test_the_equations_that_betray_a_count_do_so_and_none_can_be_spared(system):
    for found in bounds_of(system).exposed:
        assert is_exposed(found.key, system, found.ties)
        less = [[each for each in found.ties if each is not left] for left in found.ties]
        assert not any(is_exposed(found.key, system, ties) for ties in less)


# Twice one column and twice another make three or four: no whole numbers do below four.
TWICE = (Between(((0, 2), (1, 2)), 3, 4),)


def test_how_a_search_ended_is_told():
    assert Ending.NONE is Program(((0, 0), (0, 0)), TWICE).least({0: 1}).ending
    assert Ending.NO_END is Program(((0, None),), ()).least({0: -1}).ending
    assert Ending.FOUND is Program((), ()).least({}).ending


def test_the_solver_says_nothing_on_the_screen():
    """In a process of its own: it tells its name once in each."""
    script = "from reporter.figures.withhold.solver import Program; print(Program(((2, 3),), ()).least({0: 1}).cost)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert ("2.0\n", "") == (told.stdout, told.stderr)
