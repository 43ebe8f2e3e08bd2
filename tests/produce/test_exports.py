"""The exports: the same values in every format, nothing confidential, nothing guessed, whole or not at all."""

import csv
import io
import json
import os
import re
import resource
import subprocess
import sys
import warnings
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from csvw import CSVW
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError
from pysdmx.io import read_sdmx

from reporter.analysis.coverage import Availability, coverage_cells
from reporter.edition.checked import CheckedDataset
from reporter.errors import DataError, ExitCode
from reporter.export.derivation import fill, target_cell
from reporter.export.figures_json import figures_schema
from reporter.export.observations import HEADS, observations_csv
from reporter.export.sdmx import rows_of
from reporter.i18n import load_locale
from reporter.load.catalogue import read_catalogue
from reporter.model import Component, Holds, is_given, vintage
from reporter.produce.exports import MAKERS, Extract, export, extract_of
from reporter.produce.workbook import make_xlsx
from tests import small
from tests.cli.test_cli import RIGHT, process
from tests.conftest import LITHUANIA, ROOT, RURITANIA, copy_workspace
from tests.snapshots import snapshot, translated

ENGLISH = load_locale("en")
FORMATS = (*MAKERS, "xlsx")
EVERY = (*MAKERS.values(), make_xlsx)
# Each sheet becomes a file of its own.
SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def extract(dataset, country: str, year: int, first: int | None = None, locale=ENGLISH) -> Extract:
    return extract_of(CheckedDataset(dataset, ()), country, year, locale, first)


@pytest.fixture(scope="module")
def lithuanian_files(lithuania) -> dict[str, bytes]:
    return export(extract(lithuania, "LT", 2020), EVERY)


@pytest.fixture(scope="module")
def ruritanian_files(ruritania) -> dict[str, bytes]:
    return export(extract(ruritania, "XX", 2021), EVERY)


def values_of(files: dict[str, bytes], name: str) -> dict[str, dict[tuple[str, str, str], Decimal | None]]:
    """The observations of each format by figure, code and year."""
    lines = read(files[f"{name}-observations.csv"])
    told = json.loads(files[f"{name}-observations.json"])["observations"]
    rows = sheet_rows(files[f"{name}.xlsx"])
    return {
        "csv": {(each["indicator"], each["code"], each["year"]): exact(each["value"]) for each in lines},
        "json": {(each["indicator"], each["code"], str(each["year"] or "")): exact(each["value"]) for each in told},
        "xlsx": {(each["indicator"], each["code"], str(each["year"])): exact(each["value"]) for each in rows},
    }


def exact(value: object) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def sheet_rows(content: bytes) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    heads, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert list(HEADS) == heads
    return [dict(zip(heads, ("" if each is None else each for each in row), strict=True)) for row in rows]


# CSV


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


# JSON


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


def test_the_schema_in_the_repository_is_that_of_the_program():
    assert figures_schema() == json.loads((ROOT / "schema" / "export.json").read_text())


# workbook


def test_the_workbook_has_a_sheet_for_each_table_with_frozen_heads_and_real_numbers(lithuanian_files):
    book = openpyxl.load_workbook(io.BytesIO(lithuanian_files["LT-2020-en.xlsx"]))
    names = book.sheetnames
    assert ["Contents", "All figures", *(f"Table {n}" for n in range(1, len(names) - 1))] == names
    assert {"B2"} == {book["All figures"].freeze_panes}
    assert {"B5"} == {book[name].freeze_panes for name in names[2:]}
    table = next(book[name] for name in names[2:] if "All figures, Lithuania" in book[name]["A1"].value)
    (row,) = (row for row in table.iter_rows(values_only=True) if row[0] == "Investigations opened")
    assert [23, 15, 21, 11, 23, 24, 27, 29, 35, 14, 16, 11] == [each for each in row if isinstance(each, int)]
    below = [row[0] for row in table.iter_rows(values_only=True) if row[0]]
    assert any(each.startswith("Source: European Commission") for each in below)
    assert any(each.startswith("(1) ") for each in below)


def test_the_notes_of_a_chart_stand_below_its_data(lithuanian_files):
    book = openpyxl.load_workbook(io.BytesIO(lithuanian_files["LT-2020-en.xlsx"]))
    sheet = next(each for each in book.worksheets[2:] if "Persons prosecuted, charged" in each["A1"].value)
    text = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    marks = {mark for each in text for mark in re.findall(r"^\(\d+\)$", each)}
    assert marks
    assert all(any(each.startswith(f"{mark} ") for each in text) for mark in marks)


