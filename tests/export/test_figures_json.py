"""The JSON of all figures is valid by its schema."""

import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

from reporter.export.figures_json import figures_schema
from tests.fixtures import ROOT


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
