"""Lay out the parts of one document in several processes, which keep their pieces for the one that joins them.

Each is started anew: a copy of a process in which Pango has read the fonts would wait for ever.
"""
