"""Make a file of a document in one format. What only one format needs is loaded where it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reporter.data.extras import extra
from reporter.data.files.checksum import checksum_of
from reporter.data.files.processes import Pool
from reporter.data.files.store import Store
from reporter.data.i18n import N_, Locale
from reporter.data.theme.addresses import Templates
from reporter.data.theme.tokens import Theme
from reporter.editions.job import WORD
from reporter.editions.making.exports import workbook_of
from reporter.editions.making.order import PAPER, SCREEN, MadeFile, made_file
from reporter.editions.program import program_digest
from reporter.formats.export.tidy import page_tables
from reporter.formats.html import WebData, to_html, to_web
from reporter.formats.pdf import Work, write_part, write_pdf
from reporter.report.context import Context
from reporter.report.document.document import Attachment, Document


@dataclass(frozen=True, slots=True)
class Material:
    """A document ready to become a file. Its charts are drawn: `images` for paper, `shown` for screens, `pictures` for
    Word, each for the formats that are made. Theme, locale and templates give it a look, and attachments are its files
    of data. The context is what it was written from, `checksum` is that of its files. `helpers` lay out its pages with
    this process, and keep them in the folder `cache`, if there is one."""

    context: Context
    document: Document
    images: Mapping[str, bytes]
    shown: Mapping[str, bytes]
    pictures: Mapping[str, bytes]
    checksum: str
    theme: Theme
    locale: Locale
    templates: Templates
    attachments: tuple[Attachment, ...] = ()
    cache: Path | None = None
    helpers: Pool | None = None


MakeFile = Callable[[Material], MadeFile]
# Makes the pages of the part of a document that holds a place.
MakePart = Callable[[Material, str], bytes]


def maker_of(form: str) -> MakeFile:
    """The function that makes a format. Raises WordedError when it needs an extra that is not installed."""
    if form != WORD:
        return {PAPER: make_pdf, SCREEN: make_html}.get(form, make_workbook)
    with extra(N_("a file for Word needs the package {package}"), N_('install it: pip install "reporter[{extra}]"')):
        import reporter.formats.word.package  # noqa: F401
    return make_docx


def make_pdf(material: Material) -> MadeFile:
    """Make the tagged PDF of an edition. Raises ReporterError that lists what is wrong with its pages."""
    return made_file(*write_pdf(_work(material), material.attachments, material.helpers))


def make_part(material: Material, place: str) -> bytes:
    """Make the part of an edition that holds an element. Raises ReporterError that lists what is wrong with its
    pages."""
    return write_part(_work(material), place)


def make_html(material: Material) -> MadeFile:
    """Make the self-contained page of an edition. Raises ReporterError that lists what it would have to load."""
    inside = WebData(material.shown, page_tables(material.document))
    html = to_web(material.document, material.theme, material.locale.text, material.templates, inside)
    return made_file(html.encode())


def make_workbook(material: Material) -> MadeFile:
    return made_file(workbook_of(material.context, material.document.sheets))


def make_docx(material: Material) -> MadeFile:
    from reporter.formats.word.package import properties_of, to_word

    document, context = material.document, material.context
    known_by = properties_of(document.edition, context.audience, material.checksum)
    day = context.vintage.edition.day
    return made_file(to_word(document, material.theme, material.locale, material.pictures, day, known_by))


def _work(material: Material) -> Work:
    theme, templates = material.theme, material.templates
    html = to_html(material.document, theme, material.locale.text, templates)
    files = (*sorted(theme.files.items()), *templates.own.contents.items())
    design = checksum_of((program_digest(), theme.name, *(part for pair in files for part in pair)))
    kept = Store(material.cache and material.cache / "pieces", ".piece")
    return Work(html=html, images=material.images, theme=theme, templates=templates, kept=kept, design=design)
