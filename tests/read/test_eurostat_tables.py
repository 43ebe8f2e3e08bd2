"""Files that Eurostat publishes: read in every form it gives them, refused with the remedy where they are none."""

import gzip
import json
from pathlib import Path

import pytest

from reporter.data.errors import DataError, FileError
from reporter.data.read import eurostat_tables as columns
from reporter.data.read import figure_table
from reporter.data.read.eurostat_tables import TIME_COLUMN, read_eurostat
from reporter.data.read.figure_table import BESIDE, READ, letters, read_csv_table, read_json_table
from reporter.data.read.glotip import read_glotip
from reporter.data.read.table_lines import LARGEST
from reporter.data.records import ExternalCell, Publication
from reporter.formats.export import observations, sdmx
from reporter.formats.export.tidy import AUDIENCE
from tests.read.published import HEADS, SDMX, TSV, sdmx_file, tsv_file
from tests.reconcile.invented import CONVICTED, GOOD, HEAD, ROW, STAMP

VICTIMS, WOMEN = "A.PER_VICT.T.NR.LT", "A.PER_VICT.F.NR.LT"
ONE, FLAGGED = (sdmx_file([(VICTIMS, 2019, *each, "")]) for each in (("1", ""), ("12", "b")))
LABELLED = (
    "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,freq,Time frequency,leg_stat,Legal status,sex,Sex,unit,Unit,geo,Entity,"
    "TIME_PERIOD,Time,OBS_VALUE,Observation value,OBS_FLAG,Observation status,CONF_STATUS,Confidentiality\n"
    "dataflow,ESTAT:CRIM_THB_SEX(1.0),By sex,A,Annual,PER_VICT,Victim,T,Total,NR,Number,LT,Lithuania,2019,2019,12,,b,"
    "break,,\n"
)
BOTH = (
    "DATAFLOW: x,LAST UPDATE,freq: Time,leg_stat: L,sex: Sex,unit: U,geo: G,TIME_PERIOD: T,OBS_VALUE: V,OBS_FLAG: F\n"
    '"ESTAT:CRIM_THB_SEX(1.0): By status, and sex",22/05/26 11:00:00,A: Annual,PER_VICT: V,T: Total,NR: N,'
    "LT: Lithuania,2019: 2019,12,b: break\n"
)


@pytest.fixture
def read(lithuania):
    """`read(content, name)` gives what a file says of Lithuania."""

    def reading(content: bytes | str, name: str = "file.csv", country: str = "LT"):
        raw = content.encode() if isinstance(content, str) else content
        return read_eurostat(raw, name, lithuania.catalogue.eurostat, country)

    return reading


def cells(found) -> list[tuple[str, int, str, str, str]]:
    return [(".".join(each.key), each.year, str(each.value), each.flags, each.confidentiality) for each in found.cells]


@pytest.mark.parametrize(
    "content",
    [
        FLAGGED,
        sdmx_file([(VICTIMS, 2019, "12.0", "b", "F")]),
        b"\xef\xbb\xbf" + sdmx_file([(VICTIMS, 2019, "12 b", "", "")]),
        gzip.compress(FLAGGED),
        sdmx_file([(VICTIMS, 2019, "12", "b", ""), ("A.PER_VICT.T.NR.EE", 2019, "7", "", "")]),
        LABELLED.encode(),
        BOTH.encode(),
        (
            b"OBS_FLAG,geo,OBS_VALUE,sex,TIME_PERIOD,unit,leg_stat,DATAFLOW\n"
            b"b,LT,12,T,2019,NR,PER_VICT,ESTAT:CRIM_THB_SEX(1.0)\n"
        ),
        f"{SDMX}\nESTAT:CRIM_THB_SEX(1.0),22/05/26,A,PER_VICT,T,NR,LT,2019,12,b,\n".replace(",", ";").encode(),
        tsv_file("A,PER_VICT,T,NR,LT\t: \t12 b", head=f"{HEADS}\\TIME_PERIOD\t2018 \t2019 "),
        f'"{HEADS}\\TIME_PERIOD",2018,2019\n"A,PER_VICT,T,NR,LT",:,12 b\n'.encode(),
        b"sex,geo,leg_stat\\time\t2019 \nT,LT,PER_VICT\t12 b\n",
    ],
)
def test_a_cell_is_read_in_whatever_form_the_file_is(read, content):
    assert [(VICTIMS, 2019, "12", "b", "")] == cells(read(content, "estat_crim_thb_sex.tsv"))


