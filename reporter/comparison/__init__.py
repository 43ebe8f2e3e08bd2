"""Years, editions or countries laid side by side: plain values that say what may be compared, and why not."""

from reporter.comparison.sides import Manner, Side, Sides

__all__ = ["Manner", "Side", "Sides"]
