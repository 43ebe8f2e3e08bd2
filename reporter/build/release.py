"""An edition that is published: frozen with all it was made from, compared with what is there now."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from reporter import __version__
from reporter.build.essence import essence
from reporter.build.inventory import engine_versions, font_sums, inputs_of, program_sum, sums_of
from reporter.build.plan import Entry, Job, Judged, digest
from reporter.errors import Finding, Mark, ReporterError, Severity, UsageError
from reporter.files.workspace import MARKER, Workspace
from reporter.files.writing import BESIDE, unwritable, write_through, write_whole
from reporter.load.release import (
    folder_of,
    published_years,
    read_releases,
    release_text,
    sealed,
    store_of,
)
from reporter.model import EditionStatus, Label, Release
from reporter.model.release import Sums

RULE = "edition-changed"
TITLE = "a file of a published edition changed since"
DISK = "free space on the disk that it lies on; what is published stays as it is"


@dataclass(frozen=True, slots=True)
class Departure:
    """A part of what an edition was made from that is not what it was: its kind, its name, what it was and is now."""

    kind: str
    name: str
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {_short(self.was)} then, {_short(self.now)} now"


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a package must name when it holds a corrigendum: its number, and what it takes the place of.

    `number` is 0 for a first edition, which replaces nothing; `files` are (name, sha256) of the edition before.
    """

    number: int
    date: str
    reason: Label
    before: str
    files: Sums


def latest(workspace: Workspace, country: str, year: int) -> Release | None:
    """What was published last of an edition, or None; raises DataError when a file of it was changed."""
    return next(reversed(read_releases(workspace.root, country, year)), None)


def replaced(workspace: Workspace, country: str, year: int) -> Replaced | None:
    """What the latest published number of an edition replaces; None when it is not published."""
    found = read_releases(workspace.root, country, year)
    if not found:
        return None
    last, before = found[-1], found[-2] if len(found) > 1 else None
    return Replaced(
        number=last.number,
        date=last.date,
        reason=last.reason,
        before=before.date if before else "",
        files=before.files if before else (),
    )


def departures(release: Release, inputs: Sums) -> tuple[Departure, ...]:
    """The files, the program, the engines and typefaces that are not those an edition was made from."""
    program = (("version", __version__), ("sha256", program_sum()))
    return (
        *_departed("input", release.inputs, inputs),
        *_departed("program", (("version", release.program), ("sha256", release.code)), program),
        *_departed("engine", release.engines, engine_versions()),
        *_departed("font", release.fonts, font_sums()),
    )


def _departed(kind: str, then: Sums, now: Sums) -> Iterator[Departure]:
    was, is_now = dict(then), dict(now)
    for name in sorted(was.keys() | is_now.keys()):
        if was.get(name) != is_now.get(name):
            yield Departure(kind, name, was.get(name, "absent"), is_now.get(name, "absent"))


def changed_inputs(workspace: Workspace, release: Release) -> tuple[Departure, ...]:
    """The files of the workspace that are not those an edition was made from."""
    now = sums_beside(workspace, release, inputs_of(workspace, Job(release.country, release.year, "")))
    return tuple(_departed("input", release.inputs, now))


def sums_beside(workspace: Workspace, release: Release, inputs: Mapping[str, bytes]) -> Sums:
    """The checksums of inputs, to compare with those of an edition.

    A file that differs in nothing that has a part in the edition has the checksum of the copy that was published.
    """
    was = dict(release.inputs)
    return tuple(
        (name, was[name] if name in was and _is_alike(workspace, release, name, inputs[name]) else sha256)
        for name, sha256 in sums_of(inputs)
    )


def _is_alike(workspace: Workspace, release: Release, name: str, content: bytes) -> bool:
    if name != MARKER:  # of any other file every byte has a part
        return False
    path = f"{store_of(release.country, release.year, release.number)}/{name}"
    try:
        was = _stored(workspace.root, path, dict(release.inputs)[name])
    except ReporterError:  # whether it is alike cannot be told
        return False
    return essence(name, was) == essence(name, content)


def refuse_changed(workspace: Workspace, release: Release, language: str) -> None:
    """Raises ReporterError with every file that is not what was published; the remedy begins with that language."""
    changed = changed_inputs(workspace, release)
    if changed:
        again = f'reporter publish {release.country} {release.year} --corrigendum "{language}=…"'
        lines = "\n  ".join((f"{release} is published, and its files changed since:", *map(str, changed)))
        raise ReporterError(lines, hint=f"put them back, or publish the change: {again}")


