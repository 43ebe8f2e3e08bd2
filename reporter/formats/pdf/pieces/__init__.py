"""Lay out a document piece by piece, keep the pieces, and join them into one file. `write.py` in the folder above has
the order; the hooks into WeasyPrint are in `hooks.py` there."""
