"""Figures in JSON, in a workbook and in the tables of Eurostat, held against the CSV of observations."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from reporter.roundtrip.figures import (
    NOTE,
    VALUE,
    Figures,
    Line,
    Name,
    UnreadableError,
    figures_of,
    number,
    stated,
    told,
)

# Of a workbook in a package no part may be larger, and none may declare what XML would have to expand.
MOST_BYTES = 64 << 20
SHEET, STRINGS = re.compile(r"xl/worksheets/sheet\d+\.xml"), "xl/sharedStrings.xml"
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COLUMN = re.compile(r"([A-Z]{1,3})\d+")
DECLARES = b"<!DOCTYPE"
TIME, OBSERVED, FLOW = "TIME_PERIOD", "OBS_VALUE", "DATAFLOW"
FRONT, BACK = (FLOW, "LAST UPDATE"), (TIME, OBSERVED, "OBS_FLAG", "CONF_STATUS")
JOINED, MISSING = " + ", ":"

Cell = tuple[str, str, str]


def differing(expected: Figures, found: Figures, *, same_words: bool) -> Iterator[str]:
    """Where a file states another figure than the CSV, one too many, or one too few; words only in one language."""
    for name in [*expected.lines, *(each for each in found.lines if each not in expected.lines)]:
        one, other = expected.lines.get(name), found.lines.get(name)
        if one is None or other is None:
            yield f"{told(name)} {'is not in the CSV' if one is None else 'is missing'}"
        elif one[VALUE] != other[VALUE] and number(one[VALUE]) != number(other[VALUE]):
            yield f"{told(name)} is {stated(other[VALUE])}, and {stated(one[VALUE])} in the CSV"
        else:
            columns = [each for each in one if each in other and each != VALUE and (same_words or each != NOTE)]
            changed = next((each for each in columns if one[each] != other[each]), None)
            if changed:
                yield f"{told(name)}: {changed} is {stated(other[changed])}, and {stated(one[changed])} in the CSV"


def read_json(content: bytes) -> Figures:
    """The observations of the JSON."""
    try:
        lines = json.loads(content, parse_float=Decimal)["observations"]
        return figures_of(_worded(line) for line in lines)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise UnreadableError(f"is no JSON of figures: {problem}") from None


def _worded(line: Mapping[str, Any]) -> Line:
    """An observation as the CSV writes it."""
    return {key: _text(value) for key, value in line.items()}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "".join(map(str, value))
    return "" if value is None else str(value)


def read_workbook(content: bytes, heads: Sequence[str]) -> Figures:
    """The observations of the workbook: the sheet whose first row has the heads of the CSV."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            strings = _strings(book) if STRINGS in book.namelist() else []
            for name in (each for each in book.namelist() if SHEET.fullmatch(each)):
                rows = _rows(_part(book, name), strings)
                first = next(rows, [])
                if first[: len(heads)] == list(heads):
                    return figures_of(dict(zip(heads, [*row, *[""] * len(heads)], strict=False)) for row in rows)
    except (zipfile.BadZipFile, ElementTree.ParseError, NotImplementedError, IndexError, ValueError) as problem:
        raise UnreadableError(f"is no workbook: {problem}") from None
    raise UnreadableError("has no sheet of all figures")


def _part(book: zipfile.ZipFile, name: str) -> bytes:
    if book.getinfo(name).file_size > MOST_BYTES:
        raise UnreadableError(f"{name} in it is larger than {MOST_BYTES >> 20} MiB")
    content = book.read(name)
    if DECLARES in content:
        raise UnreadableError(f"{name} in it declares a document type")
    return content


def _strings(book: zipfile.ZipFile) -> list[str]:
    root = ElementTree.fromstring(_part(book, STRINGS))  # noqa: S314 (a document type is refused, nothing expands)
    return ["".join(text.text or "" for text in each.iter(f"{SPACE}t")) for each in root]


def _rows(content: bytes, strings: Sequence[str]) -> Iterator[list[str]]:
    """The cells of each row as text, empty ones where the row has a gap."""
    for _, row in ElementTree.iterparse(io.BytesIO(content)):  # noqa: S314 (the same)
        if row.tag == f"{SPACE}row":
            cells: list[str] = []
            for cell in row:
                place = _place(cell.get("r", ""))
                cells += [""] * (place - len(cells))
                cells.append(_shown(cell, strings))
            row.clear()
            yield cells


def _place(reference: str) -> int:
    """The number of a column by its letters, from 0."""
    found = COLUMN.fullmatch(reference)
    if found is None:
        raise UnreadableError(f"has a cell {reference[:20]!r}")
    return _column(found[1])


@lru_cache(maxsize=256)
def _column(letters: str) -> int:
    """The cells of a workbook stand in the same few columns."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _shown(cell: ElementTree.Element, strings: Sequence[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{SPACE}t"))
    text = cell.findtext(f"{SPACE}v") or ""
    return strings[int(text)] if cell.get("t") == "s" else text


def wrong_origins(lines: Iterator[Line], figures: Figures) -> tuple[dict[Cell, str], list[str]]:
    """What the tables of Eurostat must hold by their list of origins, and where it contradicts the CSV."""
    cells: dict[Cell, str] = {}
    wrong: list[str] = []
    values = _by_address(figures)
    for line in lines:
        cell = (line["dataflow"], line["key"], line["year"])
        cells[cell] = "" if line["value"] == MISSING else line["value"]
        used = [each for each in line["figures"].split(JOINED) if each]
        found = [values.get((each, line["year"])) for each in used]
        if cells[cell] and number(cells[cell]) != sum(each for each in found if each is not None):
            said = " + ".join(f"{name} ({stated(value)})" for name, value in zip(used, found, strict=True))
            wrong.append(f"{' '.join(cell)} is {cells[cell]}, and made of {said or 'nothing'} in the CSV")
    return cells, wrong


def _by_address(figures: Figures) -> dict[tuple[str, str], Decimal | None]:
    return {(_address(name), name[3]): number(line[VALUE]) for name, line in figures.lines.items()}


def _address(name: Name) -> str:
    return f"{name[0]}.{name[2]}" if name[2] else name[0]


def wrong_table(lines: Iterator[Line], cells: Mapping[Cell, str], seen: Callable[[Cell], None]) -> Iterator[str]:
    """Where a table of Eurostat differs from the list of origins; `seen` hears of each of its cells."""
    for line in lines:
        if lacking := [each for each in (*FRONT, *BACK) if each not in line]:
            raise UnreadableError(f"has no column {lacking[0]!r}")
        flow = line[FLOW].partition(":")[2].partition("(")[0]
        key = ".".join(text for name, text in line.items() if name not in (*FRONT, *BACK))
        cell = (flow, key, line[TIME])
        seen(cell)
        if cell not in cells:
            yield f"{' '.join(cell)} has no origin"
        elif number(line[OBSERVED]) != number(cells[cell]):
            yield f"{' '.join(cell)} is {stated(line[OBSERVED])}, and {stated(cells[cell])} by its origins"
