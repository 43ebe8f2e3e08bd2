"""The figures as CSV and JSON, with metadata that other programs read: all that an edition knows, and true."""

import csv
import io
import json
import warnings
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from csvw import CSVW
from jsonschema import Draft202012Validator
from pysdmx.io import read_sdmx

from reporter.data.errors import ReporterError
from reporter.data.i18n import load_locale
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Audience, Esms, Qualifier, Status, is_given, vintage
from reporter.editions.making.exports import export, make_sdmx
from reporter.editions.public.public_files import for_audience
from reporter.figures.analysis.coverage import Availability, coverage_cells
from reporter.formats.export import observations_csv, table_csv
from reporter.formats.export.observations import esms_json, figures_schema, observed_columns
from reporter.formats.export.sdmx import rows_of
from reporter.formats.export.tidy import as_csv
from reporter.report.document.document import Cell, Column, Entry, Row, Table
from reporter.report.sections import compose
from tests import small
from tests.export.extracts import EUROSTAT, MAPPED, by_citizenship, exported, extract, flow, read
from tests.fixtures import ROOT
from tests.snapshots import snapshot

ENGLISH = load_locale("en")
EDITIONS = [("lithuania", "LT", 2020), ("ruritania", "XX", 2021)]
every_edition = pytest.mark.parametrize(("data", "country", "year"), EDITIONS)


def lines_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def table(*rows: Row) -> Table:
    return Table("t", 1, "T", "", "Number of", (Column("2019"), Column("2020")), rows, "Police")


@every_edition
def test_every_observation_known_is_a_line_with_its_value_by_catalogue_and_year(data, country, year, request):
    known = vintage(request.getfixturevalue(data), country, year)
    lines = lines_of(observations_csv(known, "en"))
    expected = {
        (seen.figure, seen.code, str(seen.year or "")): f"{seen.value:f}" if is_given(seen) else ""
        for seen in known.index.values()
    }
    worked_out = [each for each in lines if each["status"] == "worked out"]
    assert {("0", "exact")} >= {(each["value"], each["qualifier"]) for each in worked_out}
    lines = lines[: len(lines) - len(worked_out)]
    assert expected == {(each["indicator"], each["code"], each["year"]): each["value"] for each in lines}
    assert len(expected) == len(lines) == len(known.index)
    order = [each.code for each in known.catalogue.indicators]
    yearly = [each for each in lines if each["indicator"] in order]
    assert sorted(yearly, key=lambda each: order.index(each["indicator"])) == yearly
    opened = [each["year"] for each in yearly if (each["indicator"], each["code"]) == ("investigations.opened", "")]
    assert sorted(opened) == opened


def test_a_confidential_value_is_in_no_line(ruritania):
    lines = lines_of(observations_csv(vintage(ruritania, "XX", 2021), "en"))
    (seen,) = [each for each in lines if (each["indicator"], each["year"]) == ("sentences.longest", "2021")]
    assert ("", "C", "suppressed", "") == (seen["value"], seen["confidentiality"], seen["status"], seen["qualifier"])


def test_the_file_keeps_to_rfc_4180_and_has_one_head(lithuania):
    known = vintage(lithuania, "LT", 2020)
    text = observations_csv(known, "en")
    assert text.startswith(",".join((*observed_columns(known.catalogue), "audience")) + "\r\n")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")


def test_a_value_that_cannot_be_compared_says_so_and_a_zero_that_it_is_worked_out(lithuanian_files):
    lines = json.loads(lithuanian_files["LT-2020-en-observations.json"])["observations"]
    found = {(each["indicator"], each["code"], each["year"]): each for each in lines}
    begging = found["investigations.opened", "begging", 2020]
    assert (0, "worked out", True) == (begging["value"], begging["status"], begging["comparable"])
    said = {year: found["investigations.conducted", "", year]["comparable"] for year in (2017, 2018)}
    assert {2017: False, 2018: True} == said
    assert {None} == {each["comparable"] for each in lines if not each["year"]}


