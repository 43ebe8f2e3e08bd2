"""Workbooks that were made to take time or memory are refused within the limits, and nothing is written."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reporter.data.errors import ReporterError
from tests import forms
from tests.intake.test_receiving import received

SHEET, STRINGS, STYLES = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/styles.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def repacked(form: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(form)) as book:
        parts = {each: book.read(each) for each in book.namelist()} | {name: content}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for each, known in parts.items():
            book.writestr(each, known)
    return target.getvalue()


def rows(count: int) -> bytes:
    """So many rows with a style and nothing in them."""
    made = "".join(f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>' for row in range(1, count))
    return HEAD + b"<sheetData>" + made.encode() + b"</sheetData></worksheet>"


def deep(count: int) -> bytes:
    return HEAD + b"<a>" * count + b"</a>" * count + b"</worksheet>"


def strings(count: int) -> bytes:
    return (
        b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + b"<si><t>aaaaaaaaaaaaaaaaaaaa</t></si>" * count
        + b"</sst>"
    )


def joined(count: int) -> bytes:
    ranges = b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (row, row) for row in range(1, count))
    return HEAD + b"<sheetData/><mergeCells>" + ranges + b"</mergeCells></worksheet>"


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "a million styled rows": lambda form: repacked(form, SHEET, rows(1_048_576)),
    "two hundred thousand styled rows": lambda form: repacked(form, SHEET, rows(150_000)),
    "elements in each other": lambda form: repacked(form, SHEET, deep(1_000_000)),
    "a million strings": lambda form: repacked(form, STRINGS, strings(1_000_000)),
    "joined rows": lambda form: repacked(form, SHEET, joined(900)),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_workbook_made_to_take_time_is_refused_or_told_within_the_limits(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporter.exchange.agencies.taking_in.MOST_SECONDS", 3)
    root = forms.write(tmp_path)
    content = HOSTILE[kind](forms.form(root))
    began = time.monotonic()
    try:
        came = received(root, content)
    except ReporterError as problem:
        assert "Traceback" not in str(problem)
    else:
        assert () == came.received.answers
    assert 30 > time.monotonic() - began
    assert not (root / "data/XX/received").exists()
