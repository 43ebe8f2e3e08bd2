"""Unpack a back-up without trusting it. Its names are checked before anything is written."""

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from reporter.delivery.backup_contents import ABOUT, FORM, KIND, OUTBOX, SUMS, TOP, path_outside
from reporter.errors import ReporterError
from reporter.files.sources import SETTINGS
from reporter.files.writing import open_whole
from reporter.submission.outbox_copy import check_copy
from reporter.submission.result import PackageError, printable
from reporter.submission.stored_zip import data_places, exactly, safe_entries
from reporter.submission.zip_format import ZipEntry

MOST_TAG = 8 << 20
SUM = re.compile(r"([0-9a-f]{64})  (.+)")
SHOWN = 80
AGAIN = "take another back-up; nothing was changed"


def unpack_backup(path: Path, folder: Path) -> None:
    """Unpack a back-up into a folder, checking every byte. Raises ReporterError for anything else, or one that was
    damaged or altered; what lies in the folder then is worth nothing."""
    try:
        with path.open("rb") as file:
            _unpack(path, file, folder)
    except OSError as problem:
        raise ReporterError(
            f"{path} cannot be read: {problem.strerror}", hint="mend its rights, or name another one"
        ) from problem
    except PackageError as problem:
        raise ReporterError(f"{path.name} is no back-up: {_short(str(problem.defects[0]))}", hint=AGAIN) from None
    outbox = folder / OUTBOX
    check_copy(outbox.read_bytes() if outbox.is_file() else b"")


def _unpack(path: Path, file: BinaryIO, folder: Path) -> None:
    entries = safe_entries(path, file)
    places = dict(zip((each.name for each in entries), data_places(path, file, entries), strict=True))
    _check_about(path, file, entries, places)
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
    for name, entry in held.items():
        file.seek(places[entry.name])
        if _written(folder / name, exactly(file, entry.size)) != (listed.get(entry.name), entry.crc):
            raise ReporterError(f"{path.name} was damaged: {_short(name)} is not as it was written", hint=AGAIN)
    if len(listed) != len(held):
        raise ReporterError(f"{path.name} lacks files that its list names", hint=AGAIN)


def _written(place: Path, pieces: Iterable[bytes]) -> tuple[str, int]:
    """Write a file; gives its SHA-256 and CRC."""
    total, crc = sha256(), 0
    with open_whole(place) as target:
        for piece in pieces:
            target.write(piece)
            total.update(piece)
            crc = zlib.crc32(piece, crc)
    return total.hexdigest(), crc


def _check_about(path: Path, file: BinaryIO, entries: tuple[ZipEntry, ...], places: Mapping[str, int]) -> None:
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


def _piece(file: BinaryIO, entry: ZipEntry, places: Mapping[str, int]) -> bytes:
    file.seek(places[entry.name])
    content = b"".join(exactly(file, entry.size))
    if zlib.crc32(content) != entry.crc:
        raise ReporterError(f"what {entry.name} says was damaged: it is not as it was written", hint=AGAIN)
    return content


def _short(text: str) -> str:
    told = printable(text)
    return told if len(told) <= SHOWN else f"{told[:SHOWN]}…"
