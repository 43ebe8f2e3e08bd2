"""Make an edition as a PDF."""

from reporter.edition.program import program_digest
from reporter.files.checksum import checksum_of
from reporter.files.store import Store
from reporter.pdf import Work, write_part, write_pdf
from reporter.produce.formats import Material
from reporter.produce.order import MadeFile, made_file
from reporter.render import to_html


def make(material: Material) -> MadeFile:
    """Make the tagged PDF of an edition. Raises ReporterError that lists what is wrong with its pages."""
    return made_file(*write_pdf(_work(material), material.attachments, material.helpers))


def make_part(material: Material, place: str) -> bytes:
    """Make the part of an edition that holds an element. Raises ReporterError that lists what is wrong with its
    pages."""
    return write_part(_work(material), place)


def _work(material: Material) -> Work:
    theme, templates = material.theme, material.templates
    html = to_html(material.document, theme, material.locale.text, templates)
    files = (*sorted(theme.files.items()), *templates.own.contents.items())
    design = checksum_of((program_digest(), theme.name, *(part for pair in files for part in pair)))
    kept = Store(material.cache and material.cache / "pieces", ".piece")
    return Work(html=html, images=material.images, theme=theme, templates=templates, kept=kept, design=design)
