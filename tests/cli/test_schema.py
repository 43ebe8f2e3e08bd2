"""`reporter schema` prints one schema or writes all of them."""

import json

from jsonschema import Draft202012Validator

from reporter.cli.schema import NAMES
from reporter.errors import ExitCode
from tests import small


def test_schema_writes_all_of_them_and_says_where_and_prints_one(called, monkeypatch, workspace):
    monkeypatch.chdir(workspace)
    assert (0, "".join(f"schema/{name}.json\n" for name in NAMES), "") == called("schema")
    for name in NAMES:
        Draft202012Validator.check_schema(json.loads((workspace / "schema" / f"{name}.json").read_text()))
    code, out, _ = called("schema", "year")
    assert (0, (workspace / "schema/year.json").read_text()) == (code, out)


def test_schema_of_a_broken_catalogue_is_refused(called, tmp_path):
    code, out, err = called("schema", "-w", small.write(tmp_path, {"data/catalogue.yaml": "a: ["}))
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert "data/catalogue.yaml:1:4: error: ] is missing" in err
