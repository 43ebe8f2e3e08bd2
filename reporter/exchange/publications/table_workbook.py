"""Read the sheet of a workbook that holds a table of figures. It is found by its heads, so its name may be in any
language. Nothing of it is worked out: a formula is told, not read."""

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
# The table has 17 columns; who adds some of their own has not so many.
MOST_COLUMNS = 100
SAVE_AGAIN = "save it again as an Excel workbook (.xlsx), or the sheet as CSV UTF-8"
FORMULA = ("this is a formula", "put its number in its place: copy, paste special, values")
DATE = ("this is a date ({}), which a spreadsheet made of what was typed", "type the number or text again, as text")
SPREADSHEET_ERROR = ("this is the error {} of a formula", "write the number itself")
# What a workbook says in which language it is.
LANGUAGE = "Language"


def read_workbook_table(content: bytes, shown: str) -> FigureTable:
    """Read the table of figures of a workbook, within limits. Raises FileError where it holds none, and ReporterError
    where it is no workbook that is safe to read."""
    refuse_unsafe(content, shown)
    read = run_limited(tables_in, content, shown, seconds=MOST_SECONDS, megabytes=MOST_MEGABYTES)
    if isinstance(read, FileError):
        raise read
    return read


def tables_in(content: bytes, shown: str) -> FigureTable | FileError:
    """Read the only table of figures of a workbook. What is wrong with it comes back as an error: its findings would
    not survive the way out of the process."""
    with catch_warnings(action="ignore"):
        try:
            book = load_workbook(BytesIO(content), read_only=True)
            found: list[tuple[str, list[Line]]] = []
            for sheet in book.worksheets:
                lines = _cells(sheet)
                top = list(islice(lines, TOP))
                # A sheet without heads of figures is none of a table.
                if any(is_head(text for text, _ in cells) for _, cells in top):
                    found.append((sheet.title, [*top, *islice(lines, MOST_ROWS + 1)]))
            # The stubs of the library do not know its own properties yet.
            properties: Any = getattr(book, "custom_doc_props").props  # noqa: B009
            language = next((str(each.value) for each in properties if each.name == LANGUAGE), "")
        except MemoryError:
            raise
        except Exception as problem:  # what a hostile file does to the library is told in one way
            raise ReporterError(f"{shown} cannot be read: {one_line(str(problem))[:200]}", hint=SAVE_AGAIN) from None
    try:
        return _table(found, shown, language)
    except FileError as problem:
        return problem


def _table(found: Sequence[tuple[str, list[Line]]], shown: str, language: str) -> FigureTable:
    if not found:
        message = "no sheet holds a table of figures"
        hint = "one of its first lines names the columns: indicator, dimension, code, year, value, …"
        raise FileError.at(Mark(shown), "wrong-columns", message, hint)
    if len(found) > 1:
        message = f"the sheets {found[0][0]!r} and {found[1][0]!r} both hold a table of figures"
        raise FileError.at(Mark(shown), "wrong-columns", message, "delete the one that does not count")
    (name, lines), *_ = found
    table = table_of(lines, shown, name)
    return replace(table, language=language)


def _cells(sheet: Worksheet) -> Iterator[Line]:
    # What a sheet says of its size need not be true. The stubs of the library do not know this of a sheet that is read.
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