def test_a_bound_is_a_number_shown_as_a_bound(ruritania):
    content = export(extract(ruritania, "XX", 2022), [make_xlsx])["XX-2022-en.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets[2:] for row in sheet.iter_rows() for cell in row]
    assert {3} == {cell.value for cell in cells if cell.number_format.startswith('"≥ "') and cell.value == 3}
    assert not any(isinstance(cell.value, str) and cell.value.startswith("≥") for cell in cells if cell.column > 1)


def test_the_workbook_says_what_it_is_in_the_language_of_the_edition(lithuania):
    content = make_xlsx(extract(lithuania, "LT", 2020, locale=translated("lt")))["LT-2020-lt.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    told = book.properties
    assert ("Prekyba žmonėmis: Lietuva, 2009–2020", "2020-12-31 00:00:00") == (told.title, str(told.created))
    assert "lt" == book.custom_doc_props["Language"].value
    assert "Turinys" == book.sheetnames[0]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_edition_gives_the_same_bytes(right_editions, form):
    assert right_editions[0][form] == right_editions[1][form]


@pytest.fixture(scope="module")
def right_editions(tmp_path_factory) -> list[dict[str, dict[str, bytes]]]:
    """The Lithuanian files of each format made by two processes that hash otherwise."""
    made = []
    for seed in ("1", "2"):
        folder = tmp_path_factory.mktemp("seed")
        for form in FORMATS:
            environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
            done = process(
                "export", "LT", "2020", "--format", form, "-o", f"{folder}/{form}/", cwd=LITHUANIA, env=environment
            )
            assert (0, "") == (done.returncode, done.stderr)
        made.append({form: {each.name: each.read_bytes() for each in (folder / form).iterdir()} for form in FORMATS})
    return made


def test_libreoffice_reads_every_sheet_and_finds_the_values_of_the_csv(lithuanian_files, tmp_path):
    book = tmp_path / "figures.xlsx"
    book.write_bytes(lithuanian_files["LT-2020-en.xlsx"])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", SHEETS, "--outdir", str(tmp_path / "out"), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    made = {path.stem.removeprefix("figures-"): path for path in (tmp_path / "out").iterdir()}
    assert set(openpyxl.load_workbook(book).sheetnames) == set(made)
    assert read(lithuanian_files["LT-2020-en-observations.csv"]) == read(made["All figures"].read_bytes())


def test_no_text_is_taken_for_a_formula(tmp_path):
    evil = '=HYPERLINK("http://example.org","x")'
    note = f"  investigations.opened: {{total: 11, note: {{en: '{evil}'}}}}\n"
    known = small.load(tmp_path, {small.YEAR: small.HEAD + "figures:\n" + note})
    content = make_xlsx(extract(known, "XX", 2020))["XX-2020-en.xlsx"]
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
    assert evil in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


# tables of Eurostat

UNSPLIT = "It is not stated how many belong here of: Children (1)"
ANOTHER = (
    "Victims called identified; whether presumed ones are among them is not stated; "
    "Another figure than in 2014: Identified victims"
)
MEASURED = ["TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"]


def flow(files: dict[str, bytes], code: str, country: str = "LT-2020") -> list[dict[str, str]]:
    return read(files[f"{country}-{code}.csv"])


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


def test_the_codes_are_those_of_the_code_lists(lithuanian_files, lithuania):
    for dataflow in lithuania.catalogue.eurostat.dataflows:
        for component in dataflow.breakdown:
            lines = flow(lithuanian_files, dataflow.code.lower())
            assert set(component.codes) == {each[component.code] for each in lines}


@pytest.mark.parametrize(
    ("person", "sex", "year", "value", "flags"),
    [
        ("PER_VICT", "T", "2020", "24", "d"),
        ("PER_VICT", "F", "2020", "", ""),
        ("PER_VICT", "M", "2016", "", ""),
        ("PER_VICT", "F", "2014", "20", "d"),
        ("PER_VICT", "T", "2016", "45", "bd"),
        ("PER_VICT", "T", "2015", "", ""),
        ("PER_SUSP", "T", "2011", "53", "d"),
        ("PER_PRSC", "F", "2020", "1", ""),
        ("PER_PRSC", "M", "2017", "", ""),
        ("PER_PRSC", "T", "2018", "", ""),
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
    ("key", "year", "told"),
    [
        ("A.PER_VICT.F.NR.LT", "2020", (":", "not derivable", "", UNSPLIT)),
        ("A.PER_VICT.F.NR.LT", "2014", ("20", "derived", "victims.recognised.women + victims.recognised.girls", None)),
        ("A.PER_PRSC.F.NR.LT", "2017", (":", "not derivable", "", "The parts stated do not make the total")),
        ("A.PER_VICT.M.NR.LT", "2015", (":", "missing", "victims.identified", "Nothing is stated")),
        ("A.PER_VICT.T.NR.LT", "2016", ("45", "stated", "victims.identified", ANOTHER)),
    ],
)  # fmt: skip
def test_every_cell_says_where_it_comes_from_or_why_it_is_empty(lithuanian_files, key, year, told):
    lines = read(lithuanian_files["LT-2020-en-eurostat-origins.csv"])
    (line,) = (each for each in lines if (each["dataflow"], each["key"], each["year"]) == ("CRIM_THB_SEX", key, year))
    assert told[:3] == (line["value"], line["origin"], line["figures"])
    assert told[3] is None or told[3] == line["reason"]
    empty = [each for each in lines if each["value"] == ":"]
    assert (True, []) == (len(empty) > 0, [each for each in empty if not each["reason"]])


def test_every_number_of_a_table_is_told_the_same_way_beside_it(lithuanian_files, lithuania):
    origins = {
        (each["dataflow"], each["key"], each["year"]): each["value"]
        for each in read(lithuanian_files["LT-2020-en-eurostat-origins.csv"])
    }
    for dataflow in lithuania.catalogue.eurostat.dataflows:
        for line in flow(lithuanian_files, dataflow.code.lower()):
            key = ".".join(line[each.code] for each in dataflow.components)
            assert line["OBS_VALUE"] == origins.pop((dataflow.code, key, line["TIME_PERIOD"])).replace(":", "")
    assert {} == origins


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


# the switch, and what the catalogue may get wrong

MAPPED = small.FILES["data/catalogue.yaml"].replace(
    "      women: {label: {en: Women}, within: adults}\n"
    "      men: {label: {en: Men}, within: adults}\n"
    "      children: {label: {en: Children}}\n"
    "      adults: {label: {en: Adults}}\n"
    "      girls: {label: {en: Girls}, within: children}\n"
    "      boys: {label: {en: Boys}, within: children}\n",
    "      women: {label: {en: Women}, within: adults, mappings: {sex: F, age: Y_GE18}}\n"
    "      men: {label: {en: Men}, within: adults, mappings: {sex: M, age: Y_GE18}}\n"
    "      children: {label: {en: Children}, mappings: {sex: T, age: Y_LT18}}\n"
    "      adults: {label: {en: Adults}, mappings: {sex: T, age: Y_GE18}}\n"
    "      girls: {label: {en: Girls}, within: children, mappings: {sex: F, age: Y_LT18}}\n"
    "      boys: {label: {en: Boys}, within: children, mappings: {sex: M, age: Y_LT18}}\n",
)
EUROSTAT = """\
eurostat:
  agency: ESTAT
  figures: {PER_VICT: [victims.identified], PER_INV: [investigations.opened]}
  qualifiers: {about: e}
  statuses: {not applicable: m}
  confidentiality: {F: "", C: C}
  dimensions:
    freq: {value: A}
    geo: {holds: country}
    sex: {axis: person, mapping: sex, total: T, codes: [T, F, M]}
    age: {axis: person, mapping: age, total: TOTAL, codes: [TOTAL, Y_LT18, Y_GE18]}
    iccs:
      axis: form
      mapping: eurostat
      total: ALL
      codes: [ALL, SEX, LAB, OTH]
      decisions: {labour: LAB, sexual: SEX}
  dataflows:
    CRIM_THB_SEX: {label: {en: By sex}, dimensions: [freq, sex, age, geo], figures: [PER_VICT]}
    FORMS: {label: {en: By form}, dimensions: [freq, iccs, geo], figures: [PER_INV]}
"""


def exported(root: Path, figures: str, dates: str = "", eurostat: str = EUROSTAT) -> dict[str, bytes]:
    changed = {"data/catalogue.yaml": MAPPED + eurostat, small.YEAR: f"{small.HEAD}{dates}figures:\n  {figures}\n"}
    return export(extract(small.load(root, changed), "XX", 2020), EVERY)


@pytest.mark.parametrize(("bucket", "told"), [("LAB", ["", "7", "4", "0"]), ("OTH", ["", "7", "0", "4"])])
def test_a_decision_puts_a_form_into_its_bucket(tmp_path, bucket, told):
    decided = EUROSTAT.replace("labour: LAB", f"labour: {bucket}")
    files = exported(tmp_path, "investigations.opened: {total: 11, by form: {sexual: 7, labour: 4}}", eurostat=decided)
    lines = [each for each in flow(files, "forms", "XX-2020") if each["TIME_PERIOD"] == "2020"]
    assert ["11", *(each.replace("0", "") for each in told[1:])] == [each["OBS_VALUE"] for each in lines]


def test_the_decisions_of_the_catalogue_are_what_the_annex_prints(tmp_path):
    copy_workspace(LITHUANIA, tmp_path)
    path = tmp_path / "data" / "catalogue.yaml"
    path.write_text(path.read_text().replace("decisions: {begging: ICCS02043_02044", "decisions: {begging: ICCS02042"))
    catalogue, _ = read_catalogue(snapshot(tmp_path))
    assert "ICCS02042" == dict(catalogue.dimension("form").get("begging").mappings)["eurostat"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[victims.identified]", "[victims.identifed]"), "unknown indicator 'victims.identifed'"),
        (("axis: person, mapping: sex", "axis: persons, mapping: sex"), "unknown dimension 'persons'"),
        (("total: T,", "total: ALL,"), "unknown code 'ALL'"),
        (("codes: [T, F, M]", "codes: [T, F]"), "men is mapped to 'M', which is no code of eurostat.dimensions.sex"),
        (("labour: LAB", "labor: LAB"), "unknown code 'labor' of the dimension 'form'"),
        (("labour: LAB", "labour: LAV"), "unknown code 'LAV'"),
        (("[freq, sex, age, geo]", "[freq, sexes, age, geo]"), "unknown dimension 'sexes' of eurostat"),
        (("[freq, sex, age, geo]", "[freq, sex, iccs, geo]"), "is broken down by person and by form at once"),
        (("figures: [PER_VICT]}", "figures: [PER_VIC]}"), "unknown kind of person 'PER_VIC'"),
        (("figures: [PER_VICT]}", "figures: [PER_VICT, PER_INV]}"), "tells its 2 kinds of persons apart"),
        (("freq: {value: A}", "freq: {}"), "freq has neither a value nor a breakdown"),
    ],
)
def test_a_mapping_that_leads_nowhere_is_a_finding_with_its_line(tmp_path, change, said):
    assert change[0] in EUROSTAT
    changed = MAPPED + EUROSTAT.replace(*change)
    found, *_ = small.findings(tmp_path, {"data/catalogue.yaml": changed})
    line = changed.splitlines()[found.mark.line - 1]
    assert ("data/catalogue.yaml", True, True) == (found.mark.path, said in found.message, bool(found.hint))
    assert change[1].split(":")[0].strip("[{") in line or "men:" in line


def test_an_indicator_mapped_to_a_kind_of_person_must_be_listed_with_it(tmp_path):
    """Else its numbers would never be sent, and the tables would say that nothing is stated."""
    place = "    population: convicted persons\n"
    changed = (MAPPED + EUROSTAT).replace(place, f"{place}    mappings: {{eurostat: PER_VICT}}\n")
    (found,) = small.findings(tmp_path, {"data/catalogue.yaml": changed})
    assert "persons.convicted is mapped to 'PER_VICT', whose list in eurostat.figures does not name it" == found.message
    assert "mappings: {eurostat: PER_VICT}" in changed.splitlines()[found.mark.line - 1]


# never guessed


counts = st.integers(0, 4)
NAMES = ("adults", "women", "men", "children", "girls", "boys")


@given(counts, counts, counts, counts, counts, counts, st.sets(st.sampled_from(NAMES)))
def test_what_is_derived_is_true_whatever_is_left_unsaid(
    shared, women, men, girls, boys, adults_else, young_else, said
):
    truth = {
        "adults": women + men + adults_else, "women": women, "men": men,
        "children": girls + boys + young_else, "girls": girls, "boys": boys,
    }  # fmt: skip
    total = truth["adults"] + truth["children"]
    parts = ", ".join(f"{name}: {truth[name]}" for name in NAMES if name in said)
    figure = f"victims.identified: {{total: {total}" + (f", by person: {{{parts}}}}}" if parts else "}")
    changed = {"data/catalogue.yaml": MAPPED + EUROSTAT, small.YEAR: f"{small.HEAD}figures: {{{figure}}}\n"}
    known = vintage(small.load(shared, changed), "XX", 2020)
    dataflow = known.catalogue.eurostat.dataflows[0]
    expected = {
        ("T", "TOTAL"): total, ("T", "Y_LT18"): truth["children"], ("T", "Y_GE18"): truth["adults"],
        ("F", "TOTAL"): women + girls, ("F", "Y_LT18"): girls, ("F", "Y_GE18"): women,
        ("M", "TOTAL"): men + boys, ("M", "Y_LT18"): boys, ("M", "Y_GE18"): men,
    }  # fmt: skip
    for (sex, age), number in expected.items():
        cell = target_cell(known.catalogue, dataflow.breakdown, {"sex": sex, "age": age})
        found = fill(known, "victims.identified", 2020, cell, set())
        assert found.value in (None, number)
    whole = {"women", "men", "girls", "boys"} <= said and not adults_else and not young_else
    filled = [row.filled.value is not None for row in rows_of(known, dataflow) if row.year == 2020]
    assert len(expected) == len(filled)
    assert not whole or [True] * len(expected) == filled


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("small")


@pytest.mark.parametrize(
    ("figure", "sex", "told"),
    [
        ("{total: 24, by person: {women: 16, men: 7, children: 1}}", "F", ("", "", "")),
        ("{total: 23, by person: {women: 16, men: 7, children: 0}}", "F", ("16", "", "")),
        ("{total: 40, by person: {women: 6, men: 34}}", "M", ("34", "", "")),
        ("{total: 16, by person: {women: 16}}", "F", ("", "", "")),
        ("{total: at least 40, by person: {women: 6, men: 34}}", "M", ("", "", "")),
        ("{total: at least 40}", "T", ("", "", "")),
        ("{total: about 40}", "T", ("40", "e", "")),
        ("{total: not applicable}", "T", ("", "m", "")),
        ("0", "F", ("0", "", "")),
        ("{total: 24, confidentiality: C}", "T", ("", "", "C")),
        ("suppressed", "T", ("", "", "C")),
        ("{total: 24, by person: {women: {value: 16, confidentiality: C}, men: 8}}", "F", ("", "", "C")),
        ("{total: 24, flags: [p]}", "T", ("24", "p", "")),
    ],
)
def test_a_cell_by_sex(tmp_path, figure, sex, told):
    (line,) = (
        each
        for each in flow(exported(tmp_path, f"victims.identified: {figure}"), "crim_thb_sex", "XX-2020")
        if (sex, "TOTAL", "2020") == (each["sex"], each["age"], each["TIME_PERIOD"])
    )
    assert told == (line["OBS_VALUE"], line["OBS_FLAG"], line["CONF_STATUS"])


@pytest.mark.parametrize(
    ("figure", "sex", "told"),
    [
        ("{total: 24, by person: {women: 16, men: 7, children: 1}}", "F", ("not derivable", UNSPLIT)),
        (
            "{total: 16, by person: {women: 16}}",
            "F",
            ("not derivable", "Not stated; nothing is concluded from silence"),
        ),
        (
            "{total: at least 40, by person: {women: 6, men: 34}}",
            "M",
            ("not derivable", "The total is not stated exactly, so the parts may not be all"),
        ),
        (
            "{total: 40, by person: {women: about 6, men: 34}}",
            "M",
            ("not derivable", "An inexact number: Women (≈\u00a06)"),
        ),
        (
            "{total: 40, by person: {women: 6, men: 33}}",
            "M",
            ("not derivable", "The parts stated do not make the total"),
        ),
        ("24", "F", ("not derivable", "The figure is not broken down like this")),
        ("{total: at least 40}", "T", ("not derivable", "An inexact number: Identified victims (≥\u00a040)")),
        ("{total: not applicable}", "T", ("missing", "Not applicable")),
        ("not collected", "T", ("missing", "Not collected")),
        ("missing", "T", ("missing", "Nothing is stated")),
        ("missing", "F", ("missing", "Nothing is stated")),
        ("suppressed", "T", ("confidential", "Confidential")),
        (
            "{total: 24, by person: {women: {value: 16, confidentiality: C}, men: 8}}",
            "F",
            ("confidential", "A part is confidential: Women (c)"),
        ),
    ],
)
def test_an_empty_cell_says_why_it_is_empty(tmp_path, figure, sex, told):
    lines = read(exported(tmp_path, f"victims.identified: {figure}")["XX-2020-en-eurostat-origins.csv"])
    key = ("CRIM_THB_SEX", f"A.{sex}.TOTAL.XX", "2020")
    (line,) = (each for each in lines if key == (each["dataflow"], each["key"], each["year"]))
    assert (":", *told) == (line["value"], line["origin"], line["reason"])


def test_a_table_of_a_breakdown_that_the_catalogue_lacks_is_empty_for_a_reason(tmp_path):
    known = vintage(small.load(tmp_path), "XX", 2020)
    component = Component("citizen", Holds.BREAKDOWN, axis="citizenship", total="TOTAL", codes=("TOTAL", "EU"))
    cell = target_cell(known.catalogue, (component,), {"citizen": "EU"})
    found = fill(known, "victims.identified", 2020, cell, set())
    assert (None, "The figure is not broken down like this") == (found.value, found.reason and found.reason.text)


# the same in every format

amounts = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(1, 500).map("at least {}".format),
    st.integers(1, 500).map("about {}".format),
    st.sampled_from(["missing", "not applicable", "suppressed", "not collected"]),
)
notes = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=30)


