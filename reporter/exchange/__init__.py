"""What comes in from agencies and publications, and what goes out to recipients."""
