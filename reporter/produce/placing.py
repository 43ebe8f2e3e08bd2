"""Put finished files in their places under `build/`. The record says what they were made from."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout

from reporter import __version__
from reporter.edition.job import FORMATS, Job
from reporter.edition.program import engine_digest
from reporter.edition.published_files import earlier_files, latest_entries, refuse_other_files
from reporter.edition.shelf import Entry, read_shelf
from reporter.edition.signed_files import make_room
from reporter.errors import ReporterError
from reporter.files.checksum import checksum
from reporter.files.workspace import Workspace
from reporter.files.writing import remove_drafts, write_together
from reporter.load.release import read_releases
from reporter.produce.order import BuildResult, FinishedFile, Order, ProducedFiles


def place_files(workspace: Workspace, order: Order, produced: ProducedFiles) -> BuildResult:
    """Put the files of an order in place, with their record. A format not asked for stays only if it is of the same
    state, or was published. To be called by the holder of the lock, since what lies there is looked at now. Raises
    ReporterError for a file in the place of a published one that is another."""
    job, made = order.job, produced.files
    files = tuple(
        FinishedFile(form, len(each.content), checksum(each.content), each.pages) for form, each in made.items()
    )
    shelf = read_shelf(workspace, job)
    releases = () if job.is_apart else read_releases(order.files, job.country, job.year)
    sums = {each.form: each.sha256 for each in files}
    refuse_other_files(releases, job, sums, proven=order.proven)
    published = latest_entries(shelf, releases)
    kept = {form: entry for form, entry in published.items() if entry} | shelf.current_entries(order.digest)
    known = kept | {each.form: _entry(each, order, produced) for each in files}
    outdated = [form for form in FORMATS if form in shelf.files and form not in known and form not in published]
    contents = earlier_files(workspace, shelf, releases, (*made, *outdated))
    contents |= {job.file(workspace, form): each.content for form, each in made.items()}
    if "pdf" in made:
        # As sha256sum prints it, so that `sha256sum -c` finds the report in the same folder.
        own = next(each.sha256 for each in files if each.form == "pdf")
        contents[job.sums(workspace)] = f"{own}  {job.pdf(workspace).name}\n".encode()
    # In one order, whatever was made first: the same files have the same record.
    record = {"files": {form: known[form] for form in FORMATS if form in known}}
    contents[job.record(workspace)] = json.dumps(record, indent=2).encode() + b"\n"
    changed = "pdf" in (*made, *outdated)
    aside = make_room(job.pdf(workspace), contents.get(job.pdf(workspace))) if changed else None
    # Whoever is stopped between two of the files leaves neither a checksum nor a record that is not theirs.
    first = [job.record(workspace), *([job.sums(workspace)] if changed else [])]
    write_together(contents, [*first, *(job.file(workspace, form) for form in outdated)])
    return BuildResult(
        files=files, removed=tuple(outdated), aside=aside, faults=produced.faults, unmade=produced.unmade
    )


def _entry(file: FinishedFile, order: Order, produced: ProducedFiles) -> Entry:
    more: Entry = {} if file.pages is None else {"pages": file.pages}
    if order.proven and file.form == "pdf":
        more["proof"] = produced.proof
    if produced.faults:
        more["faults"] = produced.faults
    return {
        "program": __version__,
        "engines": engine_digest(),
        "inputs": order.digest,
        "strict": order.strict,
        "validated": order.proven and file.form == "pdf",
        "bytes": file.size,
        "sha256": file.sha256,
        **more,
    }


@contextmanager
def build_lock(workspace: Workspace, job: Job) -> Iterator[None]:
    """Lock a document, so that nobody else builds it meanwhile. The lock falls with the process that holds it. Raises
    ReporterError when another process has it."""
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
        remove_drafts(folder, f"{job.name}.*")
        yield
    finally:
        # An empty folder goes, and so does the one around it.
        with suppress(OSError):
            folder.rmdir()
            folder.parent.rmdir()
        lock.release()
