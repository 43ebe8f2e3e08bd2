"""Packages for recipients, with their letters and checks."""
