"""Years, editions or countries laid side by side.

Plain values that say what may be compared, and why not.
"""

from reporter.comparison.figures import Compared, Extremes, Mean, Record, compare_figures, counted_alike, step_changes
from reporter.comparison.named import Named, compare_named
from reporter.comparison.rates import INHABITANTS, Rates, inhabitants, rates
from reporter.comparison.sides import Manner, Side, Sides

__all__ = [
    "INHABITANTS",
    "Compared",
    "Extremes",
    "Manner",
    "Mean",
    "Named",
    "Rates",
    "Record",
    "Side",
    "Sides",
    "compare_figures",
    "compare_named",
    "counted_alike",
    "inhabitants",
    "rates",
    "step_changes",
]
