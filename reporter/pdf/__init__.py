"""HTML as a tagged PDF. Only this room knows WeasyPrint; it repairs the tags of what that writes with pikepdf."""

from reporter.pdf.paper import require_paper
from reporter.pdf.write import KeptSteps, Pdf, Work, to_pdf, write_part, write_pdf

__all__ = ["KeptSteps", "Pdf", "Work", "require_paper", "to_pdf", "write_part", "write_pdf"]
