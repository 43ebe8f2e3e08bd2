"""Lay out a package that another program packed again. Its contents can still be proven: whoever packs the same files
in the one form gets the bytes that were sent."""

import re
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from reporter.errors import ReporterError
from reporter.submission.bag import DECLARATION, INFO, PIECE, digest_of, write
from reporter.submission.file_names import flaw_of
from reporter.submission.package import MOST_TAG, Package, identifier_of, is_known, open_package, rank_of
from reporter.submission.result import Defect, PackageError
from reporter.submission.stored_zip import FIRST, HARMFUL, HARMFUL_NAMES, directory_of, exactly, is_folder, refuse
from reporter.submission.zip_format import END, LOCAL, STORED, UTF8, ZipEntry

# How packages are named; anything else may be the name that a mail program gave to a file.
PACKAGE = re.compile(r"[A-Z]{2}-[0-9]{4}-.")
# Files and a folder that a computer adds when somebody packs a folder.
CLUTTER, CLUTTERED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"}), "__MACOSX"
DEFLATED = 8
# Bits of the flags: sizes and CRC-32 follow the data; names are in UTF-8 (APPNOTE.TXT 4.4.4).
FOLLOWED, WHOLE = 1 << 3, 0xFFFFFFFF
FOLLOWED_BY = b"PK\7\10"
# The forms of what follows the data (4.3.9), with and without a signature.
FOLLOWING = (struct.Struct("<4s3L"), struct.Struct("<4sL2Q"))
# A further field, and the one that has the name in UTF-8 behind a version and a CRC-32 (4.5.1, 4.6.9).
EXTRA = struct.Struct("<2H")
UNICODE_PATH, UNICODE_HEAD = 0x7075, 5
STRAY = "has bytes before, between or behind its files that belong to none of them"
TOO_LARGE = f"is larger than {MOST_TAG >> 20} MiB"
NAMED = 3


@dataclass(frozen=True, slots=True)
class ReceivedPackage:
    """A package that came, in the one form. `sha256` is that of the one form when the ZIP had another one, else empty;
    `remarks` tell for people what another program made of it, `defects` name files that no package has."""

    package: Package
    sha256: str = ""
    remarks: tuple[str, ...] = ()
    defects: tuple[Defect, ...] = ()


@dataclass(frozen=True, slots=True)
class _Member:
    """A file as another program packed it. Its data begin at `place` and take `taken` bytes."""

    name: str
    size: int
    crc: int
    compressed: bool
    place: int
    taken: int


@contextmanager
def received_package(path: Path) -> Iterator[ReceivedPackage]:
    """Open a package that came, in the one form. One that was packed again lies in a temporary file meanwhile. Raises
    PackageError with every reason against it, and ReporterError when it cannot be read."""
    try:
        found = ReceivedPackage(open_package(path))
    except PackageError as refused:
        with tempfile.TemporaryDirectory() as folder:
            yield _laid_out(path, Path(folder), refused)
        return
    yield found


def names_another(name: str, identifier: str) -> bool:
    """True for the name of another package than this one. What follows the whole name (`-signed`, `(1)`) does not
    matter, nor a name that is none of a package."""
    further = name.removeprefix(identifier)
    return bool(PACKAGE.match(name)) and (further == name or further[:1].isalnum())


