"""A typeface in WOFF is the same typeface: every table, byte for byte."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reporter.data.files.workspace import packaged_folder
from reporter.formats.html.embed import as_woff

FONTS = sorted((packaged_folder("assets") / "fonts").glob("*.ttf"), key=lambda path: path.stat().st_size)[:2]


def sfnt_tables(font: bytes) -> dict[bytes, tuple[int, bytes]]:
    """The tables of a font file by their tag, each with the checksum that the file states."""
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count))
    return {tag: (check, font[offset : offset + length]) for tag, check, offset, length in entries}


def woff_tables(woff: bytes) -> dict[bytes, tuple[int, bytes]]:
    (count,) = struct.unpack_from(">H", woff, 12)
    entries = (struct.unpack_from(">4sIIII", woff, 44 + 20 * n) for n in range(count))
    found = {}
    for tag, offset, packed, length, check in entries:
        content = woff[offset : offset + packed]
        found[tag] = (check, zlib.decompress(content) if packed < length else content)
    return found


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_a_typeface_keeps_its_tables_and_nothing_is_told_beside_them(path: Path) -> None:
    font = path.read_bytes()
    woff = as_woff(font)
    assert sfnt_tables(font) == woff_tables(woff)
    signature, flavor, length, _, _, whole = struct.unpack_from(">4s4sIHHI", woff)
    assert (b"wOFF", font[:4], len(woff), len(font)) == (signature, flavor, length, whole)
    assert bytes(20) == woff[24:44]  # neither metadata nor a block of somebody's own
    assert len(woff) < len(font) / 1.8


def test_another_reader_finds_the_same_names_in_it() -> None:
    path = FONTS[0]
    with TTFont(path) as font, TTFont(io.BytesIO(as_woff(path.read_bytes()))) as woff:
        assert [str(each) for each in font["name"].names] == [str(each) for each in woff["name"].names]
        assert (font.getGlyphOrder(), "woff") == (woff.getGlyphOrder(), woff.flavor)


@pytest.mark.parametrize("content", [b"", b"\0\1\0\0", FONTS[0].read_bytes()[:5000]])
def test_what_is_no_whole_font_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a whole font"):
        as_woff(content)