@given(
    st.dictionaries(st.sampled_from(("total", *NAMES)), amounts),
    st.sampled_from("FCNAD"),
    st.sets(st.sampled_from("bdefimnpu")),
    notes,
)
def test_the_values_are_equal_in_every_format(shared, values, confidentiality, flags, note):
    parts = "".join(f"      {name}: {value}\n" for name, value in values.items() if name != "total")
    figure = (
        f"  victims.identified:\n    total: {values.get('total', 'missing')}\n    confidentiality: {confidentiality}\n"
        f"    flags: [{', '.join(sorted(flags))}]\n"
        + (f"    note: {{en: {json.dumps(note, ensure_ascii=False)}}}\n" if note.strip() else "")
        + (f"    by person:\n{parts}" if parts else "")
    )
    changed = {"data/catalogue.yaml": MAPPED + EUROSTAT, small.YEAR: f"{small.HEAD}figures:\n{figure}"}
    dataset = small.load(shared, changed)
    files = export(extract(dataset, "XX", 2020), EVERY)
    known = vintage(dataset, "XX", 2020)
    expected = {
        (seen.figure, seen.code, str(seen.year or "")): seen.value if is_given(seen) else None
        for seen in known.index.values()
    }
    found = values_of(files, "XX-2020-en")
    assert {"csv": expected, "json": expected, "xlsx": expected} == found
    sent = {
        (each["sex"], each["age"]): each
        for each in flow(files, "crim_thb_sex", "XX-2020")
        if each["TIME_PERIOD"] == "2020"
    }
    for code, name in (("", ("T", "TOTAL")), ("women", ("F", "Y_GE18")), ("boys", ("M", "Y_LT18"))):
        seen = known.observation(f"victims.identified.{code}".rstrip("."))
        if is_given(seen) and seen.qualifier.value != "at least":
            assert (seen.value, True) == (Decimal(sent[name]["OBS_VALUE"]), flags <= set(sent[name]["OBS_FLAG"]))
        elif seen and confidentiality != "F" and not code and seen.value is not None:
            assert ("", confidentiality) == (sent[name]["OBS_VALUE"], sent[name]["CONF_STATUS"])


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)] * 3), max_size=5
    )
)
def test_a_csv_reads_back_as_it_was_written(lines):
    from reporter.export.tidy import as_csv

    text = as_csv(("a", "b", "c"), lines)
    assert [("a", "b", "c"), *lines] == [tuple(each) for each in csv.reader(io.StringIO(text, newline=""), strict=True)]


