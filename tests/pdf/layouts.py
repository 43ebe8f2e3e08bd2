"""Profiles laid out, and the boxes on their pages."""

LINES = "<p>line<br>line<br>line<br>line<br>line<br>line<br>line"