def test_a_cell_of_several_dimensions_has_its_code_in_the_column_of_each(tmp_path):
    figures = "victims.identified: {total: 80, by citizenship: {BR: 9}, 'by person, form': {women: {sexual: 60}}}"
    files = by_citizenship(tmp_path, figures)
    names = ("dimension", "code", "value", "by_form", "by_person", "by_citizenship")
    lines = [tuple(line[name] for name in names) for line in read(files["XX-2020-en-observations.csv"])]
    assert ("form,person", "sexual.women", "60", "sexual", "women", "") in lines
    assert ("citizenship", "BR", "9", "", "", "BR") in lines
    told = json.loads(files["XX-2020-en-observations.json"])
    Draft202012Validator(figures_schema()).validate(told)
    codes = [each["codes"] for each in told["observations"] if each["value"] == 60 and each["code"]]
    assert [{"form": "sexual", "person": "women"}] == codes
    assert "Brazil" == told["dimensions"]["citizenship"]["codes"]["BR"]["label"]
    path = tmp_path / "figures.csv"
    path.write_bytes(files["XX-2020-figures.csv"])
    (data,) = read_sdmx(path, validate=False).data
    names_of_key = ["INDICATOR", "FORM", "PERSON", "CITIZENSHIP", "TIME_PERIOD", "OBS_VALUE"]
    rows = {tuple(map(str, row)) for row in data.data[names_of_key].to_numpy()}
    assert ("victims_identified", "sexual", "women", "_T", "2020", "60") in rows
    assert ("victims_identified", "_T", "_T", "_T", "2020", "80") in rows
    assert ("investigations_opened", "_T", "_Z", "_Z", "2019", "9") in rows
    sheet = openpyxl.load_workbook(io.BytesIO(files["XX-2020-en.xlsx"])).worksheets[1]
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    heads = [*map(rows[0].index, names)]
    assert ("form,person", "sexual.women", 60, "sexual", "women", "") in [tuple(row[n] for n in heads) for row in rows]


@pytest.mark.parametrize(
    ("parts", "values"),
    [
        ("national: 10, BR: 20, UA: 30, EL: 20", ["80", "10", "20", "50"]),
        ("national: 10, BR: 20, UA: 30, eu: 20, EL: 15", ["80", "10", "20", "50"]),
        ("national: 10, BR: 20, UA: 30", ["80", "10", "", ""]),
        ("national: 10, BR: suppressed, UA: 30, EL: 20", ["80", "10", "", ""]),
    ],
)
def test_countries_make_the_groups_of_eurostat_where_none_is_left_out(tmp_path, parts, values):
    files = by_citizenship(tmp_path, f"victims.identified: {{total: 80, by citizenship: {{{parts}}}}}")
    lines = [line for line in flow(files, "citizens", "XX-2020") if line["TIME_PERIOD"] == "2020"]
    assert values == [line["OBS_VALUE"] for line in lines]
    reasons = read(files["XX-2020-en-eurostat-origins.csv"])
    of_table = [line for line in reasons if (line["dataflow"], line["year"]) == ("CITIZENS", "2020")]
    assert all(bool(line["reason"]) == (line["value"] == ":") for line in of_table)


def test_a_table_has_a_line_for_each_value(ruritania):
    document = compose(vintage(ruritania, "XX", 2022), ENGLISH).document
    for figure in document.figures():
        lines = lines_of(table_csv(figure.table))
        assert sum(len(row.cells) for row in figure.table.rows) == len(lines)
        values = [cell.observation for row in figure.table.rows for cell in row.cells]
        found = [each["value"] for each in lines]
        assert all(f"{seen.value:f}" == value for seen, value in zip(values, found, strict=True) if is_given(seen))


def test_the_parts_of_a_row_say_what_they_are_part_of_and_of_which_country():
    seen = small.value(2020, 5, qualifier=Qualifier.AT_LEAST)
    rows = (
        Row("Victims", (), heading=True),
        Row("Identified", (Cell(":"), Cell("≥ 5", seen))),
        Row("Women", (Cell(":"), Cell("c", small.value(2020, None, status=Status.SUPPRESSED))), 1),
        Row("", (Cell("1,000", value=Decimal(1000)), Cell("words"))),
    )
    lines = lines_of(table_csv(table(*rows)))
    told = [tuple(each[name] for name in ("row", "within", "column", "value", "text", "status")) for each in lines]
    assert [
        ("Identified", "Victims", "2019", "", ":", ""),
        ("Identified", "Victims", "2020", "5", "≥ 5", "given"),
        ("Women", "Identified", "2019", "", ":", ""),
        ("Women", "Identified", "2020", "", "c", "suppressed"),
        ("Women", "Victims", "2019", "1000", "1,000", "worked out"),
        ("Women", "Victims", "2020", "", "words", ""),
    ] == told
    # A table of several countries says whose each value is.
    values = [small.value(2020, 5), replace(small.value(2020, 7), country="YY")]
    rows = [Row("Identified", (Cell(f"{each.value}", each),)) for each in values]
    assert ["XX", "YY"] == [each["country"] for each in lines_of(table_csv(table(*rows)))]
    assert all("country" not in each for each in lines_of(table_csv(table(rows[0]))))


