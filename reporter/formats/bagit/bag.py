"""Write a package, a BagIt bag (RFC 8493) in one ZIP with the same bytes each time; read ZIPs without trusting them."""

import hashlib
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import IO, BinaryIO

from reporter.data.errors import ReporterError
from reporter.data.files.sources import checksum_of
from reporter.data.files.writing import open_whole
from reporter.formats.bagit.result import Defect, PackageError

DRIVE = re.compile(r"[A-Za-z]:")
# Windows forbids all but the last, which a manifest would have to encode (RFC 8493 2.1.3).
FORBIDDEN = frozenset('<>:"|?*%')
# The names of devices on Windows.
RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))
LONGEST = 200


def package_name(edition: str, recipient: str) -> str:
    """The file name of a package; `edition` is the start of its files' names: LT-2020, LT-2020-restricted."""
    return f"{edition}-{recipient}.zip"


def signed_name(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-signed{dot}{ending}"


def flaw_of(name: str) -> str:
    """Why a path is unsafe to unpack; empty when it is safe."""
    parts = name.split("/")
    rules = (
        ("\\" in name, "has a backslash"),
        (bool(DRIVE.match(name)), "names a drive"),
        (name.startswith("/"), "is an absolute path"),
        (".." in parts, "leads out of the package by '..'"),
        ("" in parts or "." in parts, "has an empty part"),
        (
            any(not character.isprintable() or character in FORBIDDEN for character in name),
            "has a character that systems treat differently",
        ),
        (name != unicodedata.normalize("NFC", name), "is not in the composed form of Unicode"),
        (any(part != part.strip(" .") for part in parts), "has a part that starts or ends with a dot or space"),
        (any(part.split(".")[0].casefold() in RESERVED for part in parts), "is the name of a device on Windows"),
        (len(name.encode()) > LONGEST, f"is longer than {LONGEST} bytes"),
    )
    return next((message for broken, message in rules if broken), "")


def colliding_names(names: Iterable[str]) -> Iterator[str]:
    """Find names that systems which ignore case or forms of Unicode cannot distinguish."""
    all_names = list(names)
    counts = Counter(map(_folded, all_names))
    return (name for name in dict.fromkeys(all_names) if counts[_folded(name)] > 1)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


MOST_FILES, MOST_BYTES, MOST_DIRECTORY = 10_000, 512 << 20, 8 << 20
# The largest ratio of unpacked to packed size; files below SMALL bytes may exceed it.
RATIO, SMALL = 100, 1 << 18
UNIX, RIGHTS = 3, (stat.S_IFREG | 0o644) << 16
# Local header, end record, locator of ZIP64 (APPNOTE.TXT of PKWARE 4.3.7, 4.3.16, 4.3.15).
LOCAL, FIRST = struct.Struct("<4s5H3L2H"), b"PK\3\4"
END, LAST = struct.Struct("<4s4H2LH"), b"PK\5\6"
LOCATOR, LAST_64 = 20, b"PK\6\7"
# Bits of the flags (4.4.4): encrypted; sizes and CRC-32 follow the data, in so many bytes (4.3.9); names are in UTF-8.
ENCRYPTED, FOLLOWED, FOLLOWING, UTF8 = 1, 1 << 3, [0, 12, 16, 20, 24], 1 << 11
DIRECTORY, DAMAGE = "is a ZIP whose directory is damaged or empty", "is damaged: it cannot be unpacked as it was packed"
STRAY = "has bytes before, between or after its files that belong to none"
# What the reader of a damaged ZIP raises.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    ValueError,
    EOFError,
)


