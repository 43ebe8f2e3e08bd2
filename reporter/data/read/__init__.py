"""Read workspace files as a dataset. Nothing is imported here, so that listing the languages needs no schema."""
