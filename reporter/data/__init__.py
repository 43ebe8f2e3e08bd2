"""The rapporteur's files: their contents, reading and writing, and the words that every room needs."""
