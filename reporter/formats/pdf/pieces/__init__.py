"""Lay out a document piece by piece, keep the pieces, and join them to one file."""
