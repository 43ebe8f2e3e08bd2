"""What reviewers said in a Word file, sentence by sentence."""