def changed_editions(workspace: Workspace, country: str) -> tuple[Finding, ...]:
    """A warning for each file of a published edition that has changed since, was removed or added."""
    known = workspace.years(country)
    releases = (latest(workspace, country, year) for year in published_years(workspace.root, country) if year in known)
    return tuple(
        _finding(each, release) for release in releases if release for each in changed_inputs(workspace, release)
    )


def _finding(each: Departure, release: Release) -> Finding:
    what = "was added" if each.was == "absent" else "is missing" if each.now == "absent" else "changed"
    again = f'reporter publish {release.country} {release.year} --corrigendum "en=…"'
    hint = f"put it back, or publish the change: {again}"
    message = f"the file {what} since {release} was published"
    return Finding(
        severity=Severity.WARNING,
        code=RULE,
        message=message,
        mark=Mark(each.name),
        hint=hint,
        year=release.year,
        title=TITLE,
    )


# the copies of what an edition was made from


def stored(workspace: Workspace, release: Release) -> dict[str, bytes]:
    """The files an edition was made from, from their copies; raises ReporterError when one is missing or changed."""
    folder = store_of(release.country, release.year, release.number)
    return {name: _stored(workspace.root, f"{folder}/{name}", sha256) for name, sha256 in release.inputs}


def _stored(root: Path, path: str, sha256: str) -> bytes:
    hint = "put it back from a copy; without it this number cannot be made again"
    try:
        if not (root / path).resolve().is_relative_to(root.resolve()):
            raise ReporterError("leads out of the workspace", hint=hint, mark=Mark(path))
        content = (root / path).read_bytes()
    except OSError as problem:
        what = f"the copy of a published file cannot be read: {problem.strerror}"
        raise ReporterError(what, hint=hint, mark=Mark(path)) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ReporterError("the copy of a published file was changed", hint=hint, mark=Mark(path))
    return content


@contextmanager
def staged(
    workspace: Workspace, inputs: Mapping[str, bytes], releases: Sequence[Release], place: Path | None = None
) -> Iterator[Workspace]:
    """A workspace for a while that holds just these files and what was published before; removed at the end.

    It lies in `place`, or in the folder for temporary files.
    """
    contents = dict(inputs) | {_file(each): release_text(each).encode() for each in releases}
    for each in releases[:-1]:
        store = store_of(each.country, each.year, each.number)
        contents |= {f"{store}/{name}": content for name, content in stored(workspace, each).items()}
    with ExitStack() as ending:
        try:
            made = tempfile.TemporaryDirectory(prefix="reporter-", dir=place, ignore_cleanup_errors=True)
            folder = Path(ending.enter_context(made))
            lay_out(folder, contents)
        except OSError as problem:
            what = problem.filename or place or "a folder for temporary files"
            raise ReporterError(f"{what} cannot be written: {problem.strerror}", hint=DISK) from None
        yield Workspace(folder)


def lay_out(root: Path, contents: Mapping[str, bytes]) -> None:
    """Writes files into a folder by their paths in it."""
    for name, content in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_through(path, content)


def _file(release: Release) -> str:
    return f"{folder_of(release.country)}/{release.name}.yaml"


# publishing


@contextmanager
def alone(workspace: Workspace, country: str, year: int) -> Iterator[Path]:
    """Keeps a second publishing of the same edition out; a folder to work in, cleared of what a killed one left."""
    desk = workspace.output / f".publish-{country}-{year}"
    lock = FileLock(desk.with_name(f"{desk.name}.lock"), timeout=0)
    try:
        workspace.output.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        shutil.rmtree(desk, ignore_errors=True)
        desk.mkdir()
    except Timeout:
        raise ReporterError(f"{country} {year} is being published", hint="wait until it has finished") from None
    except OSError as problem:
        lock.release()
        raise unwritable(desk, problem) from problem
    try:
        yield desk
    finally:
        shutil.rmtree(desk, ignore_errors=True)
        lock.release()


