"""The JSON Schemas that editors complete with: as written by `reporter schema`, kind to the data, strict with typos."""

import json
import re
import shutil
from dataclasses import replace
from typing import ClassVar

import pytest
import yaml
from jsonschema import Draft202012Validator

from reporter.cli.group import run
from reporter.cli.schema import NAMES
from reporter.errors import Severity
from reporter.files.sources import Sources
from reporter.load.dataset import load_joint_catalogue
from reporter.load.schema import outdated_schema, schema_text
from reporter.load.shapes import SHAPES
from reporter.model import Label, Source
from tests.fixtures import LITHUANIA, ROOT, RURITANIA
from tests.snapshots import kind_of, snapshot, yaml_files


class Plain(yaml.CSafeLoader):
    """YAML as the program reads it: whole numbers, true and false; all else, dates and NO among it, is text."""

    yaml_implicit_resolvers: ClassVar = {}


Plain.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?(0|[1-9]\d*)$"), list("-0123456789"))
Plain.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"\d+\.\d+$"), list("0123456789"))
Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true$|false$"), list("tf"))


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    catalogue, _ = load_joint_catalogue(snapshot(LITHUANIA))
    return {name: Draft202012Validator(json.loads(schema_text(name, catalogue))) for name in SHAPES}


def complaints(validator: Draft202012Validator, text: str) -> list[str]:
    return [error.json_path for error in validator.iter_errors(yaml.load(text, Plain))]


@pytest.mark.parametrize("name", SHAPES)
def test_the_schemas_in_the_repository_are_those_of_its_catalogue(name):
    catalogue, _ = load_joint_catalogue(snapshot(ROOT))
    Draft202012Validator.check_schema(json.loads(schema_text(name, catalogue)))
    is_current = (ROOT / "schema" / f"{name}.json").read_text() == schema_text(name, catalogue)
    assert is_current, f"run reporter schema: it writes schema/{name}.json anew"


def test_schemas_without_the_codes_of_the_catalogue_are_told_of() -> None:
    catalogue, _ = load_joint_catalogue(snapshot(RURITANIA))
    current = {"schema/year.json": schema_text("year", catalogue).replace("\n", "\r\n").encode()}
    assert [] == [*outdated_schema(Sources.from_contents(current), catalogue)]
    assert [] == [*outdated_schema(Sources.from_contents({}), catalogue)]
    source = Source(code="police", title=Label(), publisher=Label())
    later = replace(catalogue, sources=(*catalogue.sources, source))
    (note,) = outdated_schema(Sources.from_contents(current), later)
    assert ("schema/year.json", "schema-outdated", Severity.NOTE) == (note.mark.path, note.code, note.severity)
    assert 1 == len(outdated_schema(Sources.from_contents({"schema/year.json": b"{"}), catalogue))


@pytest.mark.parametrize("path", yaml_files(LITHUANIA), ids=lambda path: path.name)
def test_every_file_of_lithuania_is_valid(path, validators):
    validator = validators[kind_of(path)]
    assert [] == complaints(validator, path.read_text())


YEAR = "year: 2020\nsource: commission_page\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("source: commission_page", "$"),
        ("year: twenty\nsource: commission_page", "$.year"),
        (YEAR + "sauce: x", "$"),
        (YEAR + "source: police", "$.source"),
        (YEAR + "published: 1 May 2020", "$.published"),
        (YEAR + "figures: {victims.identifed: 3}", "$.figures"),
        (YEAR + "figures: {victims.identified: -3}", "$.figures['victims.identified']"),
        (YEAR + "figures: {victims.identified: }", "$.figures['victims.identified']"),
        (YEAR + "figures: {victims.identified: {totl: 3}}", "$.figures['victims.identified']"),
        (YEAR + "figures: {victims.identified: {by persons: {women: 3}}}", "$.figures['victims.identified']"),
        (YEAR + "figures: {victims.identified: {by person: {woman: 3}}}", "$.figures['victims.identified']"),
        (YEAR + "figures: {victims.identified: {total: 3, flags: [x]}}", "$.figures['victims.identified']"),
        (YEAR + "figures: {victims.identified: {total: 3, note: text}}", "$.figures['victims.identified']"),
        (YEAR + "activities: {a: {kind: campaign, title: {en: A}}}", "$.activities.a"),
        (YEAR + "activities: {a: {kind: campaign, title: {en: A}, period: soon}}", "$.activities.a.period"),
        (YEAR + "countries: [{kind: transit, named: [DE]}]", "$.countries[0].kind"),
        (YEAR + "accepted: [{rule: jump, figure: victims.identified}]", "$.accepted[0]"),
    ],
)
def test_a_typo_in_a_year_is_underlined_where_it_stands(text, place, validators):
    assert [place] == complaints(validators["year"], text)


@pytest.mark.parametrize(
    ("kind", "change", "place"),
    [
        ("country", ("code: LT", "code: Lithuania"), "$.code"),
        ("country", ("group: legislation", "group: laws"), "$.references"),
        ("catalogue", ("unit: persons", "unit: people"), "$.indicators"),
        ("workspace", ("percent_base: 50", "percent_base: half"), "$.thresholds.percent_base"),
        ("workspace", ("languages: [en, lt]", "languages: en"), "$.languages"),
        ("workspace", ("languages: [en, lt]", "languages: [English]"), "$.languages[0]"),
    ],
)
def test_a_typo_in_another_file_is_underlined(kind, change, place, validators):
    paths = {"country": "data/LT/country.yaml", "catalogue": "data/catalogue.yaml", "workspace": "reporter.yaml"}
    (told,) = complaints(validators[kind], (LITHUANIA / paths[kind]).read_text().replace(*change, 1))
    assert place == told[: len(place)]


def test_schemas_are_written_into_the_workspace(tmp_path, capsys):
    shutil.copytree(RURITANIA, tmp_path / "work")
    assert 0 == run(["schema", "-w", str(tmp_path / "work")])
    written = sorted(path.name for path in (tmp_path / "work" / "schema").iterdir())
    assert sorted(f"{name}.json" for name in NAMES) == written
    year = json.loads((tmp_path / "work" / "schema" / "year.json").read_text())
    assert "victims.registered" in year["properties"]["figures"]["properties"]
