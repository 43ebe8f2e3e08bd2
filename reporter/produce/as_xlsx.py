"""Make the tables of an edition as a workbook.

Importing this needs no Pango, and loads no library of pages.
"""

from reporter.produce.exports import Extract
from reporter.produce.formats import Material
from reporter.produce.order import Content
from reporter.produce.workbook import workbook_of


def make(material: Material) -> Content:
    """Make the workbook of an edition."""
    document = material.document
    return Content(workbook_of(Extract(material.context, material.findings, document.edition.stem), document.sheets))
