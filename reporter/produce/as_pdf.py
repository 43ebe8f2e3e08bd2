"""Make an edition as a PDF."""

from reporter.edition.program import program_digest
from reporter.files.checksum import checksum_of
from reporter.pdf import KeptSteps, Work, write_part, write_pdf
from reporter.produce.formats import Material
from reporter.produce.order import Content
from reporter.render import to_html


def make(material: Material) -> Content:
    """Make the tagged PDF of an edition. Raises ReporterError that lists what is wrong with its pages."""
    return Content(*write_pdf(_work(material), material.attachments, material.helpers))


def make_part(material: Material, place: str) -> bytes:
    """Make the part of an edition that holds an element. Raises ReporterError that lists what is wrong with its
    pages."""
    return write_part(_work(material), place)


def _work(material: Material) -> Work:
    theme, templates = material.theme, material.templates
    html = to_html(material.document, theme, material.locale.text, templates)
    return Work(html=html, images=material.images, theme=theme, templates=templates, kept=_kept(material))


def _kept(material: Material) -> KeptSteps:
    """What was laid out before. It was so by this program, with this theme and these templates."""
    theme = material.theme
    files = (*sorted(theme.files.items()), *material.templates.own.contents.items())
    design = checksum_of((program_digest(), theme.name, *(part for pair in files for part in pair)))
    return KeptSteps(material.cache and material.cache / "pieces", design)
