"""Figures of other publications, imported as proposals."""
