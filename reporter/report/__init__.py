"""What is printed where: sections, charts and tables of a document."""
