"""The figures as CSV and JSON, with metadata that other programs read: all that an edition knows, and true."""

import io
import json
import warnings

import openpyxl
import pytest
from csvw import CSVW
from jsonschema import Draft202012Validator, ValidationError

from reporter.analysis.coverage import Availability, coverage_cells
from reporter.document.document import Entry
from reporter.export.esms import esms_json
from reporter.export.figures_json import figures_schema
from reporter.export.observations import observations_csv
from reporter.model import Esms, vintage
from reporter.produce.exports import MAKERS, export
from tests.export.extracts import extract, read
from tests.fixtures import ROOT


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
