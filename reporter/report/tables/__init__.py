"""Observations and comparisons laid out as tables."""
