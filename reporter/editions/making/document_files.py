"""Make one document from a snapshot: PDF, HTML, workbook."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from reporter.data.errors import DataError, ExitCode, LetterError, NoPaperError, ReporterError, Severity, WordedError
from reporter.data.extras import extra
from reporter.data.files.processes import EndedError, FaultError, Pool
from reporter.data.files.sources import Sources, checksum, checksum_of
from reporter.data.files.store import Store
from reporter.data.files.workspace import PACKAGE
from reporter.data.i18n import Locale
from reporter.data.outline import Volume
from reporter.data.theme.cover import Templates
from reporter.data.theme.tokens import TOKENS, Theme
from reporter.editions.checked import places_of, require_year
from reporter.editions.job import WORD, Job
from reporter.editions.making.composed import data_name, documents_of, production_of, source_name
from reporter.editions.making.exports import workbook_of
from reporter.editions.making.order import PAPER, SCREEN, MadeFile, Order, Outcome, made_file
from reporter.editions.program import engines, program_digest, visible_files
from reporter.editions.resources import locale_of, templates_of, theme_of
from reporter.editions.state import EditionState, context_of, stopping_findings
from reporter.formats.export import comparison_csv, observations_csv, table_csv
from reporter.formats.export.tidy import page_tables
from reporter.formats.html import WebData, paper_drawings, screen_drawings, to_html, to_web
from reporter.formats.pdf import Work, write_part, write_pdf
from reporter.formats.word.tables import word_drawings
from reporter.report.context import Context
from reporter.report.document.document import Attachment, Document
from reporter.report.document.plot import DrawingJob


@dataclass(frozen=True, slots=True)
class Material:
    """A document ready to become a file, with its charts drawn: `images` for paper, `screen_images`, `pictures` for
    Word, as needed. `theme`, `locale` and `templates` determine its look; `attachments` are its data files. `checksum`
    is that of its files. `helpers` share the layout of pages, and keep them in the folder `cache`."""

    context: Context
    document: Document
    images: Mapping[str, bytes]
    screen_images: Mapping[str, bytes]
    pictures: Mapping[str, bytes]
    checksum: str
    theme: Theme
    locale: Locale
    templates: Templates
    attachments: tuple[Attachment, ...] = ()
    cache: Path | None = None
    helpers: Pool | None = None


MakeFile = Callable[[Material], MadeFile]
# Makes the pages of the part of a document that contains a place.
MakePart = Callable[[Material, str], bytes]


def maker_of(form: str) -> MakeFile:
    """The function that makes a format. Raises WordedError when it needs an extra that is not installed."""
    if form != WORD:
        return {PAPER: make_pdf, SCREEN: make_html}.get(form, make_workbook)
    with extra("a file for Word needs the package {package}", 'install it: pip install "reporter[{extra}]"'):
        import reporter.formats.word.package  # noqa: F401
    return make_docx


def make_pdf(material: Material) -> MadeFile:
    """Make the tagged PDF of an edition. Raises ReporterError with the problems of its pages."""
    pdf = write_pdf(_work(material), material.attachments, material.helpers)
    return made_file(pdf.content, pdf.pages)


def make_part(material: Material, place: str) -> bytes:
    """Make the part of an edition that contains an element. Raises ReporterError with the problems of its pages."""
    return write_part(_work(material), place)


def make_html(material: Material) -> MadeFile:
    """Make the self-contained page of an edition. Raises ReporterError that lists what it would have to load."""
    inside = WebData(material.screen_images, page_tables(material.document))
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
    store = Store(material.cache and material.cache / "pieces", ".piece")
    return Work(html=html, images=material.images, theme=theme, templates=templates, store=store, design=design)


class DrawingError(ReporterError):
    """A chart could not be drawn, which is the program's fault."""

    exit_code = ExitCode.FAULT


