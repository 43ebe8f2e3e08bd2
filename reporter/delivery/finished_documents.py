"""The finished documents of an edition under `build/`, for a package."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from reporter.delivery.package_contents import FinishedDocument
from reporter.edition.job import Job
from reporter.edition.shelf import Entry
from reporter.edition.signed_files import signed_form
from reporter.edition.state import EditionState
from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from reporter.submission.bag import measure

AGAIN = "run it again when nothing writes there"


def finished_documents(
    workspace: Workspace, state: EditionState, job: Job, forms: tuple[str, ...], program: str
) -> dict[str, FinishedDocument]:
    """The files of a document by format, as they were built. Of a PDF that was signed it is the signed form. `program`
    is what `program_digest` says. Raises ReporterError for one that is not what was published, or what its record
    says."""
    published, shelf = state.published_files(job), state.shelves.get(job.name)
    entries = shelf.recorded_entries(state.expected_digest(job, program)) if shelf else {}
    for form, entry in entries.items():
        name = f"{job.name}.{form}"
        if published.get(name, entry["sha256"]) != entry["sha256"]:
            again = f"reporter publish {job.country} {job.year}"
            hint = f"{again} puts back what was published, or says why it cannot be made again"
            raise ReporterError(f"{name} is not the file that was published: {state.release}", hint=hint)
    found = {form: _finished(job.file(workspace, form), form, entries) for form in forms if form in job.formats}
    # Who puts back what was published is not who made it.
    return {
        form: replace(each, program=state.release.program) if state.release else each for form, each in found.items()
    }


def _finished(file: Path, form: str, entries: Mapping[str, Entry]) -> FinishedDocument:
    entry = entries.get(form)
    content = measure(file)
    if entry is None or content.sha256 != entry["sha256"] or (form == "pdf" and not entry["validated"]):
        raise ReporterError(f"{file} changed while it was packed", hint=AGAIN)
    signed, proof = signed_form(file) if form == "pdf" else None, entry.get("proof")
    return FinishedDocument(
        name=(signed or file).name,
        content=measure(signed) if signed else content,
        sha256=content.sha256,
        program=str(entry["program"]),
        proof=proof if isinstance(proof, list) else [],
    )
