"""What happens to the sheets of a form between leaving and coming back, as spreadsheets do it."""

import random
from collections.abc import Callable, Mapping
from warnings import catch_warnings

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from reporter.exchange.agencies.taking_in import answer_places, cell_place, sheets_of
from reporter.report.document.questionnaire import LIST
from tests import forms

TABLES = ("Investigations opened", "Identified victims")
Change = tuple[str, int, int, int]


def numbered(form: bytes) -> tuple[Workbook, dict[str, int]]:
    """A form with another number in every answer."""
    book = forms.opened(form)
    numbers = {address: 1000 + n for n, address in enumerate(forms.cells_of(book))}
    return forms.fill(book, numbers), numbers


def taken(book: Workbook) -> Mapping[str, object]:
    """What is read as the answer of each figure; those of which nobody can tell are left out."""
    sheets = sheets_of(book)
    found = {}
    for address, places in answer_places(sheets).items():
        place, problem = cell_place(address, places, sheets)
        if place and not problem:
            found[address] = sheets[place.sheet].values.get((place.row, place.column))
    return found


def change(book: Workbook, what: Change, deeds: Mapping[str, "Deed"] | None = None) -> None:
    """Does to a workbook what a change says, if it still has the sheet."""
    name, table, at, seed = what
    sheet = next((each for each in book.worksheets if each.title.startswith(TABLES[table])), None)
    if sheet is not None:
        # A copy of a copy has a longer name than openpyxl likes.
        with catch_warnings(action="ignore"):
            (deeds or DEEDS)[name](book, sheet, at, random.Random(seed))


def put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """Writes a cell, unless it is joined to another."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        cell.value = value  # type: ignore[assignment]


def _rows_in(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    sheet.insert_rows(at, chance.randint(1, 3))


def _columns_in(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    at = 1 + at % 7
    sheet.insert_cols(at)


def _sort(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    """Whole rows change places."""
    shuffle(sheet, chance, range(1, sheet.max_column + 1))


def shuffle(sheet: Worksheet, chance: random.Random, columns: range) -> None:
    rows = list(range(5, sheet.max_row + 1))
    values = {row: [sheet.cell(row, column).value for column in columns] for row in rows}
    order = chance.sample(rows, len(rows))
    for row, other in zip(rows, order, strict=True):
        for column, value in zip(columns, values[other], strict=True):
            put(sheet, row, column, value)


def _copy(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    """A copy, in which the original or the copy is filled in anew, or the original goes."""
    copied = book.copy_worksheet(sheet)
    if chance.random() < 0.3:
        title = sheet.title
        book.remove(sheet)
        copied.title = title if chance.random() < 0.5 else copied.title


def _paste_rows(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    last = sheet.max_row
    for row in range(5, last + 1):
        for column in range(1, sheet.max_column + 1):
            put(sheet, last + row, column, sheet.cell(row, column).value)


def _no_list(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    if LIST in book.sheetnames:
        book.remove(book[LIST])


def _rename(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    sheet.title = f"{sheet.title[:20]} new"


Deed = Callable[[Workbook, Worksheet, int, random.Random], None]
DEEDS: Mapping[str, Deed] = {
    "rows in": _rows_in,
    "columns in": _columns_in,
    "sort": _sort,
    "copy": _copy,
    "paste rows": _paste_rows,
    "no list": _no_list,
    "rename": _rename,
}
