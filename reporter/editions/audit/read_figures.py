"""Read the figures of finished files, including files of others, within limits: CSV, JSON and workbooks. Figures are
matched by their identifying columns."""

import csv
import io
import json
import lzma
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

# The columns that together identify a line.
NAMES = ("indicator", "dimension", "code", "year")
VALUE, NOTE, AUDIENCE = "value", "note", "audience"
# The code of a figure in each dimension: before the name of its column, and the member of the JSON with all.
BY_COLUMN, CODES = "by_", "codes"
COLUMNS = frozenset(
    (*NAMES, VALUE, NOTE, AUDIENCE, "flags", "confidentiality", "status", "qualifier", "unit", "source", "vintage")
).union(("definition", "period", "target", "comparable", CODES))
MOST_LINES = 200_000
YEAR = re.compile(r"[12]\d{3}", re.ASCII)
# A spreadsheet may write a small number with an exponent; a large exponent would make a number that fills the memory.
NUMBER = re.compile(r"-?\d+(\.\d+)?([Ee][+-]?\d{1,2})?", re.ASCII)
LONGEST = 30

# The largest size of a part of a workbook. Document types are refused, because XML expands their entities.
MOST_BYTES = 16 << 20
SHEET, STRINGS = re.compile(r"xl/worksheets/sheet\d+\.xml"), "xl/sharedStrings.xml"
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COLUMN = re.compile(r"([A-Z]{1,3})\d+")
DECLARES = b"<!DOCTYPE"
FORMULA = f"{SPACE}f"
HEADS = [*NAMES, VALUE]
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# The keys of the JSON file.
MEMBERS = frozenset(
    ("title", "language", "country", "published", "data_cutoff", "version", "audience", "years", "status", "indicators")
).union(("dimensions", "sources", "observations", "coverage", "narrative"))
# What reading a hostile workbook may raise.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ElementTree.ParseError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    # An unknown encoding, or a missing part.
    LookupError,
    ValueError,
)

Line = Mapping[str, str]
FigureName = tuple[str, ...]
# The observations of a file, in order, by indicator, dimension, code and year.
Figures = Mapping[FigureName, Line]


class MalformedFileError(Exception):
    """A file does not have the form that its name promises."""


def read_lines(text: Iterable[str]) -> Iterator[Line]:
    """Read the lines of a CSV (RFC 4180) by header. Raises MalformedFileError for other content, a duplicate header, a
    line of another length, or more than `MOST_LINES` lines."""
    try:
        reader = csv.DictReader(text, strict=True)
        refuse_duplicate_columns(reader.fieldnames or ())
        for line in _limit_lines(reader):
            if None in line or None in line.values():
                raise MalformedFileError(f"line {reader.line_num} does not have as many cells as the header")
            yield line
    except (csv.Error, UnicodeDecodeError) as problem:
        raise MalformedFileError(f"is no CSV: {problem}") from None


def _limit_lines(lines: Iterable[Line]) -> Iterator[Line]:
    """Pass on lines. Raises MalformedFileError when there are more than `MOST_LINES`."""
    for count, line in enumerate(lines, 1):
        if count > MOST_LINES:
            raise MalformedFileError(f"has more than {MOST_LINES} lines")
        yield line


def refuse_duplicate_columns(heads: Sequence[str]) -> None:
    """Raise MalformedFileError if two columns have one header: people might read one and the program the other."""
    twin = next((head for head, count in Counter(heads).items() if count > 1), None)
    if twin is not None:
        raise MalformedFileError(f"has two columns {twin[:40]!r}")


def figures_of(lines: Iterable[Line]) -> Figures:
    """Index lines of observations by identifying columns. Raises MalformedFileError for lines that do not fit."""
    line_by_name: dict[FigureName, Line] = {}
    for line in _limit_lines(lines):
        if lacking := [column for column in (*NAMES, VALUE) if column not in line]:
            raise MalformedFileError(f"has no column {lacking[0]!r}")
        if further := {column for column in line.keys() - COLUMNS if not column.startswith(BY_COLUMN)}:
            raise MalformedFileError(f"has a column {min(further)[:40]!r}, which no file of figures has")
        name = tuple(line[column] for column in NAMES)
        if name in line_by_name:
            raise MalformedFileError(f"states {figure_name(name)} twice")
        if name[3] and not YEAR.fullmatch(name[3]):
            raise MalformedFileError(f"has {name[3][:20]!r} for a year")
        parse_number(line[VALUE])
        line_by_name[name] = line
    return line_by_name


def parse_number(text: str) -> Decimal | None:
    """Parse a number; None for an empty text. Raises MalformedFileError for anything else."""
    if not text:
        return None
    if len(text) > LONGEST or not NUMBER.fullmatch(text):
        raise MalformedFileError(f"has {text[:40]!r} for a number")
    return Decimal(text)


def figure_name(name: FigureName) -> str:
    indicator, _, code, year = name
    return " ".join(part for part in (f"{indicator}.{code}" if code else indicator, year) if part)


def value_text(value: object) -> str:
    return ":" if value in (None, "") else str(value)[:200]


def figure_differences(expected: Figures, figures: Figures, columns: Collection[str] = ()) -> Iterator[str]:
    """Find figures that are missing, added, or differ from those expected in the value and the given columns (all)."""
    for name in [*expected, *(key for key in figures if key not in expected)]:
        one, other = expected.get(name), figures.get(name)
        if one is None or other is None:
            yield f"{figure_name(name)} {'was added' if one is None else 'is missing'}"
        elif one[VALUE] != other[VALUE] and parse_number(one[VALUE]) != parse_number(other[VALUE]):
            yield f"{figure_name(name)} is {value_text(other[VALUE])}, made again {value_text(one[VALUE])}"
        else:
            compared = [column for column in columns or {**one, **other} if column not in {VALUE, AUDIENCE}]
            if changed := next((column for column in compared if one.get(column) != other.get(column)), None):
                stated_value, expected_value = value_text(other.get(changed)), value_text(one.get(changed))
                yield f"{figure_name(name)}: {changed} is {stated_value}, made again {expected_value}"


