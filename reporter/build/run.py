"""One edition from files to finished ones: a PDF, a page of HTML, a workbook."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from reporter import __version__
from reporter.build.aside import make_room
from reporter.build.attachments import attachments_of
from reporter.build.beside import context_of, read_until
from reporter.build.drawing import Drawing, Drawn, draw_all
from reporter.build.erratum import erratum_of
from reporter.build.gate import blocking
from reporter.build.letters import placed
from reporter.build.making import Content, Make, Material
from reporter.build.plan import (
    FORMATS,
    PAGES,
    Built,
    Entry,
    Job,
    Judged,
    Made,
    Order,
    Proof,
    current,
    design_digest,
    failures_of,
)
from reporter.build.production import production_of
from reporter.build.proof import Checked, dated, document_of, load_checked
from reporter.document.document import Document
from reporter.errors import DataError, LetterError, ReporterError
from reporter.files.workspace import Workspace
from reporter.files.writing import sweep, write_together
from reporter.i18n import load_locale
from reporter.render import chart_widths

Stage = Callable[[str], None]
FAULTY = "the earlier report stays; mend the template named above, or tell the maintainers what the list says"


def build_edition(order: Order, makers: Mapping[str, Make], early: Drawing | None, stage: Stage) -> Built:
    """Builds one edition and puts it in its place; raises ReporterError, and the earlier report stays."""
    workspace, job = order.workspace, order.job
    speak = partial(load_locale, folders=workspace.translations)
    locale = speak(job.language)
    with _alone(workspace, job):
        stage("reading and checking")
        checked = _fit(order)
        context = context_of(checked.dataset, job, locale, erratum_of(workspace, job))
        production = production_of(workspace, job, context.vintage, proven=order.prove is not None)
        document = document_of(checked, job, locale, production, speak, context=context)
        theme = workspace.theme(checked.dataset.settings)
        images: dict[str, bytes] = {}
        if has_pages(order):
            stage("drawing charts")
            images = draw_all(_drawings(document), theme, workspace.cache / "charts", early)
            stage("laying out pages")
        files = attachments_of(document, context, job, workspace, locale)
        look = (theme, locale, workspace.templates, workspace.cache, design_digest(workspace))
        material = Material(context, checked.findings, document, images, *look, files)
        try:
            made = {form: makers[form](material) for form in order.formats}
        except LetterError as problem:
            raise placed(problem, workspace, job) from None
        judged = _judged(order, made, stage)
        stage("writing")
        return _put(order, made, [each.plain() for each in judged])


def has_pages(order: Order) -> bool:
    """Whether anything is made that shows charts."""
    return any(form in PAGES for form in order.formats)


def _fit(order: Order) -> Checked:
    """What an edition is made from, dated by its publication; raises DataError when it is not fit to be made."""
    workspace, job = order.workspace, order.job
    checked = load_checked(workspace, *job.countries)
    stopped = blocking(checked.findings, read_until(checked.dataset, job), strict=order.strict)
    if stopped:
        raise DataError(stopped)
    return dated(workspace, checked, job.country, job.year) if job.manner is None else checked


def _judged(order: Order, made: Mapping[str, Content], stage: Stage) -> Sequence[Judged]:
    """What the checkers say of the PDF, if it is to be proven; raises ReporterError when they find anything wrong."""
    if order.prove is None or "pdf" not in made:
        return ()
    stage("validating")
    judged = order.prove(made["pdf"].content, made["pdf"].html)
    _refuse(failures_of(judged))
    return judged


def _drawings(document: Document) -> tuple[Drawn, ...]:
    widths = chart_widths(document)
    return tuple((name, plot, widths[name]) for name, plot in document.plots().items())


def _refuse(failures: Sequence[object]) -> None:
    """Raises ReporterError that lists what is wrong with the PDF, when anything is."""
    if failures:
        raise ReporterError("\n  ".join(("the PDF is not what it says:", *map(str, failures))), hint=FAULTY)


def _put(order: Order, made: Mapping[str, Content], proof: Proof) -> Built:
    """Writes the files with their record; a format not asked for stays only if it is of the same state."""
    job, workspace = order.job, order.workspace
    files = tuple(_finished(form, each) for form, each in made.items())
    kept = {form: entry for form, entry in current(workspace, job, order.state).items() if form not in made}
    known = kept | {each.form: _entry(each, order, proof) for each in files}
    outdated = [form for form in FORMATS if form not in known and job.file(workspace, form).exists()]
    contents = {job.file(workspace, form): each.content for form, each in made.items()}
    if "pdf" in made:
        # As sha256sum prints it, so that `sha256sum -c` finds the report in the same folder.
        checksum = next(each.sha256 for each in files if each.form == "pdf")
        contents[job.sums(workspace)] = f"{checksum}  {job.pdf(workspace).name}\n".encode()
    # In one order, whatever was made first: the same files have the same record.
    record = {"files": {form: known[form] for form in FORMATS if form in known}}
    contents[job.record(workspace)] = json.dumps(record, indent=2).encode() + b"\n"
    changed = "pdf" in (*made, *outdated)
    aside = make_room(job.pdf(workspace), contents.get(job.pdf(workspace))) if changed else None
    # Whoever is stopped between two of the files leaves neither a checksum nor a record that is not theirs.
    first = [job.record(workspace), *([job.sums(workspace)] if changed else [])]
    write_together(contents, [*first, *(job.file(workspace, form) for form in outdated)])
    return Built(files, tuple(outdated), aside)


def _finished(form: str, made: Content) -> Made:
    return Made(form, len(made.content), hashlib.sha256(made.content).hexdigest(), made.pages)


def _entry(file: Made, order: Order, proof: Proof) -> Entry:
    more: Entry = {} if file.pages is None else {"pages": file.pages}
    if order.prove is not None and file.form == "pdf":
        more["proof"] = proof
    return {
        "program": __version__,
        "inputs": order.state,
        "strict": order.strict,
        "validated": order.prove is not None and file.form == "pdf",
        "bytes": file.size,
        "sha256": file.sha256,
        **more,
    }


def adopt(workspace: Workspace, job: Job, made: Workspace, state: str) -> None:
    """Puts the files of an edition that were made in another workspace in their place in this one.

    `state` is that of the inputs here that they were made from; empty when there are no such inputs here any more.
    """
    with _alone(workspace, job):
        record = json.loads(job.record(made).read_text(encoding="utf-8"))
        for entry in record["files"].values():
            entry["inputs"] = state
        found = [job.file(made, form) for form in record["files"]] + [job.sums(made)]
        contents = {job.folder(workspace) / path.name: path.read_bytes() for path in found if path.exists()}
        contents[job.record(workspace)] = json.dumps(record, indent=2).encode() + b"\n"
        make_room(job.pdf(workspace), contents.get(job.pdf(workspace)))
        write_together(contents, [job.record(workspace), job.sums(workspace)])


@contextmanager
def _alone(workspace: Workspace, job: Job) -> Iterator[None]:
    """Keeps a second build of the same edition out; the lock falls with the process that holds it."""
    folder, place = job.folder(workspace), workspace.lock(job.name)
    lock = FileLock(place, timeout=0)
    try:
        for each in (folder, place.parent):
            each.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ReporterError(f"another build of {job} is running", hint="wait until it has finished") from None
    except OSError as problem:
        hint = "free space on the disk, mend the rights of the folder, or move away the file that stands in its place"
        raise ReporterError(f"{folder} cannot be written: {problem.strerror}", hint=hint) from None
    try:
        sweep(folder, f"{job.name}.*")
        yield
    finally:
        _clear(folder)
        lock.release()


def _clear(folder: Path) -> None:
    """Removes a folder in which nothing was made, and the one around it; one with any file stays."""
    with suppress(OSError):
        folder.rmdir()
        folder.parent.rmdir()