def test_what_is_withheld_or_cannot_exist_is_told_and_nothing_is_no_cell(read):
    found = read(tsv_file("A,ICCS0204,NR,LT\t: c\t: z", "A,ICCS02041,NR,LT\t:\t3 bu", "A,UNK,NR,LT\t: |C\t0"))
    assert [
        ("A.ICCS0204.NR.LT", 2018, "None", "", "C"),
        ("A.ICCS0204.NR.LT", 2019, "None", "m", ""),
        ("A.ICCS02041.NR.LT", 2019, "3", "bu", ""),
        ("A.UNK.NR.LT", 2018, "None", "", "C"),
        ("A.UNK.NR.LT", 2019, "0", "", ""),
    ] == cells(found)
    assert (("CRIM_THB_VEXP",), "line 3, 2019") == (found.tables, found.cells[2].place)
    greek = sdmx_file([("A.PER_VICT.T.NR.EL", 2019, "12", "", "")])
    assert ["2026-05-22"] * 2 == [read(greek, country=each).updated for each in ("GR", "EL")]


def test_rows_without_a_place_in_the_catalogue_are_told(read):
    rows = [
        (VICTIMS, 2019, "12", "", ""),
        (VICTIMS.replace("NR", "P_HTHAB"), 2019, "0.43", "", ""),
        (VICTIMS.replace(".T.", ".UNK."), 2019, "2", "", ""),
        (VICTIMS.replace(".T.", ".UNK."), 2018, ":", "", ""),
        (VICTIMS.replace("A.", "Q."), 2019, "3", "", ""),
    ]
    found = read(sdmx_file(rows))
    assert [
        ("line 3", "CRIM_THB_SEX A.PER_VICT.T.P_HTHAB 2019: unit P_HTHAB: not a code of the catalogue, only NR"),
        ("line 4", "CRIM_THB_SEX A.PER_VICT.UNK.NR 2019: sex UNK: not a code of the catalogue"),
        ("line 6", "CRIM_THB_SEX Q.PER_VICT.T.NR 2019: freq Q: not a code of the catalogue, only A"),
    ] == [(each.place, f"{each.words}: {each.reason}") for each in found.left]
    assert "CRIM_THB_SEX: sex UNK: not a code of the catalogue (1 row)" in found.warnings


