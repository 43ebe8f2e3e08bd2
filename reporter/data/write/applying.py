"""Write amendments into a workspace, and undo them. The journal has one line per edit, written before the file, so that
no change lacks one. It is outside editions, packages, snapshots and Git, as it contains what was later withheld or
deleted."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime

from filelock import FileLock, Timeout

from reporter.data.errors import DataError, Mark, ReporterError, Severity, UsageError
from reporter.data.files.as_json import as_json, read_as
from reporter.data.files.received import RECORD, REMARKS_FILE
from reporter.data.files.sources import DATA, SETTINGS, Sources, checksum, file_source, known_countries
from reporter.data.files.store import Memory
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import (
    append_line,
    create_whole,
    remove_dead_drafts,
    require_writable,
    rewrite_whole,
    write_error,
    write_whole,
)
from reporter.data.read.dataset import load_dataset
from reporter.data.read.text import LINE
from reporter.data.read.yaml_tree import BOM, Keys, ReadError, decode
from reporter.data.write.amendment import (
    ABSENT,
    Amendment,
    Conflict,
    Edit,
    amended,
    encoded,
    neighbour_keys_of,
    resolved_path,
    slice_digest,
    slice_of,
    sum_of,
    taken_back,
)
from reporter.data.write.yaml_format import EditError, Splice, line_break

FOLDER, ENDING = "journal", ".jsonl"
MONTH = re.compile(r"\d{4}-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of the journal with its place. `is_written` is false if the program stopped before it wrote the file."""

    mark: Mark
    edit: Edit
    is_written: bool = True


@dataclass(frozen=True, slots=True)
class Journal:
    """All edits of a workspace, oldest first. `broken` lines cannot be read, as after a sudden stop."""

    lines: tuple[JournalLine, ...]
    broken: tuple[Mark, ...]

    def find(self, digest: str) -> str:
        pieces = (piece for line in self.lines for piece in (line.edit.before, line.edit.after))
        return next((piece for piece in pieces if slice_digest(piece) == digest), "")


def read_journal(workspace: Workspace, sources: Sources) -> Journal:
    """Read all months; `sources` show which edits were written."""
    lines: list[JournalLine] = []
    broken: list[Mark] = []
    for path in sorted((workspace.own / FOLDER).glob(f"*{ENDING}")):
        for number, line in enumerate(file_source(path).content.split(b"\n"), 1):
            mark = Mark(path.name, number)
            try:
                lines += [JournalLine(mark, read_as(Edit, json.loads(line)))] if line else []
            except (ValueError, TypeError, LookupError):
                broken.append(mark)
    return Journal(tuple(_settled(lines, sources)), tuple(broken))


def keep_edit(workspace: Workspace, edit: Edit) -> None:
    """Write an edit's line into the journal of its month, before the edited file is written. Lines stay in order of
    writing: if the clock was set back, the latest month is used. Raises ReporterError."""
    folder = workspace.own / FOLDER
    months = (path.stem for path in folder.glob(f"*{ENDING}") if MONTH.fullmatch(path.stem))
    append_line(folder / f"{max([edit.time[:7], *months])}{ENDING}", as_json(edit, indent=None))


def _settled(lines: list[JournalLine], sources: Sources) -> Iterator[JournalLine]:
    """Find which edits were written: after one that was not, the file's next edit starts from the same sum."""
    for number, line in enumerate(lines):
        edit = line.edit
        later = next((other.edit.sums[0] for other in lines[number + 1 :] if other.edit.file == edit.file), None)
        was_followed = later != edit.sums[0] or edit.sums[0] == edit.sums[1]
        yield JournalLine(line.mark, edit, _is_written(edit, sources) if later is None else was_followed)


def _is_written(edit: Edit, sources: Sources) -> bool:
    content = sources.find(edit.file).content
    now = sum_of(content if edit.file in sources else None)
    if now in edit.sums:
        return now == edit.sums[1]
    try:
        there = slice_of(decode(content, edit.file), edit.file, edit.path)
        # A created file has no earlier content to compare with.
        return there == edit.after if edit.sums[0] == ABSENT else there != edit.before or edit.before == edit.after
    except (ReadError, EditError):
        return True


