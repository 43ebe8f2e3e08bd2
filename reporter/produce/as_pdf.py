"""Make an edition as a PDF."""

from reporter.edition.program import program_digest
from reporter.files.checksum import checksum_of
from reporter.pdf import KeptSteps, Work, write_pdf
from reporter.produce.formats import Material
from reporter.produce.order import Content
from reporter.render import to_html


def make(material: Material) -> Content:
    """Make the tagged PDF of an edition.

    Raises ReporterError that lists what is wrong with its pages.
    """
    theme, templates = material.theme, material.templates
    html = to_html(material.document, theme, material.locale.text, templates)
    work = Work(html=html, images=material.images, theme=theme, templates=templates, kept=_kept(material))
    return Content(*write_pdf(work, material.attachments, material.helpers))


def _kept(material: Material) -> KeptSteps:
    """What was laid out before.

    It was so by this program, with this theme and these templates.
    """
    theme = material.theme
    files = (*sorted(theme.files.items()), *material.templates.own.contents.items())
    design = checksum_of((program_digest(), theme.name, *(part for pair in files for part in pair)))
    return KeptSteps(material.cache and material.cache / "pieces", design)
