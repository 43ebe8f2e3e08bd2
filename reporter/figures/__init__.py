"""Arithmetic with breaks, bounds and missing values: changes, comparisons, and disclosure control."""
