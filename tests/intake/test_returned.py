"""The copy that goes back says at each cell what is wrong, and is a form still."""

from openpyxl.comments import Comment

from reporter.intake.form_cells import read_form
from reporter.intake.taking_in import CellProblem, with_comments
from tests import forms

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
    book = forms.opened(copy(form, CellProblem("a", "", "Lost."), CellProblem("b", "Gone!A1", "Gone.")))
    assert ["Lost.", "Gone."] == [row[0].value for row in book["Please read"].iter_rows()][-2:]


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


def test_words_that_begin_like_a_formula_are_words(form: bytes) -> None:
    book = forms.opened(copy(form, CellProblem("a", "", "=1+1")))
    assert "f" not in {cell.data_type for row in book["Please read"].iter_rows() for cell in row}
