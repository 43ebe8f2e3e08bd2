"""Put a back-up back: whole, or not at all. First everything that is to be written lies beside the workspace, and the
state that was there is kept as a back-up itself. Then a plan is written, in one step: from that moment on the back-up
is put back, and whoever opens the workspace after a kill finishes the plan before anything is read."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path, PurePosixPath

from reporter.delivery.backup_contents import OUTBOX, SENT, files_beside, part_of, write_backup
from reporter.delivery.backup_reading import BackupArchive
from reporter.edit.applying import Writer, writing_lock
from reporter.edit.journal import FOLDER, Restoration, journal_file
from reporter.errors import ReporterError
from reporter.files.as_json import as_json
from reporter.files.checksum import checksum, list_checksum
from reporter.files.sources import SETTINGS, file_source
from reporter.files.workspace import Workspace
from reporter.files.writing import append_line, open_whole, remove_oldest, require_writable, write_error, write_whole
from reporter.submission.outbox import EXPORT, FILE
from reporter.submission.outbox_copy import Meeting, log_in, meeting_of, outbox_bytes

# So many of the states that were there before are kept.
KEPT = 5
EARLIER = "before"
LOG = f"{SENT}/{EXPORT}"
# What only grows: nothing that is published or sent goes because an older copy does not know of it.
LASTING = ("published", "sent")
JOURNAL = "journal"


class FileFate(StrEnum):
    """What becomes of a file."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would become of a workspace. `fates` tells of each file that differs; `here` are the checksums of what
    stands there now. `outbox` says which log of what was sent knows more, None where that of the workspace cannot be
    read."""

    archive: BackupArchive
    fates: Mapping[str, FileFate]
    here: Mapping[str, str]
    outbox: Meeting | None

    @property
    def seen(self) -> str:
        return list_checksum(self.here)

    @property
    def changes(self) -> bool:
        return any(each is not FileFate.STAYS for each in self.fates.values())

    @property
    def refused(self) -> bool:
        """Return whether each of two outboxes was sent from. Neither may be lost then."""
        return self.outbox is Meeting.APART


def look_ahead(workspace: Workspace, archive: BackupArchive) -> Prospect:
    """Tell what putting a back-up back would change. Raises ReporterError where what is there cannot be read, and so
    not be kept."""
    outbox, meeting = _outbox(workspace, archive)
    here = {path: checksum(content) for path, content in (files_beside(workspace) | outbox).items()}
    fates = dict(_fates(here, archive.sums, _kept(workspace, archive, meeting)))
    _require_room(workspace.root, fates)
    return Prospect(archive, fates, here, meeting)


def put_back(workspace: Workspace, prospect: Prospect, writer: Writer) -> Path | None:
    """Put a back-up back; gives where the state before is kept. None where there was nothing. Raises ReporterError;
    then nothing was changed, or the next command finishes it."""
    if prospect.refused:
        raise ReporterError(
            "each outbox knows of something sent that the other does not",
            hint="put it back into an empty folder, and compare both with your mail program",
        )
    with writing_lock(workspace):
        now = look_ahead(workspace, prospect.archive)
        if now.seen != prospect.seen:
            raise ReporterError("files were changed since you looked", hint="look again at what would change")
        before = _keep(workspace, prospect, writer)
        _plan(workspace, prospect, writer)
        _carry_out(workspace)
    return before


def finish_putting_back(workspace: Workspace) -> None:
    """Finish what a kill broke off; nothing where nothing was. Raises ReporterError when it cannot be finished now."""
    if workspace.pending.exists():
        with writing_lock(workspace):
            if workspace.pending.exists():
                _carry_out(workspace)


def earlier_states(workspace: Workspace) -> tuple[Path, ...]:
    """The states that were there before a back-up, newest first."""
    return tuple(sorted((workspace.own / EARLIER).glob("*.zip"), reverse=True))


def _outbox(workspace: Workspace, archive: BackupArchive) -> tuple[dict[str, bytes], Meeting | None]:
    """The outbox here, and what it is to the back-up's. One that is damaged is taken as the file that it is: a back-up
    may be put back because of that."""
    try:
        content = outbox_bytes(workspace.outbox)
        meeting = meeting_of(log_in(content), log_in(archive.read(OUTBOX)))
    except ReporterError:
        source = file_source(workspace.outbox / FILE)
        if source.finding:
            raise ReporterError("the outbox here cannot be read", hint=source.finding.hint) from None
        return {OUTBOX: source.content}, None
    return ({OUTBOX: content} if content else {}), meeting


def _kept(workspace: Workspace, archive: BackupArchive, outbox: Meeting | None) -> frozenset[str]:
    """The files that stay although the back-up has another one. These are logs that have all of what the back-up has,
    and more. A log of the outbox that knows more than the outbox keeps it from sending, which is meant."""
    kept = {OUTBOX} if outbox in (Meeting.SAME, Meeting.HERE) else set()
    for path in archive.sums:
        place = workspace.root / path
        if (path == LOG or part_of(path).kind == JOURNAL) and place.is_file():
            kept |= {path} if place.read_bytes().startswith(archive.read(path)) else set()
    return frozenset(kept)


def _fates(here: Mapping[str, str], there: Mapping[str, str], kept: frozenset[str]) -> Iterator[tuple[str, FileFate]]:
    for path in sorted(here.keys() | there.keys()):
        kind = part_of(path).kind
        if here.get(path) == there.get(path):
            continue
        if path not in here:
            yield path, FileFate.NEW
        elif path in there and path not in kept:
            yield path, FileFate.CHANGED
        elif kind == JOURNAL:
            # It goes on, with a line of this.
            continue
        else:
            yield path, FileFate.STAYS if path in kept or kind in LASTING else FileFate.GONE


def _require_room(root: Path, fates: Mapping[str, FileFate]) -> None:
    """Refuse what would stop it half way. Other things in the place of a file, or no right to write."""
    gone = {path for path, fate in fates.items() if fate is FileFate.GONE}
    for path in (path for path, fate in fates.items() if fate in (FileFate.NEW, FileFate.CHANGED)):
        barred = [each for each in PurePosixPath(path).parents if (root / each).is_file() and str(each) not in gone]
        if barred or (root / path).is_dir():
            what = f"a file lies at {barred[0]}, where" if barred else f"a folder lies at {path}, where"
            raise ReporterError(f"{what} the back-up has another thing", hint="move it away; nothing was changed")
        if fates[path] is FileFate.CHANGED:
            require_writable(root / path)


def _keep(workspace: Workspace, prospect: Prospect, writer: Writer) -> Path | None:
    if SETTINGS not in prospect.here:
        return None
    outbox, _ = _outbox(workspace, prospect.archive)
    time = writer.time
    # Where the clock went back, the name may be that of another state.
    while (place := workspace.own / EARLIER / f"{time:%Y-%m-%dT%H-%M-%S}.zip").exists():
        time += timedelta(seconds=1)
    with open_whole(place) as file:
        write_backup(file, files_beside(workspace) | outbox)
    with suppress(OSError):
        remove_oldest(place.parent, "*.zip", KEPT, newest=place)
    return place


def _plan(workspace: Workspace, prospect: Prospect, writer: Writer) -> None:
    folder, archive = workspace.pending.parent, prospect.archive
    shutil.rmtree(folder, ignore_errors=True)
    written = [path for path, fate in prospect.fates.items() if fate in (FileFate.NEW, FileFate.CHANGED)]
    for number, path in enumerate(written):
        with open_whole(folder / str(number)) as file:
            file.write(archive.read(path))
    gone = [path for path, fate in prospect.fates.items() if fate is FileFate.GONE]
    line = Restoration(
        time=writer.time.isoformat(timespec="seconds"),
        person=writer.person,
        archive=archive.sha256,
        sums=tuple(
            (path, prospect.here.get(path, ""), "" if path in gone else archive.sums[path])
            for path in sorted((*written, *gone))
        ),
    )
    plan = {
        "written": written,
        "gone": gone,
        "line": as_json(line, indent=None),
        "journal": journal_file(workspace, line).name,
    }
    write_whole(workspace.pending, as_json(plan).encode())


def _carry_out(workspace: Workspace) -> None:
    """Do what the plan says; a second time it does the same."""
    folder = workspace.pending.parent
    try:
        plan = json.loads(workspace.pending.read_bytes())
        for path in plan["gone"]:
            _remove(workspace.root, path)
        # The settings first: by them a workspace is found.
        for number, path in sorted(enumerate(plan["written"]), key=lambda each: each[1] != SETTINGS):
            with open_whole(workspace.root / path) as file, (folder / str(number)).open("rb") as staged:
                shutil.copyfileobj(staged, file)
        journal = workspace.own / FOLDER / plan["journal"]
        if not journal.is_file() or plan["line"].encode() not in journal.read_bytes().split(b"\n"):
            append_line(journal, plan["line"])
        workspace.pending.unlink()
    except OSError as problem:
        raise write_error(workspace.pending, problem) from problem
    except ReporterError as problem:
        hint = f"{problem.hint}; then any command in this folder finishes it"
        raise ReporterError(f"the back-up is put back in part: {problem.message}", hint=hint) from None
    shutil.rmtree(folder, ignore_errors=True)


def _remove(root: Path, path: str) -> None:
    (root / path).unlink(missing_ok=True)
    for parent in (root / path).parents:
        if parent == root or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()
