"""A table of figures is found in a workbook by its heads; what is no number or text of its own is told."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reporter.errors import DataError, ReporterError
from reporter.intake.imports import table_workbook
from reporter.intake.imports.table_workbook import read_workbook_table, tables_in
from reporter.load import figure_table
from reporter.load.figure_table import FigureTable

HEAD = ["indicator", "dimension", "code", "year", "value", "status"]
ROW = ["victims.identified", "person", "women", 2020, 12, "given"]


def book(*rows: list[object], change: Callable[[Worksheet], None] = lambda _: None, copies: int = 1) -> bytes:
    made = openpyxl.Workbook()
    first = made.worksheets[0]
    first.append(["Contents"])
    for number in range(copies):
        sheet = made.create_sheet(f"Visi rodikliai {number}" if number else "Visi rodikliai")
        for row in rows:
            sheet.append(row)
        change(sheet)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def read(content: bytes) -> FigureTable:
    """What is read of a workbook, without the process that bounds it."""
    found = tables_in(content, "a.xlsx")
    if isinstance(found, FigureTable):
        return found
    raise found


def test_the_sheet_is_found_by_its_heads_and_numbers_are_read_as_they_are_shown():
    rows = [[*ROW[:4], value, ""] for value in (12.0, 2.5, 0.1 + 0.2, "1 024", 10**14)]
    table = read(book(["Our figures"], [], HEAD, *rows))
    assert ["12", "2.5", "0.3", "1 024", "100000000000000"] == [row["value"] for row in table.rows]
    assert ("2020", "Visi rodikliai!E4") == (table.rows[0]["year"], table.place(table.rows[0]))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("=6*2", "this is a formula"),
        (date(2020, 2, 1), "this is a date (2020-02-01), which a spreadsheet made of what was typed"),
        ("#REF!", "this is the error #REF! of a formula"),
    ],
)
def test_a_cell_that_holds_no_number_of_its_own_is_told(value, words):
    (row,) = read(book(HEAD, [*ROW[:4], value])).rows
    assert words == row.problems["value"][0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (book(ROW), "a.xlsx:1:1: error: no sheet holds a table of figures"),
        (book(HEAD, ROW, copies=2), "the sheets 'Visi rodikliai' and 'Visi rodikliai 1' both hold a table"),
        (book([*HEAD, "value"], ROW), "two columns are called 'value'"),
    ],
)
def test_a_workbook_without_one_table_is_refused(content, said):
    with pytest.raises(DataError) as caught:
        read(content)
    assert said in str(caught.value.findings[0])


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0", b"PK\x03\x04", book(HEAD, ROW)[:-400]])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(ReporterError) as caught:
        read_workbook_table(content, "a.xlsx")
    assert "a.xlsx" in str(caught.value)


def test_rows_below_many_empty_ones_are_read_and_more_than_the_most_are_refused(monkeypatch):
    monkeypatch.setattr(figure_table, "MOST_ROWS", 30)
    monkeypatch.setattr(table_workbook, "MOST_ROWS", 30)
    far = book(HEAD, ROW, change=lambda sheet: sheet.cell(900, 1, "x"))
    assert ["Visi rodikliai!E2", "Visi rodikliai!E900"] == [read(far).place(row) for row in read(far).rows]
    with pytest.raises(DataError) as caught:
        read(book(HEAD, *[ROW] * 60))
    assert "a.xlsx:32:1: error: more than 30 rows" in str(caught.value.findings[0])
