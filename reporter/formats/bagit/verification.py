"""Verify a received package by a list of checks."""

import re
import tempfile
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reporter.data.errors import ReporterError
from reporter.formats.bagit.bag import (
    ALGORITHMS,
    DATA,
    DECLARATION,
    DECLARED,
    IDENTIFIER,
    INFO,
    MANIFESTS,
    MOST_BYTES,
    MOST_FILES,
    SEAL,
    SEALED,
    TAG_MANIFESTS,
    TAGS,
    Measured,
    colliding_names,
    flaw_of,
    measure,
    read_zip,
)
from reporter.formats.bagit.result import Defect, PackageError, Result, Verdict, result_of

MOST_TAG = 8 << 20
# The pattern of package names; other names may come from a mail program.
NAMED = re.compile(r"[A-Z]{2}-[0-9]{4}-.")
# Files that computers add when a folder is opened or packed: first bytes and largest size. A `desktop.ini` may set how
# a folder is displayed, and name no other file.
CLUTTER = {".DS_Store": (b"\0\0\0\1Bud1", 1 << 16), "Thumbs.db": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 1 << 20)}
SHOWN, SETTING = "desktop.ini", r"(?:Mode|Vid|FolderType|ConfirmFileOp|NoSharing)=[\w{}-]*"
FOLDER_VIEW = re.compile(rf"\[(?:\.ShellClassInfo|ViewState)\](?:\s+(?:\[ViewState\]|{SETTING}))*\s*", re.ASCII)
# What a Mac stores next to a file of any name (AppleDouble, version 2), in the same folder or one of its own.
BESIDE, MIRROR, DOUBLE, MOST_BESIDE = "._", "__MACOSX", b"\0\5\x16\7\0\2\0\0", 4096


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package: `files` by name below its folder, the name of the `folder` here (may be empty), `root` the
    name it gives itself, `aside` files added by computers."""

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
        return tuple(name for name in self.files if name.startswith(DATA))

    @property
    def identity(self) -> str:
        """The SHA-256 of the list that covers every file but the signature; packing and signing do not change it."""
        return measure(self.read(SEALED)).sha256

    def read(self, name: str) -> bytes:
        """The content of a file. Raises ReporterError when there is none of this name."""
        if name not in self.files:
            raise ReporterError(f"{self.path} contains no {name}")
        return self.files[name]


def open_package(path: Path) -> Package:
    """Open a safe, complete package. Raises PackageError with every defect, ReporterError if it cannot be read."""
    try:
        files = _read_folder(path) if path.is_dir() else read_zip(path)
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}") from problem
    aside = tuple(filter(_is_named_as_clutter, files))
    names = [name for name in files if name not in aside]
    flaws = [Defect(name, f"its name {flaw}") for name in names if (flaw := flaw_of(name))]
    own = {str(place) for name in names for place in (PurePosixPath(name), *PurePosixPath(name).parents)}
    own |= {name for name in aside if name.rpartition("/")[2] in (*CLUTTER, SHOWN)}
    false = "was added: is not what computers add under that name"
    flaws += [Defect(name, false) for name in aside if not _is_clutter(name, files[name], own)]
    tops = (name.removesuffix(DECLARATION) for name in names if f"/{name}".endswith(f"/{DECLARATION}"))
    top = min(tops, key=len, default="")
    top = top or ("" if DECLARATION in names else f"{names[0].partition('/')[0]}/" if names else "")
    inside = {name.removeprefix(top): files[name] for name in names if name.startswith(top)}
    if defects := flaws or [*_misplaced(top, names, inside)]:
        raise PackageError(path.name, tuple(defects))
    folder = top.rstrip("/").rpartition("/")[2] or (path.resolve().name if path.is_dir() else "")
    label = f"{IDENTIFIER}: "
    identifier_lines = [line for line in inside[INFO].decode(errors="replace").splitlines() if line.startswith(label)]
    root = identifier_lines[0].removeprefix(label) if len(identifier_lines) == 1 else ""
    if "/" in root or flaw_of(root):
        raise PackageError(path.name, (Defect(INFO, "does not say what package it is"),))
    return Package(path, root, {name: inside[name] for name in sorted(inside, key=rank_of)}, folder, aside)


@contextmanager
def temporary_copy(package: Package, name: str) -> Iterator[Path]:
    """A temporary copy of a file on disk, which keeps its extension. Raises ReporterError if it cannot be written."""
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


def _read_folder(path: Path) -> dict[str, bytes]:
    """Read the files below a folder within the limits of a ZIP. Raises PackageError for links and excess size."""
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for place in sorted(path.rglob("*")):
        name = place.relative_to(path).as_posix()
        if place.is_symlink() or not (place.is_dir() or place.is_file()):
            raise PackageError(path.name, (Defect(name, "is a symbolic link or no file"),))
        if place.is_file():
            with place.open("rb") as file:
                files[name] = file.read(left + 1)
            left -= len(files[name])
        if left < 0 or len(files) > MOST_FILES:
            most = f"{MOST_FILES} files or {MOST_BYTES >> 20} MiB"
            raise PackageError(path.name, (Defect(path.name, f"contains more than {most}"),))
    if double := [Defect(twin, "differs from another name only in case or form") for twin in colliding_names(files)]:
        raise PackageError(path.name, tuple(double))
    return files


def _is_named_as_clutter(name: str) -> bool:
    *steps, last = name.split("/")
    if flaw_of("/".join((*steps, "x"))) or flaw_of(last.lstrip(".") or ".."):
        return False
    return last in (*CLUTTER, SHOWN) or last.startswith(BESIDE)


def _is_clutter(name: str, content: bytes, own: Container[str]) -> bool:
    """Whether a file is one that computers add, next to files or in folders that are the package's `own`."""
    folder, _, last = name.rpartition("/")
    if last.startswith(BESIDE):
        place = name.removeprefix(f"{MIRROR}/").removesuffix(last) + last.removeprefix(BESIDE)
        return place in own and content.startswith(DOUBLE) and len(content) <= MOST_BESIDE
    if folder and folder not in own:
        return False
    if last == SHOWN:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "ascii", "replace")
        return bool(FOLDER_VIEW.fullmatch(text))
    begin, most = CLUTTER[last]
    return content.startswith(begin) and len(content) <= most


