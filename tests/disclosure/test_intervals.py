"""What printed numbers say of their counts: exactly the counts that would be printed so."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from reporter.disclosure.bounds import bounds_of
from reporter.disclosure.intervals import Interval, change_ties, quotient_ties, rounded_half_up, sum_tie
from reporter.disclosure.system import Count, System
from tests.tabulated import cell, total_of

A, B, C = map(cell, "abc")


def printed(number, step="1"):
    """A number as the program prints it."""
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


def test_a_printed_share_betrays_a_withheld_count():
    counts = (Count(A, 34, withheld=True), Count(B, 50))
    (found,) = bounds_of(
        System(counts, quotient_ties("68 % of 50", ((A, 1),), ((B, 1),), rounded_half_up(Decimal(68)), times=100))
    ).limits
    assert (34, 34, ["68 % of 50"]) == (found.lowest, found.highest, sorted({each.name for each in found.ties}))
