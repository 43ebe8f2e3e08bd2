"""Arithmetic that knows breaks, bounds and missing values."""
