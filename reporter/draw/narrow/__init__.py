"""Draw plots for phones: upright, the latest year first, every value printed."""
