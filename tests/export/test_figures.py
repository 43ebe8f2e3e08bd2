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
from jsonschema import Draft202012Validator, ValidationError

from reporter.analysis.coverage import Availability, coverage_cells
from reporter.document.document import Cell, Column, Entry, Row, Table
from reporter.export import observations_csv, table_csv
from reporter.export.esms import esms_json
from reporter.export.figures_json import figures_schema
from reporter.export.observations import HEADS
from reporter.i18n import load_locale
from reporter.model import Esms, Qualifier, Status, is_given, vintage
from reporter.produce.exports import MAKERS, export
from reporter.sections import compose
from tests import small
from tests.export.extracts import extract, read
from tests.fixtures import ROOT

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
    assert expected == {(each["indicator"], each["code"], each["year"]): each["value"] for each in lines}
    assert len(expected) == len(lines) == len(known.index)
    order = [each.code for each in known.catalogue.indicators]
    yearly = [each for each in lines if each["indicator"] in order]
    assert sorted(yearly, key=lambda each: order.index(each["indicator"])) == yearly
    opened = [each["year"] for each in yearly if (each["indicator"], each["code"]) == ("investigations.opened", "")]
    assert sorted(opened) == opened


def test_a_line_says_all_there_is_to_say(ruritania):
    lines = lines_of(observations_csv(vintage(ruritania, "XX", 2022), "en"))
    (projects,) = [each for each in lines if (each["indicator"], each["year"]) == ("assistance.projects", "2019")]
    assert {
        "indicator": "assistance.projects", "dimension": "", "code": "", "year": "2019", "value": "4", "flags": "",
        "confidentiality": "F", "status": "given", "qualifier": "about", "unit": "items",
        "source": "rapporteur_report", "vintage": "2019", "definition": "", "note": "", "period": "", "target": "false",
        "audience": "public",
    } == projects  # fmt: skip
    (aim,) = [each for each in lines if each["indicator"] == "activities.town_meetings.meetings"]
    assert ("at least", "true", "2022") == (aim["qualifier"], aim["target"], aim["period"])
    (law,) = [each for each in lines if each["indicator"] == "law.new_code.prison_max"]
    assert ("12", "", "", "years") == (law["value"], law["year"], law["vintage"], law["unit"])


def test_a_confidential_value_is_in_no_line(ruritania):
    lines = lines_of(observations_csv(vintage(ruritania, "XX", 2021), "en"))
    (seen,) = [each for each in lines if (each["indicator"], each["year"]) == ("sentences.longest", "2021")]
    assert ("", "C", "suppressed", "") == (seen["value"], seen["confidentiality"], seen["status"], seen["qualifier"])


def test_the_file_keeps_to_rfc_4180_and_has_one_head(lithuania):
    text = observations_csv(vintage(lithuania, "LT", 2020), "en")
    assert text.startswith(",".join((*HEADS, "audience")) + "\r\n")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")


def test_a_table_has_a_line_for_each_value(ruritania):
    document = compose(vintage(ruritania, "XX", 2022), ENGLISH).document
    for figure in document.figures():
        lines = lines_of(table_csv(figure.table))
        assert sum(len(row.cells) for row in figure.table.rows) == len(lines)
        values = [cell.observation for row in figure.table.rows for cell in row.cells]
        found = [each["value"] for each in lines]
        assert all(f"{seen.value:f}" == value for seen, value in zip(values, found, strict=True) if is_given(seen))


