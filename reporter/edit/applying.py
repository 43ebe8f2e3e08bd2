"""Write amendments into a workspace, and take them back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from filelock import FileLock, Timeout

from reporter.edit.amendment import (
    Amendment,
    Conflict,
    Edit,
    amended,
    encoded,
    keys_beside,
    resolved_path,
    slice_of,
    taken_back,
)
from reporter.edit.journal import JournalLine, keep_edit, read_journal
from reporter.edit.splice import EditError, Splice
from reporter.errors import ReporterError, UsageError
from reporter.files.checksum import checksum
from reporter.files.sources import DATA, SETTINGS, Sources
from reporter.files.workspace import Workspace
from reporter.files.writing import require_writable, rewrite_whole, write_error, write_whole
from reporter.load.yaml_tree import Keys, ReadError, decode

# The files that people keep; what is published, made or brought is not written into.
KEPT = re.compile(
    rf"{re.escape(SETTINGS)}|{DATA}/catalogue\.yaml"
    rf"|{DATA}/[A-Z]{{2}}/(?:country|[12]\d{{3}})\.yaml|{DATA}/[A-Z]{{2}}/text/[a-z]{{2,3}}/[12]\d{{3}}\.md",
    re.ASCII,
)
# What the program keeps here is for this workspace only: Git passes it over, this file included.
IGNORED = ".gitignore"
# So many seconds one waits for another who writes; an edit takes some milliseconds.
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, and when, as the door to the program knows it."""

    person: str
    time: datetime


def apply(workspace: Workspace, wanted: Amendment, writer: Writer) -> Edit | Conflict | None:
    """Write an amendment into its file; None where it says so already.

    The file is read anew, so what others changed elsewhere in it stays. Raises EditError when the change cannot be
    proven, ReporterError when the file cannot be read or written; then it is unchanged.
    """
    with _writing(workspace, wanted.file) as sources:
        content, text = _read(sources, wanted.file)
        found = amended(text, wanted)
        if isinstance(found, Conflict):
            return replace(found, base=read_journal(workspace, sources).find(wanted.seen))
        if found is None:
            return None
        return _write(workspace, content, found, _edit(text, wanted.file, wanted.path, writer), text)


def undo(workspace: Workspace, line: JournalLine, writer: Writer) -> Edit | Conflict:
    """Take back an edit, which is an edit itself.

    To redo it is to undo that. It is a Conflict where what the edit wrote was changed since. Raises as `apply` does.
    """
    with _writing(workspace, line.edit.file) as sources:
        content, text = _read(sources, line.edit.file)
        found = taken_back(content, text, line.edit)
        if isinstance(found, Conflict):
            return found
        edit = _edit(text, line.edit.file, line.edit.path, writer)
        undone = replace(edit, undoes=f"{line.mark.path}:{line.mark.line}", beside=edit.beside or line.edit.beside)
        return _write(workspace, content, found, undone, text)


@contextmanager
def _writing(workspace: Workspace, file: str) -> Iterator[Sources]:
    """Keep other processes from writing, and look at the files anew."""
    if not KEPT.fullmatch(file):
        hint = "these are the settings, the catalogue, and the files and texts of countries"
        raise UsageError(f"{file} is no file that is written into", hint=hint)
    place = workspace.own / "edit.lock"
    lock = FileLock(place, timeout=PATIENCE)
    try:
        workspace.own.mkdir(exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ReporterError("somebody else is writing into this workspace", hint="wait, then try again") from None
    except OSError as problem:
        raise write_error(place, problem) from problem
    try:
        if not (workspace.own / IGNORED).exists():
            write_whole(workspace.own / IGNORED, b"*\n")
        yield workspace.snapshot()
    finally:
        lock.release()


def _read(sources: Sources, file: str) -> tuple[bytes, str]:
    source = sources.find(file)
    try:
        if source.finding:
            raise ReadError(source.finding)
        return source.content, decode(source.content, file)
    except ReadError as problem:
        found = problem.finding
        raise EditError(found.message, hint=found.hint, mark=found.mark) from None


def _edit(text: str, file: str, path: Keys, writer: Writer) -> Edit:
    """An edit that is still to be done."""
    path = resolved_path(text, file, path)
    return Edit(
        time=writer.time.isoformat(timespec="seconds"),
        person=writer.person,
        file=file,
        path=path,
        before=slice_of(text, file, path),
        after="",
        sums=("", ""),
        splice=Splice(0, "", ""),
        beside=keys_beside(text, file, path),
    )


def _write(workspace: Workspace, content: bytes, splice: Splice, edit: Edit, text: str) -> Edit:
    """Write the line of the journal, then the file."""
    after, place = splice.apply(text), (workspace.root / edit.file).resolve()
    new, piece = encoded(content, after), slice_of(after, edit.file, edit.path)
    done = replace(edit, after=piece, sums=(checksum(content), checksum(new)), splice=splice)
    require_writable(place)
    keep_edit(workspace, done)
    rewrite_whole(place, new)
    return done
