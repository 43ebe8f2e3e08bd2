"""Files of a workspace to a dataset. Nothing is imported here: to know the languages costs no schema."""
