"""Restore a back-up: whole, or not at all. It is unpacked and checked in a folder of the program first. Then a plan is
written in one step, and from that moment files are only renamed: what is here moves aside, and the back-up takes its
place. After a kill, the next command in the folder finishes the plan before anything is read."""

import errno
import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from glob import escape
from pathlib import Path, PurePosixPath

from reporter.delivery.backup_contents import ABOUT, FORM, KIND, MOST_BYTES, OUTBOX, SUMS, TOP, path_outside
from reporter.delivery.dispatching import open_outbox
from reporter.edit.applying import writing_lock
from reporter.edit.journal import FOLDER
from reporter.errors import ReporterError, UsageError
from reporter.files.as_json import as_json
from reporter.files.checksum import checksum
from reporter.files.sources import SETTINGS
from reporter.files.workspace import Workspace
from reporter.files.writing import open_whole, write_error, write_whole
from reporter.submission.file_names import flaw_of
from reporter.submission.outbox import EXPORT, FILE
from reporter.submission.outbox_copy import check_copy
from reporter.submission.result import PackageError, printable
from reporter.submission.zip_files import read_zip

MOST_TAG = 8 << 20
SUM = re.compile(r"([0-9a-f]{64})  (.+)")
SHOWN = 80
AGAIN = "take another back-up; nothing was changed"


def unpack_backup(path: Path, folder: Path) -> None:
    """Unpack a back-up into a folder, checking every byte. Raises ReporterError for anything else, or one that was
    damaged or altered; what lies in the folder then is worth nothing."""
    try:
        files = _checked(path, read_zip(path, MOST_BYTES))
    except OSError as problem:
        raise ReporterError(
            f"{path} cannot be read: {problem.strerror}", hint="mend its rights, or name another one"
        ) from problem
    except PackageError as problem:
        raise ReporterError(f"{path.name} is no back-up: {_short(str(problem.defects[0]))}", hint=AGAIN) from None
    check_copy(files.get(OUTBOX, b""))
    for name, content in files.items():
        with open_whole(folder / name) as target:
            target.write(content)


def _checked(path: Path, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    if flaw := next((f"{name}: its name {flaw}" for name in contents if (flaw := flaw_of(name))), ""):
        raise ReporterError(f"{path.name} is no back-up: {_short(flaw)}", hint=AGAIN)
    about, sums = (contents.get(f"{TOP}{each}") for each in (ABOUT, SUMS))
    if about is None or sums is None or len(about) > MOST_TAG or len(sums) > MOST_TAG:
        hint = "a back-up is what reporter backup or the page Settings made; nothing was changed"
        raise ReporterError(f"{path.name} is no back-up of a workspace", hint=hint)
    _check_about(path, about)
    named = [name for name in contents if name not in (f"{TOP}{ABOUT}", f"{TOP}{SUMS}")]
    held = {path_outside(name.removeprefix(TOP)): name for name in named if name.startswith(TOP)}
    if "" in held or len(held) != len(named):
        raise ReporterError(f"{path.name} holds what is no part of a workspace", hint=AGAIN)
    if any(str(each) in held for name in held for each in PurePosixPath(name).parents):
        raise ReporterError(f"{path.name} has a file where others need a folder", hint=AGAIN)
    if SETTINGS not in held:
        raise ReporterError(f"{path.name} holds no {SETTINGS}: it is of no workspace", hint=AGAIN)
    lines = map(SUM.fullmatch, sums.decode("utf-8", "replace").splitlines())
    listed = {TOP + found[2]: found[1] for found in lines if found}
    for outside, name in held.items():
        if listed.get(name) != checksum(contents[name]):
            raise ReporterError(f"{path.name} was damaged: {_short(outside)} is not as it was written", hint=AGAIN)
    if len(listed) != len(held):
        raise ReporterError(f"{path.name} lacks files that its list names", hint=AGAIN)
    return {outside: contents[name] for outside, name in held.items()}


def _check_about(path: Path, about: bytes) -> None:
    try:
        told = json.loads(about)
        kind, form, program = told["kind"], told["form"], str(told["program"])
    except (ValueError, TypeError, LookupError, RecursionError):
        kind, form, program = "", 0, ""
    if kind != KIND:
        raise ReporterError(f"{path.name} does not say that it is a back-up", hint=AGAIN)
    if form != FORM:
        hint = "install the newest version; nothing was changed"
        raise ReporterError(f"{path.name} was written by a newer version, {_short(program)}", hint=hint)


def _short(text: str) -> str:
    told = printable(text)
    return told if len(told) <= SHOWN else f"{told[:SHOWN]}…"


JOURNAL = f".reporter/{FOLDER}"
BEFORE = "-before-"
# Where there may be no folder beside the workspace, as in a container that serves a mounted one.
INSIDE = ".reporter/before"
# What was unpacked, before and after everything else has moved aside.
NEW, COMING = "new", "coming"


def restore(workspace: Workspace, archive: Path, time: datetime, *, aside: bool) -> Path | None:
    """Restore a back-up; gives the folder into which moved what was here, None where nothing was. Raises UsageError
    where something is here that may not move `aside`, ReporterError for a back-up that is refused or cannot be written.
    Then nothing was changed."""
    root = workspace.root
    is_new = not root.exists()
    if not (aside or is_new):
        _require_empty(root)
    try:
        root.mkdir(exist_ok=True)
        with writing_lock(workspace):
            try:
                return _restore(workspace, archive, time, aside=aside)
            finally:
                if not workspace.pending.exists():
                    shutil.rmtree(workspace.pending.parent, ignore_errors=True)
                    if is_new and not _present(root):
                        shutil.rmtree(root, ignore_errors=True)
    except OSError as problem:
        raise write_error(root, problem) from problem


def finish_restoring(workspace: Workspace) -> None:
    """Finish what a kill interrupted, if anything. Raises ReporterError when it cannot be finished now."""
    if workspace.pending.exists():
        with writing_lock(workspace):
            if workspace.pending.exists():
                _carry_out(workspace)


def states_before(root: Path) -> tuple[Path, ...]:
    """The folders into which moved what was here before a back-up was restored, newest first."""
    pattern = f"{escape(root.name)}{BEFORE}*"
    found = (each for folder in (root.parent, root / INSIDE) for each in folder.glob(pattern))
    return tuple(sorted(found, key=lambda path: path.name, reverse=True))


def _restore(workspace: Workspace, archive: Path, time: datetime, *, aside: bool) -> Path | None:
    root = workspace.root
    if workspace.pending.exists():
        _carry_out(workspace)
    if not aside:
        _require_empty(root)
    present = _present(root)
    place = _free_place(root, time) if present else None
    shutil.rmtree(workspace.pending.parent, ignore_errors=True)
    unpack_backup(archive, workspace.pending.with_name(NEW))
    _keep_log(workspace, Workspace(workspace.pending.with_name(NEW)), time)
    write_whole(workspace.pending, as_json({"aside": str(place or ""), "present": present}).encode())
    _carry_out(workspace)
    return place


def _require_empty(root: Path) -> None:
    if _present(root):
        hint = "with --aside, what is here moves into a folder beside it; or name a new folder: -w DIR"
        raise UsageError(f"{root} is not empty", hint=hint)


def _present(folder: Path) -> list[str]:
    """What a folder holds of a workspace, and beside it. Not what begins with a dot, such as the folder of Git."""
    names = sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))
    return [*names, JOURNAL] if (folder / JOURNAL).exists() else names


