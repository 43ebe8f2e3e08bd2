"""Wrap a typeface in WOFF 1.0, unchanged, for pages that carry it. The tables are those of the file, byte for byte,
each compressed by itself. Nothing is left out, added or told beside them, so a typeface keeps the name that its licence
reserves to unchanged ones (OFL-FAQ 2.2)."""

import struct
import zlib
from functools import lru_cache

# WOFF File Format 1.0, 3 and 4: the signature, and the header and an entry of a table in either format.
SIGNATURE = b"wOFF"
SFNT, SFNT_TABLE = struct.Struct(">4sH6x"), struct.Struct(">4sIII")
WOFF, WOFF_TABLE = struct.Struct(">4s4sIHHIHH5I"), struct.Struct(">4sIIII")
HEAD = b"head"
# Where the table `head` has the revision of the font as major and minor.
REVISION = struct.Struct(">4xHH")
LEVEL = 9
# So many faces are kept: those of a theme.
FACES = 16


@lru_cache(maxsize=FACES)
def as_woff(font: bytes) -> bytes:
    """A TrueType or OpenType font as WOFF. Raises ValueError for a file that is none, or not a whole one."""
    try:
        flavor, count = SFNT.unpack_from(font)
        entries = [SFNT_TABLE.unpack_from(font, SFNT.size + SFNT_TABLE.size * n) for n in range(count)]
    except struct.error:
        raise ValueError("it is not a whole font") from None
    if any(offset + length > len(font) for _, _, offset, length in entries):
        raise ValueError("it is not a whole font")
    place = WOFF.size + WOFF_TABLE.size * count
    directory, tables, revision = [], [], (0, 0)
    for tag, check, offset, length in entries:
        content = font[offset : offset + length]
        if tag == HEAD and length >= REVISION.size:
            revision = REVISION.unpack_from(content)
        packed = zlib.compress(content, LEVEL)
        # What does not become smaller stays as it is.
        packed = packed if len(packed) < length else content
        directory.append(WOFF_TABLE.pack(tag, place, len(packed), length, check))
        tables.append(packed + bytes(-len(packed) % 4))
        place += len(tables[-1])
    whole = SFNT.size + SFNT_TABLE.size * count + sum(length + -length % 4 for *_, length in entries)
    header = WOFF.pack(SIGNATURE, flavor, place, count, 0, whole, *revision, 0, 0, 0, 0, 0)
    return b"".join((header, *directory, *tables))