def read_edited(sources: Sources, file: str, whole: str | None) -> tuple[bytes | None, str]:
    """A file as bytes and text; for a missing one None and `whole`, if given. Raises EditError if it cannot be read."""
    source = sources.find(file)
    # Otherwise a folder on the way to it cannot be read.
    if whole is not None and file not in sources and source.path == file:
        return None, whole
    try:
        if source.finding:
            raise ReadError(source.finding)
        if source.path != file:
            raise EditError("there is a file where a folder should be", hint="move it away", mark=Mark(source.path))
        return source.content, decode(source.content, file)
    except ReadError as problem:
        finding = problem.finding
        raise EditError(finding.message, hint=finding.hint, mark=finding.mark) from None


def write_edit(workspace: Workspace, content: bytes | None, text: str | None, edit: Edit) -> Edit:
    """Write the journal line, then the file; without a text the file is removed."""
    new, place = None if text is None else encoded(content, text), (workspace.root / edit.file).resolve()
    done = replace(edit, sums=(sum_of(content), sum_of(new)))
    if content is not None:
        require_writable(place)
    elif not place.is_relative_to(workspace.root.resolve()):
        hint = "replace the link with the folder itself"
        raise EditError("a folder leads out of the workspace through a symbolic link", hint=hint, mark=Mark(edit.file))
    keep_edit(workspace, done)
    if new is None:
        try:
            remove_dead_drafts(place)
            place.unlink()
        except OSError as problem:
            raise write_error(place, problem) from problem
        with suppress(OSError):
            place.parent.rmdir()
    elif content is None:
        create_whole(place, new)
    else:
        rewrite_whole(place, new)
    return done


