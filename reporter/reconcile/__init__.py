"""National figures against another publication of the same figures."""
