"""The exported coverage is that of the annex."""

import io
import json

import openpyxl

from reporter.analysis.coverage import Availability, coverage_cells
from reporter.model import vintage
from tests.export.extracts import read


def test_the_coverage_is_that_of_the_annex(lithuania, lithuanian_files):
    known = vintage(lithuania, "LT", 2020)
    lines = read(lithuanian_files["LT-2020-en-coverage.csv"])
    cells = [
        (each.item.code, each.indicator.code if each.indicator else "", each.split.code if each.split else "total")
        for each in coverage_cells(known)
    ]
    assert cells == [(each["item"], each["indicator"], each["breakdown"]) for each in lines]
    assert {each.value for each in Availability} >= {each["state"] for each in lines} > {"missing"}
    book = openpyxl.load_workbook(io.BytesIO(lithuanian_files["LT-2020-en.xlsx"]))
    sheet = next(each for each in book.worksheets[2:] if "Article 19a" in each["A1"].value)
    printed = [
        cell for row in sheet.iter_rows(min_row=5, values_only=True) for cell in row if cell in set(Availability)
    ]
    assert [each["state"] for each in lines] == printed
    told = json.loads(lithuanian_files["LT-2020-en-observations.json"])["coverage"]
    assert [each["state"] for each in lines] == [each["state"] for each in told]
