"""The look of a publication: themes, and what pages may load."""
