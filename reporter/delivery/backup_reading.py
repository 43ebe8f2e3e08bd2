"""Open a back-up without trusting it. Nothing is unpacked to look at it."""

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from reporter.delivery.backup_contents import ABOUT, FORM, KIND, OUTBOX, SUMS, TOP, path_outside
from reporter.errors import ReporterError
from reporter.files.checksum import checksum_of
from reporter.files.sources import SETTINGS
from reporter.submission.outbox_copy import log_in
from reporter.submission.result import PackageError, printable
from reporter.submission.stored_zip import data_places, exactly, safe_entries
from reporter.submission.zip_format import ZipEntry

MOST_TAG = 8 << 20
PIECE = 1 << 20
SUM = re.compile(r"([0-9a-f]{64})  (.+)")
SHOWN = 80
AGAIN = "take another back-up; nothing was changed"


@dataclass(frozen=True, slots=True)
class BackupArchive:
    """A back-up that was opened, every byte as it was written. `sums` has the checksum of each file by its path in the
    workspace, `slots` its size and where its bytes begin."""

    path: Path
    sha256: str
    program: str
    sums: Mapping[str, str]
    slots: Mapping[str, tuple[int, int]]

    def pieces(self, path: str) -> Iterator[bytes]:
        """Read a file in pieces; raises ReporterError."""
        size, place = self.slots[path]
        try:
            with self.path.open("rb") as file:
                file.seek(place)
                yield from exactly(file, size)
        except OSError as problem:
            raise _unreadable(self.path, problem) from problem

    def read(self, path: str) -> bytes:
        """A file whole; empty where the back-up has none."""
        return b"".join(self.pieces(path)) if path in self.slots else b""


def open_backup(path: Path) -> BackupArchive:
    """Open a back-up and check every byte of it. Raises ReporterError for anything else, or one that was damaged or
    altered."""
    try:
        with path.open("rb") as file:
            found = _opened(path, file)
    except OSError as problem:
        raise _unreadable(path, problem) from problem
    except PackageError as problem:
        raise ReporterError(f"{path.name} is no back-up: {_short(str(problem.defects[0]))}", hint=AGAIN) from None
    log_in(found.read(OUTBOX))
    return found


def _opened(path: Path, file: BinaryIO) -> BackupArchive:
    entries = safe_entries(path, file)
    places = dict(zip((each.name for each in entries), data_places(path, file, entries), strict=True))
    about = _about(path, file, entries, places)
    held = {path_outside(each.name.removeprefix(TOP)): each for each in entries[2:] if each.name.startswith(TOP)}
    if "" in held or len(held) != len(entries) - 2:
        raise ReporterError(f"{path.name} holds what is no part of a workspace", hint=AGAIN)
    if any(str(each) in held for name in held for each in PurePosixPath(name).parents):
        raise ReporterError(f"{path.name} has a file where others need a folder", hint=AGAIN)
    if SETTINGS not in held:
        raise ReporterError(f"{path.name} holds no {SETTINGS}: it is of no workspace", hint=AGAIN)
    listed = {
        TOP + found[2]: found[1]
        for each in _piece(file, entries[1], places).decode("utf-8", "replace").splitlines()
        if (found := SUM.fullmatch(each))
    }
    sums = {}
    for name, entry in held.items():
        sums[name], crc = _sums(file, entry, places)
        if listed.get(entry.name) != sums[name] or crc != entry.crc:
            raise ReporterError(f"{path.name} was damaged: {_short(name)} is not as it was written", hint=AGAIN)
    if len(listed) != len(held):
        raise ReporterError(f"{path.name} lacks files that its list names", hint=AGAIN)
    file.seek(0)
    whole = checksum_of(iter(lambda: file.read(PIECE), b""))
    slots = {name: (entry.size, places[entry.name]) for name, entry in held.items()}
    return BackupArchive(path=path, sha256=whole, program=about, sums=sums, slots=slots)


def _about(path: Path, file: BinaryIO, entries: tuple[ZipEntry, ...], places: Mapping[str, int]) -> str:
    """The version that wrote it; raises ReporterError for no back-up."""
    names = [each.name for each in entries[:2]]
    if names != [f"{TOP}{ABOUT}", f"{TOP}{SUMS}"] or any(each.size > MOST_TAG for each in entries[:2]):
        hint = "a back-up is what reporter backup or the page Settings made; nothing was changed"
        raise ReporterError(f"{path.name} is no back-up of a workspace", hint=hint)
    try:
        told = json.loads(_piece(file, entries[0], places))
        kind, form, program = told["kind"], told["form"], str(told["program"])
    except (ValueError, TypeError, LookupError, RecursionError):
        kind, form, program = "", 0, ""
    if kind != KIND:
        raise ReporterError(f"{path.name} does not say that it is a back-up", hint=AGAIN)
    if form != FORM:
        hint = "install the newest version; nothing was changed"
        raise ReporterError(f"{path.name} was written by a newer version, {_short(program)}", hint=hint)
    return _short(program)


def _piece(file: BinaryIO, entry: ZipEntry, places: Mapping[str, int]) -> bytes:
    file.seek(places[entry.name])
    content = b"".join(exactly(file, entry.size))
    if zlib.crc32(content) != entry.crc:
        raise ReporterError(f"what {entry.name} says was damaged: it is not as it was written", hint=AGAIN)
    return content


def _sums(file: BinaryIO, entry: ZipEntry, places: Mapping[str, int]) -> tuple[str, int]:
    total, crc = sha256(), 0
    file.seek(places[entry.name])
    for piece in exactly(file, entry.size):
        total.update(piece)
        crc = zlib.crc32(piece, crc)
    return total.hexdigest(), crc


def _short(text: str) -> str:
    told = printable(text)
    return told if len(told) <= SHOWN else f"{told[:SHOWN]}…"


def _unreadable(path: Path, problem: OSError) -> ReporterError:
    return ReporterError(f"{path} cannot be read: {problem.strerror}", hint="mend its rights, or name another one")