# Files kept by people, and what agencies and reviewers sent, with decisions on it. Files that are published, generated
# or come with the program are never edited.
KEPT = re.compile(
    f"{re.escape(SETTINGS)}|{DATA}/catalogue\\.yaml|{DATA}/[A-Z]{{2}}/(?:country|(?:protection/)?[12]\\d{{3}})\\.yaml|{DATA}/[A-Z]{{2}}/text/[a-z]{{2,3}}/[12]\\d{{3}}\\.md|{RECORD.pattern}|{REMARKS_FILE.pattern}",
    re.ASCII,
)
# Git ignores the program's records in this folder, this file included: they are for this workspace only.
IGNORED = ".gitignore"
# Seconds to wait for another writer; an edit takes some milliseconds.
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, and when, as the command or page knows it. Edits written together have the name of a `group`."""

    person: str
    time: datetime
    group: str = ""

    def edit(self, file: str, path: Keys, before: str, after: str, splice: Splice, keys: tuple[str, ...]) -> Edit:
        """An edit of a file that is still to be written."""
        return Edit(
            time=self.time.isoformat(timespec="seconds"),
            person=self.person,
            file=file,
            path=path,
            before=before,
            after=after,
            sums=("", ""),
            splice=splice,
            neighbours=keys,
            group=self.group,
        )


def apply(workspace: Workspace, wanted: Amendment, writer: Writer) -> Edit | Conflict | None:
    """Write an amendment into its file; None if it is already there. The file is read again, which keeps other people's
    changes elsewhere; a missing one is created from the amendment's `whole`. Raises EditError if the change cannot be
    verified, ReporterError if the file cannot be read or written; it is then unchanged."""
    with _writing(workspace, wanted.file) as sources:
        content, text = read_edited(sources, wanted.file, wanted.whole or None)
        change = amended(text, wanted)
        if isinstance(change, Conflict):
            return replace(change, base=read_journal(workspace, sources).find(wanted.digest))
        if change is None:
            return None
        path = resolved_path(text, wanted.file, wanted.path)
        before = slice_of(text, wanted.file, path)
        after = "" if wanted.value is None else slice_of(change.apply(text), wanted.file, path)
        edit = writer.edit(wanted.file, path, before, after, change, neighbour_keys_of(text, wanted.file, path))
        if content is None:
            # The whole file is new: its initial content is not an edit of its own.
            text, edit = "", replace(edit, splice=Splice(0, "", change.apply(text)))
        return write_edit(workspace, content, edit.splice.apply(text), edit)


def rewrite(workspace: Workspace, file: str, path: Keys, was: str | None, text: str, writer: Writer) -> Edit:
    """Write individually verified changes at once, at a path. `was` is the text they were made on, None for no file.
    Raises EditError if the file has changed since, ReporterError if it cannot be written."""
    with _writing(workspace, file) as sources:
        content, now = read_edited(sources, file, "" if was is None else None)
        if (None if content is None else now) != was:
            raise EditError("another user has changed the file meanwhile", hint="run it again", mark=Mark(file))
        before, after = now if was is None else slice_of(now, file, path), slice_of(text, file, path)
        edit = writer.edit(file, path, before, after, Splice(0, now, text), neighbour_keys_of(text, file, path))
        return write_edit(workspace, content, text, edit)


def correctable(sources: Sources, file: str) -> str | None:
    """The text of a file kept by people, \ufffd for bytes that are not UTF-8; None if no text field can show it."""
    source = sources.find(file)
    if not KEPT.fullmatch(file) or source.path != file or source.finding or b"\0" in source.content:
        return None
    return source.content.removeprefix(BOM).decode(errors="replace")


def correct_whole(workspace: Workspace, file: str, base_checksum: str, typed: str, writer: Writer) -> None:
    """Replace an unreadable file with the text a user typed, unverified; the journal keeps the old content.
    `base_checksum` is the checksum of what they saw. Raises EditError if the file has changed or is a link,
    ReporterError if it cannot be written."""
    with _writing(workspace, file) as sources:
        now, content = correctable(sources, file), sources.find(file).content
        is_link = (workspace.root / file).resolve() != workspace.root.resolve() / file
        if now is None or is_link or base_checksum != checksum(content):
            raise EditError("another user has changed the file meanwhile", hint="look at it again", mark=Mark(file))
        text = line_break(now).join(LINE.split(typed))
        if "\ufffd" in text:
            hint = "replace the signs � with the letters that could not be read"
            raise EditError("some letters are still missing", hint=hint, mark=Mark(file))
        write_edit(workspace, content, text, writer.edit(file, (), "", "", Splice(0, now, text), ()))


def undo_together(workspace: Workspace, lines: Sequence[JournalLine], writer: Writer) -> tuple[Edit, ...] | Conflict:
    """Undo some edits together, the last first; undoing the result is redo. A file created by an edit is removed,
    unless anything else was written there. A Conflict if one of the places has changed since."""
    with _writing(workspace, *(entry.edit.file for entry in lines)) as sources:
        last = {entry.edit.file: entry.edit for entry in lines}
        files = {
            name: read_edited(sources, name, "" if edit.sums[1] == ABSENT else None) for name, edit in last.items()
        }
        undone: list[tuple[bytes | None, str | None, Edit]] = []
        for line in reversed(lines):
            edit = line.edit
            content, text = files[edit.file]
            change = taken_back(content, text, edit)
            if isinstance(change, Conflict):
                return change
            neighbour_keys = neighbour_keys_of(text, edit.file, edit.path) or edit.neighbours
            undoing = writer.edit(edit.file, edit.path, edit.after, edit.before, change, neighbour_keys)
            undoing = replace(undoing, undoes=f"{line.mark.path}:{line.mark.line}")
            after = None if edit.sums[0] == ABSENT and change == edit.splice.inverse else change.apply(text)
            undone.append((content, after, undoing))
            files[edit.file] = (None, "") if after is None else (encoded(content, after), after)
        return tuple(write_edit(workspace, *reversal) for reversal in undone)


@contextmanager
def writing_lock(workspace: Workspace) -> Iterator[None]:
    """Keep other processes from editing files. Raises ReporterError if one does not finish or on disk errors."""
    place = workspace.own / "edit.lock"
    lock = FileLock(place, timeout=PATIENCE)
    try:
        workspace.own.mkdir(exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ReporterError("another user is saving in this workspace", hint="wait, then try again") from None
    except OSError as problem:
        raise write_error(place, problem) from problem
    try:
        if not (workspace.own / IGNORED).exists():
            write_whole(workspace.own / IGNORED, b"*\n")
        yield
    finally:
        lock.release()


@contextmanager
def _writing(workspace: Workspace, *files: str) -> Iterator[Sources]:
    for file in files:
        if not KEPT.fullmatch(file):
            hint = "only settings, catalogue, country files and texts can be edited"
            raise UsageError(f"{file} is not a file that can be edited", hint=hint)
    with writing_lock(workspace):
        yield workspace.snapshot()


# Computes a change from the current files: two steps may concern the same line.
Step = Callable[[Sources], Amendment | Conflict | None]


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """The result of writing: edits, or a `problem` that prevented it, or the `conflict` with someone else's change."""

    edits: tuple[Edit, ...] = ()
    conflict: Conflict | None = None
    problem: ReporterError | None = None