def test_a_dimension_that_the_catalogue_lacks_is_told_where_it_is_not_the_whole(read):
    heads = f"{HEADS},role"
    rows = [(f"{VICTIMS}.TOTAL", 2019, "12", "", ""), (f"{VICTIMS}.WITNESS", 2019, "3", "", "")]
    found = read(sdmx_file(rows, heads=heads))
    assert [(VICTIMS, 2019, "12", "", "")] == cells(found)
    (left,) = found.left
    assert "role WITNESS: the catalogue's table has no dimension role" == left.reason


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "this is an empty file, not a table"),
        (b"<!DOCTYPE html><html>Sorry</html>", "a.csv", "this is a web page, not a table"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><error/>", "a.csv", "this is an XML file, not a table"),
        (b"%PDF-1.7", "a.csv", "this is a PDF, not a table"),
        (SDMX.replace("geo", "géo").encode("latin-1"), "a.csv", "text is not UTF-8"),
        # Without the time of packing: two runs must know a case by one name.
        (gzip.compress(ONE, mtime=0)[:40], "a.gz", "compressed file (gzip) is damaged"),
        (gzip.compress(bytes(LARGEST + 1)), "a.gz", "the file is larger than 50 MB"),
        (b"just a line\n", "a.csv", "the first line has no columns of a Eurostat table"),
        (SDMX.replace(",", " ").encode(), "a.csv", "the first line has no columns of a Eurostat table"),
        (ONE + b'"x,y\r\n', "a.csv", "not valid CSV: unexpected end of data | check for an extra quotation mark"),
        (b"year,sex,value,geo\n2019,T,12,LT\n", "a.csv", "column 'TIME_PERIOD' is missing"),
        (SDMX.replace("geo", "country").encode(), "a.csv", "column 'geo' is missing: rows do not state their country"),
        (SDMX.encode(), "a.csv", "the file has no row for LT | the file has no rows below its first line"),
        (sdmx_file([("A.PER_VICT.T.NR.EE", 2019, "1", "", "")]), "a.csv",
         "the file has no row for LT | it contains: EE"),
        (sdmx_file([("A.PER_VICT.T.NR.Lithuania", 2019, "1", "", "")]), "a.csv",
         "the file has no row for LT | geo has names such as 'Lithuania': download it again with codes"),
        (sdmx_file([(VICTIMS, 2019, "1", "", "")], "MIGR_ASY"), "a.csv", "MIGR_ASY is not a table of the catalogue"),
        (sdmx_file([(VICTIMS, 2019, "1", "", "")], "CRIM_THB_SX"), "a.csv", "did you mean 'CRIM_THB_SEX'?"),
        (sdmx_file([("A.T.NR.LT", 2019, "1", "", "")], heads="freq,sex,unit,geo"), "a.csv",
         "'leg_stat' of CRIM_THB_SEX"),
        (sdmx_file([(VICTIMS, 2019, "1,5", "", "")]), "a.csv", "the flag is '5', which is not a letter"),
        *(
            (sdmx_file([(VICTIMS, 2019, each, "", "")]), "a.csv", f"the value is '{each}' | a count is a whole number")
            for each in ("1.5", "1.000", "-1", "1 234")
        ),
        (sdmx_file([(VICTIMS, 2019, "9" * 16, "", "")]), "a.csv", "a count is a whole number"),
        (sdmx_file([(VICTIMS, 2019, "1", "break in series", "")]), "a.csv", "'break in series', which is not a letter"),
        (sdmx_file([(VICTIMS, 2019, each, "", "") for each in "12"]), "a.csv", "has two different values: see line 2"),
        (ONE + b"x,y\r\n", "a.csv", "the row has 2 columns, but the first line 11 or more"),
        (SDMX.replace("sex", "geo").encode(), "a.csv", "two columns are called 'geo'"),
        (tsv_file(head=TSV.replace("iccs", "geo")), "a.tsv", "two columns are called 'geo'"),
        (b"x\tfreq,iccs,unit,geo\\TIME_PERIOD\t2019\nA\n", "a.tsv", (
            "the row has 0 codes, but the first line 4 dimensions"
        )),
        (tsv_file("A,NR,LT\t1\t2"), "a.tsv", "the row has 3 codes, but the first line 4 dimensions"),
        (tsv_file("A,F,TOTAL,NR,LT\t1\t2", head=TSV.replace("iccs", "sex,age")), "a.tsv",
         "neither the file nor its name says which table it is: CRIM_THB_VSAGE, CRIM_THB_SSAGE"),
        (tsv_file("A,F,TOTAL,NR,LT\t1\t2", head=TSV.replace("iccs", "reason,age")), "a.tsv",
         "no table of the catalogue has the columns freq, reason, age, unit, geo"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_with_the_remedy(read, content, name, said):
    with pytest.raises(FileError) as caught:
        read(content, name)
    (found, *_) = caught.value.findings
    assert said in f"{found.message} | {found.hint}"


def test_the_name_of_a_file_says_which_table_it_is(read):
    content = tsv_file("A,F,TOTAL,NR,LT\t1\t2", head=TSV.replace("iccs", "sex,age"))
    names = ("estat_crim_thb_vsage.tsv.gz", "crim_thb_csage$defaultview.tsv", "data/LT/estat_crim_thb_psage.tsv")
    assert [("CRIM_THB_VSAGE",), ("CRIM_THB_CSAGE",), ("CRIM_THB_PSAGE",)] == [
        read(content, each).tables for each in names
    ]


def test_columns_are_called_as_the_export_calls_them():
    here = (TIME_COLUMN, columns.VALUE_COLUMN, columns.FLAG_COLUMN, columns.STATUS_COLUMN)
    assert here == (sdmx.TIME, sdmx.VALUE, sdmx.FLAG, sdmx.CONFIDENTIAL)


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
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t").encode("utf-16"),
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
        ("", "outside.csv:1:1: error: this is an empty file, not a table [not-text]\n  hint: download the file"),
        ("a,b\n1,2\n", "no header of a GLOTIP file was found [wrong-columns]\n  hint: the header of"),
        (GOOD.replace("txtVALUE", "Value"), "outside.csv:3:1: error: column 'txtVALUE' is missing [wrong-columns]\n"),
        (GOOD.replace("XXX,", "EST,"), "the file has no row for XXX [other-country]\n  hint: it contains: EST"),
        (STAMP + HEAD, "the file has no row for XXX [other-country]\n  hint: the file has no rows"),
        (GOOD.replace("12", "1,2").replace("1,2,", '"1,2",'), "outside.csv:4:1: error: txtVALUE is '1,2' [bad-row]"),
        (GOOD.replace("12,GL", "9" * 5000 + ",GL"), "txtVALUE is '99999"),
        (GOOD.replace("12,GL", "-3,GL"), "txtVALUE is '-3' [bad-row]\n  hint: write a whole number or a mask"),
        (GOOD.replace("12,GL", "<,GL"), "txtVALUE is '<'"),
        (GOOD.replace("12,GL", "<0,GL"), "txtVALUE is '<0'"),
        (GOOD.replace("2020", "20"), "Year is '20' [bad-row]\n  hint: write four digits"),
        (GOOD.replace("Total,2020", ",2020"), (
            "Age is empty [bad-row]\n  hint: write Total where there is no breakdown"
        )),
        (GOOD + "XXX,Nowhere,x\n", (
            "csv:5:1: error: the row ends before txtVALUE [bad-row]\n  hint: correct it, or download the file again"
        )),
        (GOOD.replace("Nowhere,", "No,where,"), (
            "the row has 14 fields, but the header 13 [bad-row]\n  hint: put names"
        )),
        (GOOD.replace("Nowhere", "Nöwhere").encode("latin-1"), "outside.csv:4:6: error: text is not UTF-8 [not-utf-8]"),
        (b"PK\x03\x04" + bytes(20), "this is a damaged ZIP archive, not a table [not-text]\n  hint: download the"),
        (b"\x00\x01", "this is a file of another program, not a table [not-text]"),
        (GOOD + '"XXX,open\n',
         "not valid CSV: unexpected end of data [not-csv]\n  hint: check for an extra quotation mark"),
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
    assert f"it contains: {', '.join(codes[:8])}{more}" == found.hint


NAMES = "indicator,dimension,code,year,value,note\n"
CELL = 'victims.identified,person,women,2020,12,"One, or two"\n'
CSV = NAMES + CELL


def test_every_column_of_the_export_is_read_or_known():
    assert set() == {*observations.HEADS, AUDIENCE} - {*READ, *BESIDE}


@pytest.mark.parametrize(
    "content",
    [
        CSV,
        b"\xef\xbb\xbf" + CSV.encode(),
        CSV.replace("\n", "\r\n"),
        CSV.rstrip(),
        CSV.encode("utf-16"),
        # What spreadsheets write where a comma parts decimals.
        'Indicator;Dimension;Code;Year;Value;Note\nvictims.identified;person;women;2020;12;"One, or two"\n',
        'indicator\tdimension\tcode\tyear\tvalue\tnote\nvictims.identified\tperson\twomen\t2020\t12\t"One, or two"\n',
        'note,value,year,mine,code,dimension,indicator\n"One, or two",12,2020,x,women,person,victims.identified\n',
        "Figures of the year,,,,,\n\n" + CSV,
        CSV + "\n,,,,,\n",
    ],
)
def test_a_row_is_read_by_the_names_of_its_columns(content):
    (row,) = read_csv_table(content if isinstance(content, bytes) else content.encode(), "a.csv").rows
    expected = ("victims.identified", "person", "women", "2020", "12", "One, or two", "")
    found = tuple(row[each] for each in ("indicator", "dimension", "code", "year", "value", "note", "source"))
    assert expected == found


def test_a_row_is_told_by_the_line_on_which_it_begins_and_a_further_column_by_its_name():
    text = NAMES + 'victims.identified,,,2020,1,"two\nlines"\n\n' + CELL
    table = read_csv_table(text.encode(), "a.csv")
    assert (["line 2", "line 5"], ()) == ([table.place(row) for row in table.rows], table.further)
    text = "indicator,year,value,unit,Remark,audience,Row\n" + "victims.identified,2020,1,persons,x,public,y\n" * 70
    table = read_csv_table(text.encode(), "a.csv")
    assert (70, ("Remark",)) == (len(table.rows), table.further)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "a,b\n1,2\n",
            "a.csv:1:1: error: no column heads of a table of figures were found [wrong-columns]\n  hint: its first",
        ),
        (CSV.replace("value", "values"), "a.csv:1:1: error: column 'value' is missing [wrong-columns]\n  hint: did"),
        (CSV.replace("note", "value"), "two columns are called 'value' [wrong-columns]\n  hint: delete one"),
        ("Iso3_code,Country,Year,txtVALUE\nEST,Estonia,2020,1\n", "hint: this is a GLOTIP file: reporter import"),
        ("DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\n", "hint: this is a Eurostat table: reporter import eurostat"),
        ("item,indicator,year,state,audience\n", "hint: this file has metadata of cells: name the file that ends"),
        (CSV.replace('"', ""), "a.csv:2:1: error: more cells than column heads: 'or two' [not-csv]"),
        (CSV + 'a,"b', "a.csv:3:1: error: not valid CSV: unexpected end of data [not-csv]"),
        (CSV.replace("One", "Vienas ą").encode("cp1257"), "a.csv:2:49: error: text is not UTF-8 [not-utf-8]"),
        (b"PK\x03\x04\0", "this is a damaged ZIP archive, not a table"),
        (b"\xff\xfe\x00\xd8", "text is neither UTF-8 nor UTF-16"),
        (CSV.replace("One", "One\x07"), "control character '\\x07'"),
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
        read_csv_table((NAMES + CELL * 3).encode(), "a.csv")
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
    assert "this JSON has no list of observations" in str(caught.value.findings[0])


def test_columns_have_the_names_of_a_spreadsheet():
    assert ["A", "Z", "AA", "AZ", "BA", "AAA"] == [letters(each) for each in (1, 26, 27, 52, 53, 703)]
