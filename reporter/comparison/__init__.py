"""Two or more years, editions or countries laid side by side: plain values that say what may be compared, and why not."""