def _laid_out(path: Path, folder: Path, refused: PackageError) -> ReceivedPackage:
    """Write the files of a ZIP in the one form. Raises PackageError when it is not safe, and `refused` when it is no
    package."""
    try:
        with path.open("rb") as file:
            infos = directory_of(path, file)
            packed_names = [each.orig_filename.encode("utf-8" if each.flag_bits & UTF8 else "cp437") for each in infos]
            for each, packed_name in zip(infos, packed_names, strict=True):
                each.orig_filename = _name(packed_name, each)
            clutter = [each.orig_filename for each in infos if _is_clutter(each.orig_filename)]
            ours = [each for each in infos if each.orig_filename not in clutter]
            refuse(path, (defect for check in HARMFUL_NAMES for defect in check(ours)))
            refuse(path, (defect for check in HARMFUL for defect in check(infos)))
            members = _members(path, file, infos, packed_names)
            top = _top(members, refused)
            files = {
                name: each
                for name, each in {
                    each.name.removeprefix(top): each
                    for each in members
                    if each.name.startswith(top) and each.name not in clutter
                }.items()
                if is_known(name)
            }
            root = _identifier(path, file, files)
            names = sorted(files, key=rank_of)
            entries = [_measured(path, file, f"{root}/{name}", files[name]) for name in names]
            data = (_unpacked(file, files[name]) for name in names)
            written = write(folder / path.name, zip(entries, data, strict=True))
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}") from problem
    strange = (each.name for each in members if each.name not in clutter and each not in files.values())
    defects = [Defect(each.removeprefix(top), "was added: is not part of a package") for each in strange]
    if names_another(top.rstrip("/").rpartition("/")[2], root):
        defects.append(Defect(top, f"this folder has the name of another package than {root}, which is in it"))
    remarks = tuple(_remarks(top, root, clutter))
    return ReceivedPackage(open_package(written.path), written.sha256, remarks, tuple(defects))


def _name(packed_name: bytes, info: zipfile.ZipInfo) -> str:
    """The name of an entry, whatever letters it is written in. It is UTF-8, whether a flag says so or not, or stands in
    a field of its own; else it is in the letters of MS-DOS. Some systems take letters apart from their accents."""
    further = info.extra
    while len(further) > UNICODE_HEAD + EXTRA.size:
        kind, size = EXTRA.unpack_from(further)
        field, further = further[EXTRA.size : EXTRA.size + size], further[EXTRA.size + size :]
        if kind == UNICODE_PATH and field[1:UNICODE_HEAD] == zlib.crc32(packed_name).to_bytes(4, "little"):
            packed_name = field[UNICODE_HEAD:]
    try:
        return unicodedata.normalize("NFC", packed_name.decode())
    except UnicodeDecodeError:
        return packed_name.decode("cp437")


def _is_clutter(name: str) -> bool:
    """True for what a computer adds, in a place that is safe."""
    *steps, last = name.removesuffix("/").split("/")
    if flaw_of("/".join((*steps, "x"))) or flaw_of(last.lstrip(".") or ".."):
        return False
    return last in CLUTTER or last.startswith("._") or CLUTTERED in {*steps[:1], last}


def _members(
    path: Path, file: BinaryIO, infos: Sequence[zipfile.ZipInfo], packed_names: Sequence[bytes]
) -> list[_Member]:
    """The files in a ZIP, as another program packed them. Raises PackageError for bytes that belong to none of them:
    two programs might see other files there."""
    place, members = 0, []
    for info, name in sorted(zip(infos, packed_names, strict=True), key=lambda pair: pair[0].header_offset):
        file.seek(place)
        head, named = file.read(LOCAL.size), file.read(len(name))
        if info.header_offset != place or info.comment or not _announces(head, info, name) or named != name:
            refuse(path, [Defect(info.orig_filename, STRAY)])
        if info.compress_type not in {STORED, DEFLATED}:
            refuse(path, [Defect(info.orig_filename, f"is compressed in an uncommon way ({info.compress_type})")])
        begin = place + len(head) + len(name) + LOCAL.unpack(head)[-1]
        place = begin + info.compress_size + _following(file, begin + info.compress_size, info)
        if not is_folder(info):
            member = _Member(
                name=info.orig_filename,
                size=info.file_size,
                crc=info.CRC,
                compressed=info.compress_type == DEFLATED,
                place=begin,
                taken=info.compress_size,
            )
            members.append(member)
    size = file.seek(0, 2)
    file.seek(size - END.size)
    *_, directory, start, _ = END.unpack(file.read())
    refuse(path, [Defect("", STRAY)] if (start, start + directory) != (place, size - END.size) else [])
    return members


