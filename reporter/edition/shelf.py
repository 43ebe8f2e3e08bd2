"""Read the finished files and records under `build/`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from reporter.edition.job import FORMATS, Job
from reporter.files.sources import SourceFile, file_source
from reporter.files.workspace import Workspace

Proof = list[dict[str, str | int]]
Entry = dict[str, str | int | bool | Proof]
NEEDED = frozenset({"inputs", "strict", "validated", "sha256"})


@dataclass(frozen=True, slots=True)
class Shelf:
    """The finished files of one document, and their record. `files` are by format, each read once; `entries` is what
    the record says of them. `sums` is the file that holds the checksum of the PDF, as sha256sum prints it."""

    job: Job
    entries: Mapping[str, Entry] = field(default_factory=dict)
    files: Mapping[str, SourceFile] = field(default_factory=dict)
    sums: str = ""

    def recorded_entries(self, digest: str) -> dict[str, Entry]:
        """The entries of formats made from this state of inputs. The files are not looked at."""
        return {form: each for form, each in self.entries.items() if each["inputs"] == digest}

    def current_entries(self, digest: str) -> dict[str, Entry]:
        recorded = ((form, each) for form, each in self.recorded_entries(digest).items() if form in self.files)
        return {form: each for form, each in recorded if self.files[form].sha256 == each["sha256"]}

    def faults(self, digest: str) -> int:
        return max((int(str(each.get("faults", 0))) for each in self.recorded_entries(digest).values()), default=0)

    def is_due(self, digest: str, form: str = "pdf", *, strict: bool = False, proven: bool = False) -> bool:
        """Whether a format must be built. It is absent, damaged, from something else, or was checked less strictly."""
        entry = self.current_entries(digest).get(form)
        if entry is None or (strict and not entry["strict"]):
            return True
        # What was taken for proven when it was made again has no proof that could be shown.
        return proven and not (entry["validated"] and entry.get("proof"))

    def records_files(self, published: Mapping[str, str]) -> bool:
        """Return whether record and checksum describe published files. These are known by name and sha256."""
        told = {f"{self.job.name}.{form}": entry["sha256"] for form, entry in self.entries.items()}
        pdf = f"{self.job.name}.pdf"
        if pdf not in published or not published.items() <= told.items():
            return False
        return self.sums == f"{published[pdf]}  {pdf}\n" and bool(self.entries["pdf"]["validated"])

    def holds_files(self, published: Mapping[str, str]) -> bool:
        """Return whether the files here are those that were published. The record must describe them, too."""
        there = {f"{self.job.name}.{form}": each.sha256 for form, each in self.files.items()}
        return {name: there.get(name) for name in published} == dict(published) and self.records_files(published)


def read_shelf(workspace: Workspace, job: Job) -> Shelf:
    """Read what lies under `build/` of a document. A record that cannot be read has no entries."""
    places = {form: job.file(workspace, form) for form in FORMATS}
    files = {form: file_source(path) for form, path in places.items() if path.is_file()}
    sums = job.sums(workspace)
    return Shelf(
        job=job,
        entries=_entries(file_source(job.record(workspace)).content),
        files=files,
        sums=file_source(sums).content.decode(errors="replace") if sums.is_file() else "",
    )


def _entries(record: bytes) -> dict[str, Entry]:
    try:
        files = json.loads(record)["files"]
        return {form: files[form] for form in FORMATS if form in files and files[form].keys() >= NEEDED}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