def test_the_parts_of_a_row_say_what_they_are_part_of():
    seen = small.value(2020, 5, qualifier=Qualifier.AT_LEAST)
    rows = (
        Row("Victims", (), heading=True),
        Row("Identified", (Cell(":"), Cell("≥ 5", seen))),
        Row("Women", (Cell(":"), Cell("c", small.value(2020, None, status=Status.SUPPRESSED))), 1),
        Row("", (Cell("1,000", value=Decimal(1000)), Cell("words"))),
    )
    lines = lines_of(table_csv(table(*rows)))
    told = [
        (each["row"], each["within"], each["column"], each["value"], each["text"], each["status"]) for each in lines
    ]
    assert [
        ("Identified", "Victims", "2019", "", ":", ""),
        ("Identified", "Victims", "2020", "5", "≥ 5", "given"),
        ("Women", "Identified", "2019", "", ":", ""),
        ("Women", "Identified", "2020", "", "c", "suppressed"),
        ("Women", "Victims", "2019", "1000", "1,000", "worked out"),
        ("Women", "Victims", "2020", "", "words", ""),
    ] == told


def test_a_table_of_several_countries_says_whose_each_value_is():
    values = [small.value(2020, 5), replace(small.value(2020, 7), country="YY")]
    rows = [Row("Identified", (Cell(f"{each.value}", each),)) for each in values]
    assert ["XX", "YY"] == [each["country"] for each in lines_of(table_csv(table(*rows)))]
    assert all("country" not in each for each in lines_of(table_csv(table(rows[0]))))


@pytest.mark.parametrize("first", [None, 2015])
def test_the_csv_holds_what_the_edition_knows_from_the_first_year_asked_for(lithuania, first):
    files = export(extract(lithuania, "LT", 2020, first), [MAKERS["csv"]])
    (name,) = (each for each in files if each.endswith("observations.csv"))
    known = vintage(lithuania, "LT", 2020)
    expected = [seen for seen in known.index.values() if not first or not 0 < seen.year < first]
    lines = read(files[name])
    assert len(expected) == len(lines)
    assert ("LT-2020-en-observations.csv", "LT-2015-2020-en-observations.csv")[bool(first)] == name
    assert {str(seen.year or "") for seen in expected} == {each["year"] for each in lines}


def test_the_csv_is_the_one_that_travels_in_the_pdf(lithuania, lithuanian_files):
    expected = observations_csv(vintage(lithuania, "LT", 2020), "en").encode()
    assert expected == lithuanian_files["LT-2020-en-observations.csv"]


@pytest.mark.parametrize("files", ["lithuanian_files", "ruritanian_files"])
def test_the_json_is_valid_by_its_schema(files, request):
    made = request.getfixturevalue(files)
    (name,) = (each for each in made if each.endswith("observations.json"))
    schema = figures_schema()
    Draft202012Validator.check_schema(schema)
    told = json.loads(made[name])
    Draft202012Validator(schema).validate(told)
    assert {each["indicator"] for each in told["observations"] if "." in each["indicator"]}
    assert {each["source"] for each in told["observations"]} == set(told["sources"])


def test_the_schema_refuses_a_number_that_is_not_given(ruritanian_files):
    told = json.loads(ruritanian_files["XX-2021-en-observations.json"])
    next(each for each in told["observations"] if each["status"] == "suppressed")["value"] = 11
    with pytest.raises(ValidationError, match="11 is not of type 'null'"):
        Draft202012Validator(figures_schema()).validate(told)


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
    assert {each.value for each in Availability} >= {each["state"] for each in lines} > {"missing"}
    book = openpyxl.load_workbook(io.BytesIO(lithuanian_files["LT-2020-en.xlsx"]))
    sheet = next(each for each in book.worksheets[2:] if "Article 19a" in each["A1"].value)
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
    assert {
        "structure": "ESMS",
        "title": "Trafficking",
        "language": "en",
        "audience": "public",
        "headings": [
            {
                "number": 1,
                "code": "metadata_update",
                "title": "Metadata update",
                "text": ["Of 2020.", "By the police."],
            },
            {"number": 2, "code": "comment", "title": "Comment", "text": []},
        ],
    } == json.loads(esms_json("Trafficking", "en", headings))


def test_the_schema_in_the_repository_is_that_of_the_program():
    assert figures_schema() == json.loads((ROOT / "schema" / "export.json").read_text())
