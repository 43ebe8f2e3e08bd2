"""The first files of a workspace, country or year, ready to be filled in."""
