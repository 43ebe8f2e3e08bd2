"""A table of figures is read by the names of its columns, however a spreadsheet saved it."""

import json

import pytest

from reporter.errors import DataError
from reporter.export.observations import HEADS
from reporter.export.tidy import AUDIENCE
from reporter.load import figure_table
from reporter.load.figure_table import BESIDE, READ, letters, read_csv_table, read_json_table

HEAD = "indicator,dimension,code,year,value,note\n"
ROW = 'victims.identified,person,women,2020,12,"One, or two"\n'
GOOD = HEAD + ROW


def test_every_column_of_the_export_is_read_or_known():
    assert set() == {*HEADS, AUDIENCE} - {*READ, *BESIDE}


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n"),
        GOOD.rstrip(),
        GOOD.encode("utf-16"),
        # What spreadsheets write where a comma parts decimals.
        'Indicator;Dimension;Code;Year;Value;Note\nvictims.identified;person;women;2020;12;"One, or two"\n',
        'indicator\tdimension\tcode\tyear\tvalue\tnote\nvictims.identified\tperson\twomen\t2020\t12\t"One, or two"\n',
        'note,value,year,mine,code,dimension,indicator\n"One, or two",12,2020,x,women,person,victims.identified\n',
        "Figures of the year,,,,,\n\n" + GOOD,
        GOOD + "\n,,,,,\n",
    ],
)
def test_a_row_is_read_by_the_names_of_its_columns(content):
    (row,) = read_csv_table(content if isinstance(content, bytes) else content.encode(), "a.csv").rows
    expected = ("victims.identified", "person", "women", "2020", "12", "One, or two", "")
    found = tuple(row[each] for each in ("indicator", "dimension", "code", "year", "value", "note", "source"))
    assert expected == found


def test_a_row_is_told_by_the_line_on_which_it_begins_and_a_further_column_by_its_name():
    text = HEAD + 'victims.identified,,,2020,1,"two\nlines"\n\n' + ROW
    table = read_csv_table(text.encode(), "a.csv")
    assert (["line 2", "line 5"], ()) == ([table.place(row) for row in table.rows], table.further)
    text = "indicator,year,value,unit,Remark,audience,Row\n" + "victims.identified,2020,1,persons,x,public,y\n" * 70
    table = read_csv_table(text.encode(), "a.csv")
    assert (70, ("Remark",)) == (len(table.rows), table.further)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "a.csv:1:1: error: no heads of a table of figures were found [wrong-columns]\n  hint: its first line"),
        ("a,b\n1,2\n", "no heads of a table of figures were found"),
        (GOOD.replace("value", "values"), "a.csv:1:1: error: column 'value' is missing [wrong-columns]\n  hint: did"),
        (GOOD.replace("note", "value"), "two columns are called 'value' [wrong-columns]\n  hint: delete one"),
        ("Iso3_code,Country,Year,txtVALUE\nEST,Estonia,2020,1\n", "hint: this is a file of GLOTIP: reporter import"),
        ("DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\n", "hint: this is a table of Eurostat: reporter import eurostat"),
        ("item,indicator,year,state,audience\n", "hint: this is what is known of each cell: name the file that ends"),
        (GOOD.replace('"', ""), "a.csv:2:1: error: a cell more than the table has heads: 'or two' [not-csv]"),
        (GOOD + 'a,"b', "a.csv:3:1: error: not valid CSV: unexpected end of data [not-csv]"),
        (GOOD.replace("One", "Vienas ą").encode("cp1257"), "a.csv:2:49: error: text is not UTF-8 [not-utf-8]"),
        (b"PK\x03\x04\0", "not plain text in UTF-8"),
        (b"\xff\xfe\x00\xd8", "text is neither UTF-8 nor UTF-16"),
        (GOOD.replace("One", "One\x07"), "control character '\\x07'"),
        ("indicator,year,value,note\nv,2020,1," + "x" * 140_000, "not valid CSV: field larger than field limit"),
    ],
)
def test_what_is_no_table_of_figures_is_refused_with_its_place(content, said):
    with pytest.raises(DataError) as caught:
        read_csv_table(content if isinstance(content, bytes) else content.encode(), "a.csv")
    assert said in str(caught.value.findings[0])


def test_a_table_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(figure_table, "MOST_ROWS", 2)
    with pytest.raises(DataError) as caught:
        read_csv_table((HEAD + ROW * 3).encode(), "a.csv")
    assert "a.csv:4:1: error: more than 2 rows [too-large]" in str(caught.value.findings[0])


def test_the_json_is_read_as_the_csv_of_its_observations():
    row = {"indicator": "victims.identified", "code": "", "year": 2020, "value": 1200, "flags": ["b", "p"]}
    told = {"language": "lt", "country": "XX", "observations": [row | {"vintage": None, "target": False}]}
    table = read_json_table(json.dumps(told).encode(), "a.json")
    cells = dict(table.rows[0].cells)
    expected = {"indicator": "victims.identified", "code": "", "year": "2020", "value": "1200", "flags": "bp"}
    assert (expected | {"vintage": "", "target": "false"}, "lt", "XX") == (cells, table.language, table.country)


@pytest.mark.parametrize("content", ["{", "{}", '{"observations": 3}', '{"observations": [3]}', "{" * 9000])
def test_json_without_observations_is_refused(content):
    with pytest.raises(DataError) as caught:
        read_json_table(content.encode(), "a.json")
    assert "this JSON holds no list of observations" in str(caught.value.findings[0])


def test_columns_have_the_names_of_a_spreadsheet():
    assert ["A", "Z", "AA", "AZ", "BA", "AAA"] == [letters(each) for each in (1, 26, 27, 52, 53, 703)]
