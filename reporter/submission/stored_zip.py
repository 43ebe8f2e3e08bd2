"""Open a ZIP of the one form without trusting it. Sizes are limited before anything is read, so that memory does not
grow with the file. Whatever is not exactly what `zip_format` writes is refused."""

import stat
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from reporter.submission import zip_format
from reporter.submission.bag import PIECE
from reporter.submission.file_names import colliding_names, flaw_of
from reporter.submission.result import Defect, PackageError
from reporter.submission.zip_format import ZipEntry

ENCRYPTED = 1  # bit 0 of the flags (APPNOTE.TXT 4.4.4)
RATIO = 100
# Signatures of records: local header, end record, locator of ZIP64 (APPNOTE.TXT 4.3.7, 4.3.16, 4.3.15).
FIRST = b"PK\3\4"
LAST = b"PK\5\6"
LAST_64, LOCATOR = b"PK\6\7", 20

Opening = Iterator[Defect]


def safe_entries(path: Path, file: BinaryIO) -> tuple[ZipEntry, ...]:
    """The files that a ZIP names, of which none would do harm. Raises PackageError with every reason against it."""
    infos = directory_of(path, file)
    refuse(path, (defect for check in (*HARMFUL_NAMES, *HARMFUL, *OTHER_FORM) for defect in check(infos)))
    return tuple(ZipEntry(each.orig_filename, each.file_size, each.CRC) for each in infos)


def directory_of(path: Path, file: BinaryIO) -> list[zipfile.ZipInfo]:
    """Read the directory of a ZIP whose size is within the limits. Raises PackageError for one that is not, and for
    what is no ZIP."""
    refuse(path, _outside(path, file))
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, struct.error):
        infos = []
    refuse(path, [] if infos else [Defect("", "is a ZIP whose directory is damaged or empty")])
    return infos


def data_places(path: Path, file: BinaryIO, entries: tuple[ZipEntry, ...]) -> list[int]:
    """Where the data of each file begin, every other byte being proper. Raises PackageError for bytes that do not
    belong there."""
    refuse(path, _misshapen(file, entries))
    begins = zip(zip_format.offsets(entries), entries, strict=False)
    return [place + len(zip_format.local_header(each)) for place, each in begins]


def is_folder(info: zipfile.ZipInfo) -> bool:
    return info.orig_filename.endswith("/")


def exactly(file: BinaryIO, size: int) -> Iterator[bytes]:
    whole, rest = divmod(size, PIECE)
    yield from islice(iter(lambda: file.read(PIECE), b""), whole)
    if rest:
        yield file.read(rest)


def refuse(path: Path, defects: Iterable[Defect]) -> None:
    found = tuple(Defect(each.file or path.name, each.message) for each in defects)
    if found:
        raise PackageError(path.name, found)


def _outside(path: Path, file: BinaryIO) -> Opening:
    """Check the first and the last bytes of the file."""
    size = file.seek(0, 2)
    file.seek(max(0, size - zip_format.END.size - LOCATOR))
    ending = file.read()
    # A locator of ZIP64, if it is one, and the end record.
    before, tail = ending[: -zip_format.END.size], ending[-zip_format.END.size :]
    file.seek(0)
    if size > zip_format.MOST_BYTES:
        yield Defect("", f"is larger than {zip_format.MOST_BYTES >> 30} GiB")
    elif len(tail) == zip_format.END.size and tail.startswith(LAST) and tail.endswith(b"\0\0"):
        *_, count, directory, _, _ = zip_format.END.unpack(tail)
        if count > zip_format.MOST_FILES:
            yield Defect("", f"names {count} files, more than the {zip_format.MOST_FILES} that a package holds")
        elif directory > zip_format.MOST_DIRECTORY:
            most = zip_format.MOST_DIRECTORY >> 20
            yield Defect("", f"has a directory of {directory} bytes, and a package one of {most} MiB at most")
        # ZIP64 has a directory of its own, which would be read without limits.
        elif before.startswith(LAST_64):
            yield Defect("", "is a ZIP of the kind for large files")
    elif zipfile.is_zipfile(path):
        yield Defect("", "has a comment or further data after the end of the ZIP")
    elif file.read(len(FIRST)) == FIRST:
        yield Defect("", "is a ZIP that is cut off or damaged at its end")
    else:
        yield Defect("", "is no ZIP")


def _misnamed(infos: list[zipfile.ZipInfo]) -> Opening:
    for each in infos:
        if flaw := flaw_of(each.orig_filename.removesuffix("/")):
            yield Defect(each.orig_filename, f"its name {flaw}")
    for name in colliding_names(each.orig_filename for each in infos):
        yield Defect(name, "is there twice, or another name differs only in case or form")


def _not_plain(infos: list[zipfile.ZipInfo]) -> Opening:
    for each in infos:
        kind = stat.S_IFMT(each.external_attr >> 16)
        if kind == stat.S_IFLNK:
            yield Defect(each.orig_filename, "is a symbolic link")
        elif kind not in {0, stat.S_IFDIR if is_folder(each) else stat.S_IFREG} or (is_folder(each) and each.file_size):
            yield Defect(each.orig_filename, "is no file")
        elif each.flag_bits & ENCRYPTED:
            yield Defect(each.orig_filename, "is encrypted")


def _swollen(infos: list[zipfile.ZipInfo]) -> Opening:
    for each in infos:
        if each.file_size > RATIO * max(each.compress_size, PIECE // RATIO):
            yield Defect(each.orig_filename, f"would swell to {each.file_size} bytes: a bomb")
    if sum(each.file_size for each in infos) > zip_format.MOST_BYTES:
        yield Defect("", f"would unpack to more than {zip_format.MOST_BYTES >> 30} GiB: a bomb")


def _compressed(infos: list[zipfile.ZipInfo]) -> Opening:
    for each in infos:
        if each.compress_type != zip_format.STORED or each.file_size != each.compress_size:
            yield Defect(each.orig_filename, "is compressed: another program packed this anew")


Look = Callable[[list[zipfile.ZipInfo]], Opening]

# What nobody may unpack, by name and by kind; and what only another program writes.
HARMFUL_NAMES: tuple[Look, ...] = (_misnamed,)
HARMFUL: tuple[Look, ...] = (_not_plain, _swollen)
OTHER_FORM: tuple[Look, ...] = (
    lambda infos: (Defect(each.orig_filename, "is no file") for each in infos if is_folder(each)),
    _compressed,
)


def _misshapen(file: BinaryIO, entries: tuple[ZipEntry, ...]) -> Opening:
    """Find bytes between the files that no package has there."""
    places = zip_format.offsets(entries)
    for entry, place in zip(entries, places, strict=False):
        expected = zip_format.local_header(entry)
        file.seek(place)
        if file.read(len(expected)) != expected:
            yield Defect(entry.name, "what stands before its data was altered, or does not belong there")
    expected = zip_format.central_directory(entries)
    file.seek(places[-1])
    if file.read(len(expected) + 1) != expected:
        yield Defect("", "the directory of the ZIP was altered, or does not belong there")
