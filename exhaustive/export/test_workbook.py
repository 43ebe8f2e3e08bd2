"""LibreOffice reads every sheet of a workbook and finds the values of the CSV."""

import subprocess

import openpyxl

from reporter.editions.making.exports import MAKERS, export, make_xlsx
from tests.export.extracts import extract, read

# Each sheet becomes a file of its own.
SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def test_libreoffice_reads_every_sheet_and_finds_the_values_of_the_csv(lithuania, tmp_path):
    files = export(extract(lithuania, "LT", 2020), [make_xlsx, MAKERS["csv"]])
    book = tmp_path / "figures.xlsx"
    book.write_bytes(files["LT-2020-en.xlsx"])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", SHEETS, "--outdir", str(tmp_path / "out"), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    made = {path.stem.removeprefix("figures-"): path for path in (tmp_path / "out").iterdir()}
    assert set(openpyxl.load_workbook(book).sheetnames) == set(made)
    assert read(files["LT-2020-en-observations.csv"]) == read(made["All figures"].read_bytes())
