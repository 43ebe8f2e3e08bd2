"""A document or its figures as bytes: web page, PDF, Word, workbook, data files, package."""
