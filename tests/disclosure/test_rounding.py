"""Tables whose counts are multiples of five: held against trying both multiples of every count."""

from itertools import product

from hypothesis import given, settings

from reporter.disclosure.rounding import controlled_rounding
from reporter.disclosure.system import CellKey, System, Tie
from tests.gauss import EXAMPLES
from tests.tabulated import cell, tables, total_of, victims


def keys_of(system):
    return [each.key for each in system.counts]


def holds(system, values):
    totals = [(total_of(each.terms, values), each) for each in system.ties]
    return all(
        (each.least is None or each.least <= total) and (each.most is None or total <= each.most)
        for total, each in totals
    )


def test_the_victims_of_a_year_become_multiples_of_five():
    found = controlled_rounding(victims(), keys_of(victims()))
    assert {"victims": 25, "women": 15, "men": 10, "children": 0} == {
        key.address: value for key, value in found.printed.items()
    }
    assert (6, True) == (found.distance, found.protects)


def test_an_exact_total_that_is_a_multiple_is_held_by_its_parts():
    system = victims(victims=25, men=8)
    found = controlled_rounding(system, [cell(name) for name in ("women", "men", "children")])
    assert 25 == sum(found.printed.values())
    assert found.protects


def test_a_part_stays_within_the_count_that_contains_it():
    base = victims(victims=14, men=13)
    part = Tie("the victims contain the men", ((cell("men"), 1), (cell("victims"), -1)), None, 0)
    nearest, within = (controlled_rounding(System(base.counts, ties), [cell("men")]) for ties in ((), (part,)))
    assert [15, 10] == [each.printed[cell("men")] for each in (nearest, within)]


def test_another_base_is_possible():
    found = controlled_rounding(victims(), keys_of(victims()), base=3)
    assert {0} == {value % 3 for value in found.printed.values()}
    assert holds(victims(), found.printed)


def test_published_examples_are_rounded_with_all_sums():
    for example in EXAMPLES.values():
        found = controlled_rounding(example.system, keys_of(example.system))
        assert holds(example.system, found.printed)
        assert {0} == {value % 5 for value in found.printed.values()}


def nearest(system: System) -> int | None:
    """The least distance of all tables of multiples whose sums hold: by trying."""
    values = {each.key: each.value for each in system.counts}
    inner = [key for key in values if "*" not in key.address]
    distances = []
    for multiples in product(*({value - value % 5, value + -value % 5} for value in map(values.get, inner))):
        every = dict(zip(inner, multiples, strict=True))
        every |= {key: added(key, every) for key in values if key not in every}
        if all(abs(every[key] - values[key]) < 5 for key in values):
            distances.append(sum(abs(every[key] - values[key]) for key in values))
    return min(distances, default=None)


def added(place: CellKey, inner: dict[CellKey, int]) -> int:
    pairs = [(key, zip(key.address, place.address, strict=True)) for key in inner]
    return sum(inner[key] for key, pair in pairs if all(there in ("*", here) for here, there in pair))


@settings(max_examples=12, deadline=None)
@given(tables(((3,), (4,), (2, 2), (2, 3), (2, 2, 2))))
def test_the_rounded_table_is_the_nearest_of_all(system):
    values = {each.key: each.value for each in system.counts}
    found = controlled_rounding(system, keys_of(system))
    best = nearest(system)
    assert (best is None) == (found is None)
    if found:
        assert best == found.distance
        assert holds(system, found.printed)
        for key, value in found.printed.items():
            assert abs(value - values[key]) < 5
            assert value == values[key] or values[key] % 5
        for each in found.bounds.limits:
            assert each.lowest <= values[each.key] <= each.highest
