"""A document or its figures as bytes: web page, PDF, Word file, workbook, data files, package."""
