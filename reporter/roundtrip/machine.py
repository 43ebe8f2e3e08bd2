"""Read the figures in JSON and workbooks, and compare figures."""

import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from reporter.roundtrip.stated import (
    AUDIENCE,
    NAMES,
    VALUE,
    Figures,
    MalformedFileError,
    figure_name,
    figures_of,
    parse_number,
    refuse_duplicate_columns,
    value_text,
)

# Limits of a part of a workbook: its size, and no document type, whose entities XML would expand.
MOST_BYTES = 16 << 20
SHEET, STRINGS = re.compile(r"xl/worksheets/sheet\d+\.xml"), "xl/sharedStrings.xml"
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COLUMN = re.compile(r"([A-Z]{1,3})\d+")
DECLARES = b"<!DOCTYPE"
FORMULA = f"{SPACE}f"
HEADS = [*NAMES, VALUE]
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What the JSON has.
MEMBERS = frozenset(
    ("title", "language", "country", "published", "data_cutoff", "version", "audience", "years", "status", "indicators")
).union(("dimensions", "sources", "observations", "coverage", "narrative"))
# What a hostile workbook makes its readers raise.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ElementTree.ParseError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    # An encoding that nobody knows, or a part that is missing.
    LookupError,
    ValueError,
)


def figure_differences(expected: Figures, found: Figures, columns: Collection[str] = ()) -> Iterator[str]:
    """Find figures that differ from those expected, are missing or added. Besides the value, some columns are compared,
    or all of them where none is named."""
    for name in [*expected.lines, *(each for each in found.lines if each not in expected.lines)]:
        one, other = expected.lines.get(name), found.lines.get(name)
        if one is None or other is None:
            yield f"{figure_name(name)} {'was added' if one is None else 'is missing'}"
        elif one[VALUE] != other[VALUE] and parse_number(one[VALUE]) != parse_number(other[VALUE]):
            yield f"{figure_name(name)} is {value_text(other[VALUE])}, made again {value_text(one[VALUE])}"
        else:
            compared = [each for each in columns or {**one, **other} if each not in {VALUE, AUDIENCE}]
            changed = next((each for each in compared if one.get(each) != other.get(each)), None)
            if changed:
                seen, known = value_text(other.get(changed)), value_text(one.get(changed))
                yield f"{figure_name(name)}: {changed} is {seen}, made again {known}"


def read_json(content: bytes) -> Figures:
    """Read the observations of the JSON. Raises MalformedFileError when it holds none."""
    try:
        # Numbers stay as they are written: to make them out is the work of `parse_number`, which has bounds.
        told = json.loads(content, parse_float=str, parse_int=str, object_pairs_hook=_unique)
        if further := told.keys() - MEMBERS:
            raise MalformedFileError(f"has a member {min(further)[:40]!r}, which no JSON of figures has")
        lines = told["observations"]
        return figures_of({key: _text(value) for key, value in line.items()} for line in lines)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise MalformedFileError(f"is no JSON of figures: {problem}") from None


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        refuse_duplicate_columns([key for key, _ in pairs])
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "".join(map(str, value))
    return "" if value is None else str(value)


def read_workbook(content: bytes) -> Figures:
    """Read the observations of a workbook (ECMA-376). They are on the sheet whose first row begins as the header of the
    CSV does. Raises MalformedFileError without one."""
    try:
        for _, rows in sheet_rows(content):
            heads = next(rows, [])
            if heads[: len(HEADS)] == HEADS:
                refuse_duplicate_columns(heads)
                return figures_of(dict(zip(heads, [*row, *[""] * len(heads)], strict=False)) for row in rows)
    except UNREADABLE as problem:
        raise MalformedFileError(f"is no workbook: {problem}") from None
    raise MalformedFileError("has no sheet of all figures")


def sheet_rows(content: bytes) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """The rows of each sheet of a workbook, by the name of its part. Raises what is among `UNREADABLE`."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings: list[str] = []
        if STRINGS in book.namelist():
            root = ElementTree.fromstring(package_part(book, STRINGS))  # noqa: S314 (no document type, nothing expands)
            strings = ["".join(text.text or "" for text in each.iter(f"{SPACE}t")) for each in root]
        for name in (each for each in book.namelist() if SHEET.fullmatch(each)):
            yield name, _rows(package_part(book, name), strings)


def package_part(book: zipfile.ZipFile, name: str) -> bytes:
    """Read a part of an office file, within `MOST_BYTES`. The size that it claims is not believed. Raises
    MalformedFileError."""
    if book.getinfo(name).compress_type not in PACKED:
        raise MalformedFileError(f"{name} in it is compressed in an unusual way")
    with book.open(name) as part:
        content = part.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise MalformedFileError(f"{name} in it is larger than {MOST_BYTES >> 20} MiB")
    if DECLARES in content:
        raise MalformedFileError(f"{name} in it declares a document type")
    return content


def _rows(content: bytes, strings: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of each row as text; gaps are empty."""
    for _, row in ElementTree.iterparse(io.BytesIO(content)):  # noqa: S314 (the same)
        if row.tag == f"{SPACE}row":
            cells: list[str] = []
            for cell in row:
                place = _place(cell.get("r", ""))
                if place < len(cells):
                    raise MalformedFileError(f"has {cell.get('r', '')[:20]} twice")
                cells += [""] * (place - len(cells))
                cells.append(_shown(cell, strings))
            row.clear()
            yield cells


def _place(reference: str) -> int:
    found = COLUMN.fullmatch(reference)
    if found is None:
        raise MalformedFileError(f"has a cell {reference[:20]!r}")
    return _column(found[1])


# Cached, because the cells of a workbook stand in the same few columns.
@lru_cache(maxsize=256)
def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _shown(cell: ElementTree.Element, strings: Sequence[str]) -> str:
    if cell.find(FORMULA) is not None:
        raise MalformedFileError(f"has a formula in {cell.get('r', '')[:20]}: what it shows is not what it states")
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{SPACE}t"))
    text = cell.findtext(f"{SPACE}v") or ""
    return strings[int(text)] if cell.get("t") == "s" else text