@pytest.mark.parametrize("files", ["lithuanian_files", "ruritanian_files"])
def test_the_json_is_valid_by_its_schema(files, request):
    made = request.getfixturevalue(files)
    (name,) = (each for each in made if each.endswith("observations.json"))
    schema = figures_schema()
    Draft202012Validator.check_schema(schema)
    assert schema == json.loads((ROOT / "schema/export.json").read_text())
    told = json.loads(made[name])
    Draft202012Validator(schema).validate(told)
    assert {each["indicator"] for each in told["observations"] if "." in each["indicator"]}
    assert {each["source"] for each in told["observations"]} == set(told["sources"])


@pytest.mark.parametrize("name", ["observations", "coverage"])
@pytest.mark.parametrize("country", ["LT-2020", "XX-2021"])
def test_the_metadata_beside_a_csv_is_csv_on_the_web_and_true(country, name, request, tmp_path):
    files = request.getfixturevalue("lithuanian_files" if country == "LT-2020" else "ruritanian_files")
    path = tmp_path / f"{country}-en-{name}.csv"
    for each in (path, path.with_name(path.name + "-metadata.json")):
        each.write_bytes(files[each.name])
    table = CSVW(str(path), validate=True)
    assert table.is_valid
    assert len(read(path.read_bytes())) == len(list(table.to_json(minimal=True)))
    described = json.loads(path.with_name(path.name + "-metadata.json").read_text())["tableSchema"]["columns"]
    heads = list(read(path.read_bytes())[0])
    assert heads == [each["titles"] for each in described if each["dc:description"]]


def test_the_metadata_refuses_a_value_that_is_none(lithuanian_files, tmp_path):
    path = tmp_path / "LT-2020-en-observations.csv"
    path.write_bytes(lithuanian_files[path.name].replace(b",24,", b",many,"))
    path.with_name(path.name + "-metadata.json").write_bytes(lithuanian_files[path.name + "-metadata.json"])
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        table = CSVW(str(path), validate=True)
        assert not table.is_valid
    assert {True} == {"Invalid column value: many" in str(each.message) for each in table.warnings}


def test_the_coverage_is_that_of_the_annex(lithuania, lithuanian_files):
    known = vintage(lithuania, "LT", 2020)
    lines = read(lithuanian_files["LT-2020-en-coverage.csv"])
    cells = [
        (each.item.code, each.indicator.code if each.indicator else "", each.split.code if each.split else "total")
        for each in coverage_cells(known)
    ]
    assert cells == [(each["item"], each["indicator"], each["breakdown"]) for each in lines]
    assert {each.value for each in Availability} >= {each["state"] for each in lines} > {"not answered"}
    book = openpyxl.load_workbook(io.BytesIO(lithuanian_files["LT-2020-en.xlsx"]))
    sheet = [each for each in book.worksheets[2:] if "Article 19a" in each["A1"].value][-1]
    printed = [
        cell for row in sheet.iter_rows(min_row=5, values_only=True) for cell in row if cell in set(Availability)
    ]
    assert [each["state"] for each in lines] == printed
    told = json.loads(lithuanian_files["LT-2020-en-observations.json"])["coverage"]
    assert [each["state"] for each in lines] == [each["state"] for each in told]


def test_a_heading_has_its_number_code_title_and_text() -> None:
    headings = [
        (Esms.METADATA_UPDATE, Entry("S.2 Metadata update", ("Of 2020.", "By the police."))),
        (Esms.COMMENT, Entry("S.19 Comment")),
    ]
    text = ["Of 2020.", "By the police."]
    told = [
        {"number": 1, "code": "metadata_update", "title": "Metadata update", "text": text},
        {"number": 2, "code": "comment", "title": "Comment", "text": []},
    ]
    head = {"structure": "ESMS", "title": "Trafficking", "language": "en", "audience": "public"}
    assert head | {"headings": told} == json.loads(esms_json("Trafficking", "en", headings))


MEASURED = ["TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"]


def test_a_table_has_the_columns_of_eurostat_and_pysdmx_reads_it(lithuanian_files, lithuania, tmp_path):
    for dataflow in lithuania.catalogue.eurostat.dataflows:
        path = tmp_path / f"LT-2020-{dataflow.code.lower()}.csv"
        path.write_bytes(lithuanian_files[path.name])
        heads = path.read_text().splitlines()[0].split(",")
        dimensions = [each.code for each in dataflow.components]
        assert ["DATAFLOW", "LAST UPDATE", *dimensions, *MEASURED] == heads
        (data,) = read_sdmx(path, validate=False).data
        assert f"Dataflow=ESTAT:{dataflow.code}(1.0)" == data.structure
        lines = flow(lithuanian_files, dataflow.code.lower())
        assert [each["OBS_VALUE"] for each in lines] == [str(each) for each in data.data["OBS_VALUE"].fillna("")]
        assert len(lines) == len({tuple(each[name] for name in (*dimensions, "TIME_PERIOD")) for each in lines})