def write_zip(file: IO[bytes], contents: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Write files in this order, uncompressed (the output of zlib depends on its version) and undated."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in contents:
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = UNIX, RIGHTS
            with archive.open(info, "w") as entry:
                for piece in data:
                    entry.write(piece)


def read_zip(path: Path, most: int = MOST_BYTES) -> dict[str, bytes]:
    """Read the files of a ZIP by name, whatever packed it. Raises PackageError with every defect, or OSError."""
    with path.open("rb") as file:
        _refuse(path, _outside(file, most))
        try:
            with zipfile.ZipFile(file) as archive:
                entries = [(_name(info), info) for info in archive.infolist()]
                _refuse(path, _harmful(entries, most) if entries else [Defect("", DIRECTORY)])
                _refuse(path, _stray(file, archive.infolist()))
                content_by_name = {name: _unpacked(archive, info) for name, info in entries if not name.endswith("/")}
        except DAMAGED:
            raise PackageError(path.name, (Defect(path.name, DIRECTORY),)) from None
    _refuse(path, (Defect(name, DAMAGE) for name, content in content_by_name.items() if content is None))
    return {name: content for name, content in content_by_name.items() if content is not None}


def _refuse(path: Path, defects: Iterable[Defect]) -> None:
    if named_defects := tuple(Defect(defect.file or path.name, defect.message) for defect in defects):
        raise PackageError(path.name, named_defects)


def _outside(file: BinaryIO, most: int) -> Iterator[Defect]:
    """Check the last bytes of a file before its directory is read; ZIP64 would have a directory without limits."""
    size = file.seek(0, 2)
    file.seek(max(0, size - END.size - LOCATOR))
    ending = file.read()
    tail = ending[-END.size :]
    file.seek(0)
    if size > most + MOST_DIRECTORY:
        yield Defect("", f"is larger than {most >> 20} MiB")
    elif len(tail) < END.size or not tail.startswith(LAST) or not tail.endswith(b"\0\0"):
        cut = "is a ZIP that is cut off or damaged at its end" if file.read(len(FIRST)) == FIRST else "is not a ZIP"
        yield Defect("", "has a comment or further data after the end of the ZIP" if zipfile.is_zipfile(file) else cut)
    else:
        *_, count, directory, _, _ = END.unpack(tail)
        if count > MOST_FILES:
            yield Defect("", f"lists {count} files, more than the {MOST_FILES} that a package may contain")
        elif directory > MOST_DIRECTORY:
            yield Defect(
                "", f"has a directory of {directory} bytes; that of a package may be at most {MOST_DIRECTORY >> 20} MiB"
            )
        elif ending.startswith(LAST_64):
            yield Defect("", "is a ZIP64 file, the format for large files")


def _name(info: zipfile.ZipInfo) -> str:
    """The name of an entry: UTF-8 with or without the flag, else code page 437; in NFC, as some systems decompose."""
    name = info.orig_filename
    if not info.flag_bits & UTF8:
        try:
            name = name.encode("cp437").decode()
        except UnicodeError:
            name = info.filename
    return unicodedata.normalize("NFC", name)


def _harmful(entries: list[tuple[str, zipfile.ZipInfo]], most: int) -> Iterator[Defect]:
    for name in colliding_names(name for name, _ in entries):
        yield Defect(name, "appears twice, or differs from another name only in case or form")
    for name, info in entries:
        kind, is_folder = stat.S_IFMT(info.external_attr >> 16), name.endswith("/")
        if kind == stat.S_IFLNK:
            yield Defect(name, "is a symbolic link")
        elif kind not in {0, stat.S_IFDIR if is_folder else stat.S_IFREG} or (is_folder and info.file_size):
            yield Defect(name, "is not a file")
        elif info.flag_bits & ENCRYPTED:
            yield Defect(name, "is encrypted")
        elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield Defect(name, f"is compressed in an uncommon way ({info.compress_type})")
        elif info.file_size > RATIO * max(info.compress_size, SMALL // RATIO):
            yield Defect(name, f"would expand to {info.file_size} bytes: a ZIP bomb")
    if sum(entry.file_size for _, entry in entries) > most:
        yield Defect("", f"would unpack to more than {most >> 20} MiB: a ZIP bomb")


def _stray(file: BinaryIO, infos: Iterable[zipfile.ZipInfo]) -> Iterator[Defect]:
    """Find bytes that belong to no file, and headers that contradict the directory: programs may see other files."""
    place, room = 0, FOLLOWING[:1]
    for info in sorted(infos, key=lambda entry: entry.header_offset):
        if info.header_offset - place not in room or info.comment:
            yield Defect(info.filename, STRAY)
            return
        file.seek(info.header_offset)
        head = LOCAL.unpack(file.read(LOCAL.size).ljust(LOCAL.size, b"\0"))
        _, _, flags, method, _, _, *sizes, named, further = head
        # Sizes may follow the data, and long ones are in a further field (4.5.3).
        elsewhere = (0xFFFFFFFF, 0) if info.flag_bits & FOLLOWED else (0xFFFFFFFF,)
        size_pairs = zip(sizes, (info.CRC, info.compress_size, info.file_size), strict=True)
        is_other = any(size not in (other, *elsewhere) for size, other in size_pairs)
        if is_other or (flags, method) != (info.flag_bits, info.compress_type):
            yield Defect(info.filename, STRAY)
            return
        place = info.header_offset + LOCAL.size + named + further + info.compress_size
        room = FOLLOWING if info.flag_bits & FOLLOWED else FOLLOWING[:1]
    end = file.seek(-END.size, 2)
    *_, directory, start, _ = END.unpack(file.read())
    if start - place not in room or start + directory != end:
        yield Defect("", STRAY)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    try:
        with archive.open(info) as entry:
            content = entry.read(info.file_size + 1)
    except DAMAGED:
        return None
    return content if len(content) == info.file_size else None


Source = bytes | Path

ALGORITHMS = ("sha256", "sha512")
DATA = "data/"
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFESTS = tuple(f"manifest-{algorithm}.txt" for algorithm in ALGORITHMS)
TAG_MANIFESTS = tuple(f"tag{name}" for name in MANIFESTS)
TAGS = (DECLARATION, INFO, *MANIFESTS)
# The file that the signature (the seal) signs, and the seal: the only file in no manifest, because it is made last.
SEALED = "tagmanifest-sha512.txt"
SEAL = f"{SEALED}.p7s"
# RFC 8493 2.1.1.
DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PIECE = 1 << 18
# Labels of bag-info.txt that the program itself reads.
COUNTRY, YEAR, NUMBER, RECIPIENT = "Country", "Reference-Year", "Edition-Number", "Recipient"
IDENTIFIER = "External-Identifier"
# Only in packages that are not public.
AUDIENCE = "Audience"


@dataclass(frozen=True, slots=True)
class BagInfo:
    """The name of a package and the lines of its bag-info.txt: day of the edition, sender (`organisation`),
    `identifier` (by default the name), and `further` pairs of label and text (RFC 8493 2.2.2)."""

    name: str
    date: date
    organisation: str
    identifier: str = ""
    description: str = ""
    further: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """A file to pack with its size in bytes and its hexadecimal checksums in the order of `ALGORITHMS`."""

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
    """Write a package of `files` by their path below `data/`, in one folder named `info.name`. Each file is read twice,
    to measure and to pack, and never kept in memory whole. Raises ReporterError for an unsafe name or a file that
    cannot be read or changes meanwhile."""
    _check_names(info.name, files)
    payload = {
        f"{DATA}{name}": file if isinstance(file, Measured) else measure(file) for name, file in sorted(files.items())
    }
    tags = {DECLARATION: measure(DECLARED.encode()), INFO: measure(info_text(payload, info).encode())}
    tags |= {name: measure(manifest(payload, place)) for place, name in enumerate(MANIFESTS)}
    # RFC 8493 2.2.1.
    tag_files = {name: tags[name] for name in sorted(tags)}
    tags |= {name: measure(manifest(tag_files, place)) for place, name in enumerate(TAG_MANIFESTS)}
    return write(target, info.name, tags | payload)


def measure(source: Source) -> Measured:
    """Measure a file in pieces. Raises ReporterError when it cannot be read."""
    size, sums = 0, [hashlib.new(algorithm) for algorithm in ALGORITHMS]
    for piece in pieces(source):
        size += len(piece)
        for checksum in sums:
            checksum.update(piece)
    return Measured(source, size, tuple(digest.hexdigest() for digest in sums))


def write(target: Path, root: str, files: Mapping[str, Measured]) -> Packed:
    """Write the files of a package to a ZIP, below the folder `root`, completely or not at all. Raises ReporterError
    when one changes meanwhile or the ZIP would exceed `MOST_BYTES`."""
    with open_whole(target) as file:
        write_zip(file, ((f"{root}/{name}", _unchanged(name, measured)) for name, measured in files.items()))
        size = file.seek(0, SEEK_END)
        if size > MOST_BYTES:
            raise ReporterError(
                f"{target} would be larger than {MOST_BYTES >> 20} MiB", hint="send less in one package"
            )
        file.seek(0)
        return Packed(target, size, checksum_of(read_pieces(file)))


def _unchanged(name: str, file: Measured) -> Iterator[bytes]:
    """Yield the content of a file. Raises ReporterError at the end if it differs from what was measured."""
    checksum = hashlib.sha256()
    for piece in pieces(file.source):
        checksum.update(piece)
        yield piece
    if checksum.hexdigest() != file.sha256:
        raise ReporterError(f"{name} changed while it was packed", hint="pack again when no program is writing there")


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
        raise ReporterError(f"{name!r} cannot name a package", hint="use letters, digits, dots and hyphens")
    if len(files) > MOST_FILES - len(TAGS):
        raise ReporterError(f"a package may contain at most {MOST_FILES} files", hint="send less in one package")
    for path in files:
        if flaw := flaw_of(f"{name}/{DATA}{path}"):
            raise ReporterError(f"the file {path!r} cannot be packed: its name {flaw}")
    for duplicate in colliding_names(files):
        raise ReporterError(f"the file {duplicate!r} cannot be packed: another name differs only in case")


def manifest(files: Mapping[str, Measured], place: int) -> bytes:
    """The list of checksums by one of `ALGORITHMS` (RFC 8493 2.1.3); `flaw_of` refuses names that need encoding."""
    return "".join(f"{file.sums[place]}  {name}\n" for name, file in files.items()).encode()


def info_text(payload: Mapping[str, Measured], info: BagInfo) -> str:
    size = sum(file.size for file in payload.values())
    lines = (
        ("Bagging-Date", info.date.isoformat()),
        ("Source-Organization", info.organisation),
        (IDENTIFIER, info.identifier or info.name),
        ("External-Description", info.description),
        *info.further,
        ("Payload-Oxum", f"{size}.{len(payload)}"),
    )
    return "".join(f"{label}: {' '.join(text.split())}\n" for label, text in lines if text)
