"""HTML as a tagged PDF.

Only this room knows WeasyPrint; it repairs the tags of what that writes with pikepdf.
"""

from reporter.pdf.memory import Memory
from reporter.pdf.write import Pdf, to_pdf

__all__ = ["Memory", "Pdf", "to_pdf"]
