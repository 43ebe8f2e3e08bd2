"""UNODC's file is read by the names of its columns, and another one is refused."""

from pathlib import Path

import pytest

from reporter.errors import DataError
from reporter.load.glotip import read_glotip
from reporter.model import ExternalCell, Publication
from tests.reconcile.invented import CONVICTED, GOOD, HEAD, ROW, STAMP


def outside(tmp_path: Path, content: str | bytes) -> Publication:
    path = tmp_path / "outside.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_glotip(path, "outside.csv", "XXX")


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        b"\xef\xbb\xbf" + GOOD.encode(),
        HEAD + ROW,
        GOOD.replace("\n", "\r\n"),
        # Columns may stand in any order, and others beside them.
        "Note,txtVALUE,Year,Age,Sex,Category,Dimension,Indicator,Iso3_code\n"
        ",12,2020,Total,Total,Total,Total,Persons convicted,XXX\n",
        GOOD + ROW.replace("XXX,", "YYY,").replace("12", "many"),
        GOOD + "\n,,,\n",
    ],
)
def test_a_file_is_read_by_the_names_of_its_columns(tmp_path, content):
    (seen,) = outside(tmp_path, content).rows
    assert (ExternalCell(CONVICTED), 2020, 12) == (seen.cell, seen.year, seen.value)


def test_the_stamp_tells_whose_file_it_is_and_of_which_day(tmp_path):
    found = outside(tmp_path, GOOD)
    assert ("UNODC", "14/04/2025", 4) == (found.publisher, found.stamped, found.rows[0].mark.line)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "outside.csv:1:1: error: no header of a GLOTIP file was found [wrong-columns]\n  hint: the header of"),
        ("a,b\n1,2\n", "no header of a GLOTIP file was found"),
        (GOOD.replace("txtVALUE", "Value"), "outside.csv:3:1: error: column 'txtVALUE' is missing [wrong-columns]\n"),
        (GOOD.replace(",", ";"), "columns are separated by semicolons, not by commas [wrong-columns]\n  hint: save"),
        (GOOD.replace(",", "\t"), "columns are separated by tabs, not by commas"),
        (GOOD.replace("XXX,", "EST,"), "there is no row of XXX in the file [other-country]\n  hint: it holds: EST"),
        (STAMP + HEAD, "there is no row of XXX in the file [other-country]\n  hint: the file has no rows"),
        (GOOD.replace("12", "1,2").replace("1,2,", '"1,2",'), "outside.csv:4:1: error: txtVALUE is '1,2' [bad-row]"),
        (GOOD.replace("12,GL", "9" * 5000 + ",GL"), "txtVALUE is '99999"),
        (GOOD.replace("12,GL", "-3,GL"), "txtVALUE is '-3' [bad-row]\n  hint: write a whole number or a mask"),
        (GOOD.replace("12,GL", "<,GL"), "txtVALUE is '<'"),
        (GOOD.replace("12,GL", "<0,GL"), "txtVALUE is '<0'"),
        (GOOD.replace("2020", "20"), "Year is '20' [bad-row]\n  hint: write four digits"),
        (GOOD.replace("Total,2020", ",2020"), "Age is empty [bad-row]\n  hint: write Total where nothing is divided"),
        (GOOD + "XXX,Nowhere,x\n", "csv:5:1: error: the row ends before txtVALUE [bad-row]\n  hint: write it anew"),
        (GOOD.replace("Nowhere,", "No,where,"), "the row has 14 fields, and the head 13 [bad-row]\n  hint: put a name"),
        (GOOD.encode("utf-16"), "text is UTF-16, not UTF-8 [not-utf-8]\n  hint: save the file as CSV UTF-8"),
        (GOOD.replace("Nowhere", "Nöwhere").encode("latin-1"), "outside.csv:4:6: error: text is not UTF-8 [not-utf-8]"),
        (b"PK\x03\x04" + bytes(20), "this is a workbook, not a CSV file [not-text]\n  hint: save it as CSV, UTF-8"),
        (b"\x00\x01", "this is a file of another program, not plain text in UTF-8 [not-text]"),
        (GOOD + '"XXX,open\n', "not valid CSV: unexpected end of data [not-csv]\n  hint: look for a quotation mark"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_gets_a_clear_message(tmp_path, content, said):
    with pytest.raises(DataError) as stopped:
        outside(tmp_path, content)
    assert said in "\n".join(map(str, stopped.value.findings))


@pytest.mark.parametrize(("others", "more"), [(8, ""), (9, ", …")])
def test_of_the_other_countries_of_a_file_eight_are_named(tmp_path, others, more):
    codes = [f"{letter}AA" for letter in "ABCDEFGHI"[:others]]
    with pytest.raises(DataError) as raised:
        outside(tmp_path, HEAD + "".join(ROW.replace("XXX,", f"{code},") for code in codes))
    (found,) = raised.value.findings
    assert f"it holds: {', '.join(codes[:8])}{more}" == found.hint
