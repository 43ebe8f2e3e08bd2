"""HTML as a tagged PDF. Only this room uses WeasyPrint; it repairs WeasyPrint's tags with pikepdf."""

from reporter.formats.pdf.paper import require_paper
from reporter.formats.pdf.pieces.work import Work
from reporter.formats.pdf.write import Pdf, to_pdf, write_part, write_pdf
