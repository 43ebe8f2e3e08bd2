"""The parts of a publication, without how they look."""
