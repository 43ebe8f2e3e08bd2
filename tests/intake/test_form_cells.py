"""What a cell holds is read as typed, or told at the cell; nothing is guessed."""

from datetime import datetime, time

import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from reporter.data.errors import ReporterError
from reporter.exchange.agencies.taking_in import CellProblem, ReceivedCell, read_form, with_comments
from tests import forms
from tests.reshaped import TABLES, change, numbered, taken

FIGURE, PART = "victims.identified", "victims.identified.women"


def cell(content: bytes, figure: str = FIGURE) -> ReceivedCell:
    """What is read of a figure."""
    return next(each for each in read_form(content)[1] if each.address == figure)


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
        (True, "This is true or false; a number is needed."),
        (datetime(2022, 1, 2), "This is a date (2022-01-02 00:00:00); a number is needed."),
        (time(12, 30), "This is a date (12:30:00); a number is needed."),
        ("#REF!", "The formula ends in an error (#REF!): write the number itself."),
        ("=1+1", "The formula has no result here: write the number itself."),
    ],
)
def test_what_is_typed_is_read_or_told(form: bytes, typed: object, expected: str) -> None:
    assert expected == told(forms.filled(form, {FIGURE: typed}))


@pytest.mark.parametrize(
    ("number", "shown", "expected"),
    [(44562, "yyyy-mm-dd", "This is a date (2022-01-01 00:00:00);"), (1, "0%", "This is a percentage;")],
)
def test_a_number_that_is_shown_as_a_date_or_a_share_is_told(form, number, shown, expected):
    book = forms.fill(forms.opened(form), {FIGURE: number})
    sheet, place = forms.cells_of(book)[FIGURE]
    book[sheet][place].number_format = shown
    assert f"{expected} a number is needed." == told(forms.saved(book))


def test_joined_cells_are_told_at_each_of_them(form: bytes) -> None:
    book = forms.fill(forms.opened(form), {FIGURE: 7, PART: 3})
    cells = forms.cells_of(book)
    first, last = cells["victims.identified.adults"][1], cells["victims.identified.men"][1]
    book[cells[PART][0]].merge_cells(f"{first}:{last}")
    content = forms.saved(book)
    joined = "This cell is merged with others, so it is unclear which of them the number answers."
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
    assert "XX 2020 police" == read_form(forms.saved(book))[0]


def test_a_form_that_says_of_itself_what_it_is_once_only_is_refused_as_another_workbook_is(form: bytes) -> None:
    book = forms.opened(form)
    book.remove(book["_codes"])
    book.custom_doc_props.props.clear()
    for each in (book, forms.Workbook()):
        with pytest.raises(ReporterError, match="is not one of our forms"):
            read_form(forms.saved(each))


def test_a_stray_cell_far_below_costs_nothing(form: bytes) -> None:
    book = forms.fill(forms.opened(form), {FIGURE: 7})
    for sheet in book.worksheets:
        sheet.cell(1_048_576, 16_384).value = "x"
    assert "7" == told(forms.saved(book))


INVESTIGATIONS = ["investigations.opened", "investigations.opened.sexual", "investigations.opened.labour"]


@pytest.mark.parametrize("what", ["rows in", "columns in", "rename", "no list", "copy", "paste rows", "sort"])
def test_what_people_do_in_excel_loses_no_answer(form: bytes, what: str) -> None:
    book, numbers = numbered(form)
    change(book, (what, 0, 2, 2))
    assert numbers == taken(book)


def test_a_copy_that_says_otherwise_makes_both_doubtful(form: bytes) -> None:
    book, numbers = numbered(form)
    book.copy_worksheet(book[TABLES[0]])[forms.cells_of(book)[INVESTIGATIONS[1]][1]] = 7
    assert {each: numbers[each] for each in numbers if each != INVESTIGATIONS[1]} == taken(book)


def test_labels_that_were_moved_without_their_codes_are_told(form: bytes) -> None:
    book, _ = numbered(form)
    sheet = book[TABLES[0]]
    rows = [sheet[forms.cells_of(book)[each][1]].row for each in INVESTIGATIONS[1:]]
    one, other = (sheet.cell(each, 1) for each in rows)
    one.value, other.value = other.value, one.value
    assert set(INVESTIGATIONS[1:]).isdisjoint(taken(book))


VICTIMS, WOMEN = "Identified victims!D5", "Identified victims!D12"


def copy(content: bytes, *told: CellProblem) -> bytes:
    return with_comments(content, told, "National Rapporteur", "2021-03-03")


def test_what_is_wrong_stands_as_a_comment_at_its_cell_and_all_that_was_answered_stays(form: bytes) -> None:
    told = (CellProblem("a", VICTIMS, "One."), CellProblem("b", WOMEN, "Two."), CellProblem("a", VICTIMS, "Three."))
    content = forms.filled(form, {"victims.identified": 7, "victims.identified.women": "none"})
    made = copy(content, *told)
    sheet = forms.opened(made)["Identified victims"]
    assert ("One.\nThree.", "Two.") == (sheet["D5"].comment.text, sheet["D12"].comment.text)
    assert ("National Rapporteur", read_form(content)) == (sheet["D5"].comment.author, read_form(made))


def test_what_belongs_to_no_cell_stands_on_the_first_sheet(form: bytes) -> None:
    book = forms.opened(copy(form, CellProblem("a", "", "=1+1"), CellProblem("b", "Gone!A1", "Gone.")))
    last = [row[0] for row in book["Please read"].iter_rows()][-2:]
    assert (["=1+1", "Gone."], ["s", "s"]) == ([each.value for each in last], [each.data_type for each in last])


def test_what_was_said_of_an_earlier_copy_goes_when_that_comes_back(form: bytes) -> None:
    first = copy(form, CellProblem("a", VICTIMS, "One."), CellProblem("b", "", "Lost."))
    again = forms.opened(copy(first, CellProblem("a", WOMEN, "Two."), CellProblem("b", "", "Lost.")))
    sheet = again["Identified victims"]
    assert (None, "Two.") == (sheet["D5"].comment, sheet["D12"].comment.text)
    assert ["FFFFFBE6", "FFF6C9C9"] == [sheet[each].fill.start_color.rgb for each in ("D5", "D12")]
    assert 1 == [row[0].value for row in again["Please read"].iter_rows()].count("Lost.")


def test_what_the_agency_noted_at_a_cell_stays(form: bytes) -> None:
    book = forms.opened(form)
    for cell in ("D5", "D8"):
        book["Identified victims"][cell].comment = Comment("Counted twice?", "A. B.")
    sheet = forms.opened(copy(forms.saved(book), CellProblem("a", VICTIMS, "One.")))["Identified victims"]
    assert ("One.\nCounted twice?", "Counted twice?") == (sheet["D5"].comment.text, sheet["D8"].comment.text)


def test_a_cell_that_is_joined_with_others_can_be_told_of(form: bytes) -> None:
    book = forms.opened(form)
    book["Identified victims"].merge_cells("D11:D13")
    made = forms.opened(copy(forms.saved(book), CellProblem("a", WOMEN, "Joined.")))
    assert "Joined." in {cell.comment.text for row in made["Identified victims"] for cell in row if cell.comment}
