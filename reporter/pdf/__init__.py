"""The page as a tagged PDF; the only room that knows WeasyPrint, and the one that mends its tags with pikepdf."""

from reporter.pdf.memory import Memory
from reporter.pdf.write import Pdf, to_pdf

__all__ = ["Memory", "Pdf", "to_pdf"]