def step_of(wanted: Amendment) -> Step:
    return lambda _: wanted


def step_to(file: str, path: tuple[str, ...], words: str | None) -> Step:
    """The step that writes or removes words at a path, whatever is there now; a missing entry need not be removed."""

    def step(sources: Sources) -> Amendment | None:
        written = slice_of(decode(sources.find(file).content, file), file, path)
        if words is None and not written:
            return None
        return Amendment(file=file, path=path, value=words, digest=slice_digest(written))

    return step


def write_or_refuse(workspace: Workspace, writer: Writer, steps: Sequence[Step], again: str) -> None:
    """Write some changes, all or none. Raises ReporterError otherwise, for a conflict with the hint `again`."""
    done = write_steps(workspace, writer, steps)
    if done.problem:
        raise done.problem
    if done.conflict:
        raise ReporterError(f"{done.conflict.file} was changed meanwhile", hint=again)


def write_steps(
    workspace: Workspace, writer: Writer, steps: Sequence[Step], memory: Memory | None = None
) -> WriteOutcome:
    """Write changes one after another; if one fails or conflicts, all are undone. `memory` caches files."""
    edits: list[Edit] = []
    try:
        if stopped := _look(workspace.snapshot(), steps, memory):
            return WriteOutcome(conflict=stopped)
        for step in steps:
            wanted = step(workspace.snapshot())
            done = apply(workspace, wanted, writer) if isinstance(wanted, Amendment) else wanted
            if isinstance(done, Conflict):
                return WriteOutcome(tuple(edits), conflict=done)
            edits += [done] if done else []
    except DataError as problem:
        finding = problem.findings[0]
        return WriteOutcome(
            tuple(edits), problem=ReporterError(f"{finding.mark}: {finding.message}", hint=finding.hint)
        )
    except ReporterError as problem:
        return WriteOutcome(tuple(edits), problem=problem)
    return WriteOutcome(tuple(edits))


def laid_over(sources: Sources, steps: Iterable[Step]) -> Sources | Conflict:
    """The files as they would be after some changes, or the conflict. Raises ReporterError if impossible."""
    after = sources
    for step in steps:
        wanted = step(after)
        if isinstance(wanted, Conflict):
            return wanted
        if wanted is None:
            continue
        content, text = read_edited(after, wanted.file, wanted.whole or None)
        change = amended(text, wanted)
        if isinstance(change, Conflict):
            return change
        if change:
            after = after.overlay({wanted.file: encoded(content, change.apply(text))})
    return after


def _look(sources: Sources, steps: Iterable[Step], memory: Memory | None) -> Conflict | None:
    """Check the files that would result; return a conflict. Raises ReporterError if one would be unreadable."""
    after = laid_over(sources, steps)
    if isinstance(after, Conflict):
        return after
    changed = {path for path in after if sources.find(path) is not after.find(path)}
    new = _errors(after, changed, memory) - _errors(sources, changed, memory) if changed else Counter()
    if new:
        _, message, hint = next(iter(new))
        raise ReporterError(message, hint=hint)
    return None


def _errors(sources: Sources, changed: Iterable[str], memory: Memory | None) -> Counter[tuple[str, str, str]]:
    codes = known_countries(sources)
    own = {path.split("/")[1] for path in changed if path.count("/") > 1 and path.startswith(f"{DATA}/")}
    findings = load_dataset(sources, [code for code in codes if code in own] if own else codes, memory=memory).findings
    # Without lines, which move when something is written above.
    return Counter((item.code, item.message, item.hint) for item in findings if item.severity is Severity.ERROR)