@pytest.mark.parametrize("part", ["total", "women"])
def test_a_value_that_may_not_be_published_is_in_no_file(tmp_path, part):
    secret = "987654"
    figure = {
        "total": f"victims.identified: {{total: {secret}, confidentiality: C, by person: {{women: 6}}}}",
        "women": f"victims.identified: {{total: 9, by person: {{women: {{value: {secret}, confidentiality: C}}}}}}",
    }[part]
    for name, content in exported(tmp_path, figure).items():
        inside = zipfile.ZipFile(io.BytesIO(content)) if name.endswith(".xlsx") else None
        texts = [inside.read(each) for each in inside.namelist()] if inside else [content]
        assert [] == [name for text in texts if secret.encode() in text or b"987,654" in text]


# coverage


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


# the command


def test_export_writes_below_build_and_says_what(called, tmp_path, monkeypatch):
    monkeypatch.chdir(small.write(tmp_path, RIGHT))
    code, out, err = called("export", "XX", 2020, "--format", "csv,json")
    names = ["observations.csv", "observations.csv-metadata.json", "coverage.csv", "coverage.csv-metadata.json"]
    paths = [f"build/XX/2020/export/XX-2020-en-{name}" for name in (*names, "observations.json")]
    assert (0, "".join(f"{each}\n" for each in paths), "") == (code, out, err)
    assert all(Path(each).is_file() for each in paths)


