"""Open a package that was received, without unpacking it. Whatever is not exactly a package is refused."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reporter.errors import ReporterError
from reporter.submission.bag import DATA, IDENTIFIER, SEAL, TAG_MANIFESTS, TAGS
from reporter.submission.result import Defect
from reporter.submission.stored_zip import data_places, exactly, refuse, safe_entries
from reporter.submission.zip_format import ZipEntry

MOST_TAG = 8 << 20


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package: its file, its folder, its entries. `slots` holds, for each file in order, its ZIP entry and
    the offset of its data. Names begin below the folder."""

    path: Path
    root: str
    slots: Mapping[str, tuple[ZipEntry, int]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.slots)

    @property
    def payload(self) -> tuple[str, ...]:
        """The files that were sent: those below `data/`."""
        return tuple(each for each in self.slots if each.startswith(DATA))

    def entry(self, name: str) -> ZipEntry:
        """The ZIP entry of a file. Raises ReporterError when there is no such file."""
        return self._slot(name)[0]

    def pieces(self, name: str) -> Iterator[bytes]:
        """Read a file in pieces. Raises ReporterError when there is no such file, or the package cannot be read."""
        entry, place = self._slot(name)
        try:
            with self.path.open("rb") as file:
                file.seek(place)
                yield from exactly(file, entry.size)
        except OSError as problem:
            raise ReporterError(f"{self.path} cannot be read: {problem.strerror}") from problem

    def read(self, name: str) -> bytes:
        """Read a small file whole. Raises ReporterError when there is no such file, or it is larger than `MOST_TAG`
        bytes."""
        if self.entry(name).size > MOST_TAG:
            raise ReporterError(f"{self.path}: {name} is larger than {MOST_TAG >> 20} MiB")
        return b"".join(self.pieces(name))

    def _slot(self, name: str) -> tuple[ZipEntry, int]:
        if name not in self.slots:
            raise ReporterError(f"{self.path} holds no {name}")
        return self.slots[name]


def open_package(path: Path) -> Package:
    """Open a package whose ZIP is safe and in the one form. Sizes are limited before anything is read, so that memory
    does not grow with the package. Raises PackageError with every reason against it, and ReporterError when the file
    cannot be read."""
    try:
        with path.open("rb") as file:
            return _opened(path, file)
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}") from problem


@contextmanager
def temporary_copy(package: Package, name: str) -> Iterator[Path]:
    """Copy a file of a package to disk while the block lasts. Only its extension is kept. Raises ReporterError when it
    cannot be written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{Path(name).suffix}"
        try:
            with path.open("wb") as file:
                file.writelines(package.pieces(name))
        except OSError as problem:
            raise ReporterError(f"{path} cannot be written: {problem.strerror}", hint="free space there") from problem
        yield path


def rank_of(name: str) -> tuple[int, str]:
    """Where a file stands in a package, to sort by."""
    order = (*TAGS, *TAG_MANIFESTS)
    return (order.index(name) if name in order else len(order) + (name == SEAL), name)


def is_known(name: str) -> bool:
    """True for the name of a file that a package may have."""
    return name.startswith(DATA) or name in {*TAGS, *TAG_MANIFESTS, SEAL}


def identifier_of(info: str) -> str:
    """The name of a package by its bag-info.txt; empty without one."""
    said = [line.removeprefix(f"{IDENTIFIER}: ") for line in info.splitlines() if line.startswith(f"{IDENTIFIER}: ")]
    return said[0] if len(said) == 1 else ""


def _opened(path: Path, file: BinaryIO) -> Package:
    entries = safe_entries(path, file)
    root = entries[0].name.split("/")[0]
    refuse(path, _misplaced(root, entries))
    places = data_places(path, file, entries)
    names = [each.name.removeprefix(f"{root}/") for each in entries]
    return Package(path, root, dict(zip(names, zip(entries, places, strict=True), strict=True)))


def _misplaced(root: str, entries: tuple[ZipEntry, ...]) -> Iterator[Defect]:
    """Find entries outside the folder, or out of order."""
    names = [each.name.removeprefix(f"{root}/") for each in entries]
    for entry, name in zip(entries, names, strict=True):
        if name == entry.name:
            yield Defect(entry.name, f"lies outside the folder {root}")
        elif not is_known(name):
            yield Defect(name, "is not part of a package")
        elif not name.startswith(DATA) and entry.size > MOST_TAG:
            yield Defect(name, f"is larger than {MOST_TAG >> 20} MiB")
    for name in (*TAGS, *TAG_MANIFESTS):
        if name not in names:
            yield Defect(name, "is missing")
    highest = rank_of(names[0])
    for name in names[1:]:
        if rank_of(name) < highest:
            yield Defect(name, "was added, or moved: stands behind files that a package has after it")
        highest = max(highest, rank_of(name))
