"""Two or more years, editions or countries side by side: plain values that say what may be compared, and why not."""
