"""What a file is, whatever its name says, its checksum, and records as JSON."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.data.errors import Mark
from reporter.data.files.as_json import as_json, pick
from reporter.data.files.file_type import kind_of
from reporter.data.files.sources import list_checksum, sums_of


def zipped(*names: str, mimetype: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            # Of no time: the name of a test must be the same in every process.
            archive.writestr(zipfile.ZipInfo(name), "")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "an empty file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\n\n%PDF-1.7\n", "a PDF"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a Word document"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "a text document"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a spreadsheet"),
        (zipped("LT-2020/bagit.txt", "LT-2020/data/LT-2020-en.pdf"), "a package of reporter"),
        (zipped("a.txt"), "a ZIP archive"),
        (zipped("a.txt")[:20], "a damaged ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "a document of an older version of Word or Excel"),
        (b"{\\rtf1", "a rich text (RTF) file"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "a web page"),
        (b'<?xml version="1.0"?>', "an XML file"),
        (b'{"a": 1}', "a JSON file"),
        (b"\x89PNG\r\n", "a picture"),
        ("year".encode("utf-16"), "a UTF-16 text file"),
        (b"year: 2020\n", "a plain text file"),
        (b"\x7fELF\0\0", "a file of another program"),
    ],
)
def test_a_file_is_told_by_its_bytes(content: bytes, expected: str):
    assert expected == kind_of(content)


@given(st.binary(max_size=80))
def test_any_bytes_are_something(content: bytes):
    assert kind_of(content)
    assert kind_of(b"PK\x03\x04" + content) == "a damaged ZIP archive"


def test_the_checksum_of_a_list_is_that_of_its_lines_sorted_by_path() -> None:
    listed = f"{'b' * 64}  a.yaml\n{'a' * 64}  b.yaml\n"
    assert hashlib.sha256(listed.encode()).hexdigest() == list_checksum({"b.yaml": "a" * 64, "a.yaml": "b" * 64})
    assert (("a", hashlib.sha256(b"1").hexdigest()), ("b", hashlib.sha256(b"2").hexdigest())) == sums_of(
        {"b": b"2", "a": b"1"}
    )


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    colour: Colour
    share: Decimal
    path: Path | None
    mark: Mark
    parts: tuple["Thing", ...] = ()


PART = Thing("wheel", Colour.RED, Decimal("1E+1"), None, Mark("a.yaml", 3, 4))


def test_a_record_becomes_an_object_of_its_fields() -> None:
    whole = Thing("rožė", Colour.RED, Decimal("0.10"), Path("b/c"), Mark("a.yaml"), (PART,))
    part = '{"name": "wheel", "colour": "red", "share": "10", "path": null, "mark": "a.yaml:3:4", "parts": []}'
    assert (
        '{"name": "rožė", "colour": "red", "share": "0.10", "path": "b/c", "mark": "a.yaml:1:1", '
        f'"parts": [{part}]}}' == as_json(whole, indent=None)
    )


def test_some_fields_are_picked_in_the_order_named() -> None:
    assert ["share", "name"] == list(pick(PART, "share", "name"))


def test_what_has_no_form_in_json_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no form in JSON"):
        as_json([object()])
