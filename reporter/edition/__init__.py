"""What an edition is: its files, its figures, what was published of it and how it stands."""