class Drawing:
    """A process that draws until its `end`, started at the first drawing or by `begin`. It loads its libraries once."""

    def __init__(self) -> None:
        self._pool = Pool(1, "reporter.formats.svg")
        self.begin, self.end = self._pool.begin, self._pool.close

    def draw(self, jobs: Iterable[DrawingJob], theme: Theme) -> dict[str, bytes]:
        """Draw each plot. Raises DrawingError with the output of the process."""
        try:
            return self._pool.submit(_drawn, tuple(jobs), replace(theme, files={})).result()
        except CancelledError:
            why = "the program is closing"
        except (FaultError, EndedError) as problem:
            why = problem.message.strip().rpartition("\n")[2]
        hint = "run reporter admin doctor; this is a fault in the program"
        raise DrawingError(f"a chart could not be drawn: {why}", hint=hint)


def _drawn(jobs: Sequence[DrawingJob], theme: Theme) -> dict[str, bytes]:
    # In the process that draws.
    from reporter.formats.svg import drawn

    return {job.name: drawn(job, theme) for job in jobs}


def draw_all(jobs: Iterable[DrawingJob], theme: Theme, cache: Path, early: Drawing | None = None) -> dict[str, bytes]:
    version, store = drawing_version(theme), Store(cache)
    keys = {job: checksum(f"{version} {job.width} {job.titled} {job.dots} {job.plot!r}") for job in jobs}
    ready = {job.name: content for job, key in keys.items() if (content := store.find(key))}
    due = [job for job in keys if job.name not in ready]
    if not due:
        return ready
    drawing = early or Drawing()
    try:
        drawn = drawing.draw(due, theme)
    finally:
        if not early:
            drawing.end()
    for job in due:
        store.keep(keys[job], drawn[job.name])
    store.clear()
    return ready | drawn


def drawing_version(theme: Theme) -> str:
    """A digest of what a drawing depends on other than its plot: the code, theme, typefaces, maps and the engine."""
    code = (
        *visible_files(PACKAGE / "formats" / "svg"),
        PACKAGE / "report" / "document" / "plot.py",
        PACKAGE / "data" / "theme" / "tokens.py",
    )
    paths = (*code, *visible_files(theme.assets / "map"), *(face.path for face in theme.fonts if face.path))
    contents = (theme.files[TOKENS], *(face.content for face in theme.fonts))
    engine = " ".join(name for name in engines() if name.startswith("matplotlib"))
    return checksum_of((*(path.read_bytes() for path in paths), *contents)) + engine


# Media types: RFC 9512 and RFC 4180, 3.
YAML, CSV = "application/yaml", "text/csv"
# The AFRelationship of the source of a document, and of the data behind its contents (ISO 19005-3, 6.8).
SOURCE, DATA = "Source", "Data"


def attachments_of(
    document: Document, context: Context, job: Job, inputs: Sources, locale: Locale
) -> tuple[Attachment, ...]:
    """The attachments of an edition's main volume, described in its language."""
    if job.volume:
        return ()
    vintage = context.vintage
    source, published = source_name(job), vintage.edition.published
    # The day of publication, if the file of the year states one, else the last day of the reference year.
    date = published if len(published) == len("2020-12-31") else f"{vintage.year}-12-31"

    def attached(name: str, content: bytes, words: str, media_type: str = CSV, relationship: str = DATA) -> Attachment:
        return Attachment(name, content, words, media_type, relationship, date)

    if job.manner:
        description, figures = locale.text("All figures compared, one value per line"), comparison_csv(context)
    else:
        description = locale.text("All figures of the edition and of earlier years, one value per line")
        figures = observations_csv(vintage, job.language, context.audience)
    files = [attached(data_name(job), figures.encode(), description)]
    if source:
        content = inputs[f"data/{job.country}/{job.year}.yaml"].content
        description = locale.text("Source file of the figures of {year}", year=job.year)
        files.append(attached(source, content, description, YAML, SOURCE))
    for figure in document.figures():
        description = locale.text("Data of Figure {n}: {caption}", n=figure.number, caption=figure.caption)
        content = table_csv(figure.table, context.audience).encode()
        files.append(attached(document.edition.csv_name(figure.code), content, description))
    return tuple(files)


def locate_glyphs(problem: LetterError, inputs: Sources) -> LetterError | DataError:
    """Find characters in the files that no font has. Returns the error with these places, or unchanged without any."""
    findings = tuple(places_of(problem.letters, inputs))
    return DataError(findings) if findings else problem


