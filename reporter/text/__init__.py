"""Narrative with values: its expressions, what they print, safe HTML, and sentences about figures."""
