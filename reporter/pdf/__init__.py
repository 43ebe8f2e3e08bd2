"""The page as a tagged PDF; the only room that knows WeasyPrint."""

from reporter.pdf.write import Pdf, to_pdf

__all__ = ["Pdf", "to_pdf"]