@pytest.mark.parametrize(
    ("form", "output", "made"),
    [
        ("xlsx", "figures.xlsx", {"figures.xlsx"}),
        ("json", "new/figures.json", {"new/figures.json"}),
        ("csv", "f.csv", {"f.csv", "f.csv-metadata.json", "f-coverage.csv", "f-coverage.csv-metadata.json"}),
        ("json", "folder/", {"folder/XX-2020-en-observations.json"}),
        ("json", "folder", {"folder/XX-2020-en-observations.json"}),
    ],
)
def test_output_names_a_file_or_a_folder(called, tmp_path, monkeypatch, form, output, made):
    root = small.write(tmp_path / "work", RIGHT)
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    assert 0 == called("export", "XX", "--format", form, "-o", output, "-w", root)[0]
    assert made == {path.relative_to(Path.cwd()).as_posix() for path in Path.cwd().rglob("*") if path.is_file()}


@pytest.mark.parametrize("separator", ["-", "–"])
def test_a_span_is_of_the_edition_of_its_last_year(called, tmp_path, separator):
    root = small.write(tmp_path, RIGHT)
    assert 0 == called("export", "XX", f"2019{separator}2020", "-q", "-w", root)[0]
    lines = read((root / "build/XX/2020/export/XX-2019-2020-en-observations.csv").read_bytes())
    assert {"", "2019", "2020"} == {each["year"] for each in lines}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["XX", "--format", "docx"], "unknown format 'docx'\n  hint: formats: csv, xlsx, sdmx-csv, json"),
        (["XX", "--format", "csv,,json"], "unknown format ''\n  hint: formats: "),
        (["XX", "2021"], "XX has no file for 2021\n  hint: years with a file: 2018–2020"),
        (["XX", "2019-2021"], "XX has no file for 2021\n  hint: years with a file: 2018–2020"),
        (["XX", "2015-2020"], "XX has no figures before 2018\n  hint: write 2018-2020"),
        (["XX", "2020-2018"], "the span 2020-2018 ends before it begins\n  hint: write 2018-2020"),
        (["XX", "twenty"], "'twenty' is neither a year nor a span of years\n  hint: write 2020 or 2015-2020"),
        (["XX", "2018-"], "'2018-' is neither a year nor a span of years"),
        (["YY"], "unknown country 'YY'\n  hint: countries with data: XX"),
        (["XX", "--lang", "xx"], "reporter.yaml does not list the language 'xx'\n  hint: languages: en"),
        (["XX", "--lang", "../x"], "'../x' is no language code"),
        (["XX", "--format", "csv,json", "-o", "a.csv"], "a.csv is one file; several formats are more\n  hint: name"),
        (["XX", "--format", "sdmx-csv", "-o", "a.csv"], "a.csv is one file; sdmx-csv are more\n  hint: name a folder"),
        (["XX", "--format", "xlsx", "-o", "a.xls"], "a.xls does not have the ending of xlsx\n  hint: write -o a.xlsx"),
    ],
)  # fmt: skip
def test_wrong_usage_says_what_would_be_right(called, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(small.write(tmp_path, RIGHT))
    code, out, err = called("export", *arguments)
    assert (ExitCode.USAGE, "") == (code, out)
    assert said in err
    assert not (tmp_path / "build").exists()


def test_a_workspace_without_tables_of_eurostat_is_told_where_they_go(called, tmp_path):
    code, out, err = called("export", "XX", "--format", "csv,sdmx-csv", "-w", small.write(tmp_path, RIGHT))
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert (
        "data/catalogue.yaml:1:1: the catalogue names no tables of Eurostat\n  hint: list them under eurostat:" in err
    )
    assert not (tmp_path / "build").exists()


def test_an_error_in_the_data_stops_the_export(called, tmp_path):
    code, out, err = called("export", "XX", "-w", small.write(tmp_path))
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert f"{small.YEAR}:4:34: error: parts of investigations.opened make 10, total is 11" in err
    with pytest.raises(DataError):
        extract_of(
            CheckedDataset(small.load(tmp_path), small.findings(tmp_path, {}) or checked(tmp_path)), "XX", 2020, ENGLISH
        )


def checked(root: Path):
    from reporter.edition.checked import load_checked
    from reporter.files.workspace import Workspace

    return load_checked(Workspace(root).snapshot(), "XX").findings


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left(called, tmp_path):
    root = small.write(tmp_path / "work", RIGHT)
    (tmp_path / "file").write_text("")
    code, out, err = called("export", "XX", "-o", f"{tmp_path}/file/", "-w", root)
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert "cannot be written: " in err
    assert "hint: a file lies where a folder should be: move it away; what lay there is unchanged\n" in err
    assert "" == (tmp_path / "file").read_text()


def test_a_full_disk_leaves_the_earlier_files_and_nothing_else(tmp_path):
    root = small.write(tmp_path / "work", RIGHT)
    folder = tmp_path / "out"
    arguments = ("export", "XX", "--format", "csv,xlsx", "-o", str(folder), "-w", str(root))
    assert 0 == process(*arguments).returncode
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (root / "data/XX/2018.yaml").write_text("year: 2018\nsource: police\nfigures: {investigations.opened: 8}\n")
    limit = max(len(content) for name, content in before.items() if name.endswith(".xlsx")) // 2

    def fill_up() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = process(*arguments, preexec_fn=fill_up)
    assert (ExitCode.FINDINGS, "") == (done.returncode, done.stdout)
    assert "XX-2020-en.xlsx cannot be written: File too large\n  hint: free space" in done.stderr
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("form", "loads"), [("csv", False), ("sdmx-csv", False), ("json", False), ("xlsx", True)])
def test_only_a_workbook_loads_its_library(tmp_path, form, loads):
    code = (
        "import sys; from reporter.cli.group import run; "
        f"run(['export', 'XX', '-q', '--format', '{form}', '-o', r'{tmp_path}/', '-w', r'{RURITANIA}']); "
        "print('xlsxwriter' in sys.modules, 'matplotlib' in sys.modules, 'weasyprint' in sys.modules)"
    )
    assert f"{loads} False False\n" == subprocess.check_output([sys.executable, "-c", code], text=True)


def test_each_language_has_its_own_words_and_the_tables_are_the_same(called, tmp_path, monkeypatch):
    monkeypatch.chdir(LITHUANIA)
    arguments = ["export", "LT", 2020, "--format", "csv,sdmx-csv", "-o", f"{tmp_path}/", "--lang"]
    assert 0 == called(*arguments, "lt")[0]
    tables = {path.name: path.read_bytes() for path in tmp_path.glob("LT-2020-crim*")}
    assert 0 == called(*arguments, "en,lt")[0]
    assert tables == {path.name: path.read_bytes() for path in tmp_path.glob("LT-2020-crim*")}
    words = {path.name: path.read_text() for path in tmp_path.glob("*-eurostat-origins.csv")}
    assert "Nenurodyta, kiek čia priklauso iš šios grupės: Vaikai (1)" in words["LT-2020-lt-eurostat-origins.csv"]
    assert {"LT-2020-en-eurostat-origins.csv", "LT-2020-lt-eurostat-origins.csv"} == set(words)
