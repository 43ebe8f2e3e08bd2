"""Workbooks: of all figures, with real numbers and no formula; the form of an agency, in which all is found again."""

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reporter.data.i18n import load_locale
from reporter.data.i18n.locale import WORDS as KNOWN
from reporter.data.i18n.locale import offered_words, understood_words
from reporter.data.records import Audience
from reporter.editions.making.exports import export, make_xlsx
from reporter.formats.export.questionnaire_workbook import LONGEST_NAME, questionnaire_workbook, sheet_names
from reporter.report.document.questionnaire import IDENTITY, LIST, Questionnaire
from tests import forms, small
from tests.export.extracts import extract
from tests.fixtures import RURITANIA
from tests.snapshots import dataset_of, translated


def test_the_workbook_has_a_sheet_for_each_table_with_frozen_heads_and_real_numbers(lithuanian_files):
    book = openpyxl.load_workbook(io.BytesIO(lithuanian_files["LT-2020-en.xlsx"]))
    names = book.sheetnames
    assert ["Contents", "All figures", *(f"Table {n}" for n in range(1, len(names) - 1))] == names
    assert {"B2"} == {book["All figures"].freeze_panes}
    assert {"B5"} == {book[name].freeze_panes for name in names[2:]}
    table = next(book[name] for name in names[2:] if "All figures, Lithuania" in book[name]["A1"].value)
    (row,) = (row for row in table.iter_rows(values_only=True) if row[0] == "Investigations opened")
    assert [23, 15, 21, 11, 23, 24, 27, 29, 35, 14, 16, 11] == [each for each in row if isinstance(each, int)]
    below = [row[0] for row in table.iter_rows(values_only=True) if row[0]]
    assert any(each.startswith("Source: European Commission") for each in below)
    assert any(each.startswith("(1) ") for each in below)


def test_a_change_is_a_number_that_shows_its_percentage_and_no_sheet_speaks_of_a_drawing(lithuanian_files):
    book = openpyxl.load_workbook(io.BytesIO(lithuanian_files["LT-2020-en.xlsx"]))
    sheet = next(each for each in book if "Comparable figures, 2019 and 2020" in str(each["A1"].value))
    heads = [cell.value for cell in sheet[4]]
    (assisted,) = (row for row in sheet.iter_rows() if row[0].value == "Persons assisted")
    change = assisted[heads.index("Change")]
    assert (-16, '#,##0" (−7%)"') == (change.value, change.number_format)
    words = " ".join(cell.value for each in book for row in each for cell in row if isinstance(cell.value, str))
    assert [] == re.findall(r"[^.;]*(?:\bring\b|\bdot\b|\bscale\b|hatched|dashed)[^.;]*", words)


def test_the_contents_begin_with_whose_figures_they_are_and_lead_to_every_sheet(lithuanian_files):
    book = openpyxl.load_workbook(io.BytesIO(lithuanian_files["LT-2020-en.xlsx"]))
    sheet = book["Contents"]
    assert [
        ["Trafficking in human beings: Lithuania, 2009–2020", None],
        ["Country profile 2020", None],
        [None, None],
        ["Publisher", "Ministry of the Interior of the Republic of Lithuania"],
    ] == [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=4)]
    links = [cell.hyperlink.location for (cell, *_) in sheet.iter_rows() if cell.hyperlink]
    assert [f"'{name}'!A1" for name in book.sheetnames[1:]] == links


