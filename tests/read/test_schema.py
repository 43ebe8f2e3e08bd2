"""The JSON Schemas that editors complete with: as `reporter admin schema` writes them, kind to the data, strict with
typos."""

import json
import shutil
from dataclasses import replace
from typing import ClassVar

import pytest
import yaml
from jsonschema import Draft202012Validator

from reporter.cli.group import run
from reporter.data.errors import Severity
from reporter.data.files.sources import Sources, folder_files
from reporter.data.read.catalogue import read_catalogue
from reporter.data.read.dataset import load_dataset, load_joint_catalogue
from reporter.data.read.key_examples import (
    EXAMPLES,
    FILES,
    PlainLoader,
    example_of,
    example_text,
    keys_as_written,
    line_of,
    shapes_in,
    words_in,
)
from reporter.data.read.schema import outdated_schema, schema_text
from reporter.data.read.shapes import SHAPES, ActivityShape, FigureShape, PartShape, RecipientShape, YearShape
from reporter.data.records import Flag, Label, Source
from reporter.editions.checked import load_checked
from reporter.editions.start.making import SCHEMAS
from tests.fixtures import LITHUANIA, ROOT, RURITANIA
from tests.snapshots import snapshot


class Plain(yaml.CSafeLoader):
    """The fast reader, with what the program takes for numbers, true and false; all else is text."""

    yaml_implicit_resolvers: ClassVar = PlainLoader.yaml_implicit_resolvers


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
    assert is_current, f"run reporter admin schema: it writes schema/{name}.json anew"


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
        (YEAR + "figures: {victims.identified: {by persons: {women: 3}}}", "$.figures['victims.identified']"),
        (YEAR + "figures: {victims.identified: {total: 3, flags: [x]}}", "$.figures['victims.identified']"),
        (YEAR + "figures: {victims.identified: {total: 3, note: text}}", "$.figures['victims.identified']"),
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
    assert 0 == run(["admin", "schema", "-w", str(tmp_path / "work")])
    written = sorted(path.name for path in (tmp_path / "work" / "schema").iterdir())
    assert sorted(f"{name}.json" for name in SCHEMAS) == written
    year = json.loads((tmp_path / "work" / "schema" / "year.json").read_text())
    assert "victims.registered" in year["properties"]["figures"]["properties"]


FILES_OF_EXAMPLES = folder_files(EXAMPLES)
# What was published before, which the examples revise and explain.
BEFORE = """\
year: 2020
source: police
figures:
  victims.identified: {total: 24, by person: {women: 16, men: 7}, incomplete: [person]}
  persons.convicted: 17
recommendations:
  labour_inspectors: {to: [police], by: 2021}
"""
# The texts of that year that the examples confirm, and those of the year of the examples.
TEXTS = (
    "# general_situation\n\nCases.\n\n# prevention\n\n## Lessons {#school_lessons}\n\nText.\n\n"
    "# recommendations\n\n## Inspectors {#labour_inspectors}\n\nText.\n"
)
PROPOSALS = "# challenges\n\n## Care {#children_in_care}\n\nOne.\n\n# recommendations\n\n## All {#guardians}\n\nTwo.\n"


def test_the_examples_are_read_without_a_finding() -> None:
    assert () == load_dataset(FILES_OF_EXAMPLES, ["XX"]).findings


def test_no_rule_finds_an_error_in_the_examples() -> None:
    before = {"data/XX/2020.yaml": BEFORE.encode(), "data/XX/text/en/2020.md": TEXTS.encode()}
    before |= {"data/XX/text/en/2021.md": PROPOSALS.encode()}
    checked = load_checked(FILES_OF_EXAMPLES.overlay(before), "XX")
    found = [each for each in checked.findings if each.severity is Severity.ERROR and not each.accepted]
    assert [] == [str(each) for each in found]


@pytest.mark.parametrize("kind", FILES)
def test_editors_underline_nothing_in_the_examples(kind: str) -> None:
    catalogue, _ = read_catalogue(FILES_OF_EXAMPLES)
    validator = Draft202012Validator(json.loads(schema_text(kind, catalogue)))
    assert [] == [each.json_path for each in validator.iter_errors(PlainLoader(example_text(kind)).get_single_data())]


@pytest.mark.parametrize(
    ("shape", "key", "line"),
    [
        (YearShape, "published", "published: 2022-04-29"),
        (FigureShape, "flags", "flags: [p]"),
        (PartShape, "value", "value: 12"),
        (ActivityShape, "target", "target: true"),
        (RecipientShape, "salutation", "salutation: {en: 'Dear Coordinator,'}"),
    ],
)
def test_an_example_is_a_line_to_write(shape: type, key: str, line: str) -> None:
    assert line == line_of(shape, key)
    assert {key: example_of(shape, key)} == PlainLoader(line).get_single_data()


def test_keys_are_told_in_the_order_in_which_one_writes_them_with_the_shapes_and_words_in_their_types() -> None:
    assert ("", "") == (line_of(YearShape, "figures"), line_of(YearShape, "figurs"))
    assert (FigureShape, PartShape) == shapes_in(YearShape.model_fields["figures"].annotation)
    assert (Flag,) == words_in(FigureShape.model_fields["flags"].annotation)
    assert ("kind", "title", "organiser", "audience", "period", "figures") == keys_as_written(ActivityShape)[:6]


def test_a_country_code_and_a_date_stay_text() -> None:
    written = "[NO, 2020-05-01, 12, 0.5, true, '147']"
    assert ["NO", "2020-05-01", 12, 0.5, True, "147"] == PlainLoader(written).get_single_data()
    assert yaml.safe_load(written) != PlainLoader(written).get_single_data()
