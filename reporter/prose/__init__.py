"""Narrative with values in it: what its expressions name, what they print, and safe HTML."""
