"""An edition: its files, figures, published numbers and state."""
