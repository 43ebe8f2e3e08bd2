"""A bag as RFC 8493 (BagIt 1.0) describes it, packed into one ZIP: the same files give the same bytes."""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reporter.errors import ReporterError
from reporter.files.writing import whole
from reporter.submission.file_names import colliding_names, flaw_of
from reporter.submission.zip_format import MOST_BYTES, MOST_FILES, ZipEntry, central_directory, local_header

Source = bytes | Path

ALGORITHMS = ("sha256", "sha512")
DATA = "data/"
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFESTS = tuple(f"manifest-{each}.txt" for each in ALGORITHMS)
TAG_MANIFESTS = tuple(f"tag{each}" for each in MANIFESTS)
TAGS = (DECLARATION, INFO, *MANIFESTS)
# What the seal signs, and the seal: the only file that no manifest lists, since it is made after them.
SEALED = "tagmanifest-sha512.txt"
SEAL = f"{SEALED}.p7s"
DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PIECE = 1 << 18
# Labels of bag-info.txt that the program reads again.
COUNTRY, YEAR, NUMBER, RECIPIENT = "Country", "Reference-Year", "Edition-Number", "Recipient"


@dataclass(frozen=True, slots=True)
class BagInfo:
    """What a package says about itself: its name, the day of its edition, who sends it, and further labelled lines."""

    name: str
    date: date
    organisation: str
    identifier: str = ""
    description: str = ""
    further: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """What a file is known by: size, CRC-32, and checksums in the order of `ALGORITHMS`."""

    size: int
    crc: int
    sums: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A file to pack, and what it is known by: measured once for everybody who asks."""

    source: Source
    digest: Digest

    @property
    def sha256(self) -> str:
        """Its SHA-256."""
        return self.digest.sums[ALGORITHMS.index("sha256")]


@dataclass(frozen=True, slots=True)
class Packed:
    """A package in its place: size in bytes and sha256."""

    path: Path
    size: int
    sha256: str


def pack(target: Path, files: Mapping[str, Source | Measured], info: BagInfo) -> Packed:
    """Writes a package of these files, each by its path below `data/`; raises ReporterError for an unsafe name.

    It holds one folder, named as `info` says. A file is read to be measured, once more to be packed, and never held
    whole.
    """
    _check_names(info.name, files)
    payload = {f"{DATA}{name}": _measured(files[name]) for name in sorted(files)}
    tags = _tag_files({name: each.digest for name, each in payload.items()}, info)
    known = {name: measure(content) for name, content in tags} | payload
    entries = [ZipEntry(f"{info.name}/{name}", each.digest.size, each.digest.crc) for name, each in known.items()]
    return write(target, zip(entries, (pieces(each.source) for each in known.values()), strict=True))


def measure(source: Source) -> Measured:
    """A file with what it is known by; raises ReporterError when it cannot be read."""
    return Measured(source, digest(source))


def _measured(file: Source | Measured) -> Measured:
    return file if isinstance(file, Measured) else measure(file)


def write(target: Path, contents: Iterable[tuple[ZipEntry, Iterable[bytes]]]) -> Packed:
    """Puts a ZIP of these files in its place; raises ReporterError when one of them changes meanwhile."""
    seen = hashlib.sha256()
    entries = []
    with whole(target) as file:
        for entry, data in contents:
            entries.append(entry)
            for piece in _same(entry, data):
                seen.update(piece)
                file.write(piece)
        seen.update(central_directory(entries))
        file.write(central_directory(entries))
        size = file.tell()
        if size > MOST_BYTES:
            raise ReporterError(
                f"{target} would be larger than {MOST_BYTES >> 30} GiB", hint="send less in one package"
            )
    return Packed(target, size, seen.hexdigest())


def _same(entry: ZipEntry, data: Iterable[bytes]) -> Iterator[bytes]:
    """Head and data of a file, as long as they are what was measured before."""
    yield local_header(entry)
    size = crc = 0
    for piece in data:
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        yield piece
    if (size, crc) != (entry.size, entry.crc):
        raise ReporterError(f"{entry.name} changed while it was packed", hint="pack again when nothing writes there")


def pieces(source: Source) -> Iterator[bytes]:
    """What a file holds, in pieces; raises ReporterError when it cannot be read."""
    try:
        with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
            yield from read_pieces(file)
    except OSError as problem:
        raise ReporterError(f"{source!s} cannot be read: {problem.strerror}") from problem


def read_pieces(file: BinaryIO) -> Iterator[bytes]:
    """The rest of an open file, in pieces."""
    return iter(lambda: file.read(PIECE), b"")


def digest(source: Source) -> Digest:
    """What a file is known by, read in pieces."""
    return digest_of(pieces(source))


def digest_of(data: Iterable[bytes]) -> Digest:
    """What data are known by, taken piece by piece."""
    size = crc = 0
    sums = [hashlib.new(each) for each in ALGORITHMS]
    for piece in data:
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        for each in sums:
            each.update(piece)
    return Digest(size, crc, tuple(each.hexdigest() for each in sums))


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


def _tag_files(payload: Mapping[str, Digest], info: BagInfo) -> Iterator[tuple[str, bytes]]:
    """The files beside `data/`, in the order in which they are packed."""
    tags = {DECLARATION: DECLARED.encode(), INFO: _info(payload, info).encode()}
    tags |= {name: _manifest(payload, place) for place, name in enumerate(MANIFESTS)}
    yield from tags.items()
    known = {name: digest(tags[name]) for name in sorted(tags)}
    for place, name in enumerate(TAG_MANIFESTS):
        yield name, _manifest(known, place)


def _manifest(digests: Mapping[str, Digest], place: int) -> bytes:
    return "".join(f"{each.sums[place]}  {name}\n" for name, each in digests.items()).encode()


def _info(payload: Mapping[str, Digest], info: BagInfo) -> str:
    size = sum(each.size for each in payload.values())
    lines = (
        ("Bagging-Date", info.date.isoformat()),
        ("Source-Organization", info.organisation),
        ("External-Identifier", info.identifier),
        ("External-Description", info.description),
        *info.further,
        ("Payload-Oxum", f"{size}.{len(payload)}"),
    )
    return "".join(f"{label}: {' '.join(text.split())}\n" for label, text in lines if text)
