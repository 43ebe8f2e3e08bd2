"""The profile as a Word file, and what reviewers wrote into one. `python-docx` is spoken to here alone."""
