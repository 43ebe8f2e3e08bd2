"""What a workspace, a country or a year begins with: files to fill."""
