"""Which values are withheld from the public, what readers of all publications could derive, and what else to withhold.
For the number from which a count is not small, see `figures/analysis/small_counts.py`."""
