"""What lies under `build/` of a document: its files, and the record of what each was made from."""

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
    """The finished files of one document by format, each read once, and what the record says of them.

    `sums` is the file that holds the checksum of the PDF, as sha256sum prints it.
    """

    job: Job
    entries: Mapping[str, Entry] = field(default_factory=dict)
    files: Mapping[str, SourceFile] = field(default_factory=dict)
    sums: str = ""

    def recorded(self, digest: str) -> dict[str, Entry]:
        """What the record says of each format made from this state of the inputs; the files are not looked at."""
        return {form: each for form, each in self.entries.items() if each["inputs"] == digest}

    def current(self, digest: str) -> dict[str, Entry]:
        """What the record says of each format that is in its place, undamaged and of this state of the inputs."""
        return {form: each for form, each in self.recorded(digest).items() if self._is_whole(form, each)}

    def _is_whole(self, form: str, entry: Entry) -> bool:
        return form in self.files and self.files[form].sha256 == entry["sha256"]

    def is_due(self, digest: str, form: str = "pdf", *, strict: bool = False, proven: bool = False) -> bool:
        """Whether a format must be built: it is absent, damaged, from something else, or was checked less strictly."""
        entry = self.current(digest).get(form)
        if entry is None or (strict and not entry["strict"]):
            return True
        # What was taken for proven when it was made again has no proof that could be shown.
        return proven and not (entry["validated"] and entry.get("proof"))

    def tells_of(self, published: Mapping[str, str]) -> bool:
        """Whether record and checksum tell of files that were published, known by name and sha256."""
        told = {f"{self.job.name}.{form}": entry["sha256"] for form, entry in self.entries.items()}
        pdf = f"{self.job.name}.pdf"
        if pdf not in published or not published.items() <= told.items():
            return False
        return self.sums == f"{published[pdf]}  {pdf}\n" and bool(self.entries["pdf"]["validated"])

    def holds(self, published: Mapping[str, str]) -> bool:
        """Whether the files in their places are those that were published, and the record tells of them."""
        there = {f"{self.job.name}.{form}": each.sha256 for form, each in self.files.items()}
        return {name: there.get(name) for name in published} == dict(published) and self.tells_of(published)


def read_shelf(workspace: Workspace, job: Job) -> Shelf:
    """Look at what lies under `build/` of a document; a record that cannot be read tells of nothing."""
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
