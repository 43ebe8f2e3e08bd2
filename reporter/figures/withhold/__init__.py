"""Keep what may not be known unknown. Everything that is withheld goes through this room: which values, what is left of
a snapshot for the public, what readers of all that was ever published could still work out, and what must be withheld
besides."""
