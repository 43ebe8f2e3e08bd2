"""Make an edition as a PDF.

Importing this needs Pango.
"""

from reporter.pdf import to_pdf
from reporter.produce.formats import Material
from reporter.produce.order import Content
from reporter.render import to_html


def make(material: Material) -> Content:
    """Make the tagged PDF of an edition.

    Raises ReporterError that lists what is wrong with its pages.
    """
    html = to_html(material.document, material.theme, material.locale.text, material.templates)
    return Content(*to_pdf(html, material.images, material.theme, material.templates, material.attachments))
