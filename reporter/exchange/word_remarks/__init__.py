"""Reviewers' remarks in a Word file, sentence by sentence."""