def draft(
    job: Job, inputs: Mapping[str, bytes], earlier: Sequence[Release], *, date: str, by: str, reason: Label
) -> Release:
    """The next number of an edition, before its files are made."""
    return sealed(
        Release(
            country=job.country,
            year=job.year,
            number=len(earlier),
            date=date,
            by=by,
            reason=reason,
            program=__version__,
            code=program_sum(),
            engines=engine_versions(),
            fonts=font_sums(),
            inputs=sums_of(inputs),
            files=(),
            mark=Mark(""),
        )
    )


def with_files(release: Release, made: Sums) -> Release:
    """The same with the files that were made for it."""
    return sealed(replace(release, files=made))


def assumed(_pdf: bytes, _html: str) -> tuple[Judged, ...]:
    """Takes a PDF for proven, because it was when it was published; what it says of that is part of its bytes."""
    return ()


def freeze(workspace: Workspace, release: Release, inputs: Mapping[str, bytes]) -> Path:
    """Puts an edition in its place: first the copies of its inputs, then its file; without that nothing is published.

    Raises ReporterError, and nothing is published.
    """
    path = workspace.root / _file(release)
    if path.exists():
        raise UsageError(f"{_file(release)} is there already", hint="what is published is never replaced")
    store = workspace.root / store_of(release.country, release.year, release.number)
    beside = store.with_name(f"{BESIDE}{store.name}")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        lay_out(beside, inputs)
        # What lies there without a file of its edition is of a publishing that was broken off.
        shutil.rmtree(store, ignore_errors=True)
        beside.rename(store)
    except OSError as problem:
        shutil.rmtree(beside, ignore_errors=True)
        hint = "free space on the disk or mend the rights of the folder; nothing was published"
        raise ReporterError(f"{store} cannot be written: {problem.strerror}", hint=hint) from None
    write_whole(path, release_text(release).encode())
    return path


def check_ready(status: EditionStatus, mark: Mark) -> None:
    """Raises ReporterError unless the figures are final."""
    if status is not EditionStatus.FINAL:
        hint = "write status: final when the figures are; only then an edition is published"
        raise ReporterError(f"the status is {status}", hint=hint, mark=mark)


def published_files(release: Release, made: Sums) -> tuple[Departure, ...]:
    """The files made again that are not byte for byte those that were published."""
    return tuple(_departed("file", release.files, made))


def unchanged(workspace: Workspace, country: str, year: int) -> Release | None:
    """What was published last of an edition, if the files it was made from are the same still; else None."""
    release = latest(workspace, country, year)
    return release if release and not changed_inputs(workspace, release) else None


def state_of(workspace: Workspace, job: Job, program: str, release: Release | None) -> str:
    """The state that files must be of to be left as they are: what `digest` says, or that of what was published.

    What lies there as it was published, from files that are `unchanged`, is right whatever program there is now.
    """
    if release:
        own = {job.file(workspace, form).name for form in release.formats}
        published = {name: sha256 for name, sha256 in release.files if name in own}
        if published and is_recorded(workspace, job, published):
            files = json.loads(job.record(workspace).read_text(encoding="utf-8"))["files"]
            return str(files["pdf"]["inputs"])
    return digest(workspace, job, program)


def refuse_other(workspace: Workspace, release: Release, job: Job, entries: Mapping[str, Entry]) -> None:
    """Raises ReporterError for a finished file, told of by its record, that is not what was published."""
    published = dict(release.files)
    for form, entry in entries.items():
        name = job.file(workspace, form).name
        if published.get(name, entry["sha256"]) != entry["sha256"]:
            again = f"reporter publish {release.country} {release.year}"
            hint = f"{again} puts back what was published, or says why it cannot be made again"
            raise ReporterError(f"{name} is not the file that was published: {release}", hint=hint)


def is_recorded(workspace: Workspace, job: Job, sums: Mapping[str, str]) -> bool:
    """Whether record and checksum beside the files of an edition, known by name and sha256, tell of these."""
    pdf = job.pdf(workspace).name
    try:
        files = json.loads(job.record(workspace).read_text(encoding="utf-8"))["files"]
        told = {job.file(workspace, form).name: entry["sha256"] for form, entry in files.items()}
        checksum = job.sums(workspace).read_text(encoding="utf-8")
        same = sums.items() <= told.items() and checksum == f"{sums[pdf]}  {pdf}\n"
        return same and bool(files["pdf"]["validated"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def _short(text: str) -> str:
    return f"{text[:12]}…" if len(text) == 64 else text
