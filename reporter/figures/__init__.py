"""Arithmetic that knows breaks, bounds and missing values: changes, comparisons, and what has to be withheld."""
