"""The metadata beside a CSV are CSV on the web, and true."""

import json
import warnings

import pytest
from csvw import CSVW

from tests.export.extracts import read


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
