"""What a workspace, country or year begins with: files to fill."""
