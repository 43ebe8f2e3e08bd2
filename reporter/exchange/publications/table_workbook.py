"""Read the sheet of a workbook with a table of figures, found by its headings so that its name may be in any language.
Nothing is calculated: a formula is reported, not read."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from typing import Any
from warnings import catch_warnings

from openpyxl import load_workbook
from openpyxl.cell import Cell as BookCell
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from reporter.data.errors import FileError, Mark, ReporterError, one_line
from reporter.data.files.processes import run_limited
from reporter.data.read.figure_table import MOST_ROWS, Cell, FigureTable, Line, is_head, table_of
from reporter.data.read.table_lines import TOP
from reporter.exchange.agencies.safe_office import refuse_unsafe

DATES = (date, datetime, time, timedelta)
MOST_SECONDS, MOST_MEGABYTES = 60, 1500
# The table has 17 columns; users add a few of their own.
MOST_COLUMNS = 100
SAVE_AGAIN = "save it again as an Excel workbook (.xlsx), or the sheet as CSV UTF-8"
FORMULA = ("this is a formula", "put its number in its place: copy, paste special, values")
DATE = ("this is a date ({}), which a spreadsheet made of what was typed", "type the number or text again, as text")
SPREADSHEET_ERROR = ("this is the error {} of a formula", "write the number itself")
# Where a workbook states its language.
LANGUAGE = "Language"


def read_workbook_table(content: bytes, filename: str) -> FigureTable:
    """Read the table of figures of a workbook, within limits. Raises FileError for none, ReporterError if unsafe."""
    refuse_unsafe(content, filename)
    read = run_limited(tables_in, content, filename, seconds=MOST_SECONDS, megabytes=MOST_MEGABYTES)
    if isinstance(read, FileError):
        raise read
    return read


def tables_in(content: bytes, filename: str) -> FigureTable | FileError:
    """Read the only table of figures of a workbook, or return the error: findings would be lost between processes."""
    with catch_warnings(action="ignore"):
        try:
            book = load_workbook(BytesIO(content), read_only=True)
            tables: list[tuple[str, list[Line]]] = []
            for sheet in book.worksheets:
                lines = _cells(sheet)
                top = list(islice(lines, TOP))
                # A sheet without headings of figures is no table of figures.
                if any(is_head(text for text, _ in cells) for _, cells in top):
                    tables.append((sheet.title, [*top, *islice(lines, MOST_ROWS + 1)]))
            # The library's stubs lack its own properties.
            properties: Any = getattr(book, "custom_doc_props").props  # noqa: B009
            language = next((str(entry.value) for entry in properties if entry.name == LANGUAGE), "")
        except MemoryError:
            raise
        except Exception as problem:  # a hostile file may raise anything
            raise ReporterError(f"{filename} cannot be read: {one_line(str(problem))[:200]}", hint=SAVE_AGAIN) from None
    try:
        return _table(tables, filename, language)
    except FileError as problem:
        return problem


def _table(tables: Sequence[tuple[str, list[Line]]], filename: str, language: str) -> FigureTable:
    if not tables:
        message = "no sheet contains a table of figures"
        hint = "one of its first lines names the columns: indicator, dimension, code, year, value, …"
        raise FileError.at(Mark(filename), "wrong-columns", message, hint)
    if len(tables) > 1:
        message = f"the sheets {tables[0][0]!r} and {tables[1][0]!r} both contain a table of figures"
        raise FileError.at(Mark(filename), "wrong-columns", message, "delete the one that does not count")
    (name, lines), *_ = tables
    return replace(table_of(lines, filename, name), language=language)


def _cells(sheet: Worksheet) -> Iterator[Line]:
    # The stated size of a sheet may be wrong. The library's stubs lack this for a sheet that is read.
    getattr(sheet, "reset_dimensions")()  # noqa: B009
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        cells = [_cell(cell) for cell in row]
        if any(text or problem for text, problem in cells):
            yield number, cells


def _cell(cell: BookCell | MergedCell) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return "", FORMULA
    if isinstance(value, DATES):
        return "", (DATE[0].format(str(value).removesuffix(" 00:00:00")), DATE[1])
    if cell.data_type == "e":
        return "", (SPREADSHEET_ERROR[0].format(value), SPREADSHEET_ERROR[1])
    if isinstance(value, float):
        # A spreadsheet keeps fifteen digits, and shows no more.
        whole = math.isfinite(value) and value.is_integer()
        return (str(int(value)) if whole else f"{value:.15g}"), None
    if isinstance(value, bool):
        return str(value).lower(), None
    return "" if value is None else str(value).strip(), None
