"""Read the figures and texts of finished files, those of others too, within limits."""
