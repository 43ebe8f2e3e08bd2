"""The one form of ZIP that a package has. Stored, in order, undated: every byte follows from names, sizes and data.
Nothing is compressed: what zlib writes depends on its version, and several compressed forms unpack to the same data. So
two machines pack the same bytes, and a verifier can tell of every byte whether it is the right one."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Local header, central header, end record: APPNOTE.TXT of PKWARE 4.3.7, 4.3.12, 4.3.16.
LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")

MADE_BY = 3 << 8 | 20  # Unix, ZIP 2.0
NEEDED = 20
UTF8 = 1 << 11  # names are in UTF-8 (4.4.4)
STORED = 0
MIDNIGHT, FIRST_DAY = 0, 1 << 5 | 1  # 1980-01-01, the first day that a ZIP can name
RIGHTS = 0o100644 << 16

MOST_FILES = 10_000
MOST_BYTES = 2 << 30
MOST_DIRECTORY = 8 << 20


@dataclass(frozen=True, slots=True)
class ZipEntry:
    name: str
    size: int
    crc: int


def local_header(entry: ZipEntry) -> bytes:
    name = entry.name.encode()
    sizes = (entry.crc, entry.size, entry.size, len(name), 0)
    return LOCAL.pack(b"PK\3\4", NEEDED, UTF8, STORED, MIDNIGHT, FIRST_DAY, *sizes) + name


def offsets(entries: Iterable[ZipEntry]) -> tuple[int, ...]:
    """Calculate the offset of each file, then that of the directory."""
    places = [0]
    for entry in entries:
        places.append(places[-1] + LOCAL.size + len(entry.name.encode()) + entry.size)
    return tuple(places)


def central_directory(entries: Sequence[ZipEntry]) -> bytes:
    places = offsets(entries)
    directory = b"".join(_central_header(*each) for each in zip(entries, places, strict=False))
    count = len(entries)
    return directory + END.pack(b"PK\5\6", 0, 0, count, count, len(directory), places[-1], 0)


def _central_header(entry: ZipEntry, place: int) -> bytes:
    name = entry.name.encode()
    sizes = (entry.crc, entry.size, entry.size, len(name), 0, 0, 0, 0)
    head = (b"PK\1\2", MADE_BY, NEEDED, UTF8, STORED, MIDNIGHT, FIRST_DAY)
    return CENTRAL.pack(*head, *sizes, RIGHTS, place) + name
