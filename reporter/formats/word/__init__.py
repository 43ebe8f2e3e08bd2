"""The profile as a Word file, and what reviewers wrote into one. Only this room uses `python-docx`."""
