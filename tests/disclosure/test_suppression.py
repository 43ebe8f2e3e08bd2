"""Which counts to withhold besides: the cheapest ones, held against trying every set of them."""

from dataclasses import replace
from itertools import combinations, count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.disclosure.bounds import bounds_of
from reporter.disclosure.suppression import protection_of
from reporter.disclosure.system import CellKey, Count, System, Tie, total_tie
from tests.gauss import EXAMPLES, INTERVALS, by_value
from tests.tabulated import SUM, cell, tables, victims

PERSONS = ("women", "men", "children")


def withheld_besides(system, **options):
    return [key.address for key in protection_of(system, **options).keys]


def exposed(system, *, enough=5):
    return {each.key for each in bounds_of(system, enough=enough, telling=False).exposed}


def changed(system, **changes):
    """Some counts of a system otherwise, by address."""
    return replace(system, counts=tuple(replace(each, **changes.get(each.key.address, {})) for each in system.counts))


def over_years(figures, *withheld, **changes):
    """The victims by person of some years, whose total must be printed."""
    counts, ties = [], []
    for year, values in figures.items():
        keys = {name: CellKey(name, year) for name in ("victims", *PERSONS)}
        for name, value in zip(keys, (sum(values), *values), strict=True):
            change = changes.get(f"{name}_{year}", {})
            is_withheld = (name, year) in withheld
            counts.append(Count(keys[name], value, withheld=is_withheld, kept=name == "victims", **change))
        ties.append(total_tie(f"victims of {year}", keys["victims"], [keys[name] for name in PERSONS]))
    return System(tuple(counts), tuple(ties))


def places(system):
    return [tuple(key)[:2] for key in protection_of(system).keys]


def test_what_weighs_more_is_withheld_later():
    system = changed(victims("children"), victims={"kept": True}, men={"weight": 2})
    assert ["women"] == withheld_besides(system)


def test_a_share_goes_with_its_count_and_one_that_is_out_stays():
    base = changed(victims("children"), victims={"kept": True})
    share = Tie("29 % are men", ((cell("men"), 100), (cell("victims"), -29)), -10, 10)
    assert ["women"] == withheld_besides(System(base.counts, (*base.ties, share)))
    share = replace(share, printed_with=(cell("men"),))
    assert ["men"] == withheld_besides(System(base.counts, (*base.ties, share)))


def test_the_address_that_another_year_withholds_comes_first():
    figures = {2019: (9, 8, 1), 2020: (9, 7, 2)}
    children = ("children", 2019), ("children", 2020)
    assert [("men", 2019), ("men", 2020)] == places(over_years(figures, *children))
    one_way = over_years(figures, *children, men_2019={"out": True})
    assert [("women", 2019), ("women", 2020)] == places(one_way)


def test_a_year_without_a_choice_decides_for_an_earlier_one():
    figures = {2019: (9, 8, 1), 2020: (7, 9, 2), 2021: (20, 2, 1)}
    system = over_years(figures, *(("children", year) for year in figures))
    assert [("women", year) for year in figures] == places(system)


def test_a_count_whose_total_and_other_parts_are_out_is_hopeless():
    system = changed(victims("children"), victims={"out": True}, men={"out": True}, women={"out": True})
    proposal = protection_of(system)
    (hopeless,) = proposal.hopeless
    assert ((), cell("children"), ()) == (proposal.keys, hopeless.key, hopeless.instead)
    assert set(map(cell, ("victims", "men", "women"))) == set(hopeless.out)


def test_a_hopeless_count_names_the_total_that_would_protect_it():
    system = changed(victims("children"), victims={"kept": True}, men={"out": True}, women={"out": True})
    (hopeless,) = protection_of(system).hopeless
    assert ((cell("victims"),), {cell("men"), cell("women")}) == (hopeless.instead, set(hopeless.out))


def test_without_time_a_choice_protects_but_is_not_called_the_cheapest(monkeypatch):
    monkeypatch.setattr("reporter.disclosure.choosing.thread_time", count(step=100).__next__)
    system = EXAMPLES["by union"].system
    proposal = protection_of(system)
    assert (set(), False) == (exposed(system.withholding(proposal.keys)), proposal.is_cheapest)
    for key in proposal.keys:
        assert exposed(system.withholding(set(proposal.keys) - {key}))


