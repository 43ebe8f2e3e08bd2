"""Write a package: a BagIt bag (RFC 8493) in one ZIP. The same files give the same bytes."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import BinaryIO

from reporter.data.errors import ReporterError
from reporter.data.files.checksum import checksum_of
from reporter.data.files.writing import open_whole
from reporter.formats.package.file_names import colliding_names, flaw_of
from reporter.formats.package.zip_files import MOST_BYTES, MOST_FILES, write_zip

Source = bytes | Path

ALGORITHMS = ("sha256", "sha512")
DATA = "data/"
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFESTS = tuple(f"manifest-{each}.txt" for each in ALGORITHMS)
TAG_MANIFESTS = tuple(f"tag{each}" for each in MANIFESTS)
TAGS = (DECLARATION, INFO, *MANIFESTS)
# What the signature (the seal) signs, and the seal itself: the only file that no manifest lists, since it is made last.
SEALED = "tagmanifest-sha512.txt"
SEAL = f"{SEALED}.p7s"
# RFC 8493 2.1.1.
DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PIECE = 1 << 18
# Labels of bag-info.txt that the program itself reads.
COUNTRY, YEAR, NUMBER, RECIPIENT = "Country", "Reference-Year", "Edition-Number", "Recipient"
IDENTIFIER = "External-Identifier"
# Only of a package that not everybody may read.
AUDIENCE = "Audience"


@dataclass(frozen=True, slots=True)
class BagInfo:
    """Name of a package, and the lines of its bag-info.txt. `date` is the day of its edition, `organisation` the
    sender, `identifier` the name where it is left out; `further` are pairs of label and text (RFC 8493 2.2.2)."""

    name: str
    date: date
    organisation: str
    identifier: str = ""
    description: str = ""
    further: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """A file to pack, with its size in bytes and its checksums in hexadecimal, in the order of `ALGORITHMS`."""

    source: Source
    size: int
    sums: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return self.sums[ALGORITHMS.index("sha256")]


@dataclass(frozen=True, slots=True)
class Packed:
    path: Path
    size: int
    sha256: str


def pack(target: Path, files: Mapping[str, Source | Measured], info: BagInfo) -> Packed:
    """Write a package of these files. `files` are named by their path below `data/`; the package holds one folder,
    named `info.name`. A file is read once to be measured, once more to be packed, and never held in memory whole.
    Raises ReporterError for an unsafe name, and for a file that cannot be read or changes meanwhile."""
    _check_names(info.name, files)
    payload = {
        f"{DATA}{name}": each if isinstance(each, Measured) else measure(each) for name, each in sorted(files.items())
    }
    tags = {DECLARATION: measure(DECLARED.encode()), INFO: measure(info_text(payload, info).encode())}
    tags |= {name: measure(manifest(payload, place)) for place, name in enumerate(MANIFESTS)}
    # RFC 8493 2.2.1.
    known = {name: tags[name] for name in sorted(tags)}
    tags |= {name: measure(manifest(known, place)) for place, name in enumerate(TAG_MANIFESTS)}
    return write(target, info.name, tags | payload)


def measure(source: Source) -> Measured:
    """Measure a file to pack, read in pieces. Raises ReporterError when it cannot be read."""
    size, sums = 0, [hashlib.new(each) for each in ALGORITHMS]
    for piece in pieces(source):
        size += len(piece)
        for each in sums:
            each.update(piece)
    return Measured(source, size, tuple(each.hexdigest() for each in sums))


def write(target: Path, root: str, files: Mapping[str, Measured]) -> Packed:
    """Write the files of a package into a ZIP, whole or not at all. They lie in the folder `root`. Raises ReporterError
    when one changes meanwhile, or the ZIP would be larger than `MOST_BYTES`."""
    with open_whole(target) as file:
        write_zip(file, ((f"{root}/{name}", _unchanged(name, each)) for name, each in files.items()))
        size = file.seek(0, SEEK_END)
        if size > MOST_BYTES:
            raise ReporterError(
                f"{target} would be larger than {MOST_BYTES >> 20} MiB", hint="send less in one package"
            )
        file.seek(0)
        return Packed(target, size, checksum_of(read_pieces(file)))


def _unchanged(name: str, file: Measured) -> Iterator[bytes]:
    """Yield the content of a file. Raises ReporterError in the end when it is not what was measured before."""
    seen = hashlib.sha256()
    for piece in pieces(file.source):
        seen.update(piece)
        yield piece
    if seen.hexdigest() != file.sha256:
        raise ReporterError(f"{name} changed while it was packed", hint="pack again when nothing writes there")


def pieces(source: Source) -> Iterator[bytes]:
    """Read a file in pieces. Raises ReporterError when it cannot be read."""
    try:
        with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
            yield from read_pieces(file)
    except OSError as problem:
        raise ReporterError(f"{source!s} cannot be read: {problem.strerror}") from problem


def read_pieces(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(PIECE), b"")


def _check_names(name: str, files: Collection[str]) -> None:
    if not name or "/" in name or flaw_of(name):
        raise ReporterError(f"{name!r} cannot name a package", hint="letters, digits, dots and hyphens can")
    if len(files) > MOST_FILES - len(TAGS):
        raise ReporterError(f"a package holds at most {MOST_FILES} files", hint="send less in one package")
    for each in files:
        if flaw := flaw_of(f"{name}/{DATA}{each}"):
            raise ReporterError(f"the file {each!r} cannot go into a package: its name {flaw}")
    for each in colliding_names(files):
        raise ReporterError(f"the file {each!r} cannot go into a package: another one has the same name but for case")


def manifest(files: Mapping[str, Measured], place: int) -> bytes:
    """The list of checksums by the algorithm in a place of `ALGORITHMS` (RFC 8493 2.1.3). `flaw_of` refuses names that
    would have to be encoded."""
    return "".join(f"{each.sums[place]}  {name}\n" for name, each in files.items()).encode()


def info_text(payload: Mapping[str, Measured], info: BagInfo) -> str:
    size = sum(each.size for each in payload.values())
    lines = (
        ("Bagging-Date", info.date.isoformat()),
        ("Source-Organization", info.organisation),
        (IDENTIFIER, info.identifier or info.name),
        ("External-Description", info.description),
        *info.further,
        ("Payload-Oxum", f"{size}.{len(payload)}"),
    )
    return "".join(f"{label}: {' '.join(text.split())}\n" for label, text in lines if text)
