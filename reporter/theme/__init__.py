"""How it looks: the tokens of a theme, and what a page may load."""
