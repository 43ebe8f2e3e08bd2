"""What readers can calculate from the files of an edition."""
