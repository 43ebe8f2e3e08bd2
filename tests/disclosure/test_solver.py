"""Linear programs in whole and in real numbers."""

import subprocess
import sys

from reporter.disclosure.solver import Between, Ending, Program

# Twice one column and twice another make three or four: no whole numbers do below four.
TWICE = (Between(((0, 2), (1, 2)), 3, 4),)


def test_real_numbers_find_what_whole_numbers_do_not():
    spans = ((0, None), (0, None))
    assert 1.5 == Program(spans, TWICE).least({0: 1, 1: 1}).cost
    assert 2.0 == Program(spans, TWICE, whole=(0, 1)).least({0: 1, 1: 1}).cost


def test_another_span_holds_for_one_search_only():
    program = Program(((0, 2), (0, 2)), TWICE)
    assert [2.0, 0.0] == [program.least({0: 1}, {0: (2, 2)}).cost, program.least({0: 1}).cost]
    assert -2.0 == program.least({0: -1}).cost


def test_how_a_search_ended_is_told():
    assert Ending.NONE is Program(((0, 0), (0, 0)), TWICE).least({0: 1}).ending
    assert Ending.NO_END is Program(((0, None),), ()).least({0: -1}).ending
    assert Ending.FOUND is Program((), ()).least({}).ending


def test_the_solver_says_nothing_on_the_screen():
    """In a process of its own: it tells its name once in each."""
    script = "from reporter.disclosure.solver import Program; print(Program(((2, 3),), ()).least({0: 1}).cost)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert ("2.0\n", "") == (told.stdout, told.stderr)
