"""Lay out a document piece by piece, keep the pieces, and join them to one file. `write.py` in the folder above says in
which order; the hooks into WeasyPrint are in `hooks.py` there."""