def test_a_gap_that_real_numbers_do_not_see_is_closed():
    """Of 0 to 12, only every fourth value is possible, until the rest that completes it is withheld."""
    fourfold = Tie("four times and a rest", ((cell("all"), 1), (cell("groups"), -4), (cell("rest"), -1)), 0, 0)
    most = Tie("the most", ((cell("all"), 1),), None, 12)
    counts = (Count(cell("all"), 4, withheld=True), Count(cell("groups")), Count(cell("rest"), 0))
    system = System(counts, (fourfold, most))
    assert {cell("all")} == exposed(system)
    assert ["rest"] == withheld_besides(system)


@st.composite
def to_protect(draw):
    """A table with one or two small counts to withhold, and at most six that could be withheld besides."""
    system = draw(tables(((3,), (4,), (2, 2), (2, 3))))
    keys = [each.key for each in system.counts]
    inner = [key for key in keys if SUM not in key.address]
    primary = draw(st.lists(st.sampled_from(inner), min_size=1, max_size=2, unique=True))
    others = [key for key in keys if key not in primary]
    free = draw(st.lists(st.sampled_from(others), min_size=1, max_size=6, unique=True))
    weights = {key: draw(st.integers(1, 3)) for key in others}
    return System(
        tuple(
            replace(
                each,
                withheld=each.key in primary,
                kept=each.key in others and each.key not in free,
                weight=weights.get(each.key, 1),
            )
            for each in system.counts
        ),
        system.ties,
    )


def cost(system, keys):
    """What a set of further counts costs: its weight, then how many there are, then their value."""
    counts = [system.by_key[key] for key in keys]
    return sum(each.weight for each in counts), len(counts), sum(each.value for each in counts)


@settings(max_examples=10, deadline=None)
@given(to_protect(), st.sampled_from((3, 5)))
def test_the_further_counts_are_the_cheapest_of_all_that_protect(system, enough):
    free = [each.key for each in system.counts if each.can_be_withheld]
    every = [some for size in range(len(free) + 1) for some in combinations(free, size)]
    protecting = [cost(system, some) for some in every if not exposed(system.withholding(some), enough=enough)]
    proposal = protection_of(system, enough=enough)
    assert bool(protecting) == (not proposal.hopeless)
    if protecting:
        assert min(protecting) == cost(system, proposal.keys)
        assert proposal.is_cheapest


@settings(max_examples=6, deadline=None)
@given(tables(((4,), (2, 2), (2, 3), (3, 3))))
def test_every_proposal_passes_the_audit_but_for_what_is_hopeless(system):
    system = replace(system, counts=tuple(replace(each, withheld=0 < (each.value or 0) < 5) for each in system.counts))
    proposal = protection_of(system)
    assert {each.key for each in proposal.hopeless} == exposed(system.withholding(proposal.keys))
    for further in proposal.further:
        assert further.protects


@pytest.mark.parametrize(("name", "weighed"), [(name, name == "z1") for name in EXAMPLES if name != "z2"])
def test_published_examples_cost_no_more_than_there(name, weighed):
    """GaussSuppression promises that no count follows exactly: at least two values, in our terms."""
    example = EXAMPLES[name]
    system = by_value(example.system) if weighed else example.system
    assert set() == exposed(system.withholding(example.secondary), enough=2)
    proposal = protection_of(system, enough=2)
    assert ((), True) == (proposal.hopeless, proposal.is_cheapest)
    assert set() == exposed(system.withholding(proposal.keys), enough=2)
    assert cost(system, proposal.keys)[0] <= cost(system, example.secondary)[0]


def test_a_published_example_has_the_intervals_that_are_published():
    found = {each.key.address: each for each in bounds_of(INTERVALS.system.withholding(INTERVALS.secondary)).limits}
    assert [(0, 13), (0, 12)] == [
        (found[name].lowest, found[name].highest) for name in ("young.Iceland", "young.Portugal")
    ]
    first = INTERVALS.system.withholding([key for key in INTERVALS.secondary if not key.address.endswith("Spain")])
    assert {(0, 4)} == {
        (each.lowest, each.highest)
        for each in bounds_of(first).limits
        if each.key.address in ("young.Iceland", "young.Portugal")
    }


def test_what_contradicts_itself_is_protected_all_the_same():
    base = changed(victims("children"), victims={"kept": True})
    wrong = Tie("a wrong total of men and women", ((cell("men"), 1), (cell("women"), 1)), 5, 5)
    system = System(base.counts, (*base.ties, wrong))
    proposal = protection_of(system)
    assert set() == exposed(system.withholding(proposal.keys)) - {each.key for each in proposal.hopeless}
