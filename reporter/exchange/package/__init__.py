"""What leaves the house: publishing, packages, letters, and how editions stand."""
