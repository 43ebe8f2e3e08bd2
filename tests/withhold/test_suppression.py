"""Which counts to withhold besides: the cheapest ones, held against trying every set of them."""

from dataclasses import replace
from itertools import combinations, count, product

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.figures.withhold.bounds import bounds_of
from reporter.figures.withhold.cell_equations import CellKey, Count, System, Tie
from reporter.figures.withhold.decisions import DRAWS, controlled_rounding
from reporter.figures.withhold.primary_suppression import Lots
from reporter.figures.withhold.protection import protection_of
from tests.gauss import EXAMPLES
from tests.tabulated import SUM, cell, tables, total_of, victims


def withheld_besides(system, **options):
    return [key.address for key in protection_of(system, **options).keys]


def exposed(system, *, enough=5):
    return {each.key for each in bounds_of(system, enough=enough).exposed}


def changed(system, **changes):
    return replace(system, counts=tuple(replace(each, **changes.get(each.key.address, {})) for each in system.counts))


def test_a_share_goes_with_its_count_and_one_that_is_out_stays():
    base = changed(victims("children"), victims={"must_print": True})
    share = Tie("29 % are men", ((cell("men"), 100), (cell("victims"), -29)), -10, 10)
    assert ["women"] == withheld_besides(System(base.counts, (*base.ties, share)))
    share = replace(share, printed_with=(cell("men"),))
    assert ["men"] == withheld_besides(System(base.counts, (*base.ties, share)))


def test_a_hopeless_count_names_the_total_that_would_protect_it():
    system = changed(victims("children"), victims={"must_print": True}, men={"out": True}, women={"out": True})
    (hopeless,) = protection_of(system).hopeless
    assert ((cell("victims"),), {cell("men"), cell("women")}) == (hopeless.instead, set(hopeless.out))


def test_without_time_a_choice_protects_but_is_not_called_the_cheapest(monkeypatch):
    monkeypatch.setattr("reporter.figures.withhold.protection.thread_time", count(step=100).__next__)
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
    kept = {*others} - {*free}
    counts = (
        replace(
            each,
            withheld=each.key in primary,
            must_print=each.key in kept,
            weight=weights.get(each.key, 1),
            order=draw(st.integers(0, 3)),
        )
        for each in system.counts
    )
    return System(tuple(counts), system.ties)


def cost(system, keys):
    """What a set of further counts costs: its weight, then how many there are, then their order."""
    counts = [system.by_key[key] for key in keys]
    return sum(each.weight for each in counts), len(counts), sum(each.order for each in counts)


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


def test_what_contradicts_itself_is_protected_all_the_same():
    base = changed(victims("children"), victims={"must_print": True})
    wrong = Tie("a wrong total of men and women", ((cell("men"), 1), (cell("women"), 1)), 5, 5)
    system = System(base.counts, (*base.ties, wrong))
    proposal = protection_of(system)
    assert set() == exposed(system.withholding(proposal.keys)) - {each.key for each in proposal.hopeless}


def keys_of(system):
    return [each.key for each in system.counts]


def holds(system, values):
    totals = [(total_of(each.terms, values), each) for each in system.ties]
    return all(
        (each.least is None or each.least <= total) and (each.most is None or total <= each.most)
        for total, each in totals
    )


def test_a_part_stays_within_the_count_that_contains_it():
    base = victims(victims=14, men=13)
    part = Tie("the victims contain the men", ((cell("men"), 1), (cell("victims"), -1)), None, 0)
    nearest, within = (controlled_rounding(System(base.counts, ties), [cell("men")]) for ties in ((), (part,)))
    assert [15, 10] == [each.printed[cell("men")] for each in (nearest, within)]


def fewest_changed(system: System, lots: Lots, draw: int) -> int | None:
    """With how few of the lots turned round all sums hold."""
    values = {each.key: each.value for each in system.counts}
    inner = [key for key in values if "*" not in key.address]
    found = []
    for multiples in product(*({value - value % 5, value + -value % 5} for value in map(values.get, inner))):
        every = dict(zip(inner, multiples, strict=True))
        every |= {key: added(key, every) for key in values if key not in every}
        if all(abs(every[key] - values[key]) < 5 for key in values):
            found.append(changed_lots(values, every, lots, draw))
    return min(found, default=None)


def changed_lots(values, printed, lots: Lots, draw: int) -> int:
    drawn_up = {
        key: lots.number(f"round {draw}", key.address, key.year, 5) < value % 5 for key, value in values.items()
    }
    return sum(value % 5 > 0 and (printed[key] > value) != drawn_up[key] for key, value in values.items())


def added(place: CellKey, inner: dict[CellKey, int]) -> int:
    pairs = [(key, zip(key.address, place.address, strict=True)) for key in inner]
    return sum(inner[key] for key, pair in pairs if all(there in ("*", here) for here, there in pair))


@settings(max_examples=12, deadline=None)
@given(tables(((3,), (4,), (2, 2), (2, 3), (2, 2, 2))))
def test_the_rounded_table_keeps_as_many_lots_as_the_sums_allow(system):
    values = {each.key: each.value for each in system.counts}
    lots = Lots("seed")
    found = controlled_rounding(system, keys_of(system), lots=lots)
    assert (fewest_changed(system, lots, 0) is None) == (found is None)
    if found:
        # Where a draw told too much, there was another one.
        kept = [changed_lots(values, found.printed, lots, draw) for draw in range(DRAWS)]
        assert any(each == fewest_changed(system, lots, draw) for draw, each in enumerate(kept))
        assert holds(system, found.printed)
        for key, value in found.printed.items():
            assert abs(value - values[key]) < 5
            assert value == values[key] or values[key] % 5
        for each in found.bounds.limits:
            assert each.lowest <= values[each.key] <= each.highest
