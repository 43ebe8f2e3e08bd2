"""The rapporteur's own files under data/: clean, valid and fit to be built. Nothing else in the tests reads them."""

import json
from datetime import date
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from reporter.data.files.sources import known_countries, known_years
from reporter.data.read.yaml_tree import read_yaml
from reporter.editions.checked import CheckedDataset, blocking_findings, load_checked
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from tests.fixtures import ROOT
from tests.read.test_schema import complaints
from tests.snapshots import kind_of, snapshot, translated, yaml_files

COUNTRIES = known_countries(snapshot(ROOT))


@cache
def checked_here(country: str) -> CheckedDataset:
    return load_checked(snapshot(ROOT), country)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_error_and_warning_is_answered(country):
    checked = checked_here(country)
    findings = blocking_findings(checked, date.max.year, first=0, strict=True)
    # Words that the program lacks are none of the rapporteur's files; `test_languages.py` asks for them.
    assert [] == [str(each) for each in findings if each.code != "no-messages"]
    assert [] == [str(each) for each in checked.findings if each.undecided]


@pytest.mark.parametrize("path", yaml_files(ROOT), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_is_valid_by_the_schema_its_first_line_names(path):
    comment, _, address = path.read_text().splitlines()[0].partition("$schema=")
    schema = ROOT / "schema" / f"{kind_of(path)}.json"
    assert ("# yaml-language-server: ", schema) == (comment, (path.parent / address).resolve())
    assert [] == complaints(Draft202012Validator(json.loads(schema.read_text())), path.read_text())
    assert [] == list(read_yaml(snapshot(ROOT), path.relative_to(ROOT).as_posix()).findings)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_first_and_the_latest_editions_are_documents(country):
    first, *_, before, latest = known_years(snapshot(ROOT), country)
    for year, language in ((first, "en"), (before, "en"), (latest, "en"), (latest, "lt")):
        locale = translated(language)
        document = document_of(checked_here(country), Job(country, year, language), locale)
        assert {"at_a_glance", "general_situation"} <= {each.code for each in document.walk()}
