"""What can be worked out from the files of an edition, read as a reader gets them."""
