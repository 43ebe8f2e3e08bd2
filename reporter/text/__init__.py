"""Narrative with values in it. What its expressions name, what they print, safe HTML, and sentences about figures."""
