"""The rapporteur's files: what they hold, how they are read and written, and the words that every room needs."""
