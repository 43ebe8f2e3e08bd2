"""Read the finished files and records under `build/`."""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reporter.data.errors import ReporterError
from reporter.data.files.published import published_years
from reporter.data.files.sources import SourceFile, Sources, checksum, file_source
from reporter.data.files.workspace import Workspace
from reporter.data.read.release import read_releases
from reporter.data.records import Release
from reporter.editions.job import FORMATS, Job

Proof = list[dict[str, str | int]]
Entry = dict[str, str | int | bool | Proof]
NEEDED = frozenset({"inputs", "strict", "validated", "sha256"})


@dataclass(frozen=True, slots=True)
class Shelf:
    """The finished files of one document by format, each read once, and the `entries` of their record. `sums` is the
    file with the checksum of the PDF, in the format of sha256sum."""

    job: Job
    entries: Mapping[str, Entry] = field(default_factory=dict)
    files: Mapping[str, SourceFile] = field(default_factory=dict)
    sums: str = ""

    def recorded_entries(self, digest: str) -> dict[str, Entry]:
        """The entries of formats made from this state of inputs, without looking at the files."""
        return {form: entry for form, entry in self.entries.items() if entry["inputs"] == digest}

    def current_entries(self, digest: str) -> dict[str, Entry]:
        recorded = ((form, entry) for form, entry in self.recorded_entries(digest).items() if form in self.files)
        return {form: entry for form, entry in recorded if self.files[form].sha256 == entry["sha256"]}

    def faults(self, digest: str) -> int:
        return max((int(str(entry.get("faults", 0))) for entry in self.recorded_entries(digest).values()), default=0)

    def is_due(self, digest: str, form: str = "pdf", *, strict: bool = False, proven: bool = False) -> bool:
        """Whether a format must be built: absent, damaged, from other inputs, or checked less strictly."""
        entry = self.current_entries(digest).get(form)
        if entry is None or (strict and not entry["strict"]):
            return True
        # A file taken as proven when made again has no proof to show.
        return proven and not (entry["validated"] and entry.get("proof"))

    def records_files(self, published: Mapping[str, str]) -> bool:
        """Whether record and checksum describe the published files, given by name and sha256."""
        checksum_by_name = {f"{self.job.name}.{form}": entry["sha256"] for form, entry in self.entries.items()}
        pdf = f"{self.job.name}.pdf"
        if pdf not in published or not published.items() <= checksum_by_name.items():
            return False
        return self.sums == f"{published[pdf]}  {pdf}\n" and bool(self.entries["pdf"]["validated"])

    def holds_files(self, published: Mapping[str, str]) -> bool:
        """Whether the files here are the published ones, as the record must say too."""
        there = {f"{self.job.name}.{form}": file.sha256 for form, file in self.files.items()}
        return {name: there.get(name) for name in published} == dict(published) and self.records_files(published)


def read_shelf(workspace: Workspace, job: Job) -> Shelf:
    """Read a document's files under `build/`. An unreadable record has no entries."""
    places = {form: job.file(workspace, form) for form in FORMATS}
    files = {form: file_source(path) for form, path in places.items() if path.is_file()}
    sums, entries = job.sums(workspace), dict[str, Entry]()
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        record = json.loads(file_source(job.record(workspace)).content)["files"]
        entries = {form: record[form] for form in FORMATS if form in record and record[form].keys() >= NEEDED}
    sums_text = file_source(sums).content.decode(errors="replace") if sums.is_file() else ""
    return Shelf(job=job, entries=entries, files=files, sums=sums_text)


# The folder of files replaced by a corrigendum: number-0.
NUMBER = "number-{}"
# A file of an edition below `build/`.
PUBLISHED = re.compile(r"([^/]+)/(\d{4})/(?:number-(\d+)/)?([^/]+)", re.ASCII)


def refuse_other_files(releases: Sequence[Release], job: Job, sums: Mapping[str, str], *, proven: bool) -> None:
    """Refuse files that differ from the published ones, by SHA-256. Raises ReporterError with the first."""
    listed = dict(releases[-1].files) if releases else {}
    for form, sha256 in sums.items():
        name = f"{job.name}.{form}"
        if listed.get(name, sha256) != sha256:
            edition = f"{job.country} {job.year}"
            hint = f"reporter publish {edition} restores it; reporter rebuild {edition} --verify shows the differences"
            if form == "pdf" and not proven:
                hint = f"the published file was validated: add --validate, or run reporter publish {edition}"
            raise ReporterError(f"{name} would differ from the published file, which is not replaced", hint=hint)


def latest_entries(shelf: Shelf, releases: Sequence[Release]) -> dict[str, Entry | None]:
    """The formats whose files are the latest published ones, with their entries, None if the record lacks them."""
    listed = dict(releases[-1].files) if releases else {}
    sums = {form: file.sha256 for form, file in shelf.files.items() if listed.get(_name(shelf, form)) == file.sha256}
    entries = {form: shelf.entries.get(form) for form in sums}
    return {form: entry if entry and entry["sha256"] == sums[form] else None for form, entry in entries.items()}


def earlier_files(
    workspace: Workspace, shelf: Shelf, releases: Sequence[Release], replaced: Sequence[str]
) -> dict[Path, bytes]:
    """The published files of earlier numbers that are replaced now, for a folder per number next to the latest."""
    content_by_path: dict[Path, bytes] = {}
    for release in releases[:-1]:
        listed, folder = dict(release.files), shelf.job.folder(workspace) / NUMBER.format(release.number)
        for form in replaced:
            file, name = shelf.files.get(form), _name(shelf, form)
            if file and listed.get(name) == file.sha256:
                content_by_path[folder / name] = file.content
                if form == "pdf":
                    content_by_path[folder / f"{name}.sha256"] = f"{file.sha256}  {name}\n".encode()
    return content_by_path


def refuse_in_place(workspace: Workspace, sources: Sources, content_by_path: Mapping[Path, bytes]) -> None:
    """Refuse to write files into the folder of a published edition that are not its own. Raises ReporterError."""
    output = workspace.output.resolve()
    for path, content in content_by_path.items():
        whole = path.resolve()
        match = PUBLISHED.fullmatch(whole.relative_to(output).as_posix()) if output in whole.parents else None
        if match is None or int(match[2]) not in published_years(sources, match[1]):
            continue
        releases = read_releases(sources, match[1], int(match[2]))
        listed = {release.number: dict(release.files) for release in releases}
        if listed.get(int(match[3] or releases[-1].number), {}).get(match[4]) != checksum(content):
            message = f"{path} would be among the published files of {match[1]} {match[2]}"
            raise ReporterError(message, hint="name another file or folder")


def _name(shelf: Shelf, form: str) -> str:
    return f"{shelf.job.name}.{form}"
