"""Which values are withheld from the public, what readers of everything published could still calculate, and what must
be withheld in addition. From which number on a count is not small is in `figures/analysis/small_counts.py`."""