def read_json(content: bytes) -> Figures:
    """Read the observations of the JSON. Raises MalformedFileError without any."""
    try:
        # Numbers stay text: `parse_number` has limits.
        members = json.loads(content, parse_float=str, parse_int=str, object_pairs_hook=_unique)
        if further := members.keys() - MEMBERS:
            raise MalformedFileError(f"has a member {min(further)[:40]!r}, which no JSON of figures has")
        return figures_of({key: _text(value) for key, value in line.items()} for line in members["observations"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise MalformedFileError(f"is no JSON of figures: {problem}") from None


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    value_by_key = dict(pairs)
    if len(value_by_key) != len(pairs):
        refuse_duplicate_columns([key for key, _ in pairs])
    return value_by_key


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "".join(map(str, value))
    return "" if value is None else str(value)


def read_workbook(content: bytes) -> Figures:
    """Read the observations of a workbook (ECMA-376). Raises MalformedFileError if no sheet starts like the CSV."""
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
    """The rows of each sheet of a workbook, by the name of its part. Raises the exceptions in `UNREADABLE`."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings: list[str] = []
        if STRINGS in book.namelist():
            root = ElementTree.fromstring(package_part(book, STRINGS))  # noqa: S314 (no document type, nothing expands)
            strings = ["".join(text.text or "" for text in element.iter(f"{SPACE}t")) for element in root]
        for name in (part for part in book.namelist() if SHEET.fullmatch(part)):
            yield name, _rows(package_part(book, name), strings)


def package_part(book: zipfile.ZipFile, name: str) -> bytes:
    """Read a part of an office file within `MOST_BYTES`, whatever size it claims. Raises MalformedFileError."""
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
                cells.append(_cell_text(cell, strings))
            row.clear()
            yield cells


def _place(reference: str) -> int:
    match = COLUMN.fullmatch(reference)
    if match is None:
        raise MalformedFileError(f"has a cell {reference[:20]!r}")
    return _column(match[1])


# Cached, because the cells of a workbook are in the same few columns.
@lru_cache(maxsize=256)
def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _cell_text(cell: ElementTree.Element, strings: Sequence[str]) -> str:
    if cell.find(FORMULA) is not None:
        raise MalformedFileError(f"has a formula in {cell.get('r', '')[:20]}: what it shows is not what it states")
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{SPACE}t"))
    text = cell.findtext(f"{SPACE}v") or ""
    return strings[int(text)] if cell.get("t") == "s" else text


BODY, NOTES, FIGURES = "word/document.xml", "word/footnotes.xml", "customXml/item1.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The character styles of the number of a chart or table, and of a note mark.
LABEL, CALL = "CaptionLabel", "FootnoteReference"


# A figure in a table: country, address, year, and printed text.
PrintedCell = tuple[str, str, str, str]


def read_printed_word(content: bytes) -> tuple[list[PrintedCell], list[str], list[str]]:
    """Read a Word file made by the program: figures in tables, paragraphs outside tables including notes, and the
    numbers of charts and tables. Raises MalformedFileError for any other file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = (package_part(file, name) for name in (BODY, NOTES, FIGURES))
            # They have no document type, so nothing expands.
            body, notes, figures = (ElementTree.fromstring(part) for part in parts)  # noqa: S314
    except UNREADABLE as problem:
        raise MalformedFileError(
            f"is not the Word file of a profile: {problem.args[0] if problem.args else problem}"
        ) from None
    named = {element.get("cell", ""): re.split("[/@]", element.get("at", "")) for element in figures}
    marked = [(named[name], text) for name, text in _marked(body) if len(named.get(name, ())) == 3]
    cells = [(country, figure, year, text) for (country, figure, year), text in marked]
    inside = {id(paragraph) for table in body.iter(f"{W}tbl") for paragraph in table.iter(f"{W}p")}
    outside = [paragraph for root in (body, notes) for paragraph in root.iter(f"{W}p") if id(paragraph) not in inside]
    paragraphs = filter(None, (_words(paragraph, LABEL, CALL) for paragraph in outside))
    return cells, list(paragraphs), list(filter(None, (_words(paragraph, only=LABEL) for paragraph in outside)))


def _words(paragraph: ElementTree.Element, *left_out: str, only: str = "") -> str:
    texts = []
    for run in paragraph.iter(f"{W}r"):
        style_element = run.find(f".//{W}rStyle")
        style = "" if style_element is None else style_element.get(f"{W}val", "")
        if style not in left_out and (not only or style == only):
            texts += [child.text or "" if child.tag == f"{W}t" else " " for child in run if child.tag != f"{W}rPr"]
    return " ".join("".join(texts).split())


def _marked(body: ElementTree.Element) -> Iterator[tuple[str, str]]:
    open_ones: dict[str, tuple[str, list[str]]] = {}
    for element in body.iter():
        if element.tag == f"{W}bookmarkStart":
            open_ones[element.get(f"{W}id", "")] = (element.get(f"{W}name", ""), [])
        elif element.tag == f"{W}bookmarkEnd":
            name, letters = open_ones.pop(element.get(f"{W}id", ""), ("", []))
            yield name, "".join(letters)
        elif element.tag == f"{W}t":
            for _, letters in open_ones.values():
                letters.append(element.text or "")
