"""What a cell holds is read as typed, or told at the cell; nothing is guessed."""

from datetime import datetime, time

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from reporter.errors import ReporterError
from reporter.intake.form_cells import ReceivedCell, read_form
from tests import forms

FIGURE, PART = "victims.identified", "victims.identified.women"


def cell(content: bytes, figure: str = FIGURE) -> ReceivedCell:
    """What is read of a figure."""
    return next(each for each in read_form(content).cells if each.address == figure)


def told(content: bytes, figure: str = FIGURE) -> str:
    """What is read of a figure, or what is wrong with it."""
    found = cell(content, figure)
    return found.text or str(found.problem or "")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (12, "12"),
        (12.0, "12"),
        (0, "0"),
        (2.5, "2.5"),
        (0.1 + 0.2, "0.3"),
        (-3, "-3"),
        (10**20, "100000000000000000000"),
        (1e300, str(int(1e300))),
        ("12 ", "12"),
        (" not\nknown ", "not known"),
        ("1 234", "1 234"),
        (None, ""),
        (True, "This is true or false, and a number is asked."),
        (datetime(2022, 1, 2), "This is a date (2022-01-02 00:00:00), and a number is asked."),
        (time(12, 30), "This is a date (12:30:00), and a number is asked."),
        ("#REF!", "The formula ends in an error (#REF!): write the number itself."),
        ("=1+1", "The formula has no result here: write the number itself."),
    ],
)
def test_what_is_typed_is_read_or_told(form: bytes, typed: object, expected: str) -> None:
    assert expected == told(forms.filled(form, {FIGURE: typed}))


@pytest.mark.parametrize(
    ("number", "shown", "expected"),
    [(44562, "yyyy-mm-dd", "This is a date (2022-01-01 00:00:00), and"), (1, "0%", "This is a share in percent, and")],
)
def test_a_number_that_is_shown_as_a_date_or_a_share_is_told(form, number, shown, expected):
    book = forms.fill(forms.opened(form), {FIGURE: number})
    sheet, place = forms.cells_of(book)[FIGURE]
    book[sheet][place].number_format = shown
    assert f"{expected} a number is asked." == told(forms.saved(book))


def test_joined_cells_are_told_at_each_of_them(form: bytes) -> None:
    book = forms.fill(forms.opened(form), {FIGURE: 7, PART: 3})
    cells = forms.cells_of(book)
    first, last = cells["victims.identified.adults"][1], cells["victims.identified.men"][1]
    book[cells[PART][0]].merge_cells(f"{first}:{last}")
    content = forms.saved(book)
    joined = "This cell is joined with others, so nobody can tell which of them the number answers."
    assert ["7", joined, joined] == [told(content, figure) for figure in (FIGURE, "victims.identified.adults", PART)]


def test_an_array_formula_without_result_is_told(form: bytes) -> None:
    book = forms.opened(form)
    sheet, place = forms.cells_of(book)[FIGURE]
    book[sheet][place] = ArrayFormula(place, "=SUM(1,2)")
    assert "The formula has no result here: write the number itself." == told(forms.saved(book))


@pytest.mark.parametrize("lost", ["list", "first sheet", "properties"])
def test_a_form_is_known_by_two_of_the_places_that_say_what_it_is(form: bytes, lost: str) -> None:
    book = forms.opened(form)
    if lost == "properties":
        book.custom_doc_props.props.clear()
    else:
        book.remove(book["_codes" if lost == "list" else "Please read"])
    assert "XX 2020 police" == read_form(forms.saved(book)).identity


def test_a_form_that_says_of_itself_what_it_is_once_only_is_refused_as_another_workbook_is(form: bytes) -> None:
    book = forms.opened(form)
    book.remove(book["_codes"])
    book.custom_doc_props.props.clear()
    for each in (book, forms.Workbook()):
        with pytest.raises(ReporterError, match="no form of ours"):
            read_form(forms.saved(each))


def test_a_stray_cell_far_below_costs_nothing(form: bytes) -> None:
    book = forms.fill(forms.opened(form), {FIGURE: 7})
    for sheet in book.worksheets:
        sheet.cell(1_048_576, 16_384).value = "x"
    assert "7" == told(forms.saved(book))
