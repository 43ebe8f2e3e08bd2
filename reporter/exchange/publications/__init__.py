"""Figures of other publications, taken in as proposals."""
