"""The tables of an edition as a workbook. Importing this needs no Pango, and loads no library of pages."""

from reporter.build.exports import Extract
from reporter.build.making import Content, Material
from reporter.build.workbook import workbook_of


def make(material: Material) -> Content:
    """The workbook of an edition."""
    return Content(workbook_of(Extract(material.context, material.findings, material.document.edition.stem)))