@pytest.mark.parametrize(
    ("person", "sex", "year", "value", "flags"),
    [
        ("PER_VICT", "T", "2020", "24", "d"),
        ("PER_VICT", "F", "2014", "20", "d"),
        ("PER_VICT", "T", "2016", "45", "bd"),
        ("PER_VICT", "T", "2015", "", ""),
        ("PER_CNV", "T", "2018", "48", ""),
    ],
)
def test_lithuania_by_sex(lithuanian_files, person, sex, year, value, flags):
    (line,) = (
        each
        for each in flow(lithuanian_files, "crim_thb_sex")
        if (person, sex, year) == (each["leg_stat"], each["sex"], each["TIME_PERIOD"])
    )
    assert (value, flags, "") == (line["OBS_VALUE"], line["OBS_FLAG"], line["CONF_STATUS"])


@pytest.mark.parametrize(
    ("dates", "stamp"),
    [
        ("published: 2021-05-03\ndata_cutoff: 2021-02-28\n", "03/05/21 00:00:00"),
        ("published: 2021-05\ndata_cutoff: 2021-02-28\n", "28/02/21 00:00:00"),
        ("published: 2021\n", "31/12/20 00:00:00"),
    ],
)
def test_the_last_update_is_a_day_of_the_edition(tmp_path, dates, stamp):
    files = exported(tmp_path, "victims.identified: 80", dates)
    assert {stamp} == {each["LAST UPDATE"] for each in flow(files, "crim_thb_sex", "XX-2020")}


@pytest.mark.parametrize(
    ("figures", "indicator"),
    [
        ("victims.identified: {total: missing, by person: {women: 6}}, persons.convicted: 6", "victims.identified"),
        ("victims.identified: missing, persons.convicted: 6", "persons.convicted"),
    ],
)
def test_of_several_figures_the_first_with_any_value_in_a_year_answers_for_it(tmp_path, figures, indicator):
    """A part is a value too: numbers of women are sent as they are, though nobody says how many there were in all."""
    eurostat = EUROSTAT.replace("PER_VICT: [victims.identified]", "PER_VICT: [victims.identified, persons.convicted]")
    changed = {"data/catalogue.yaml": MAPPED + eurostat, small.YEAR: f"{small.HEAD}figures: {{{figures}}}\n"}
    known = vintage(small.load(tmp_path, changed), "XX", 2020)
    rows = rows_of(known, known.catalogue.eurostat.dataflows[0])
    assert {indicator} == {row.indicator for row in rows if row.year == 2020}


@pytest.mark.parametrize(
    ("audience", "cells"),
    [
        (Audience.RESTRICTED, {"women": ("78", "D"), "boys": ("2", "A")}),
        (Audience.PUBLIC, {"women": ("", "C"), "boys": ("", "C")}),
    ],
)
def test_an_office_gets_values_with_their_codes_and_the_public_one_sign_for_all(tmp_path, audience, cells):
    parts = "{women: {value: 78, confidentiality: D}, boys: {value: 2, confidentiality: A}}"
    figures = f"{small.HEAD}figures:\n  victims.identified: {{total: 80, by person: {parts}}}\n"
    root = small.write(tmp_path, {"data/catalogue.yaml": MAPPED + EUROSTAT, small.YEAR: figures})
    dataset = load_dataset(for_audience(snapshot(root), audience), ("XX",)).dataset
    files = export(extract(dataset, "XX", 2020, audience=audience), (make_sdmx,))
    name = "XX-2020" if audience is Audience.PUBLIC else "XX-2020-restricted"
    lines = {
        (each["sex"], each["age"]): (each["OBS_VALUE"], each["CONF_STATUS"])
        for each in flow(files, "crim_thb_sex", name)
        if each["TIME_PERIOD"] == "2020"
    }
    assert cells == {"women": lines["F", "Y_GE18"], "boys": lines["M", "Y_LT18"]}


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(1)", "\t=1", "-2+3+cmd|' /C calc'!A0"])
def test_the_writer_of_every_csv_refuses_a_formula_and_takes_a_number(cell):
    with pytest.raises(ReporterError, match="begins as a formula does"):
        as_csv(("a", "b"), [("x", cell)])
    assert "a\r\n-1\r\n+2.5\r\n−3 (a)\r\n" == as_csv(("a",), [("-1",), ("+2.5",), ("−3 (a)",)])
    assert "a\r\n+5 (+10%)\r\n" == as_csv(("a",), [("+5 (+10%)",)])
