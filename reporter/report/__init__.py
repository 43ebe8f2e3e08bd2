"""Contents of a document: its sections, charts and tables."""
