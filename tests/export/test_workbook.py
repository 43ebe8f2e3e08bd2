"""The workbook: a sheet for each table, real numbers, nothing taken for a formula."""

import io

import openpyxl

from reporter.model import Audience
from reporter.produce.exports import export
from reporter.produce.workbook import make_xlsx
from tests import small
from tests.export.extracts import extract
from tests.fixtures import RURITANIA
from tests.snapshots import dataset_of


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
