"""Years, editions or countries laid side by side. Plain values that say what may be compared, and why not."""