def test_a_bound_is_a_number_shown_as_a_bound(ruritania):
    content = export(extract(ruritania, "XX", 2022), [make_xlsx])["XX-2022-en.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets[2:] for row in sheet.iter_rows() for cell in row]
    assert {3} == {cell.value for cell in cells if cell.number_format.startswith('"≥ "') and cell.value == 3}
    assert not any(isinstance(cell.value, str) and cell.value.startswith("≥") for cell in cells if cell.column > 1)


def test_no_text_is_taken_for_a_formula(tmp_path):
    evil = '=HYPERLINK("http://example.org","x")'
    note = f"  investigations.opened: {{total: 11, note: {{en: '{evil}'}}}}\n"
    known = small.load(tmp_path, {small.YEAR: small.HEAD + "figures:\n" + note})
    content = make_xlsx(extract(known, "XX", 2020))["XX-2020-en.xlsx"]
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
    assert evil in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


def test_every_sheet_of_a_restricted_workbook_says_so_on_the_screen_and_on_paper():
    dataset = dataset_of(RURITANIA, ["XX"])
    (content,) = export(extract(dataset, "XX", 2022, audience=Audience.RESTRICTED), (make_xlsx,)).values()
    book, words = openpyxl.load_workbook(io.BytesIO(content)), "Restricted edition, not for publication"
    assert {f"&B{words}"} == {each.oddHeader.center.text for each in book.worksheets}
    assert {words} == {each["A3"].value for each in book.worksheets if each.title != "All figures"}
    heads, *rows = book["All figures"].iter_rows(values_only=True)
    assert {"restricted"} == {row[heads.index("audience")] for row in rows}
    assert (True, "restricted") == (words in book.properties.title, book.custom_doc_props["Audience"].value)


EN = load_locale("en")


@pytest.fixture(scope="module")
def asked(tmp_path_factory) -> Questionnaire:
    return forms.asked(forms.write(tmp_path_factory.mktemp("forms")))


@pytest.fixture(scope="module")
def book(asked):
    return forms.opened(questionnaire_workbook(asked, EN, forms.DAY))


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return [row for row in sheet.iter_rows(values_only=True) if any(each is not None for each in row)]


def test_a_form_has_a_sheet_for_each_table_between_what_to_do_and_what_is_missing(book) -> None:
    assert ["Please read", "Investigations opened", "Identified victims", "Check", LIST] == book.sheetnames
    assert "veryHidden" == book[LIST].sheet_state


def test_names_of_sheets_are_short_plain_and_differ(asked) -> None:
    (table, *_) = asked.tables
    titles = ("A/B: [C]*?" + "x" * 40, "A/B: [C]*?" + "x" * 50, "check", "'quoted'")
    names = sheet_names(replace(asked, tables=tuple(replace(table, title=each) for each in titles)), EN)
    assert len(names) == len({each.casefold() for each in names})
    assert [] == [each for each in names if len(each) > LONGEST_NAME or set(each) & set("[]:*?/\\'")]


def test_a_form_says_in_three_places_what_it_is(book) -> None:
    places = (book.custom_doc_props[IDENTITY], book[LIST]["A1"], book["Please read"]["A2"])
    assert ["XX 2020 police"] * 3 == [each.value for each in places]


def test_answers_remarks_and_sources_can_be_written_and_nothing_else(book) -> None:
    sheet = book["Investigations opened"]
    free = [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert [f"{column}{row}" for row in (5, 8, 9) for column in "DEF"] == free
    assert {True} == {each.protection.sheet for each in book.worksheets if each.title != LIST}
    assert {None} == {each.protection.password for each in book.worksheets}
    (rule, *_) = sheet.data_validations.dataValidation
    assert ("custom", "D5", True) == (rule.type, str(rule.sqref), "INT(D5)=D5" in rule.formula1)
    words = "A whole number (0 if there were none), or a word: none, not known, not counted, not applicable, withheld"
    assert f"{words}." == rule.prompt == rule.error


def test_a_form_is_printed_on_pages_of_a_size_with_its_heads_repeated(book) -> None:
    sheet = book["Identified victims"]
    setup = sheet.page_setup
    assert ("landscape", 9, "$1:$4") == (setup.orientation, int(setup.paperSize), sheet.print_title_rows)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (None, None) == (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight)  # one page


@pytest.mark.parametrize("language", ["en", "lt"])
def test_every_word_that_is_offered_is_understood(language: str) -> None:
    locale = translated(language)
    understood = understood_words(locale)
    assert set(KNOWN.values()) == {understood[each.casefold()] for each in offered_words(locale)}


def test_a_form_speaks_the_language_of_its_agency(asked) -> None:
    book = forms.opened(questionnaire_workbook(asked, translated("lt"), forms.DAY))
    assert ["Perskaitykite", "Patikra"] == [book.sheetnames[0], book.sheetnames[-2]]
    assert "Šių eilučių suma" in [row[0] for row in rows(book["Identified victims"])]
