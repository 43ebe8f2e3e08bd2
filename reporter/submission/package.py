"""Open a package that was received, without unpacking it: any ZIP or folder that holds a bag, and nothing besides."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reporter.errors import ReporterError
from reporter.submission.bag import DATA, DECLARATION, IDENTIFIER, INFO, SEAL, SEALED, TAG_MANIFESTS, TAGS, measure
from reporter.submission.file_names import colliding_names, flaw_of
from reporter.submission.result import Defect, PackageError
from reporter.submission.zip_files import MOST_BYTES, MOST_FILES, read_zip

MOST_TAG = 8 << 20
# How packages are named; anything else may be the name that a mail program gave to a file.
NAMED = re.compile(r"[A-Z]{2}-[0-9]{4}-.")
# Files that a computer adds when somebody packs a folder.
CLUTTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package. `files` are its contents by names that begin below its folder; `folder` is the name that the
    folder has here, empty for none, and `root` the one that the package gives itself. `aside` are files that computers
    add."""

    path: Path
    root: str
    files: Mapping[str, bytes]
    folder: str = ""
    aside: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.files)

    @property
    def payload(self) -> tuple[str, ...]:
        """The files that were sent: those below `data/`."""
        return tuple(each for each in self.files if each.startswith(DATA))

    @property
    def identity(self) -> str:
        """The SHA-256 of the list that leads to every file but the signature. However the package is packed, and
        signed or not, it stays."""
        return measure(self.read(SEALED)).sha256

    def read(self, name: str) -> bytes:
        """A file. Raises ReporterError when there is no such one."""
        if name not in self.files:
            raise ReporterError(f"{self.path} holds no {name}")
        return self.files[name]


def open_package(path: Path) -> Package:
    """Open a package that is safe and has just the files that a package has. Raises PackageError with every reason
    against it, and ReporterError when it cannot be read."""
    try:
        files = _read_folder(path) if path.is_dir() else read_zip(path)
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}") from problem
    aside = tuple(filter(_is_clutter, files))
    names = [each for each in files if each not in aside]
    flaws = [Defect(name, f"its name {flaw}") for name in names if (flaw := flaw_of(name))]
    top = min((name.removesuffix(DECLARATION) for name in names if _ends_in(name, DECLARATION)), key=len, default="")
    top = top or ("" if DECLARATION in names else f"{names[0].partition('/')[0]}/" if names else "")
    inside = {name.removeprefix(top): files[name] for name in names if name.startswith(top)}
    if defects := flaws or [*_misplaced(top, names, inside)]:
        raise PackageError(path.name, tuple(defects))
    folder = top.rstrip("/").rpartition("/")[2] or (path.resolve().name if path.is_dir() else "")
    root = identifier_of(inside[INFO].decode(errors="replace"))
    if "/" in root or flaw_of(root):
        raise PackageError(path.name, (Defect(INFO, "does not say what package it is"),))
    ordered = {name: inside[name] for name in sorted(inside, key=rank_of)}
    return Package(path, root, ordered, folder, aside)


@contextmanager
def temporary_copy(package: Package, name: str) -> Iterator[Path]:
    """Copy a file of a package to disk while the block lasts. Only its extension is kept. Raises ReporterError when it
    cannot be written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{Path(name).suffix}"
        try:
            path.write_bytes(package.read(name))
        except OSError as problem:
            raise ReporterError(f"{path} cannot be written: {problem.strerror}", hint="free space there") from problem
        yield path


def rank_of(name: str) -> tuple[int, str]:
    order = (*TAGS, *TAG_MANIFESTS)
    return (order.index(name) if name in order else len(order) + (name == SEAL), name)


def identifier_of(info: str) -> str:
    """The name of a package by its bag-info.txt; empty without one."""
    said = [line.removeprefix(f"{IDENTIFIER}: ") for line in info.splitlines() if line.startswith(f"{IDENTIFIER}: ")]
    return said[0] if len(said) == 1 else ""


def names_another(name: str, identifier: str) -> bool:
    """True for the name of another package than this one. What follows the whole name (`-signed`, `(1)`) does not
    matter, nor a name that is none of a package."""
    further = name.removeprefix(identifier)
    return bool(NAMED.match(name)) and (further == name or further[:1].isalnum())


def _read_folder(path: Path) -> dict[str, bytes]:
    """Read the files below a folder, within the limits of a ZIP. Raises PackageError for links and for too much."""
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    for place in sorted(path.rglob("*")):
        name = place.relative_to(path).as_posix()
        if place.is_symlink() or not (place.is_dir() or place.is_file()):
            raise PackageError(path.name, (Defect(name, "is a symbolic link or no file"),))
        if place.is_file():
            with place.open("rb") as file:
                found[name] = file.read(left + 1)
            left -= len(found[name])
        if left < 0 or len(found) > MOST_FILES:
            most = f"{MOST_FILES} files or {MOST_BYTES >> 20} MiB"
            raise PackageError(path.name, (Defect(path.name, f"holds more than {most}"),))
    if double := [Defect(each, "differs from another name only in case or form") for each in colliding_names(found)]:
        raise PackageError(path.name, tuple(double))
    return found


def _is_clutter(name: str) -> bool:
    *steps, last = name.split("/")
    if flaw_of("/".join((*steps, "x"))) or flaw_of(last.lstrip(".") or ".."):
        return False
    return last in CLUTTER or last.startswith("._")


def _ends_in(name: str, last: str) -> bool:
    return name == last or name.endswith(f"/{last}")


def _misplaced(top: str, names: list[str], inside: Mapping[str, bytes]) -> Iterator[Defect]:
    """Find files outside the folder, and those that no package has."""
    if not names:
        yield Defect(DECLARATION, "is missing")
        return
    yield from (Defect(name, f"was added: lies outside the folder {top}") for name in names if not name.startswith(top))
    tags = (*TAGS, *TAG_MANIFESTS)
    for name, content in inside.items():
        if not name.startswith(DATA) and name not in (*tags, SEAL):
            yield Defect(name, "was added: is not part of a package")
        elif not name.startswith(DATA) and len(content) > MOST_TAG:
            yield Defect(name, f"is larger than {MOST_TAG >> 20} MiB")
    yield from (Defect(name, "is missing") for name in tags if name not in inside)
