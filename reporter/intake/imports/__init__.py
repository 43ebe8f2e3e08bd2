"""Figures of other publications, taken in as proposals for the files of the years."""
