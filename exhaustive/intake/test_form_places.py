"""However sheets of a form are changed, and by what, nothing is taken from a wrong cell."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests import forms
from tests.reshaped import DEEDS, Change, Deed, change, numbered, put, shuffle, taken


def _rows_out(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    sheet.delete_rows(at, chance.randint(1, 3))


def _columns_out(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    at = 1 + at % 7
    sheet.delete_cols(at)


def _sort_seen(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    """Only what is seen changes places: the hidden codes stay where they are."""
    shuffle(sheet, chance, range(1, sheet.max_column - 1))


def _paste_columns(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    by = sheet.max_column + chance.randint(0, 2)
    for row in range(1 + chance.randint(0, 4), sheet.max_row + 1):
        for column in range(1, by + 1):
            put(sheet, row, by + column, sheet.cell(row, column).value)


def _clear(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    """Somebody empties a piece of the sheet."""
    for column in range(1, sheet.max_column + 1):
        if chance.random() < 0.5:
            put(sheet, at, column, None)


def _cut(book: Workbook, sheet: Worksheet, at: int, chance: random.Random) -> None:
    """A whole line goes elsewhere."""
    to = sheet.max_row + chance.randint(1, 3)
    for column in range(1, sheet.max_column + 1):
        put(sheet, to, column, sheet.cell(at, column).value)
        put(sheet, at, column, None)


ALL: Mapping[str, Deed] = {
    **DEEDS,
    "rows out": _rows_out,
    "columns out": _columns_out,
    "sort seen": _sort_seen,
    "paste columns": _paste_columns,
    "clear": _clear,
    "cut": _cut,
}
# A change: what, in which table, at which row or column, and for chance.
CHANGES = st.tuples(st.sampled_from(sorted(ALL)), st.integers(0, 1), st.integers(1, 22), st.integers(0, 99))


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder: Path = tmp_path_factory.mktemp("forms")
    return forms.form(forms.write(folder))


@given(st.lists(CHANGES, max_size=6))
@settings(max_examples=100, deadline=None)
def test_no_changes_of_the_sheets_lead_to_a_wrong_cell(form: bytes, changes: list[Change]) -> None:
    book, numbers = numbered(form)
    for each in changes:
        change(book, each, ALL)
    assert {} == {address: value for address, value in taken(book).items() if value not in (None, numbers.get(address))}
