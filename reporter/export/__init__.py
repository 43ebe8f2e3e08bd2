"""The figures as files for machines: CSV of a table and of all observations of an edition."""
