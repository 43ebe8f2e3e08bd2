"""Years, editions or countries laid side by side. Plain values that say what may be compared, and why not."""

from reporter.comparison.named import Named, compare_named
from reporter.comparison.ranking import (
    MOST_SIDE_BY_SIDE,
    AlikeGroup,
    Outside,
    Placed,
    Ranked,
    is_ranked,
    printed_rate,
    rank_figure,
    rank_figures,
)
from reporter.comparison.rates import (
    INHABITANTS,
    Compared,
    Extremes,
    Mean,
    Rates,
    Record,
    compare_figures,
    counted_alike,
    inhabitants,
    rates,
    step_changes,
)
from reporter.comparison.sides import Manner, Side, Sides
