"""The files of a workspace as the public may have them."""