def _announces(head: bytes, info: zipfile.ZipInfo, name: bytes) -> bool:
    """True when the header before a file agrees with the directory. Sizes may be left to what follows the data, or to a
    further field."""
    if len(head) != LOCAL.size:
        return False
    mark, _, flags, method, _, _, *sizes, named, _ = LOCAL.unpack(head)
    told = (info.CRC, info.compress_size, info.file_size)
    left_out = (0, WHOLE) if info.flag_bits & FOLLOWED else (WHOLE,)
    same = all(size in (known, *left_out) for size, known in zip(sizes, told, strict=True))
    known = (FIRST, info.flag_bits, info.compress_type, len(name))
    return same and (mark, flags, method, named) == known


def _following(file: BinaryIO, place: int, info: zipfile.ZipInfo) -> int:
    """How many bytes behind the data tell its sizes. There are none where the header told them."""
    if not info.flag_bits & FOLLOWED:
        return 0
    file.seek(place)
    found = file.read(FOLLOWING[-1].size)
    told = (FOLLOWED_BY, info.CRC, info.compress_size, info.file_size)
    forms = [made for form in FOLLOWING for made in (form.pack(*told), form.pack(*told)[len(FOLLOWED_BY) :])]
    return next((len(each) for each in forms if found.startswith(each)), 0)


def _top(members: Sequence[_Member], refused: PackageError) -> str:
    """The folder that a package lies in, with its slash."""
    tops = {each.name.removesuffix(DECLARATION) for each in members if PurePosixPath(each.name).name == DECLARATION}
    if not tops:
        raise refused
    return min(tops, key=lambda each: (len(each), each))


def _identifier(path: Path, file: BinaryIO, files: Mapping[str, _Member]) -> str:
    """The name of a package, as its own description has it. Raises PackageError when it has none."""
    info = files.get(INFO)
    refuse(path, [] if info else [Defect(INFO, "is missing")])
    refuse(path, (Defect(name, TOO_LARGE) for name, each in files.items() if each.size > MOST_TAG and name == INFO))
    _measured(path, file, INFO, files[INFO])
    text = b"".join(_unpacked(file, files[INFO])).decode(errors="replace")
    name = identifier_of(text)
    refuse(path, [Defect(INFO, "does not say what package it is")] if "/" in name or flaw_of(name) else [])
    return name


def _measured(path: Path, file: BinaryIO, name: str, member: _Member) -> ZipEntry:
    """Measure a file as it is when unpacked. Raises PackageError when it cannot be."""
    try:
        found = digest_of(_unpacked(file, member))
    except zlib.error:
        found = None
    if not found or (found.size, found.crc) != (member.size, member.crc):
        raise PackageError(path.name, (Defect(member.name, "is damaged: it cannot be unpacked as it was packed"),))
    return ZipEntry(name, found.size, found.crc)


def _unpacked(file: BinaryIO, member: _Member) -> Iterator[bytes]:
    """Unpack a file in pieces. They have one byte more than it should have at most. Raises zlib.error for damaged
    data."""
    file.seek(member.place)
    if not member.compressed:
        yield from exactly(file, member.taken)
        return
    unpacking, left = zlib.decompressobj(-zlib.MAX_WBITS), member.size + 1
    for piece in exactly(file, member.taken):
        rest = piece
        while rest and left and not unpacking.eof:
            made = unpacking.decompress(rest, min(PIECE, left))
            rest, left = unpacking.unconsumed_tail, left - len(made)
            yield made
        if rest:
            raise zlib.error("more data than a file has")
    yield unpacking.flush()
    if not unpacking.eof or unpacking.unused_data:
        raise zlib.error("the data do not end where they should")


def _remarks(top: str, root: str, clutter: Sequence[str]) -> Iterator[str]:
    yield "was unpacked and packed again on its way (not the file that was sent)"
    if not top:
        yield f"its files lie in no folder, and were sent in the folder {root}"
    elif top != f"{root}/":
        yield f"its files lie in the folder {top}, and were sent in the folder {root}"
    if clutter:
        named = ", ".join((*clutter[:NAMED], *(["…"] if len(clutter) > NAMED else [])))
        yield f"left aside, as computers add them, {len(clutter)}: {named}"
