"""Read the files of a workspace as a dataset. Nothing is imported here: to know the languages costs no schema."""
