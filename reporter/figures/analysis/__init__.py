"""Arithmetic with breaks, bounds and missing values."""
