"""CSV, JSON and workbooks from elsewhere: odd or hostile numbers are defects."""

import io
import tracemalloc
import zipfile

import pytest

from reporter.editions.audit import read_figures
from reporter.editions.audit.read_figures import (
    Figures,
    MalformedFileError,
    figure_differences,
    figures_of,
    parse_number,
    read_json,
    read_lines,
    read_workbook,
)
from tests.package.forging import BOOK, JSON, Files, payload, replaced


@pytest.fixture(scope="module")
def figures(packaged) -> Files:
    return payload(packaged.package)


@pytest.mark.parametrize("text", ["1e9999999", "1e199999999", "1" * 31, "NaN", "Infinity", "1_000", "0x10", "١"])
def test_a_number_that_would_fill_the_memory_is_none(text):
    with pytest.raises(MalformedFileError, match="for a number"):
        parse_number(text)
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
def test_a_hostile_number_in_the_json_is_a_defect(figures: Files, value: str) -> None:
    with pytest.raises(MalformedFileError, match=r"for a number|is no JSON of figures"):
        read_json(replaced(figures, JSON, '"value": 11,', f'"value": {value},')[JSON])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"version": 1,', '"version": 1, "figures": {"a": 9},', "has a member 'figures', which no JSON of figures has"),
        ('"status": "given"', '"status": "given", "more": "9"', "has a column 'more', which no file of figures has"),
    ],
)
def test_a_member_that_nobody_compares_is_a_defect(figures: Files, old: str, new: str, said: str) -> None:
    with pytest.raises(MalformedFileError, match=said):
        read_json(replaced(figures, JSON, old, new)[JSON])


def book(content: bytes | str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as copy:
        copy.writestr("xl/worksheets/sheet1.xml", content)
    return made.getvalue()


def damaged(method: int) -> bytes:
    whole = book("<a>" + "x" * 5000, method)
    return whole[:55] + b"\xff" * 15 + whole[70:]


def encrypted() -> bytes:
    whole = bytearray(book("<a/>"))
    whole[whole.rindex(b"PK\1\2") + 8] |= 1
    return bytes(whole)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (damaged(zipfile.ZIP_DEFLATED), "is no workbook: "),
        (damaged(zipfile.ZIP_BZIP2), "is compressed in an unusual way"),
        (damaged(zipfile.ZIP_LZMA), "is compressed in an unusual way"),
        (encrypted(), "is no workbook: "),
        (book('<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'), "declares a document type"),
        (book("<a/>"), "has no sheet of all figures"),
    ],
    ids=["damaged", "bzip2", "lzma", "encrypted", "entities", "no sheet"],
)
def test_a_workbook_that_cannot_be_read_or_would_expand_is_a_defect(content: bytes, said: str) -> None:
    with pytest.raises(MalformedFileError, match=said):
        read_workbook(content)


def test_a_part_of_a_workbook_that_claims_to_be_small_does_not_swell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_figures, "MOST_BYTES", 1 << 20)
    size = (40 << 20).to_bytes(4, "little")
    content = book(b" " * (40 << 20)).replace(size, (100).to_bytes(4, "little"))
    tracemalloc.start()
    with pytest.raises(MalformedFileError):
        read_workbook(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


@pytest.mark.parametrize("cell", ["<f>99</f><v>11</v>", "<f/><v>11</v>"])
def test_a_formula_among_the_figures_of_a_workbook_is_a_defect(figures: Files, cell: str) -> None:
    with pytest.raises(MalformedFileError, match="has a formula in "):
        read_workbook(replaced(figures, BOOK, "<v>11</v>", cell)[BOOK])


LINES = ("indicator,dimension,code,year,value,status,note\n", "victims.identified,,,2019,9,given,\n")
MORE = "victims.identified,person,women,2020,6,given,\n"


def read(*lines: str) -> Figures:
    return figures_of(read_lines(lines))


def test_a_figure_that_is_missing_or_was_added_is_told_by_its_name():
    assert [] == list(figure_differences(read(*LINES), read(*LINES)))
    assert ["victims.identified.women 2020 is missing"] == list(figure_differences(read(*LINES, MORE), read(*LINES)))
    assert ["victims.identified.women 2020 was added"] == list(figure_differences(read(*LINES), read(*LINES, MORE)))
    changed = read(LINES[0], LINES[1].replace(",9,", ",8,"))
    assert ["victims.identified 2019 is 8, made again 9"] == list(figure_differences(read(*LINES), changed))
    assert [] == list(figure_differences(read(*LINES), read(LINES[0], LINES[1].replace(",9,", ",9.0,"))))
    other = read(LINES[0], LINES[1].replace("given", "missing"))
    assert ["victims.identified 2019: status is missing, made again given"] == list(
        figure_differences(read(*LINES), other, ["status"])
    )
    assert [] == list(figure_differences(read(*LINES), other, ["note"]))


COLUMNS = "indicator,dimension,code,year,value\n"
STATED = (
    "victims.identified,,,2019,9\n",
    "victims.identified,person,women,2020,6\n",
    "victims.identified,,,2020,\n",
    "activities.walk.posters,,,2020,50\n",
    "law.cc_147.prison_max,,,,12\n",
)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (STATED[0], "states victims.identified 2019 twice"),
        (STATED[1], "states victims.identified.women 2020 twice"),
        (STATED[4], "states law.cc_147.prison_max twice"),
        ("victims.identified,,,20,9\n", "has '20' for a year"),
        ("victims.identified,,,2018,nine\n", "has 'nine' for a number"),
        ("victims.identified,,,2018," + "9" * 200 + "\n", f"has '{'9' * 40}' for a number"),
        ("victims.identified,,,2018\n", "line 7 does not have as many cells as the header"),
        ("victims.identified,,,2018,9,9\n", "line 7 does not have as many cells as the header"),
        ('victims.identified,,,2018,"9\n', "is no CSV: "),
    ],
)
def test_a_line_that_a_csv_of_figures_cannot_have_is_refused(line: str, said: str) -> None:
    with pytest.raises(MalformedFileError) as raised:
        figures_of(read_lines((COLUMNS, *STATED, line)))
    assert str(raised.value).startswith(said)


def test_as_many_lines_are_read_as_a_package_may_have_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines(number: int) -> tuple[str, ...]:
        return (COLUMNS, *(f"victims.identified,,,{2000 + n},{n}\n" for n in range(number)))

    monkeypatch.setattr(read_figures, "MOST_LINES", 3)
    assert 3 == len(figures_of(read_lines(lines(3))))
    with pytest.raises(MalformedFileError, match=r"^has more than 3 lines$"):
        figures_of(read_lines(lines(4)))


def test_a_hundred_thousand_columns_are_looked_at_once() -> None:
    heads = [str(number) for number in range(100_000)]
    read_figures.refuse_duplicate_columns(heads)
    with pytest.raises(MalformedFileError, match="two columns '99999'"):
        read_figures.refuse_duplicate_columns([*heads, "99999"])
