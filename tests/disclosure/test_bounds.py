"""What readers can work out of withheld counts and printed numbers: held against trying every completion."""

import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings

from reporter.disclosure.bounds import bounds_of
from reporter.disclosure.deciding import Interval, change_ties, quotient_ties, rounded_half_up, sum_tie
from reporter.disclosure.solver import Between, Ending, Program, Solution
from reporter.disclosure.system import Count, System, Tie
from tests.tabulated import cell, completions, puzzling_tables, total_of, victims


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
    found = limits(victims("children", "men"), telling=False)
    told = {key: (each.is_protected, each.is_open) for key, each in found.items()}
    assert {"children": (False, True), "men": (False, True)} == told


def is_exposed(key, system, ties):
    found = bounds_of(System(system.counts, tuple(ties)), telling=False)
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


A, B, C = map(cell, "abc")


def printed(number, step="1"):
    return number.quantize(Decimal(step), ROUND_HALF_UP)


def all_hold(ties, values):
    totals = [(total_of(each.terms, values), each) for each in ties]
    return all(
        (each.least is None or each.least <= total) and (each.most is None or total <= each.most)
        for total, each in totals
    )


@pytest.mark.parametrize("step", ["1", "0.1"])
def test_a_percentage_leaves_exactly_the_counts_that_print_it(step):
    pairs = [(part, whole) for whole in range(1, 31) for part in range(whole + 1)]
    for part, whole in [(0, 7), (1, 8), (1, 3), (2, 3), (17, 25), (30, 30), (1, 200)]:
        shown = printed(Decimal(100 * part) / whole, step)
        ties = quotient_ties("share", ((A, 1),), ((B, 1),), rounded_half_up(shown), times=100)
        alike = {pair for pair in pairs if printed(Decimal(100 * pair[0]) / pair[1], step) == shown}
        assert alike == {pair for pair in pairs if all_hold(ties, {A: pair[0], B: pair[1]})}
        assert not all_hold(ties, {A: 0, B: 0})


@pytest.mark.parametrize("shown", ["-50", "-13", "0", "13", "50", "-12.5"])
def test_a_change_leaves_exactly_the_counts_that_print_it(shown):
    step = Decimal(1).scaleb(Decimal(shown).as_tuple().exponent)
    ties = change_ties("change", A, B, rounded_half_up(Decimal(shown)))
    pairs = [(before, now) for before in range(1, 41) for now in range(41)]
    alike = {pair for pair in pairs if printed(Decimal(100 * (pair[1] - pair[0])) / pair[0], step) == Decimal(shown)}
    assert alike
    assert alike == {pair for pair in pairs if all_hold(ties, {A: pair[0], B: pair[1]})}


def test_a_mean_leaves_exactly_the_sums_that_print_it():
    ties = quotient_ties("mean of three years", ((A, 1), (B, 1), (C, 1)), 3, rounded_half_up(Decimal("4.3")))
    sums = [total for total in range(30) if all_hold(ties, {A: total, B: 0, C: 0})]
    assert [13] == sums == [total for total in range(30) if printed(Decimal(total) / 3, "0.1") == Decimal("4.3")]


def test_at_least_has_one_end_and_over_does_not_reach_it():
    least = sum_tie("at least", ((A, 1),), Interval(10))
    over = sum_tie("over", ((A, 1),), Interval(10, open_least=True))
    under = sum_tie("under", ((A, 1),), Interval(most=10, open_most=True))
    assert (10, None) == (least.least, least.most)
    assert (11, None, None, 9) == (over.least, over.most, under.least, under.most)


# Twice one column and twice another make three or four: no whole numbers do below four.
TWICE = (Between(((0, 2), (1, 2)), 3, 4),)


def test_how_a_search_ended_is_told():
    assert Ending.NONE is Program(((0, 0), (0, 0)), TWICE).least({0: 1}).ending
    assert Ending.NO_END is Program(((0, None),), ()).least({0: -1}).ending
    assert Ending.FOUND is Program((), ()).least({}).ending


def test_the_solver_says_nothing_on_the_screen():
    """In a process of its own: it tells its name once in each."""
    script = "from reporter.disclosure.solver import Program; print(Program(((2, 3),), ()).least({0: 1}).cost)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert ("2.0\n", "") == (told.stdout, told.stderr)