def _free_place(root: Path, time: datetime) -> Path:
    folder = root.parent if os.access(root.parent, os.W_OK) and not os.path.ismount(root) else root / INSIDE
    # Where the clock went back, the name may be that of another state.
    while (place := folder / f"{root.name}{BEFORE}{time:%Y-%m-%dT%H-%M-%S}").exists():
        time += timedelta(seconds=1)
    return place


def _keep_log(here: Workspace, there: Workspace, time: datetime) -> None:
    """Let the log of what was sent from here stay where the back-up knows less: beside that log, its outbox is an
    earlier copy and sends nothing."""
    if (here.outbox / FILE).is_file():
        # It writes what its log lacks after a kill; one that is damaged has its log as it is.
        with suppress(ReporterError), open_outbox(here, "reporter restore", lambda: time):
            pass
    log, other = here.outbox / EXPORT, there.outbox / EXPORT
    sent = log.read_bytes() if log.is_file() else b""
    if not (other.read_bytes() if other.is_file() else b"").startswith(sent):
        write_whole(other, sent)


def _carry_out(workspace: Workspace) -> None:
    """Do what the plan says; what is done already is not done again."""
    root, new, coming = workspace.root, workspace.pending.with_name(NEW), workspace.pending.with_name(COMING)
    plan = json.loads(workspace.pending.read_bytes())
    try:
        if new.exists():
            _move_aside(root, Path(plan["aside"]), plan["present"])
            new.rename(coming)
        for name in _present(coming):
            _rename(coming / name, root / name)
        workspace.pending.unlink()
    except OSError as problem:
        remedy = "close what has files of this folder open, or mend the rights of the folder"
        if new.exists() and all(os.path.lexists(root / name) for name in plan["present"]):
            workspace.pending.unlink()
            hint = f"{remedy}; nothing was changed"
            raise ReporterError(f"what is here cannot move aside: {problem}", hint=hint) from problem
        hint = f"{remedy}; then any command in this folder finishes it"
        raise ReporterError(f"the back-up is restored in part: {problem}", hint=hint) from problem
    shutil.rmtree(workspace.pending.parent, ignore_errors=True)


def _move_aside(root: Path, aside: Path, names: Sequence[str]) -> None:
    """Move all of it, or nothing. Raises OSError."""
    try:
        for name in names:
            if os.path.lexists(root / name) and not os.path.lexists(aside / name):
                (aside / name).parent.mkdir(parents=True, exist_ok=True)
                _rename(root / name, aside / name)
    except OSError:
        for name in names:
            if os.path.lexists(aside / name):
                _rename(aside / name, root / name)
        for folder in ((aside / JOURNAL).parent, aside):
            with suppress(OSError):
                folder.rmdir()
        raise


def _rename(source: Path, target: Path) -> None:
    """Rename a file or folder, never onto another one. Raises OSError."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "another one is there", str(target))
    source.rename(target)
