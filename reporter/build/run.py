"""One edition from files to a finished PDF."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from reporter import __version__
from reporter.build.drawing import Drawing, Drawn, draw_all
from reporter.build.gate import blocking
from reporter.build.plan import Built, Job, Order
from reporter.build.proof import document_of, load_checked
from reporter.build.workspace import Workspace
from reporter.build.writing import sweep, write_together
from reporter.document import Document
from reporter.errors import DataError, ReporterError
from reporter.i18n import Locale, load_locale
from reporter.pdf import Pdf, to_pdf
from reporter.render import chart_width, to_html
from reporter.theme import Theme

Stage = Callable[[str], None]
# The theme, and the folders of the templates.
Look = tuple[Theme, tuple[Path, ...]]
FAULTY = "the earlier report stays; mend the template named above, or tell the maintainers what the list says"


def build_edition(order: Order, early: Drawing | None, stage: Stage) -> Built:
    """Builds one edition and puts it in its place; raises ReporterError, and the earlier report stays."""
    workspace, job = order.workspace, order.job
    locale = load_locale(job.language, workspace.translations)
    with _alone(workspace, job):
        stage("reading and checking")
        checked = load_checked(workspace, job.country)
        stopped = blocking(checked.findings, job.year, strict=order.strict)
        if stopped:
            raise DataError(stopped)
        document = document_of(checked, job, locale)
        stage("drawing charts")
        theme = workspace.theme(checked.dataset.settings)
        images = draw_all(_drawings(document), theme, workspace.output / ".cache" / "charts", early)
        stage("laying out pages")
        html, made = _lay_out(document, images, (theme, workspace.templates), locale)
        if order.prove:
            stage("validating")
            _refuse(order.prove(made.content, html))
        stage("writing")
        return _put(order, made)


def _drawings(document: Document) -> tuple[Drawn, ...]:
    return tuple((name, plot, chart_width(plot)) for name, plot in document.plots().items())


def _lay_out(document: Document, images: dict[str, bytes], look: Look, locale: Locale) -> tuple[str, Pdf]:
    html = to_html(document, look[0], locale.text, look[1])
    return html, to_pdf(html, images, *look)


def _refuse(failures: Sequence[object]) -> None:
    """Raises ReporterError that lists what is wrong with the PDF, when anything is."""
    if failures:
        raise ReporterError("\n  ".join(("the PDF is not what it says:", *map(str, failures))), hint=FAULTY)


def _put(order: Order, made: Pdf) -> Built:
    job, workspace, (content, pages) = order.job, order.workspace, made
    checksum = hashlib.sha256(content).hexdigest()
    record = {
        "program": __version__,
        "inputs": order.state,
        "strict": order.strict,
        "validated": order.prove is not None,
        "bytes": len(content),
        "sha256": checksum,
        "pages": pages,
    }
    told = json.dumps(record, indent=2).encode() + b"\n"
    write_together({job.pdf(workspace): content, job.record(workspace): told})
    return Built(pages, checksum)


@contextmanager
def _alone(workspace: Workspace, job: Job) -> Iterator[None]:
    """Keeps a second build of the same edition out; the lock falls with the process that holds it."""
    folder = job.folder(workspace)
    lock = FileLock(folder / f".{job.name}.lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ReporterError(f"another build of {job} is running", hint="wait until it has finished") from None
    except OSError as problem:
        hint = "mend the rights of the folder, or move away the file that stands where a folder should be"
        raise ReporterError(f"{folder} cannot be written: {problem.strerror}", hint=hint) from None
    try:
        sweep(folder, job.name)
        yield
    finally:
        lock.release()
