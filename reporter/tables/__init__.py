"""What is shown in rows and columns: observations and comparisons laid out as tables."""
