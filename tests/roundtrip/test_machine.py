"""CSV, JSON and workbooks from elsewhere: odd or hostile numbers are defects."""

import io
import resource
import zipfile
from collections.abc import Mapping
from functools import partial

import pytest

from reporter.cli.package_checks import checks_of
from reporter.roundtrip.machine import figure_differences
from reporter.roundtrip.stated import Figures, MalformedFileError, figures_of, parse_number, read_lines
from reporter.submission import pack, verify
from tests.roundtrip.forging import BOOK, JSON, forged, payload, replaced
from tests.submission.packages import INFO


@pytest.mark.parametrize("text", ["1e9999999", "1e199999999", "1" * 31, "NaN", "Infinity", "1_000", "0x10", "١"])
def test_a_number_that_would_fill_the_memory_is_none(text):
    with pytest.raises(MalformedFileError, match="for a number"):
        parse_number(text)


def test_a_spreadsheet_may_write_a_small_number_with_an_exponent():
    assert parse_number("0.00001") == parse_number("1E-05")


@pytest.mark.parametrize("year", ["1" * 5000, "20200", "0999", "٢٠٢٠"])
def test_a_year_has_four_digits(year):
    with pytest.raises(MalformedFileError, match="for a year"):
        figures_of([{"indicator": "a", "dimension": "", "code": "", "year": year, "value": "1"}])


def test_a_column_that_is_there_twice_is_no_csv():
    """People would read the first, a program the last."""
    with pytest.raises(MalformedFileError, match="two columns 'value'"):
        list(read_lines(["year,value,value\r\n", "2020,99,24\r\n"]))


@pytest.mark.parametrize("value", ["1e9999999", "1" * 5000, "1e99999999999999999999", "NaN"])
def test_a_hostile_number_in_the_json_is_a_defect(packaged, tmp_path, value):
    found = forged(packaged, tmp_path / "a.zip", replaced(JSON, '"value": 11,', f'"value": {value},'))
    assert [JSON] == [each.partition(":")[0].removeprefix("data/") for each in found]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_workbook_is_a_defect(packaged, tmp_path, method):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        book = io.BytesIO()
        with zipfile.ZipFile(book, "w", method) as copy:
            copy.writestr("xl/worksheets/sheet1.xml", "<a>" + "x" * 5000)
        content = bytearray(book.getvalue())
        content[55:70] = b"\xff" * 15
        return files | {BOOK: bytes(content)}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [BOOK] == [each.partition(":")[0].removeprefix("data/") for each in found]


def test_an_encrypted_workbook_is_a_defect(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        content = bytearray(files[BOOK])
        place = content.find(b"PK\1\2")
        while place >= 0:
            content[place + 8] |= 1
            place = content.find(b"PK\1\2", place + 1)
        return files | {BOOK: bytes(content)}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [BOOK] == [each.partition(":")[0].removeprefix("data/") for each in found]


def test_a_part_of_a_workbook_that_claims_to_be_small_does_not_swell(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        book = io.BytesIO()
        with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as copy:
            copy.writestr("xl/worksheets/sheet1.xml", b" " * (200 << 20))
        size = (200 << 20).to_bytes(4, "little")
        return files | {BOOK: book.getvalue().replace(size, (100).to_bytes(4, "little"))}

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    files = payload(packaged.package)
    path = pack(tmp_path / "a.zip", change(files), INFO).path
    verify(path, [each for each in checks_of() if each.name == "round trip"])
    assert before + (400 << 10) > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize("cell", ["<f>99</f><v>11</v>", "<f/><v>11</v>"])
def test_a_formula_among_the_figures_of_a_workbook_is_a_defect(packaged, tmp_path, cell):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(files[BOOK])) as book, zipfile.ZipFile(target, "w") as copy:
            for each in book.namelist():
                copy.writestr(each, book.read(each).replace(b"<v>11</v>", cell.encode()))
        return files | {BOOK: target.getvalue()}

    (found,) = forged(packaged, tmp_path / "a.zip", change)
    assert "has a formula in " in found


CSV = ("indicator,dimension,code,year,value,status,note\n", "victims.identified,,,2019,9,given,\n")
MORE = "victims.identified,person,women,2020,6,given,\n"


def figures(*lines: str) -> Figures:
    return figures_of(read_lines(lines))


def test_a_figure_that_is_missing_or_was_added_is_told_by_its_name():
    differences = partial(figure_differences, same_words=True)
    assert [] == list(differences(figures(*CSV), figures(*CSV)))
    assert ["victims.identified.women 2020 is missing"] == list(differences(figures(*CSV, MORE), figures(*CSV)))
    assert ["victims.identified.women 2020 is not in the CSV"] == list(differences(figures(*CSV), figures(*CSV, MORE)))
    changed = figures(CSV[0], CSV[1].replace(",9,", ",8,"))
    assert ["victims.identified 2019 is 8, and 9 in the CSV"] == list(differences(figures(*CSV), changed))
    assert [] == list(differences(figures(*CSV), figures(CSV[0], CSV[1].replace(",9,", ",9.0,"))))
