"""Restore a back-up into an empty folder. Every byte is checked before the first one is written. What makes a folder a
workspace, the settings, comes last."""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from reporter.delivery.backup_contents import ABOUT, FORM, KIND, MOST_BYTES, SUMS, TOP, path_outside
from reporter.edit.applying import writing_lock
from reporter.edit.journal import FOLDER
from reporter.errors import ReporterError, UsageError
from reporter.files.checksum import checksum
from reporter.files.sources import SETTINGS
from reporter.files.workspace import Workspace
from reporter.files.writing import remove, write_error, write_whole
from reporter.submission.file_names import flaw_of
from reporter.submission.result import PackageError, printable
from reporter.submission.zip_files import read_zip

MOST_TAG = 8 << 20
SUM = re.compile(r"([0-9a-f]{64})  (.+)")
SHOWN = 80
AGAIN = "take another back-up; nothing was changed"


def restore(workspace: Workspace, archive: Path) -> None:
    """Restore a back-up. Raises UsageError for a folder that is not empty, ReporterError for a back-up that is refused
    or cannot be written. Then nothing was changed. After a kill, the folder is no workspace, and the same call goes on
    in it."""
    files = read_backup(archive)
    root = workspace.root
    is_new = not root.exists()
    try:
        root.mkdir(exist_ok=True)
        with writing_lock(workspace):
            if not workspace.pending.exists() and (
                any(not each.name.startswith(".") for each in root.iterdir()) or (workspace.own / FOLDER).exists()
            ):
                hint = "move it aside first, or restore the back-up into a new folder: -w DIR"
                raise UsageError(f"{root} is not empty", hint=hint)
            write_whole(workspace.pending, b"")
            try:
                for path in sorted(files, key=lambda path: (path == SETTINGS, path)):
                    write_whole(root / path, files[path])
            except ReporterError:
                for path in {PurePosixPath(path).parts[0] for path in files if not path.startswith(".")}:
                    remove(root / path) if (root / path).is_file() else shutil.rmtree(root / path, ignore_errors=True)
                shutil.rmtree(workspace.own / FOLDER, ignore_errors=True)
                raise
            finally:
                remove(workspace.pending)
    except OSError as problem:
        raise write_error(root, problem) from problem
    finally:
        if is_new and not (root / SETTINGS).exists():
            shutil.rmtree(root, ignore_errors=True)


def read_backup(path: Path) -> dict[str, bytes]:
    """The files of a back-up by their paths in a workspace. Raises ReporterError for anything else, or one that was
    damaged or altered."""
    try:
        return _checked(path, read_zip(path, MOST_BYTES))
    except OSError as problem:
        hint = "look at its rights, or name another one"
        raise ReporterError(f"{path} cannot be read: {problem.strerror}", hint=hint) from problem
    except PackageError as problem:
        raise ReporterError(f"{path.name} is no back-up: {_short(str(problem.defects[0]))}", hint=AGAIN) from None


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
