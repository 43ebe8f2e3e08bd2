"""What a publication is made of, without knowing how it looks."""