Stage = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Beside:
    """The resources for making documents: a folder for slow results, and perhaps processes for charts and pages."""

    cache: Path
    drawing: Drawing | None = None
    helpers: Pool | None = None


def produce(order: Order, state: EditionState, makers: Mapping[str, MakeFile], tools: Beside, stage: Stage) -> Outcome:
    """Make the files of a document in memory, determined by its snapshot, the program and its engines. Raises
    ReporterError when the data or a page is not fit for publication."""
    order, unmade = _within_reach(order)
    stage("reading and checking")
    if order.job.draft:
        require_year(state.checked, order.job.country, order.job.year)
    elif stopped := stopping_findings(state.checked, order.job, strict=order.strict):
        raise DataError(stopped)
    context, documents = _composed(state, order.job.main, proven=order.proven)
    document = documents[order.job.volume]
    material = _material(order, state, context, document, tools, stage)
    attachments = attachments_of(document, context, order.job, state.inputs, material.locale)
    material = replace(material, attachments=attachments)
    try:
        file_by_format = {form: makers[form](material) for form in order.formats}
    except LetterError as problem:
        raise locate_glyphs(problem, state.inputs) from None
    weights = (Severity.ERROR, Severity.WARNING) if order.strict else (Severity.ERROR,)
    faults = sum(finding.severity in weights for finding in document.flagged)
    return Outcome(order.job, file_by_format, faults=faults, unmade=unmade)


def _within_reach(order: Order) -> tuple[Order, str]:
    """What this machine can make of an order, and why no more. Raises NoPaperError if nothing, or all is required."""
    if not order.partial or PAPER not in order.formats:
        return order, ""
    from reporter.formats.pdf.paper import require_paper

    try:
        require_paper()
    except NoPaperError as problem:
        others = tuple(form for form in order.formats if form != PAPER)
        if not others:
            raise
        return replace(order, formats=others), str(problem)
    return order, ""


def produce_section(order: Order, state: EditionState, code: str, make_part: MakePart, resources: Beside) -> bytes:
    """Make the pages of a section in memory, as a draft if anything stops it. Raises UsageError when the edition has no
    such section, and ReporterError when its pages cannot be laid out."""
    require_year(state.checked, order.job.country, order.job.year)
    context, documents = _composed(state, order.job.main, proven=False, anyway=True)
    document = next((volume for volume in documents.values() if any(code == one.code for one in volume.walk())), None)
    if document is None:
        raise WordedError(
            "the edition has no section {code}", "a section without text and figures has no pages", code=code
        )
    try:
        return make_part(_material(order, state, context, document, resources, lambda _: None), f"section-{code}")
    except LetterError as problem:
        raise locate_glyphs(problem, state.inputs) from None


def _material(
    order: Order, state: EditionState, context: Context, document: Document, resources: Beside, stage: Stage
) -> Material:
    theme = theme_of(state.sources, state.checked.dataset.settings)

    def drawn(form: str, jobs_of: Callable[[Document], Iterable[DrawingJob]]) -> dict[str, bytes]:
        is_made = form in order.formats
        return draw_all(jobs_of(document), theme, resources.cache / "charts", resources.drawing) if is_made else {}

    if order.has_pages:
        stage("drawing charts")
    images = drawn(PAPER, paper_drawings)
    screen_images = drawn(SCREEN, screen_drawings)
    pictures = drawn(WORD, word_drawings)
    if order.has_pages:
        stage("laying out pages")
    return Material(
        context=context,
        document=document,
        images=images,
        screen_images=screen_images,
        pictures=pictures,
        checksum=state.checksum,
        theme=theme,
        locale=locale_of(state.sources, order.job.language),
        templates=templates_of(state.sources),
        cache=resources.cache,
        helpers=resources.helpers,
    )


@lru_cache(maxsize=2)
def _composed(
    state: EditionState, job: Job, *, proven: bool, anyway: bool = False
) -> tuple[Context, Mapping[Volume, Document]]:
    checked, locale = state.checked, locale_of(state.sources, job.language)
    context = context_of(checked.dataset, job, locale, state.erratum)
    production = production_of(state.checksum, job, context.vintage, proven=proven)
    return context, documents_of(checked, job, locale, production, context=context, anyway=anyway)