def _misplaced(top: str, names: list[str], inside: Mapping[str, bytes]) -> Iterator[Defect]:
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


ARCHIVE = "archive"
GAP = "  "
OXUM = "Payload-Oxum: "


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    look: Callable[[Package], Result]


def verify(path: Path, checks: Sequence[Check]) -> tuple[Result, ...]:
    """Run each check in order; if a package may not be opened or was altered, the others are `UNCHECKED`."""
    try:
        package = open_package(path)
    except PackageError as problem:
        return result_of(ARCHIVE, (), problem.defects), *(Result(skipped.name, Verdict.UNCHECKED) for skipped in checks)
    results = [_arrived(package)]
    for check in checks:
        is_whole = not any(other.check == CHECKSUMS.name and other.defects for other in results)
        results.append(check.look(package) if is_whole else Result(check.name, Verdict.UNCHECKED))
    return tuple(results)


def _arrived(package: Package) -> Result:
    details = [f"{package.root}, files: {len(package.payload)}"]
    if package.aside:
        details.append(f"left aside, as computers add them, {len(package.aside)}: {', '.join(package.aside)}")
    defects = (
        Defect(place, f"has the name of another package than {package.root}, which it is")
        for place, name in {package.path.name: package.path.stem, package.folder: package.folder}.items()
        # Suffixes (`-signed`, `(1)`) and names of no package do not count.
        if NAMED.match(name) and ((further := name.removeprefix(package.root)) == name or further[:1].isalnum())
    )
    return result_of(ARCHIVE, tuple(details), tuple(defects))


def check_checksums(package: Package) -> Result:
    """Check files by both algorithms: each is listed, present and unaltered (complete and valid by RFC 8493 3)."""
    files = {name: measure(content) for name, content in package.files.items()}
    payload = {name: files[name] for name in package.payload}
    defects = [*_manifest_defects(package, MANIFESTS, payload)]
    defects += _manifest_defects(package, TAG_MANIFESTS, {name: files[name] for name in sorted(TAGS)})
    if not defects:
        oxum = f"{OXUM}{sum(file.size for file in payload.values())}.{len(payload)}"
        lines = [line for line in package.read(INFO).decode(errors="replace").splitlines() if line.startswith(OXUM)]
        if package.read(DECLARATION).decode(errors="replace") != DECLARED:
            defects.append(Defect(DECLARATION, "does not declare BagIt 1.0 in UTF-8"))
        elif lines != [oxum]:
            defects.append(Defect(INFO, f"does not say {oxum}"))
    wrong = {defect.file for defect in defects}
    right = [f"right: {sum(name not in wrong for name in files)}"] if defects else []
    return result_of(CHECKSUMS.name, (f"{' and '.join(ALGORITHMS)}, files: {len(files)}", *right), tuple(defects))


CHECKSUMS = Check("checksums", check_checksums)


def _manifest_defects(package: Package, manifests: Sequence[str], files: Mapping[str, Measured]) -> Iterator[Defect]:
    """Files that the manifests list wrongly or not at all, and manifests not written as ours."""
    listed: dict[str, dict[str, str]] = {}
    for name in manifests:
        lines = (line.partition(GAP) for line in package.read(name).decode(errors="replace").splitlines())
        listed[name] = {path or checksum: checksum for checksum, _, path in lines}
    for name in dict.fromkeys((*files, *(name for checksums in listed.values() for name in checksums))):
        holding = [manifest for manifest in manifests if name in listed[manifest]]
        if name not in files:
            yield Defect(name, f"is missing: listed in {' and '.join(holding)}")
        elif lacking := [manifest for manifest in manifests if manifest not in holding]:
            yield Defect(name, f"was added: not listed in {' and '.join(lacking)}")
        else:
            sums = zip(ALGORITHMS, files[name].sums, listed.values(), strict=True)
            if differing := [algorithm for algorithm, own, checksums in sums if checksums[name] != own]:
                yield Defect(name, f"was altered: differs in {', '.join(differing)} from what was packed")
    for name, table in listed.items():
        if package.read(name) != "".join(f"{table[path]}{GAP}{path}\n" for path in sorted(table)).encode():
            yield Defect(name, "was altered: has lines in another form or order than a package")
