"""Open a package that was received, without unpacking it.

Whatever is not exactly a package is refused.
"""

import stat
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from reporter.errors import ReporterError
from reporter.submission import zip_format
from reporter.submission.bag import DATA, PIECE, SEAL, TAG_MANIFESTS, TAGS
from reporter.submission.file_names import colliding_names, flaw_of
from reporter.submission.result import Defect, PackageError
from reporter.submission.zip_format import ZipEntry

ENCRYPTED = 1  # bit 0 of the flags (APPNOTE.TXT 4.4.4)
MOST_TAG = 8 << 20
RATIO = 100
# Signatures of records: local header, end record, locator of ZIP64 (APPNOTE.TXT 4.3.7, 4.3.16, 4.3.15).
FIRST = b"PK\3\4"
LAST = b"PK\5\6"
LAST_64, LOCATOR = b"PK\6\7", 20

Opening = Iterator[Defect]


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package: its file, its folder, its entries.

    `slots` holds, for each file in order, its ZIP entry and the offset of its data. Names begin below the folder.
    """

    path: Path
    root: str
    slots: Mapping[str, tuple[ZipEntry, int]]

    @property
    def names(self) -> tuple[str, ...]:
        """The files in it, in order."""
        return tuple(self.slots)

    @property
    def payload(self) -> tuple[str, ...]:
        """The files that were sent: those below `data/`."""
        return tuple(each for each in self.slots if each.startswith(DATA))

    def entry(self, name: str) -> ZipEntry:
        """The ZIP entry of a file.

        Raises ReporterError when there is no such file.
        """
        return self._slot(name)[0]

    def pieces(self, name: str) -> Iterator[bytes]:
        """Read a file in pieces.

        Raises ReporterError when there is no such file, or the package cannot be read.
        """
        entry, place = self._slot(name)
        try:
            with self.path.open("rb") as file:
                file.seek(place)
                yield from _exactly(file, entry.size)
        except OSError as problem:
            raise ReporterError(f"{self.path} cannot be read: {problem.strerror}") from problem

    def read(self, name: str) -> bytes:
        """Read a small file whole.

        Raises ReporterError when there is no such file, or it is larger than `MOST_TAG` bytes.
        """
        if self.entry(name).size > MOST_TAG:
            raise ReporterError(f"{self.path}: {name} is larger than {MOST_TAG >> 20} MiB")
        return b"".join(self.pieces(name))

    def _slot(self, name: str) -> tuple[ZipEntry, int]:
        if name not in self.slots:
            raise ReporterError(f"{self.path} holds no {name}")
        return self.slots[name]


def open_package(path: Path) -> Package:
    """Open a package whose ZIP is safe and in the one form.

    Sizes are limited before anything is read, so that memory does not grow with the package. Raises PackageError with
    every reason against it, and ReporterError when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return _opened(path, file)
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}") from problem


@contextmanager
def temporary_copy(package: Package, name: str) -> Iterator[Path]:
    """Copy a file of a package to disk while the block lasts.

    Only its extension is kept. Raises ReporterError when it cannot be written.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{Path(name).suffix}"
        try:
            with path.open("wb") as file:
                file.writelines(package.pieces(name))
        except OSError as problem:
            raise ReporterError(f"{path} cannot be written: {problem.strerror}", hint="free space there") from problem
        yield path


def _opened(path: Path, file: BinaryIO) -> Package:
    _refuse(path, _outside(path, file))
    infos = _directory(path, file)
    _refuse(path, (defect for check in INSIDE for defect in check(infos)))
    root = infos[0].orig_filename.split("/")[0]
    entries = tuple(ZipEntry(each.orig_filename, each.file_size, each.CRC) for each in infos)
    _refuse(path, _misplaced(root, entries))
    _refuse(path, _misshapen(file, entries))
    places = [
        place + len(zip_format.local_header(each))
        for place, each in zip(zip_format.offsets(entries), entries, strict=False)
    ]
    names = [each.name.removeprefix(f"{root}/") for each in entries]
    return Package(path, root, dict(zip(names, zip(entries, places, strict=True), strict=True)))


def _refuse(path: Path, defects: Iterable[Defect]) -> None:
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


def _directory(path: Path, file: BinaryIO) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, struct.error):
        infos = []
    _refuse(path, [] if infos else [Defect("", "is a ZIP whose directory is damaged or empty")])
    return infos


def _unsafe_names(infos: list[zipfile.ZipInfo]) -> Opening:
    for each in infos:
        if flaw := flaw_of(each.orig_filename.removesuffix("/")):
            yield Defect(each.orig_filename, f"its name {flaw}")


def _repeated(infos: list[zipfile.ZipInfo]) -> Opening:
    for name in colliding_names(each.orig_filename for each in infos):
        yield Defect(name, "is there twice, or another name differs only in case or form")


def _not_plain(infos: list[zipfile.ZipInfo]) -> Opening:
    for each in infos:
        kind = stat.S_IFMT(each.external_attr >> 16)
        if kind == stat.S_IFLNK:
            yield Defect(each.orig_filename, "is a symbolic link")
        elif each.orig_filename.endswith("/") or kind not in {0, stat.S_IFREG}:
            yield Defect(each.orig_filename, "is no file")
        elif each.flag_bits & ENCRYPTED:
            yield Defect(each.orig_filename, "is encrypted")


def _swollen(infos: list[zipfile.ZipInfo]) -> Opening:
    for each in infos:
        if each.file_size > RATIO * max(each.compress_size, PIECE // RATIO):
            yield Defect(each.orig_filename, f"would swell to {each.file_size} bytes: a bomb")
        elif each.compress_type != zip_format.STORED or each.file_size != each.compress_size:
            yield Defect(each.orig_filename, "is compressed: another program packed this anew")
    if sum(each.file_size for each in infos) > zip_format.MOST_BYTES:
        yield Defect("", f"would unpack to more than {zip_format.MOST_BYTES >> 30} GiB: a bomb")


INSIDE: tuple[Callable[[list[zipfile.ZipInfo]], Opening], ...] = (_unsafe_names, _repeated, _not_plain, _swollen)


def _misplaced(root: str, entries: tuple[ZipEntry, ...]) -> Opening:
    """Find entries outside the folder, or out of order."""
    names = [each.name.removeprefix(f"{root}/") for each in entries]
    for entry, name in zip(entries, names, strict=True):
        if name == entry.name:
            yield Defect(entry.name, f"lies outside the folder {root}")
        elif not (name.startswith(DATA) or name in {*TAGS, *TAG_MANIFESTS, SEAL}):
            yield Defect(name, "is not part of a package")
        elif not name.startswith(DATA) and entry.size > MOST_TAG:
            yield Defect(name, f"is larger than {MOST_TAG >> 20} MiB")
    for name in (*TAGS, *TAG_MANIFESTS):
        if name not in names:
            yield Defect(name, "is missing")
    highest = _rank(names[0])
    for name in names[1:]:
        if _rank(name) < highest:
            yield Defect(name, "was added, or moved: stands behind files that a package has after it")
        highest = max(highest, _rank(name))


def _rank(name: str) -> tuple[int, str]:
    order = (*TAGS, *TAG_MANIFESTS)
    return (order.index(name) if name in order else len(order) + (name == SEAL), name)


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


def _exactly(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Read the next `size` bytes of a file, in pieces."""
    whole, rest = divmod(size, PIECE)
    yield from islice(iter(lambda: file.read(PIECE), b""), whole)
    if rest:
        yield file.read(rest)
