"""Comparison of years, editions or countries: values that say what may be compared, and why not."""
