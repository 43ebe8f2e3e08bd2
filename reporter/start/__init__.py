"""The files that a workspace, country or year begins with."""
