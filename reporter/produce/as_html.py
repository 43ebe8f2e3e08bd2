"""Make an edition as one page of HTML. Importing this needs no Pango."""

from reporter.export.tidy import page_tables
from reporter.produce.formats import Material
from reporter.produce.order import MadeFile, made_file
from reporter.render import WebData, to_web


def make(material: Material) -> MadeFile:
    """Make the self-contained page of an edition. Raises ReporterError that lists what it would have to load."""
    inside = WebData(material.shown, page_tables(material.document))
    html = to_web(material.document, material.theme, material.locale.text, material.templates, inside)
    return made_file(html.encode())
