"""Open a back-up without trusting it. Nothing is unpacked to look at it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reporter.delivery.backup_contents import ABOUT, FORM, KIND, MOST_BYTES, OUTBOX, SUMS, TOP, path_outside
from reporter.errors import ReporterError
from reporter.files.checksum import checksum, checksum_of
from reporter.files.sources import SETTINGS
from reporter.submission.file_names import flaw_of
from reporter.submission.outbox_copy import log_in
from reporter.submission.result import PackageError, printable
from reporter.submission.zip_files import read_zip

MOST_TAG = 8 << 20
PIECE = 1 << 20
SUM = re.compile(r"([0-9a-f]{64})  (.+)")
SHOWN = 80
AGAIN = "take another back-up; nothing was changed"


@dataclass(frozen=True, slots=True)
class BackupArchive:
    """A back-up that was opened, every file as it was written. `sums` has the checksum of each file by its path in the
    workspace, `files` what it holds."""

    path: Path
    sha256: str
    program: str
    sums: Mapping[str, str]
    files: Mapping[str, bytes]

    def read(self, path: str) -> bytes:
        """A file whole; empty where the back-up has none."""
        return self.files.get(path, b"")


def open_backup(path: Path) -> BackupArchive:
    """Open a back-up and check every file of it. Raises ReporterError for anything else, or one that was damaged or
    altered."""
    try:
        found = _opened(path, read_zip(path, MOST_BYTES))
    except OSError as problem:
        raise _unreadable(path, problem) from problem
    except PackageError as problem:
        raise ReporterError(f"{path.name} is no back-up: {_short(str(problem.defects[0]))}", hint=AGAIN) from None
    log_in(found.read(OUTBOX))
    return found


def _opened(path: Path, contents: Mapping[str, bytes]) -> BackupArchive:
    if flaw := next((f"{name}: its name {flaw}" for name in contents if (flaw := flaw_of(name))), ""):
        raise ReporterError(f"{path.name} is no back-up: {_short(flaw)}", hint=AGAIN)
    about, sums, *others = (contents.get(f"{TOP}{ABOUT}"), contents.get(f"{TOP}{SUMS}"), *contents)
    if about is None or sums is None or len(about) > MOST_TAG or len(sums) > MOST_TAG:
        hint = "a back-up is what reporter backup or the page Settings made; nothing was changed"
        raise ReporterError(f"{path.name} is no back-up of a workspace", hint=hint)
    program = _about(path, about)
    named = [name for name in others if name not in (f"{TOP}{ABOUT}", f"{TOP}{SUMS}")]
    held = {path_outside(name.removeprefix(TOP)): name for name in named if name.startswith(TOP)}
    if "" in held or len(held) != len(named):
        raise ReporterError(f"{path.name} holds what is no part of a workspace", hint=AGAIN)
    if any(str(each) in held for name in held for each in PurePosixPath(name).parents):
        raise ReporterError(f"{path.name} has a file where others need a folder", hint=AGAIN)
    if SETTINGS not in held:
        raise ReporterError(f"{path.name} holds no {SETTINGS}: it is of no workspace", hint=AGAIN)
    lines = map(SUM.fullmatch, sums.decode("utf-8", "replace").splitlines())
    listed = {TOP + found[2]: found[1] for found in lines if found}
    files = {outside: contents[name] for outside, name in held.items()}
    measured = {outside: checksum(content) for outside, content in files.items()}
    for outside, name in held.items():
        if listed.get(name) != measured[outside]:
            raise ReporterError(f"{path.name} was damaged: {_short(outside)} is not as it was written", hint=AGAIN)
    if len(listed) != len(held):
        raise ReporterError(f"{path.name} lacks files that its list names", hint=AGAIN)
    with path.open("rb") as file:
        whole = checksum_of(iter(lambda: file.read(PIECE), b""))
    return BackupArchive(path=path, sha256=whole, program=program, sums=measured, files=files)


def _about(path: Path, about: bytes) -> str:
    """The version that wrote it; raises ReporterError for no back-up."""
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
    return _short(program)


def _short(text: str) -> str:
    told = printable(text)
    return told if len(told) <= SHOWN else f"{told[:SHOWN]}…"


def _unreadable(path: Path, problem: OSError) -> ReporterError:
    return ReporterError(f"{path} cannot be read: {problem.strerror}", hint="mend its rights, or name another one")
