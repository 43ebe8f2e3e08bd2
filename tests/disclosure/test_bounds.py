"""What readers can work out of withheld counts: held against trying every completion."""

from hypothesis import given, settings

from reporter.disclosure.bounds import bounds_of
from reporter.disclosure.solver import Ending, Program, Solution
from reporter.disclosure.system import CellKey, Count, System, Tie
from tests.tabulated import cell, completions, puzzling_tables, victims


def limits(system, **options):
    return {each.key.address: each for each in bounds_of(system, **options).limits}


def test_a_single_withheld_part_follows_from_its_total():
    found = limits(victims("children"))["children"]
    assert (1, 1, (1,), False) == (found.lowest, found.highest, found.values, found.is_protected)
    assert ["victims and its parts by person"] == [each.name for each in found.ties]


def test_a_count_that_nothing_ties_has_no_end():
    found = limits(System((Count(cell("children"), 1, withheld=True),), ()))["children"]
    assert (0, None, (0, 1, 2, 3, 4), True) == (found.lowest, found.highest, found.values, found.is_protected)


def test_what_readers_take_for_granted_betrays_too():
    found = limits(System((Count(cell("children"), 1, lowest=1, highest=4, withheld=True),), ()))["children"]
    assert (1, 4, False) == (found.lowest, found.highest, found.is_protected)
    assert ["the range of children"] == [each.name for each in found.ties]


def test_a_wide_range_with_few_possible_values_is_no_protection():
    even = Tie("as many women as men", ((cell("children"), 1), (cell("men"), -4)), 0, 0)
    system = System(
        (Count(cell("children"), 4, highest=12, withheld=True), Count(cell("men"), 1, withheld=True)), (even,)
    )
    found = limits(system)["children"]
    assert (0, 12, (0, 4, 8, 12), False) == (found.lowest, found.highest, found.values, found.is_protected)


def test_an_earlier_version_of_a_count_betrays_the_later_one():
    now, before = CellKey("children", 2020), CellKey("children", 2020, "the edition of 2020")
    same = Tie("children of 2020 in two editions", ((now, 1), (before, -1)), 0, 0)
    system = System((Count(now, 1, withheld=True), Count(before, 1, out=True)), (same,))
    found = limits(system)["children"]
    assert (1, 1, (same,)) == (found.lowest, found.highest, found.ties)


def test_only_the_equations_without_which_it_does_not_follow_betray_a_count():
    base = victims("children", "men", "women")
    more = [Tie("women", ((cell("women"), 1),), 16, 16), Tie("men", ((cell("men"), 1),), 7, 7)]
    beside = [Tie("some women", ((cell("women"), 1),), 3, None)]
    found = limits(System(base.counts, (*beside, *base.ties, *more)))["children"]
    assert ["victims and its parts by person", "women", "men"] == [each.name for each in found.ties]


def test_of_equations_that_contradict_each_other_readers_believe_each():
    children = ((cell("children"), 1),)
    ties = (Tie("one page", children, 1, 1), Tie("another page", children, 3, 3), Tie("a third", children, 0, 90))
    found = bounds_of(System((Count(cell("children"), 1, withheld=True),), ties))
    assert ["one page", "another page"] == [each.name for each in found.contradictory]
    assert [(1, 1, ["one page"])] == [
        (each.lowest, each.highest, [tie.name for tie in each.ties]) for each in found.exposed
    ]


def test_where_the_solver_is_stopped_a_count_is_not_called_safe(monkeypatch):
    monkeypatch.setattr(Program, "least", lambda *_, **__: Solution(Ending.STOPPED))
    found = limits(victims("children", "men"), telling=False)
    assert {"children": (False, True), "men": (False, True)} == {
        key: (each.is_protected, each.is_open) for key, each in found.items()
    }


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
