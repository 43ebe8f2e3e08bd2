"""Whatever happens to the sheets of a form, nothing is taken from a wrong cell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import forms
from tests.reshaped import CHANGES, TABLES, Change, change, numbered, taken

INVESTIGATIONS = ["investigations.opened", "investigations.opened.sexual", "investigations.opened.labour"]


@given(st.lists(CHANGES, max_size=3))
@settings(max_examples=8)
def test_no_change_of_the_sheets_leads_to_a_wrong_cell(form: bytes, changes: list[Change]) -> None:
    book, numbers = numbered(form)
    for each in changes:
        change(book, each)
    assert {} == {address: value for address, value in taken(book).items() if value not in (None, numbers.get(address))}


@pytest.mark.parametrize("what", ["rows in", "columns in", "rename", "no names", "no list", "copy", "paste rows"])
def test_what_people_do_in_excel_loses_no_answer(form: bytes, what: str) -> None:
    book, numbers = numbered(form)
    change(book, (what, 0, 2, 2, True))
    assert numbers == taken(book)


@pytest.mark.parametrize("what", ["rows in", "columns in", "rename"])
def test_where_names_stay_behind_nothing_of_the_sheet_is_taken(form: bytes, what: str) -> None:
    book, numbers = numbered(form)
    change(book, (what, 0, 2, 2, False))
    assert {each: numbers[each] for each in numbers if each not in INVESTIGATIONS} == taken(book)


def test_a_sorted_sheet_is_told_at_its_lines(form: bytes) -> None:
    book, _ = numbered(form)
    change(book, ("sort", 0, 4, 1, True))
    assert {"victims.identified"} < set(taken(book))
    assert [] == [each for each in INVESTIGATIONS[1:] if taken(book).get(each)]


def test_a_copy_that_says_otherwise_makes_both_doubtful(form: bytes) -> None:
    book, numbers = numbered(form)
    book.copy_worksheet(book[TABLES[0]])[forms.cells_of(book)[INVESTIGATIONS[1]][1]] = 7
    assert {each: numbers[each] for each in numbers if each != INVESTIGATIONS[1]} == taken(book)


def test_labels_that_were_moved_without_their_codes_are_told(form: bytes) -> None:
    book, _ = numbered(form)
    sheet = book[TABLES[0]]
    rows = [sheet[forms.cells_of(book)[each][1]].row for each in INVESTIGATIONS[1:]]
    sheet.cell(rows[0], 1).value, sheet.cell(rows[1], 1).value = (
        sheet.cell(rows[1], 1).value,
        sheet.cell(rows[0], 1).value,
    )
    assert set(INVESTIGATIONS[1:]).isdisjoint(taken(book))
